"""Producers: files -> Articles -> topic ``articles``."""

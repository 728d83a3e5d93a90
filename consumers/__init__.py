"""Consumers: topic -> work -> topic or Redis."""

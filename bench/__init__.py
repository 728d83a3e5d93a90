"""Figures that can be compared between machines: each a ratio to a reference of the same run."""

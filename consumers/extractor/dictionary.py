"""The dictionaries of the extractor: dated TOML files, read once and when first asked for."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """Return the dictionary ``data/<name>.toml``; the caller must not change it."""
    data = files("consumers.extractor").joinpath("data", f"{name}.toml").read_text("utf-8")
    return tomllib.loads(data)


@cache
def words(name: str, *path: str) -> frozenset[str]:
    """Return a list of words of a dictionary as a set."""
    value: Any = load(name)
    for part in path:
        value = value[part]
    return frozenset(value)


def alternatives(patterns: list[str]) -> str:
    """Return one regular expression that matches any of the patterns, the longest first."""
    return "(?:" + "|".join(sorted(patterns, key=len, reverse=True)) + ")"

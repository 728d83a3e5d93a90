"""What the tests of the readers share."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from producers.files import Refusal, as_published, read
from vigil.article import Article

if TYPE_CHECKING:
    from pathlib import Path


def read_all(*paths: Path) -> list[Article | Refusal]:
    return list(read(paths, seen_at=as_published))


def article_of(path: Path) -> Article:
    (item,) = read_all(path)
    assert isinstance(item, Article), item
    return item


def reason_of(path: Path) -> str:
    """The reason why a file is refused, which must name the file and stand in one line."""
    (item,) = read_all(path)
    assert isinstance(item, Refusal), item
    assert item.path == str(path)
    assert item.reason.isprintable()
    return item.reason


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def write_json(path: Path, **fields: object) -> Path:
    return write(path, json.dumps(fields))

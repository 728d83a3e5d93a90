"""A corpus on a disk with links, errors and other habits, looked through and read when due."""

from __future__ import annotations

import errno
import gzip
import json
import os
from typing import TYPE_CHECKING

import pytest

from producers.files import as_published, read
from producers.gzipped import Gzipped
from producers.refusal import Refusal
from producers.schedule import Undated
from producers.shelf import Shelf
from tests.producers import archives
from vigil.article import Article

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


@pytest.fixture
def shelves() -> Iterator[list[Shelf]]:
    found: list[Shelf] = []
    yield found
    for one in found:
        one.close()


def looked_through(corpus: Path, shelves: list[Shelf]) -> Shelf:
    """Return the articles of a corpus in their order; what was found before is kept beside it."""
    shelf = Shelf(corpus.parent / "kept", [corpus])
    shelves.append(shelf)
    shelf.look_through(refuse=lambda _: None)
    shelf.ordered(Undated.FIRST)
    return shelf


def wanted(corpus: Path) -> list[Article]:
    found = [one for one in read([corpus], seen_at=as_published) if isinstance(one, Article)]
    return sorted(found, key=lambda one: (one.seen_at, one.id, one.revision))


def moment(number: int) -> str:
    return f"2022-02-24T12:{number:02}:00+00:00"


def lines(count: int) -> bytes:
    return b"".join(archives.line(number, published=moment(number)) for number in range(count))


def test_links_are_read_by_their_own_names(
    corpus: Path, shelves: list[Shelf], tmp_path: Path
) -> None:
    store = tmp_path / "store"
    store.mkdir()
    (store / "blob1").write_text(archives.told(1))
    (store / "blob2").write_bytes(gzip.compress(lines(3)))
    (store / "other.txt").write_text(archives.told(4))
    (corpus / "a.txt").symlink_to(store / "blob1")
    (corpus / "b.jsonl.gz").symlink_to(store / "blob2")
    (corpus / "c.txt").symlink_to(store / "other.txt")
    (corpus / "c.meta.json").write_text(json.dumps({"url": archives.address(4)}))
    shelf = looked_through(corpus, shelves)
    assert list(shelf[:]) == wanted(corpus)
    assert len(shelf) == 5


def test_corpus_is_found_by_a_way_through_a_link_and_up(
    corpus: Path, shelves: list[Shelf], tmp_path: Path
) -> None:
    (corpus / "a.txt").write_text(archives.told(1))
    (corpus / "deep").mkdir()
    (tmp_path / "away").mkdir()
    (tmp_path / "away" / "link").symlink_to(corpus / "deep")
    shelf = looked_through(tmp_path / "away" / "link" / "..", shelves)
    assert [type(one) for one in shelf[:]] == [Article]


def test_disk_error_is_a_refusal_and_the_file_is_opened_anew(
    corpus: Path, shelves: list[Shelf], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = corpus / "a.jsonl.gz"
    path.write_bytes(gzip.compress(lines(3)))
    shelf, broken = looked_through(corpus, shelves), list[Gzipped]()

    def fails_in_the_first(opened: Gzipped, most: int) -> bytes:
        if not broken:
            broken.append(opened)
        if opened is broken[0]:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return unpack(opened, most)

    unpack = Gzipped._next
    monkeypatch.setattr(Gzipped, "_next", fails_in_the_first)
    found = list(shelf[:])
    assert found[0] == Refusal(str(path), "input/output error")
    assert found[1:] == wanted(corpus)[1:]
    assert broken[0].closed

"""A corpus on a disk with links, errors and other habits, looked through and read when due."""

from __future__ import annotations

import errno
import gzip
import json
import os
from importlib import metadata
from typing import TYPE_CHECKING

import pytest

from producers.files import as_published, read
from producers.gzipped import Gzipped
from producers.refusal import Refusal
from producers.schedule import Undated
from producers.shelf import Shelf
from producers.shelf_file import name_of
from tests.producers import archives
from vigil.article import Article, article_id
from vigil.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO


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


@pytest.mark.parametrize("broken", [1, 1_000])
def test_disk_error_is_tried_again_with_the_file_opened_anew_and_then_a_refusal(
    corpus: Path, shelves: list[Shelf], monkeypatch: pytest.MonkeyPatch, broken: int
) -> None:
    path = corpus / "a.jsonl.gz"
    path.write_bytes(gzip.compress(lines(3)))
    shelf, opened = looked_through(corpus, shelves), list[Gzipped]()

    def fails_in_the_first(packed: Gzipped, most: int) -> bytes:
        if packed not in opened:
            opened.append(packed)
        if packed in opened[:broken]:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return unpack(packed, most)

    unpack = Gzipped._next
    monkeypatch.setattr(Gzipped, "_next", fails_in_the_first)
    refusal = Refusal(str(path), "input/output error")
    assert list(shelf[:]) == (wanted(corpus) if broken == 1 else [refusal] * 3)
    assert opened[0].closed


@pytest.mark.parametrize("named", ["", "000.txt"])
@pytest.mark.parametrize("emptied", [False, True])
def test_folder_that_is_away_is_no_refusal_and_can_be_tried_again(
    corpus: Path, shelves: list[Shelf], named: str, *, emptied: bool
) -> None:
    for number in range(1 if named else 3):
        (corpus / f"{number:03}.txt").write_text(archives.told(number))
    shelf, away = looked_through(corpus / named, shelves), corpus.parent / "away"
    articles = wanted(corpus)
    corpus.rename(away)
    if emptied:
        corpus.mkdir()  # as where nothing is mounted
    with pytest.raises(ReadError) as caught:
        list(shelf[:])
    assert caught.value.retriable
    reason = "it is empty" if emptied else "it is not there"
    assert str(caught.value) == f"{corpus} cannot be read: {reason}"
    if emptied:
        corpus.rmdir()
    away.rename(corpus)
    assert list(shelf[:]) == articles


def test_folder_that_links_lead_to_may_be_away_too(
    corpus: Path, shelves: list[Shelf], tmp_path: Path
) -> None:
    store, away = tmp_path / "store", tmp_path / "away"
    store.mkdir()
    (store / "a.txt").write_text(archives.told(1))
    (corpus / "a.txt").symlink_to(store / "a.txt")
    shelf, articles = looked_through(corpus, shelves), wanted(corpus)
    store.rename(away)
    with pytest.raises(ReadError, match="store cannot be read: it is not there"):
        list(shelf[:])
    away.rename(store)
    assert list(shelf[:]) == articles
    (store / "b.txt").touch()
    (store / "a.txt").unlink()
    assert list(shelf[:]) == [Refusal(str(corpus / "a.txt"), "a link to nothing")]


@pytest.mark.parametrize("gone", ["", "all.json"])
def test_list_that_is_away_is_no_list_that_changed(
    corpus: Path, shelves: list[Shelf], gone: str
) -> None:
    """Its first article by date is not the first in it."""
    told = [json.loads(line) for line in lines(3).splitlines()]
    (corpus / "all.json").write_text(json.dumps(told[::-1]))
    (corpus / "b.txt").write_text("")
    shelf, away = looked_through(corpus, shelves), corpus.parent / "away"
    articles = wanted(corpus)
    (corpus / gone).rename(away)
    if gone:
        reason = "vanished before it could be read"
        assert list(shelf[:]) == [Refusal(str(corpus / gone), reason)] * 3
        return
    with pytest.raises(ReadError, match="it is not there"):
        next(iter(shelf[:]))
    away.rename(corpus)
    assert list(shelf[:]) == articles


@pytest.mark.parametrize("suffix", [".json", ".jsonl.gz"])
def test_files_that_alternate_in_time_are_unpacked_once(
    corpus: Path, shelves: list[Shelf], monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    for outlet in range(6):
        own = [json.loads(line) for line in lines(60).splitlines()[outlet::6]]
        data = json.dumps(own).encode()
        if suffix == ".jsonl.gz":
            data = gzip.compress(b"".join(json.dumps(one).encode() + b"\n" for one in own))
        (corpus / f"{outlet}{suffix}").write_bytes(data)
    shelf, opened = looked_through(corpus, shelves), list[object]()

    def opening(packed: Gzipped, file: BinaryIO) -> None:
        opened.append(packed)
        open_packed(packed, file)

    def parsing(text: str, *, where: str = "") -> object:
        opened.extend([text] * (not where))
        return json.loads(text)

    open_packed = Gzipped.__init__
    monkeypatch.setattr(Gzipped, "__init__", opening)
    monkeypatch.setattr("producers.files.parse_json", parsing)
    assert [one.id for one in shelf[:] if isinstance(one, Article)] == [
        article_id(url=archives.address(number), text="") for number in range(60)
    ]
    assert len(opened) == 6


def test_places_kept_in_packed_files_are_shared_among_them(
    corpus: Path, shelves: list[Shelf], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("producers.gzipped._FIRST_SPACING", 500)
    monkeypatch.setattr("producers.gzipped._PIECE", 100)
    monkeypatch.setattr("producers.shelf_reader._MOST_PLACES", 12)
    for number in range(3):
        (corpus / f"{number}.jsonl.gz").write_bytes(gzip.compress(lines(60)))
    shelf, opened = looked_through(corpus, shelves), list[Gzipped]()

    def opening(packed: Gzipped, file: BinaryIO) -> None:
        opened.append(packed)
        open_packed(packed, file)

    open_packed = Gzipped.__init__
    monkeypatch.setattr(Gzipped, "__init__", opening)
    assert all(isinstance(one, Article) for one in shelf[:])
    assert [1 < len(one._kept) <= 4 for one in opened] == [True] * 3


@pytest.mark.parametrize(
    "changed", [{"text": archives.told(2)}, {"published": moment(5)}, {"updated": moment(5)}]
)
def test_article_that_changed_under_its_address_is_not_sent_and_then_read_anew(
    corpus: Path, shelves: list[Shelf], changed: dict[str, str]
) -> None:
    path, fields = corpus / "a.jsonl", {"published": moment(1), "updated": moment(2)}
    path.write_bytes(archives.line(1, **fields))
    shelf, before = looked_through(corpus, shelves), path.stat()
    path.write_bytes(archives.line(1, **fields | changed))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))  # it looks as it was
    found = list(shelf[:])
    assert [one.reason[:30] for one in found if isinstance(one, Refusal)] == [
        "changed since the replay began"
    ]
    shelf.close()
    assert list(looked_through(corpus, shelves)[:]) == wanted(corpus)


@pytest.mark.parametrize("package", ["producers", "vigil"])
def test_what_was_found_is_found_anew_by_other_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    for name in ("producers", "vigil"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "rules.py").write_text("one rule")
    monkeypatch.setattr("importlib.resources.files", tmp_path.joinpath)
    before = name_of([tmp_path])
    assert name_of([tmp_path]) == before
    (tmp_path / package / "rules.py").write_text("another rule")
    assert name_of([tmp_path]) != before


@pytest.mark.parametrize("library", ["trafilatura", "htmldate", "lxml", "warcio"])
def test_what_was_found_is_found_anew_by_another_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    before, version = name_of([tmp_path]), metadata.version
    monkeypatch.setattr(
        "importlib.metadata.version",
        lambda name: "another" if name == library else version(name),
    )
    assert name_of([tmp_path]) != before


def test_articles_of_a_list_are_made_when_they_are_due(
    corpus: Path, shelves: list[Shelf], monkeypatch: pytest.MonkeyPatch
) -> None:
    (corpus / "a.json").write_text(
        json.dumps([json.loads(line) for line in lines(60).splitlines()])
    )
    shelf, articles, made = looked_through(corpus, shelves), wanted(corpus), list[str]()

    def making(text: str, *, url: str | None) -> str:
        made.append(text)
        return article_id(url=url, text=text)

    monkeypatch.setattr("producers.files.article_id", making)
    assert list(shelf[:3]) == articles[:3]
    assert len(made) <= 4, "making all of a long list takes longer than the clock's lease"
    assert list(shelf[10:]) == articles[10:]
    assert list(shelf[:3]) == articles[:3]
    assert len(made) == 60

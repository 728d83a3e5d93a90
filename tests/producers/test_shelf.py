"""The order of a replay, kept on disk: found once, read when due, and right wherever it is read."""

from __future__ import annotations

import gzip
import io
import itertools
import json
import random
import zlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from producers.files import as_published, read
from producers.gzipped import Gzipped
from producers.refusal import Refusal
from producers.schedule import Undated
from producers.shelf import Shelf
from tests.producers import archives
from vigil.article import BEFORE_ALL, Article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NOON = datetime(2022, 2, 24, 12, tzinfo=UTC)
COUNT = 60


def moment(number: int) -> str | None:
    """Return when an article was published: in another order than they stand, some never."""
    shuffled = number * 37 % COUNT
    return None if number % 10 == 9 else (NOON + timedelta(hours=shuffled)).isoformat()


def lines() -> list[bytes]:
    return [archives.line(number, published=moment(number)) for number in range(COUNT)]


def write_files(folder: Path) -> None:
    for number in range(COUNT):
        (folder / f"{number:03}.txt").write_text(archives.told(number))
        meta = {"published": moment(number)}
        (folder / f"{number:03}.meta.json").write_text(json.dumps(meta))


def write_list(folder: Path) -> None:
    (folder / "all.json").write_text(json.dumps([json.loads(line) for line in lines()]))


def write_lines(folder: Path) -> None:
    (folder / "all.jsonl").write_bytes(b"\n".join([*lines(), b"{broken"]))


def write_packed(folder: Path) -> None:
    two = [lines()[: COUNT // 2], lines()[COUNT // 2 :]]
    (folder / "all.jsonl.gz").write_bytes(b"".join(gzip.compress(b"".join(one)) for one in two))


def write_warc(folder: Path) -> None:
    pages: list[tuple[str, bytes, dict[str, str]]] = [
        (archives.address(number), archives.html(number).replace(b"<head>", _head(number)), {})
        for number in range(12)
    ]
    (folder / "all.warc.gz").write_bytes(b"".join(archives.warc(*pages)))


def _head(number: int) -> bytes:
    told = moment(number)
    tag = f"<meta property='article:published_time' content='{told}'>" if told else ""
    return f"<head>{tag}".encode()


WAYS = [write_files, write_list, write_lines, write_packed, write_warc]


@pytest.fixture(params=WAYS, ids=[way.__name__[6:] for way in WAYS])
def corpus(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    request.param(folder)
    return folder


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[..., Shelf]]:
    shelves = []

    def opening(corpus: Path, *, refused: list[Refusal] | None = None) -> Shelf:
        shelf = Shelf(tmp_path / "kept", [corpus])
        shelves.append(shelf)
        shelf.look_through(refuse=(refused if refused is not None else []).append)
        return shelf

    yield opening
    for shelf in shelves:
        shelf.close()


def wanted(corpus: Path) -> list[Article]:
    found = [one for one in read([corpus], seen_at=as_published) if isinstance(one, Article)]
    return sorted(found, key=lambda one: (one.seen_at, one.id, one.revision))


def test_articles_are_those_of_the_reader_as_they_were_published(
    corpus: Path, opened: Callable[..., Shelf]
) -> None:
    shelf = opened(corpus)
    _, moments = shelf.ordered(Undated.FIRST)
    articles = wanted(corpus)
    assert list(shelf[0 : len(shelf)]) == articles
    dated = [one.seen_at for one in articles if one.seen_at > BEFORE_ALL]
    assert moments == [dated[0]] * (len(articles) - len(dated)) + dated
    for at in random.Random(1).sample(range(len(shelf)), 10):
        assert list(shelf[at : at + 1]) == [articles[at]]


@pytest.mark.parametrize("undated", list(Undated))
def test_undated_articles_come_by_the_rule(
    tmp_path: Path, opened: Callable[..., Shelf], undated: Undated
) -> None:
    write_lines(tmp_path)
    shelf = opened(tmp_path / "all.jsonl")
    shelf.ordered(undated)
    articles = wanted(tmp_path / "all.jsonl")
    never = [one for one in articles if one.seen_at == BEFORE_ALL]
    dated = [one for one in articles if one.seen_at > BEFORE_ALL]
    rules = {
        Undated.FIRST: never + dated,
        Undated.LAST: dated + never,
        Undated.SKIP: dated,
    }
    assert list(shelf[0 : len(shelf)]) == rules[undated]


def test_what_was_found_out_is_found_again_and_nothing_is_read(
    corpus: Path, opened: Callable[..., Shelf], monkeypatch: pytest.MonkeyPatch
) -> None:
    first: list[Refusal] = []
    shelf = opened(corpus, refused=first)
    known = shelf.ordered(Undated.FIRST)
    shelf.close()
    again: list[Refusal] = []
    monkeypatch.setattr("producers.bulk.make_article", None)
    monkeypatch.setattr("producers.files.make_article", None)
    assert opened(corpus, refused=again).ordered(Undated.FIRST) == known
    assert again == first


def test_archive_that_was_half_looked_through_is_gone_on_with(
    tmp_path: Path, opened: Callable[..., Shelf]
) -> None:
    path = tmp_path / "long.jsonl"
    path.write_bytes(b"".join(archives.line(n, published=moment(n)) for n in range(3_000)))

    class Cut(Exception):
        pass

    def cut(_: int) -> None:
        if next(parts) == 2_500:
            raise Cut

    parts, shelf = itertools.count(), Shelf(tmp_path / "kept", [path])
    with pytest.raises(Cut):
        shelf.look_through(refuse=lambda _: None, progress=cut)
    shelf.close()  # without a commit: what was not written down yet is lost, as in a crash
    shelf = Shelf(tmp_path / "kept", [path])
    shelf.look_through(refuse=lambda _: None, progress=cut)
    assert next(parts) < 2_500 + 1_100, "it began anew"
    shelf.ordered(Undated.FIRST)
    assert list(shelf[0:3_000]) == wanted(path)
    shelf.close()


def test_file_that_changed_or_is_gone_is_read_again(
    tmp_path: Path, opened: Callable[..., Shelf]
) -> None:
    write_files(tmp_path)
    opened(tmp_path).close()
    (tmp_path / "000.txt").write_text("Something else, in Kazan.")
    (tmp_path / "001.txt").unlink()
    (tmp_path / "001.meta.json").unlink()
    (tmp_path / "002.meta.json").write_text('{"published": "2021-01-01"}')
    shelf = opened(tmp_path)
    shelf.ordered(Undated.FIRST)
    assert list(shelf[0:COUNT]) == wanted(tmp_path)


def test_what_changes_after_it_was_looked_through_is_told_and_not_sent(
    tmp_path: Path, opened: Callable[..., Shelf]
) -> None:
    write_files(tmp_path)
    shelf = opened(tmp_path)
    shelf.ordered(Undated.FIRST)
    articles = wanted(tmp_path)
    for one in articles[3:5]:
        (tmp_path / str(one.origin)).write_text("Something else, in Kazan.")
    (tmp_path / str(articles[5].origin)).unlink()
    found = list(shelf[2:7])
    assert [found[0], found[4]] == [articles[2], articles[6]]
    reasons = [one.reason for one in found if isinstance(one, Refusal)]
    assert [reason.partition(":")[0] for reason in reasons[:2]] == [
        "changed since the replay began"
    ] * 2
    assert len(reasons) == 3


def test_second_replay_of_a_corpus_keeps_what_it_finds_to_itself(
    corpus: Path, opened: Callable[..., Shelf]
) -> None:
    known = opened(corpus).ordered(Undated.FIRST)
    assert opened(corpus).ordered(Undated.FIRST) == known


def test_packed_lines_are_read_at_any_place(tmp_path: Path) -> None:
    chance = random.Random(7)
    data = b"".join(chance.randbytes(900).hex().encode() + b"\n" for _ in range(3_000))
    packed = b"".join(
        gzip.compress(data[at : at + 2_000_000], 1) for at in range(0, len(data), 2_000_000)
    )
    path = tmp_path / "a.gz"
    path.write_bytes(packed + bytes(512))
    with Gzipped.opened(path.open("rb")) as lines:
        for _ in range(200):
            at = chance.randrange(len(data))
            lines.seek(at)
            assert lines.readline() == data[at : data.index(b"\n", at) + 1]
        lines.seek(0)
        assert lines.read() == data
        assert lines.read() == b""


def test_packed_lines_that_are_broken_say_so() -> None:
    packed = gzip.compress(b"a\n" * 100_000)
    with pytest.raises(EOFError):
        Gzipped.opened(io.BytesIO(packed[:-9])).read()
    with pytest.raises(zlib.error):
        Gzipped.opened(io.BytesIO(b"not packed")).read()


def test_what_is_kept_of_packed_lines_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("producers.gzipped._FIRST_SPACING", 1_000)
    monkeypatch.setattr("producers.gzipped._MOST_KEPT", 8)
    monkeypatch.setattr("producers.gzipped._PIECE", 100)
    data = random.Random(3).randbytes(50_000).hex().encode()
    lines = Gzipped(io.BytesIO(gzip.compress(data)))
    with io.BufferedReader(lines, 100) as buffered:
        assert buffered.read() == data
        assert 2 < len(lines._kept) <= 8
        for at in (90_000, 10):
            buffered.seek(at)
            assert buffered.read(300) == data[at : at + 300]

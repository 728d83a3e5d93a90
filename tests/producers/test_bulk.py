"""Archives: read from anywhere, whatever is broken in them."""

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING

import pytest

from producers.bulk import START, Part, Place, read_archive
from producers.files import Refusal, as_published, read
from tests.producers.archives import address, html, line, pages, told, warc
from vigil.article import Article, article_id

if TYPE_CHECKING:
    from pathlib import Path


def parts(path: Path, start: Place = START) -> list[Part]:
    return list(read_archive(path, seen_at=as_published, start=start))


def articles(path: Path, start: Place = START) -> list[str | None]:
    return [part.item.url for part in parts(path, start) if isinstance(part.item, Article)]


def refusals(path: Path) -> list[tuple[str, str]]:
    found = [part.item for part in parts(path) if isinstance(part.item, Refusal)]
    return [(one.path.removeprefix(f"{path}"), one.reason) for one in found]


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


ALL = [address(number) for number in range(6)]
ARCHIVES = {
    "a.jsonl": b"".join(line(number) for number in range(6)),
    "a.jsonl.gz": gzip.compress(b"".join(line(number) for number in range(6))),
    "a.warc": b"".join(warc(*pages(range(6)), packed=False)),
    "a.warc.gz": b"".join(warc(*pages(range(6)))),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_archive_holds_its_articles(tmp_path: Path, name: str) -> None:
    path = written(tmp_path / name, ARCHIVES[name])
    assert articles(path) == ALL
    assert refusals(path) == []


@pytest.mark.parametrize("name", ARCHIVES)
def test_archive_is_read_on_from_every_place(tmp_path: Path, name: str) -> None:
    path = written(tmp_path / name, ARCHIVES[name])
    before = 0
    for part in parts(path):
        before += isinstance(part.item, Article)
        assert articles(path, part.place) == ALL[before:]


@pytest.mark.parametrize("name", ARCHIVES)
def test_archive_that_is_cut_off_gives_what_is_whole(tmp_path: Path, name: str) -> None:
    data = ARCHIVES[name]
    for cut in range(40, len(data) - 1, len(data) // 7):
        path = written(tmp_path / name, data[:cut])
        found = articles(path)
        assert found == ALL[: len(found)]


@pytest.mark.parametrize("name", ARCHIVES)
def test_archive_is_read_like_any_other_file(tmp_path: Path, name: str) -> None:
    written(tmp_path / name, ARCHIVES[name])
    found = [one for one in read([tmp_path], seen_at=as_published) if isinstance(one, Article)]
    assert [one.url for one in found] == ALL


def test_line_that_is_broken_is_told_with_line_and_byte(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", line(0) + b"{broken\n\n" + line(1) + line(2, text=7))
    first = len(line(0))
    assert [(where, why.partition(" (at")[2]) for where, why in refusals(path)] == [
        (":2", f" byte {first:,})"),
        (":5", f" byte {first + 9 + len(line(1)):,})"),
    ]
    assert articles(path) == ALL[:2]


def test_packed_lines_that_break_off_do_not_end_the_run(tmp_path: Path) -> None:
    written(tmp_path / "a.jsonl.gz", ARCHIVES["a.jsonl.gz"][:-20])
    written(tmp_path / "b.jsonl", line(77))
    found = list(read([tmp_path], seen_at=as_published))
    assert isinstance(found[-2], Refusal)
    assert "broken behind byte" in found[-2].reason
    assert isinstance(found[-1], Article)


def test_page_in_an_archive_has_its_text_and_its_address(tmp_path: Path) -> None:
    path = written(tmp_path / "a.warc.gz", b"".join(warc(*pages([3]))))
    [article] = [part.item for part in parts(path) if isinstance(part.item, Article)]
    assert article.text == f"Night 3\n{told(3)}"
    assert article.id == article_id(url=address(3), text="")
    assert article.origin
    assert article.origin.startswith(f"{path}@")


def test_what_is_no_page_is_passed_over(tmp_path: Path) -> None:
    odd = [
        (address(1), b"\x89PNG", {"type": "image/png"}),
        (address(2), b"gone", {"status": "404 Not Found"}),
        (address(3), html(3), {}),
    ]
    path = written(tmp_path / "a.warc.gz", b"".join(warc(*odd)))
    assert articles(path) == [address(3)]
    assert refusals(path) == []


def test_encoding_of_a_kept_page_may_stand_in_its_headers(tmp_path: Path) -> None:
    said = "Полиция задержала в Москве 940 человек."
    body = html(1).replace(told(1).encode(), said.encode("cp1251"))
    record = warc((address(1), body, {"type": "text/html; charset=windows-1251"}))
    path = written(tmp_path / "a.warc.gz", b"".join(record))
    [article] = [part.item for part in parts(path) if isinstance(part.item, Article)]
    assert said in article.text


def test_kept_page_that_was_packed_by_its_site_is_unpacked(tmp_path: Path) -> None:
    record = warc((address(1), gzip.compress(html(1)), {"encoding": "gzip"}))
    assert articles(written(tmp_path / "a.warc.gz", b"".join(record))) == [address(1)]


def test_bomb_in_an_archive_is_refused_and_the_next_page_read(tmp_path: Path) -> None:
    bomb = zlib.compress(bytes(30_000_000))
    records = warc((address(1), bomb, {"encoding": "deflate"}), *pages([2]))
    path = written(tmp_path / "a.warc.gz", b"".join(records))
    [(where, reason)] = refusals(path)
    assert where.startswith("@")
    assert "more than 20 MiB" in reason
    assert articles(path) == [address(2)]


@pytest.mark.parametrize("packed", [True, False], ids=["packed", "plain"])
def test_record_that_is_broken_is_told_with_its_byte_and_the_next_is_read(
    tmp_path: Path, *, packed: bool
) -> None:
    records = warc(*pages(range(4)), packed=packed)
    broken = bytearray(records[3])
    broken[:60] = b"x" * 60
    data = b"".join([*records[:3], bytes(broken), *records[4:]])
    path = written(tmp_path / ("a.warc.gz" if packed else "a.warc"), data)
    assert [url for url in articles(path) if url != address(1)] == [ALL[0], ALL[2], ALL[3]]
    told_of = [where for where, _ in refusals(path)]
    assert len(told_of) >= 1


def test_broken_middle_of_a_packed_record_costs_that_record_only(tmp_path: Path) -> None:
    records = warc(*pages(range(4)))
    broken = bytearray(records[3])
    middle = len(broken) // 2
    broken[middle : middle + 40] = b"\x55" * 40
    data = b"".join([*records[:3], bytes(broken), *records[4:]])
    path = written(tmp_path / "a.warc.gz", data)
    assert articles(path) == [ALL[0], ALL[2], ALL[3]]
    offset = sum(len(one) for one in records[:3])
    assert refusals(path) == [(f"@{offset}", "packed data that is broken")]


def test_archive_packed_as_a_whole_is_told_with_what_to_do(tmp_path: Path) -> None:
    whole = gzip.compress(b"".join(warc(*pages(range(3)), packed=False)))
    [(_, reason)] = refusals(written(tmp_path / "a.warc.gz", whole))
    assert "warcio recompress" in reason


@pytest.mark.parametrize("name", ARCHIVES)
def test_archive_of_something_else_is_refused(tmp_path: Path, name: str) -> None:
    path = written(tmp_path / name, b"\x00\x01 nothing of the kind \xff" * 500)
    assert refusals(path)
    assert articles(path) == []


def test_many_refusals_are_counted_and_not_told(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", b"{\n" * 1_500)
    told_of = refusals(path)
    assert len(told_of) == 1_001
    assert told_of[-1] == ("", "500 more refused")

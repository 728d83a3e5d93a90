"""A run that is broken off: what the broker has is not sent again, and nothing is left out."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from producers.files import Refusal, as_published
from producers.outbox import Sent
from producers.positions import FILE, Positions
from producers.pushing import Run, run, steps
from tests.producers.archives import address, line
from vigil.errors import BrokerUnavailable, ReadError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vigil.article import Article

MANY = 60


class Breaking:
    """Stands for a broker that acknowledges so many articles and then is gone."""

    full = False

    def __init__(self, holds: int, *, in_flight: int = 7) -> None:
        self.took: list[str | None] = []
        self._flight: list[Article] = []
        self._holds = holds
        self._most = in_flight

    @property
    def ready(self) -> bool:
        return len(self._flight) >= self._most

    def put(self, article: Article) -> Refusal | None:
        self._flight.append(article)
        return None

    def take(self) -> Sent:
        if len(self.took) == self._holds:
            message = "gone"
            raise BrokerUnavailable(message)
        article = self._flight.pop(0)
        self.took.append(article.url)
        return Sent(article, 0, len(self.took))


@pytest.fixture
def positions(tmp_path: Path) -> Iterator[Positions]:
    opened = Positions(tmp_path / "data")
    yield opened
    opened.close()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "news.jsonl"
    lines = [line(number) for number in range(MANY)]
    lines[20] = b"{broken\n"
    path.write_bytes(b"".join(lines))
    return path


def go(path: Path, positions: Positions | None, holds: int) -> tuple[list[str | None], list[int]]:
    """Push until the broker is gone; return what it has, and where reading began."""
    broker, began = Breaking(holds), []
    todo = steps(
        [path], seen_at=as_published, positions=positions,
        resumed=lambda _, offset: began.append(offset),
    )  # fmt: skip
    with suppress(BrokerUnavailable):
        run(todo, broker, positions=positions, progress=lambda *_: None)  # type: ignore[arg-type]  # a stand-in
    return broker.took, began


@pytest.mark.parametrize("holds", [0, 1, 19, 20, 21, 40])
def test_run_that_was_broken_off_goes_on_where_it_stood(
    archive: Path, positions: Positions, holds: int
) -> None:
    first, _ = go(archive, positions, holds)
    second, _ = go(archive, positions, MANY)
    assert first + second == [address(number) for number in range(MANY) if number != 20]


def test_run_that_was_not_broken_off_is_not_remembered(archive: Path, positions: Positions) -> None:
    assert len(go(archive, positions, MANY)[0]) == MANY - 1
    again, began = go(archive, positions, MANY)
    assert len(again) == MANY - 1
    assert began == []


def test_archive_that_grew_is_gone_on_with(archive: Path, positions: Positions) -> None:
    go(archive, positions, 30)
    with archive.open("ab") as file:
        file.write(line(MANY))
    second, began = go(archive, positions, MANY)
    assert began
    assert second[-1] == address(MANY)


def test_another_archive_under_the_same_name_is_begun_anew(
    archive: Path, positions: Positions
) -> None:
    go(archive, positions, 30)
    archive.write_bytes(b"".join(line(number) for number in range(100, 140)))
    second, began = go(archive, positions, MANY)
    assert began == []
    assert len(second) == 40


def test_failure_says_how_many_the_broker_has(archive: Path) -> None:
    todo = steps([archive], seen_at=as_published, positions=None)
    with pytest.raises(BrokerUnavailable, match="gone; 30 articles were acknowledged before"):
        run(todo, Breaking(30), positions=None, progress=lambda *_: None)  # type: ignore[arg-type]  # a stand-in


def test_progress_comes_in_order_and_by_bytes(archive: Path) -> None:
    seen: list[int] = []
    done = run(
        steps([archive], seen_at=as_published, positions=None),
        Breaking(MANY),  # type: ignore[arg-type]  # a stand-in
        positions=None,
        progress=lambda step, _: seen.append(step.read),
    )
    assert done == Run(MANY - 1, [archive])
    assert seen == sorted(seen)
    assert seen[-1] == archive.stat().st_size


def test_broken_file_of_places_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database at all, " * 100)
    with pytest.raises(ReadError, match="delete it"):
        Positions(tmp_path)

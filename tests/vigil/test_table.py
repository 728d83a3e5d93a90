"""The table for a terminal: what must not be added up stands apart, and says so."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.strategies import MOSCOW, PETERSBURG, RUSSIA
from vigil.claim import Authority
from vigil.cli.table import estimate_table
from vigil.estimate import Bucket, Estimate, Rule
from vigil.rows import estimate_rows

if TYPE_CHECKING:
    import pytest

    from vigil.period import Period
    from vigil.place import Place

DAY, LATER = date(2022, 2, 24), date(2022, 2, 25)


def estimate(
    place: Place,
    best: int,
    *,
    day: date | None = None,
    period: Period | None = None,
    rule: Rule = Rule.ONLY,
) -> Estimate:
    return Estimate(
        bucket=Bucket("detention", place, day, period),
        low=best,
        best=best,
        high=best,
        authority=Authority(),
        rule=rule,
        outlets=("Northline",),
        claims=1,
        rests_on=("a#0",),
    )


def printed(capsys: pytest.CaptureFixture[str], *estimates: Estimate) -> str:
    estimate_table(estimate_rows(estimates))
    return capsys.readouterr().out


def test_days_totals_and_undated_stand_apart(capsys: pytest.CaptureFixture[str]) -> None:
    table = printed(
        capsys,
        estimate(RUSSIA, 1_600),
        estimate(RUSSIA, 1_470, period=(None, LATER)),
        estimate(RUSSIA, 1_667, day=DAY),
    )
    days, totals, undated = (
        table.index(text) for text in ("1,667", "totals over more than one day", "undated; of")
    )
    assert days < totals < table.index("until 2022-02-25") < undated < table.index("1,600")
    assert "Only the countries' days add up." in table


def test_table_without_days_has_no_empty_part(capsys: pytest.CaptureFixture[str]) -> None:
    table = printed(capsys, estimate(RUSSIA, 1_600))
    assert table.startswith("detention: undated")
    assert "totals over" not in table.split("Only", maxsplit=1)[0]


def test_city_is_indented_below_its_country(capsys: pytest.CaptureFixture[str]) -> None:
    table = printed(capsys, estimate(RUSSIA, 1_667, day=DAY), estimate(MOSCOW, 940, day=DAY))
    assert "│ Russia " in table
    assert "│   Moscow, RU " in table


def test_city_alone_is_not_indented(capsys: pytest.CaptureFixture[str]) -> None:
    table = printed(capsys, estimate(RUSSIA, 1_667, day=DAY), estimate(MOSCOW, 940))
    assert "│ Moscow, RU " in table


def test_named_people_are_said_to_be_among_those_counted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    named = estimate(PETERSBURG, 1, day=DAY, rule=Rule.NAMED)
    table = printed(capsys, estimate(RUSSIA, 940, day=DAY), estimate(MOSCOW, 940, day=DAY), named)
    assert "among the country's" in table


def test_named_people_that_make_the_figure_are_not_among_others(
    capsys: pytest.CaptureFixture[str],
) -> None:
    named = estimate(PETERSBURG, 1, day=DAY, rule=Rule.NAMED)
    table = printed(capsys, estimate(RUSSIA, 1, day=DAY, rule=Rule.CITIES), named)
    assert "named people" in table
    assert "among the country's" not in table

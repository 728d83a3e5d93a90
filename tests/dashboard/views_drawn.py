"""Snapshots for properties: days of several places, with ranges that may be open upward."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tests.dashboard.snapshots import (
    KAZAN,
    MOSCOW,
    PETERSBURG,
    RUSSIA,
    TEHRAN,
    WORLD,
    estimate,
    snapshot,
)
from vigil.estimate import Estimate, Rule
from vigil.place import Place

if TYPE_CHECKING:
    from vigil.snapshot import Snapshot

TATARSTAN = Place("Tatarstan", "region", "RU")
FIRST, LAST = date(2021, 1, 1), date(2021, 3, 9)


@st.composite
def estimates(draw: st.DrawFn) -> Estimate:
    best = draw(st.integers(1, 5_000))
    made = estimate(
        draw(st.sampled_from([RUSSIA, TATARSTAN, MOSCOW, PETERSBURG, KAZAN, TEHRAN, WORLD, None])),
        best,
        day=draw(st.none() | st.dates(FIRST, LAST)),
        low=draw(st.integers(0, best)),
        rule=draw(st.sampled_from([Rule.ONLY, Rule.NAMED])),
    )
    return replace(made, high=draw(st.none() | st.integers(best, 9_000)))


snapshots: st.SearchStrategy[Snapshot] = st.lists(
    estimates(), max_size=25, unique_by=lambda one: one.bucket
).map(snapshot)

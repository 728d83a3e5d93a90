"""Points -> the part of the world to show: fitted by ourselves, in coarse steps that seldom change.

plotly would follow the data with every update; a wall must not jump.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import asin, ceil, cos, degrees, floor, radians, sin, sqrt
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

# A view changes only when a point crosses one of these lines (degrees).
_STEP_LON: Final = 20
_STEP_LAT: Final = 5
_LEAST_LON: Final = 40
_LEAST_LAT: Final = 20
# Beyond this the flat view of one side of the globe is worse than a map of the world.
_WIDEST: Final = 200
ASPECT: Final = 2.0  # width to height of a panel
_MARGIN: Final = 3.0  # degrees kept free around the outermost point
_POLE: Final = 85
_EDGE: Final = 12  # points an edge is measured at
_GROWTH: Final = 120  # degrees a view may grow by; it needs far fewer


@dataclass(frozen=True, slots=True)
class View:
    """A part of the world in degrees.

    Attributes:
        west: First longitude.
        east: Last longitude.
        south: First latitude.
        north: Last latitude.
        centre: Longitude and latitude where the projection is true, and the map upright.
        world: Whether all of the world is shown.
    """

    west: float
    east: float
    south: float
    north: float
    centre: tuple[float, float]
    world: bool = False


WORLD: Final = View(-180, 180, -58, 84, centre=(0, 0), world=True)


def view_of(points: Sequence[tuple[float, float]], aspect: float = ASPECT) -> View:
    """Return the view that holds all points, given as (longitude, latitude)."""
    if not points:
        return WORLD
    west, east = _snapped([lon for lon, _ in points], _STEP_LON, _LEAST_LON, 180)
    south, north = _snapped([lat for _, lat in points], _STEP_LAT, _LEAST_LAT, _POLE)
    if east - west > _WIDEST:
        return WORLD
    view = View(west, east, south, north, ((west + east) / 2, (south + north) / 2))
    return _widened(view, aspect)


def _snapped(values: list[float], step: int, least: int, limit: int) -> tuple[float, float]:
    low = floor((min(values) - _MARGIN) / step) * step
    high = ceil((max(values) + _MARGIN) / step) * step
    while high - low < least:
        high += step
    return max(-limit, low), min(limit, high)


def _widened(view: View, aspect: float) -> View:
    """Return the view grown on its short side until it has the shape of the panel."""
    wanted = _frame(view)
    for _ in range(_GROWTH):
        west, east, south, north = _frame(view)
        width, height = east - west, north - south
        if width < height * aspect * 0.97 and view.east - view.west < _WIDEST:
            view = replace(view, west=view.west - 1, east=view.east + 1)
        elif width > height * aspect * 1.03:
            # Upwards and downwards alike on the screen, which is not alike in degrees.
            up = north - wanted[3] < wanted[2] - south and view.north < _POLE
            view = replace(
                view, south=view.south - (0 if up else 1), north=view.north + (1 if up else 0)
            )
        else:
            break
    return view


def middle(view: View) -> float:
    """Return the latitude plotly has to be given as the centre for the frame to be the view's.

    plotly puts the projection's centre, not the middle of the ranges, into the middle of the frame.
    """
    if view.world:
        return 0
    _, _, south, north = _frame(view)
    return view.centre[1] + degrees(2 * asin((south + north) / 4))


def _frame(view: View) -> tuple[float, float, float, float]:
    """West, east, south and north of the view in Lambert's azimuthal equal-area projection."""
    parts = [part / _EDGE for part in range(_EDGE + 1)]
    edge = [
        _project(view, view.west + (view.east - view.west) * part, lat)
        for part in parts
        for lat in (view.south, view.north)
    ] + [
        _project(view, lon, view.south + (view.north - view.south) * part)
        for part in parts
        for lon in (view.west, view.east)
    ]
    xs, ys = [x for x, _ in edge], [y for _, y in edge]
    return min(xs), max(xs), min(ys), max(ys)


def _project(view: View, lon: float, lat: float) -> tuple[float, float]:
    lon0, lat0 = view.centre
    turn, phi, phi0 = radians(lon - lon0), radians(lat), radians(lat0)
    depth = 1 + sin(phi0) * sin(phi) + cos(phi0) * cos(phi) * cos(turn)
    scale = sqrt(2 / max(depth, 1e-9))
    return (
        scale * cos(phi) * sin(turn),
        scale * (cos(phi0) * sin(phi) - sin(phi0) * cos(phi) * cos(turn)),
    )


def place_on(view: View, lon: float, lat: float) -> tuple[float, float]:
    """Return where a point stands on the view, as shares of its width and height (for labels)."""
    if view.world:
        return (lon + 180) / 360, (lat + 90) / 180
    west, east, south, north = _frame(view)
    x, y = _project(view, lon, lat)
    return (x - west) / (east - west), (y - south) / (north - south)

"""A few articles of our own whose estimates a reader can work out by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

NIGHT = {
    "noon-wire": (
        "Rallies begin in Russian cities",
        "2022-02-24T15:00:00+03:00",
        "Northline",
        (
            "Police detained 389 people at rallies across Russia on Thursday, the monitoring group "
            "OVD-Info said."
        ),
    ),
    "night-wire": (
        "Arrests pass seventeen hundred",
        "2022-02-24T23:50:00+03:00",
        "Northline",
        (
            "Police detained 1,702 people in 53 Russian cities on Thursday, the monitoring group "
            "OVD-Info said. In Moscow, 940 people were detained, OVD-Info said."
        ),
    ),
    "night-reprint": (
        "Arrests pass seventeen hundred",
        "2022-02-25T00:20:00+03:00",
        "The Lantern",
        (
            "Police detained 1,702 people in 53 Russian cities on 24 February 2022, the monitoring "
            "group OVD-Info said."
        ),
    ),
    "no-arrests": (
        "A quiet vigil in Kazan",
        "2022-02-25T10:00:00+03:00",
        "Volga Today",
        ("Some forty people lit candles in Kazan on Thursday. Nobody was detained."),
    ),
}


def write_articles(folder: Path) -> list[Path]:
    """Write the articles as .txt with .meta.json beside them; return the .txt files."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, (title, published, outlet, body) in NIGHT.items():
        path = folder / f"{name}.txt"
        path.write_text(f"{title}\n\n{body}\n")
        meta = {
            "title": title,
            "published": published,
            "outlet": outlet,
            "url": f"https://{name}.example/1",
        }
        path.with_suffix(".meta.json").write_text(json.dumps(meta))
        paths.append(path)
    return paths


def write_evening(folder: Path, *, updates: int) -> int:
    """Write an evening whose count for Moscow grows by 50 a minute; return the last figure."""
    for number in range(1, updates + 1):
        path = folder / f"update-{number:02}.txt"
        path.write_text(
            f"In Moscow, {50 * number} people were detained on Thursday, OVD-Info said.\n"
        )
        published = f"2022-02-24T20:{number:02}:00+03:00"
        path.with_suffix(".meta.json").write_text(json.dumps({"published": published}))
    return 50 * updates

"""``python -m bench.simulate``: what carries 1, 100 and 10,000 articles a second, and why.

``--measure`` measures what an article costs (two minutes), checks the model on two streams it was
not made from, and keeps the costs in ``build/costs.json`` for the next time.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from contextlib import ExitStack
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from bench.model import Costs, Load, Needs, cores, needs

_COSTS = Path("build/costs.json")
_BENCH = Path("build/bench.json")
_RATES = (1, 100, 10_000)
_WHOLE = 10  # from here on nobody wants a tenth
# Name, articles, messages with claims or without, one in so many with claims, processes of each.
_POINTS = (
    ("one of each, 1 in 20", 2_000, 20_000, 20, 1),
    ("two of each, 1 in 4", 800, 12_000, 4, 2),
)


def main(arguments: list[str] | None = None) -> int:
    """Print costs, assumptions and what follows from them."""
    options = _parser().parse_args(arguments)
    lines = []
    if options.measure:
        from bench.costing import Corpus, measured  # noqa: PLC0415  # spaCy, servers

        corpus = Corpus()
        costs, origin = measured(corpus), "measured in this run"
        _COSTS.parent.mkdir(exist_ok=True)
        _COSTS.write_text(json.dumps(asdict(costs), indent=1) + "\n")
        lines = _checked(corpus, costs)
    else:
        costs, origin = known_costs(_COSTS, _BENCH)
    costs = _overridden(costs, options)
    load = _overridden(Load(rate=1), options)
    told = [*_costs_lines(costs, origin), *lines, *_assumptions(load)]
    rates = [options.rate] if options.rate else _RATES
    told += _table([(rate, needs(replace(load, rate=rate), costs)) for rate in rates])
    sys.stdout.write("".join(f"{line}\n" for line in told))
    return 0


def known_costs(measured: Path, bench: Path) -> tuple[Costs, str]:
    """Return the costs that were measured last on this machine, and where they are from."""
    if measured.exists():
        return Costs(**json.loads(measured.read_text())), str(measured)
    if not bench.exists():
        return Costs(), "measured on 2026-11-22 (docs/sizing.md)"
    figures = {one["name"]: float(one["value"]) for one in json.loads(bench.read_text())}
    return from_bench(figures), f"{bench}, the rest measured on 2026-11-22 (docs/sizing.md)"


def from_bench(figures: dict[str, float]) -> Costs:
    """Return the costs with what ``make bench`` tells of them; its stream has one in twenty."""
    costs = Costs()
    claims = figures.get("extraction, articles with claims")
    mixed = figures.get("extraction, one article in twenty")
    if claims and mixed:
        other = max(0.0, (20 / mixed - 1 / claims) / 19)
        costs = replace(costs, extract_claims=1 / claims, extract_other=other)
    stored = figures.get("memory, 1,000,000 stored")
    return replace(costs, stored_claim_bytes=stored) if stored else costs


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench.simulate", description=__doc__)
    parser.add_argument("--measure", action="store_true", help="measure the costs, check the model")
    parser.add_argument("--rate", type=float, help="articles a second, for the three of the table")
    for kind in (Load, Costs):
        for one in dataclasses.fields(kind):
            if one.name != "rate":
                name = f"--{one.name.replace('_', '-')}"
                parser.add_argument(name, type=float, default=None, metavar="X")
    return parser


def _overridden(of: Any, options: argparse.Namespace) -> Any:
    """Return costs or a load with what was given as an argument."""
    names = {one.name for one in dataclasses.fields(of)} - {"rate"}
    given = {name: getattr(options, name) for name in names}
    return replace(of, **{name: value for name, value in given.items() if value is not None})


def _checked(corpus: Any, costs: Costs) -> list[str]:
    """Return what the model says of two streams beside what they cost: in processor seconds."""
    from bench.costing import Pipeline, mixed  # noqa: PLC0415  # as above

    lines = ["", "checked: processor seconds of a stream, as the model says and as measured"]
    for name, articles, messages, one_in, each in _POINTS:
        with ExitStack() as stack:
            pipeline = Pipeline(stack, extractors=each)
            pipeline.extracts(corpus.stream(50 * each, one_in=5))
            extract = pipeline.extracts(corpus.stream(articles, one_in=one_in))
        with ExitStack() as stack:
            taken = Pipeline(stack, aggregators=each).aggregates(mixed(messages, one_in=one_in))
        read, told = (Load(rate=count, relevant=1 / one_in) for count in (articles, messages))
        for what, model, found in (
            ("extract", cores(read, costs.extract_other, costs.extract_claims), extract),
            (
                "aggregate",
                cores(told, costs.aggregate_other, costs.aggregate_claims),
                taken.aggregate,
            ),
            ("store", cores(told, costs.store_other, costs.store_claims), taken.store),
        ):
            ratio = f"{found / model:5.2f} times"
            lines.append(f"  {name:22} {what:10} {model:8.2f} said {found:8.2f} found {ratio}")
    return lines


def _costs_lines(costs: Costs, origin: str) -> list[str]:
    lines = [f"costs, {origin}"]
    for name, value in asdict(costs).items():
        times = name.startswith(("extract", "aggregate", "store_", "broker")) or name == "settle"
        shown = f"{1000 * value:12.4f} ms" if times else f"{value:12,.1f}"
        lines.append(f"  {name:20} {shown}")
    return lines


def _assumptions(load: Load) -> list[str]:
    told = {name: value for name, value in asdict(load).items() if name != "rate"}
    return ["", "assumed", *(f"  {name:20} {value:12,.2f}" for name, value in told.items())]


def _table(rows: list[tuple[float, Needs]]) -> list[str]:
    lines = ["", f"{'articles a second':24}" + "".join(f"{rate:>14,g}" for rate, _ in rows)]
    for one in dataclasses.fields(Needs):
        shown = "".join(f"{_shown(getattr(row, one.name)):>14}" for _, row in rows)
        lines.append(f"{one.name:24}{shown}")
    return lines


def _shown(value: float | bool) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,.{0 if value >= _WHOLE or isinstance(value, int) else 1}f}"


if __name__ == "__main__":
    sys.exit(main())

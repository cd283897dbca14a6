"""Runs the benchmarks named, or all, prints a table and renews `benchmarks/latest.json`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks import (
    certificates,
    checking,
    columnar,
    committee_report,
    decisions,
    explain,
    panels,
    parquet,
    what_if,
)
from benchmarks.platform import evening
from benchmarks.platform import measuring as platform

LATEST = Path(__file__).parent / "latest.json"
Rows = list[dict[str, Any]]
BENCHMARKS: dict[str, Callable[[argparse.Namespace], Rows]] = {
    "explain": lambda _: explain.measure(),
    "columnar": lambda given: columnar.measure(given.rows),
    "what-if": lambda given: what_if.measure(given.rows),
    "parquet": lambda given: parquet.measure(given.rows),
    "checking": lambda _: checking.measure(),
    "certificates": lambda _: certificates.measure(),
    "committee report": lambda _: committee_report.measure(),
    "panels": lambda _: panels.measure(),
    "platform": lambda given: platform.measure(given.branches),
    "decisions": lambda _: decisions.measure(),
}


def main() -> None:
    """Measure what was asked for; exit 1 where a goal is not met."""
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    rows_help = "organisations for the sides that score all of them"
    parser.add_argument("--rows", type=int, default=columnar.ROWS, help=rows_help)
    branches_help = f"branches of the last evening, {evening.AT_ONCE} at once; fewer take less time"
    parser.add_argument("--branches", type=int, default=evening.DISTRICT, help=branches_help)
    given = parser.parse_args()
    unknown = set(given.names) - set(BENCHMARKS)
    if unknown:
        parser.error(f"no benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    wanted = [name for name in BENCHMARKS if name in given.names or not given.names]
    rows = [{"benchmark": name, **row} for name in wanted for row in BENCHMARKS[name](given)]
    _keep(rows, wanted)
    Console(width=190).print(_table(rows))
    if not all(row["met"] for row in rows):
        raise SystemExit(1)


def _keep(rows: Rows, wanted: list[str]) -> None:
    """Write the rows in the order of all benchmarks; those not asked for stay as they were."""
    before = json.loads(LATEST.read_text(encoding="utf-8")) if LATEST.exists() else []
    kept = [row for row in before if row.get("benchmark", wanted[0]) not in wanted]
    order = list(BENCHMARKS)
    both = sorted([*kept, *rows], key=lambda row: order.index(row["benchmark"]))
    LATEST.write_text(json.dumps(both, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _table(rows: Rows) -> Table:
    table = Table("name", "ours", "peer", "peer name", "unit", "ratio", "goal", "met")
    for row in rows:
        table.add_row(
            row["name"],
            f"{row['ours']:,.1f}",
            f"{row['peer']:,.1f}",
            row["peer_name"],
            row["unit"],
            f"{row['ratio']:.2f}",
            f"{row['goal']:g}" if row["goal"] else "–",
            "yes" if row["met"] else "NO",
        )
    return table


if __name__ == "__main__":
    main()

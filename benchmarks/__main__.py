"""Runs every benchmark, prints a table and writes `benchmarks/latest.json`."""

from __future__ import annotations

import json
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import certificates, checking, explain

LATEST = Path(__file__).parent / "latest.json"


def main() -> None:
    """Measure everything; exit 1 where a goal is not met."""
    rows = [row for each in (explain, checking, certificates) for row in each.measure()]
    LATEST.write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    table = Table("name", "ours", "peer", "peer name", "unit", "ratio", "goal", "met")
    for row in rows:
        table.add_row(
            row["name"],
            f"{row['ours']:,.1f}",
            f"{row['peer']:,.1f}",
            row["peer_name"],
            row["unit"],
            f"{row['ratio']:.1f}",
            f"{row['goal']:g}",
            "yes" if row["met"] else "NO",
        )
    Console(width=170).print(table)
    if not all(row["met"] for row in rows):
        raise SystemExit(1)


if __name__ == "__main__":
    main()

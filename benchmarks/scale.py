"""How long a whole round takes by the number of organisations and cores, here and in Spark.

Each figure is one process that may use so many cores and no more, from Parquet to Parquet:
starting up, reading, checking, scoring, quotas, certificates, writing. Both have to write the same
rows. (`evaluator round` also writes a workbook, up to as many rows as Excel opens with ease, which
takes longer than everything else.) `python -m benchmarks.scale` prints the tables of docs/scale.md
and puts them there with `--document`; numbers of rows may follow.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

import duckdb
import numpy as np
import pyarrow.parquet as pq

from benchmarks.nation.population import population
from benchmarks.nation.rule_set import rule_set_text
from benchmarks.parquet import write
from evaluator.files import load_folder
from evaluator.scale.large_round import LargeRound
from evaluator.scoring.round import Category

ROWS = (10_000, 100_000, 1_000_000, 5_250_000)
CORES = (1, 2)
ROW_GROUP = 150_000
SIDES = ("one machine", "Spark")
EVALUATOR = Path(sys.executable).parent / "evaluator"
DOCUMENT = Path(__file__).parent.parent / "docs" / "scale.md"
BEGIN, END = "<!-- measured: begin -->\n", "<!-- measured: end -->\n"
_BETWEEN_LOOKS = 0.2


@dataclass(frozen=True)
class Run:
    """One command: how long it took, and the most memory of all its processes in MiB."""

    side: str
    rows: int
    cores: int
    seconds: float
    memory: int


def main() -> None:
    """Measure everything, or be the process that is measured."""
    if sys.argv[1:2] == ["one"]:
        _on_one_machine(*map(Path, sys.argv[2:]))
    else:
        _measure()


def _on_one_machine(rules: Path, data: Path, out: Path) -> None:
    """Score a file as `evaluator round` does."""
    categories = {name: Category(each) for name, each in load_folder(rules).items()}
    out.mkdir()
    scored = LargeRound(data, categories, out)
    scored.score(lambda *_: lambda _: None)
    scored.write(lambda *_: lambda _: None)
    scored.close()


def _measure() -> None:
    """Measure every side, number of rows and number of cores, the shortest first."""
    sizes = [int(each) for each in sys.argv[1:] if each.isdigit()] or ROWS
    with tempfile.TemporaryDirectory() as directory:
        text = "\n".join([*_table(list(_runs(Path(directory), sizes))), ""])
    print(text)
    if "--document" in sys.argv:
        before, rest = DOCUMENT.read_text(encoding="utf-8").split(BEGIN)
        after = rest.split(END)[1]
        DOCUMENT.write_text(f"{before}{BEGIN}{text}{END}{after}", encoding="utf-8")


def _runs(folder: Path, sizes: Sequence[int]) -> Iterator[Run]:
    rules = folder / "rules"
    rules.mkdir()
    (rules / "nation.yaml").write_text(rule_set_text(), encoding="utf-8")
    for rows in sizes:
        data = folder / f"{rows}.parquet"
        write(population(rows), data)
        # No task of Spark reads less than a row group.
        pq.write_table(pq.read_table(data), data, row_group_size=ROW_GROUP)
        for cores in CORES:
            found = {}
            for side in SIDES:
                out = folder / f"{side}-{rows}-{cores}"
                found[side] = out / "results.parquet"
                yield _measured(side, rows, cores, rules, data, out)
            _compare(*found.values())
        data.unlink()


def _measured(side: str, rows: int, cores: int, rules: Path, data: Path, out: Path) -> Run:
    """Run a command on so many cores, and watch its memory."""
    command = [sys.executable, "-m", "benchmarks.scale", "one", str(rules), str(data), str(out)]
    if side == "Spark":
        command = [str(EVALUATOR), "spark", str(rules), str(data), "--out", str(out)]
        command += ["--local", str(cores)]
    allowed = sorted(os.sched_getaffinity(0))[:cores]
    assert len(allowed) == cores, "this machine has fewer cores"
    start, most = perf_counter(), 0
    with (out.parent / "said").open("w+") as said:
        running = subprocess.Popen(  # noqa: S603 - our own command
            ["taskset", "-c", ",".join(map(str, allowed)), *command],  # noqa: S607
            stdout=said, stderr=said, start_new_session=True,
        )  # fmt: skip
        while running.poll() is None:
            most = max(most, _memory(running.pid))
            sleep(_BETWEEN_LOOKS)
        seconds = perf_counter() - start
        said.seek(0)
        assert running.returncode == 0, said.read()
    print(f"{side}, {rows:,} rows, {cores} cores: {seconds:.1f} s", file=sys.stderr)
    return Run(side, rows, cores, seconds, most)


def _memory(session: int) -> int:
    """Return the MiB of all processes of a session, what they share counted once."""
    found = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(process.name)) == session:
                lines = (process / "smaps_rollup").read_text().splitlines()
                found += sum(int(each.split()[1]) for each in lines if each.startswith("Pss:"))
        except OSError:
            continue  # it has ended
    return found // 1024


def _compare(one: Path, other: Path) -> None:
    """Check that both have written the same rows, whatever their order."""
    first, second = f"'{one}'", f"'{other}/*.parquet'"
    for left, right in ((first, second), (second, first)):
        only = f"SELECT * FROM {left} EXCEPT ALL SELECT * FROM {right}"  # noqa: S608 - our own
        with duckdb.connect() as database:
            different = len(database.execute(f"{only} LIMIT 10").fetchall())
        assert different == 0, f"at least {different} rows of {left} are not in {right}"


def _table(runs: Sequence[Run]) -> list[str]:
    sizes = list(dict.fromkeys(each.rows for each in runs))
    found = {(each.side, each.cores, each.rows): each for each in runs}
    lines = ["| seconds (memory of all processes) | " + " | ".join(f"{n:,}" for n in sizes)]
    lines += ["|---" + "|---:" * len(sizes)]
    for side in SIDES:
        for cores in CORES:
            own = [found[side, cores, rows] for rows in sizes]
            cells = [f"{each.seconds:,.1f} ({each.memory:,} MiB)" for each in own]
            lines.append(f"| {side}, {cores} core{'s' * (cores > 1)} | " + " | ".join(cells))
    models = [f"- {side}: {_model([each for each in runs if each.side == side])}" for side in SIDES]
    return [*(f"{line} |" for line in lines), "", "Fitted to these figures:", "", *models]


def _model(runs: Sequence[Run]) -> str:
    """Return seconds as a start and a part for each million rows and core, by least squares.

    Errors weigh by the time that was measured, so that small rounds count as well.
    """
    seconds = np.array([each.seconds for each in runs])
    work = np.array([each.rows / 1e6 / each.cores for each in runs])
    parts = np.column_stack([1 / seconds, work / seconds])
    start, each = np.linalg.lstsq(parts, np.ones(len(runs)))[0]
    return f"seconds = {start:.1f} + {each:.1f} × million organisations / cores"


if __name__ == "__main__":
    main()

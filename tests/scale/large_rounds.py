"""The sample round as a large one: in Parquet or CSV, read in parts of few rows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from factories import ROOT

from evaluator.files import Submission, load_folder, read_round, write_csv, write_parquet
from evaluator.results.rows import ResultRow, result_rows
from evaluator.scale.large_round import LargeRound
from evaluator.scale.passes import Advance
from evaluator.scoring.round import Category, RoundResult, score_round

WRITERS = {"parquet": write_parquet, "csv": write_csv}


@cache
def categories() -> Mapping[str, Category]:
    return {name: Category(each) for name, each in load_folder(ROOT / "rules" / "2026").items()}


@cache
def submissions() -> list[Submission]:
    rule_sets = {name: each.rule_set for name, each in categories().items()}
    return read_round(ROOT / "examples" / "2026" / "round.xlsx", rule_sets)


@cache
def explained() -> RoundResult:
    """Return what the explaining path makes of the sample round."""
    return score_round(categories(), [(each.organisation, each.facts) for each in submissions()])


@cache
def expected() -> list[ResultRow]:
    return result_rows(explained().results)


def write_sample(folder: Path, kind: str, chosen: list[Submission] | None = None) -> Path:
    """Write the sample round, or some of its organisations."""
    path = folder / f"facts.{kind}"
    rule_sets = {name: each.rule_set for name, each in categories().items()}
    WRITERS[kind](rule_sets, path, submissions() if chosen is None else chosen)
    return path


def large(path: Path, part_rows: int = 37, keep_points: bool = False) -> LargeRound:
    """Return the file as a large round; its results go beside it."""
    return LargeRound(path, categories(), path.parent / "out", keep_points, part_rows)


def quietly(stage: str, rows: int) -> Advance:
    """Show nothing."""
    return lambda steps: None

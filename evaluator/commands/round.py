"""`evaluator round RULES_DIR FACTS --out DIR`: a whole round, scored and explained."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click

from evaluator.commands.errors import facts_message
from evaluator.files import Submission, TableErrors, load_folder, read_round
from evaluator.results.pages import write_pages
from evaluator.results.parquet import write_rows
from evaluator.results.rows import STATUS_ZH, PointsRow, ResultRow, points_rows, result_rows
from evaluator.results.workbook import write_workbook
from evaluator.scoring.round import Category, Entry, RoundResult, score_round
from rules.problems import RuleErrors


@click.command("round")
@click.argument("rules_dir", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("facts", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder for results.xlsx, results.parquet, points.parquet and explanations.",
)
@click.option(
    "--skip-refused",
    is_flag=True,
    help="Score the others where the facts of some organisations are wrong.",
)
def round_command(rules_dir: Path, facts: Path, out: Path, skip_refused: bool) -> None:
    """Score a round of mixed categories from a workbook, CSV or Parquet file."""
    outcome = _scored(rules_dir, facts)
    for error in outcome.refused:
        click.echo(facts_message(error, "zh"), err=True)
    if outcome.refused and not skip_refused:
        raise click.ClickException(
            f"{len(outcome.refused)} organisation(s) have facts that cannot be used; nothing was "
            "written. Mend them, or score the others with --skip-refused."
        )
    try:
        rows = write_results(outcome, out)
    except OSError as error:
        raise click.ClickException(f"cannot write the results to {out}: {error}") from error
    _summary(rows, out)


def _scored(rules_dir: Path, facts: Path) -> RoundResult:
    try:
        rule_sets = load_folder(rules_dir)
        submissions = read_round(facts, rule_sets)
    except (RuleErrors, TableErrors) as error:
        raise click.ClickException(str(error)) from error
    categories = {name: Category(rule_set) for name, rule_set in rule_sets.items()}
    return score_round(categories, [_entry(each) for each in submissions])


def _entry(submission: Submission) -> Entry:
    return submission.organisation, submission.facts


def write_results(outcome: RoundResult, out: Path) -> list[ResultRow]:
    """Write every file of a round's results, and return the rows."""
    out.mkdir(parents=True, exist_ok=True)
    rows = result_rows(outcome.results)
    write_workbook(outcome, rows, out / "results.xlsx")
    write_rows(rows, ResultRow, out / "results.parquet")
    write_rows(list(points_rows(outcome.results)), PointsRow, out / "points.parquet")
    with click.progressbar(length=len(rows), label="Explanations", file=sys.stderr) as done:
        write_pages(outcome, rows, out, done.update)
    return rows


def _summary(rows: list[ResultRow], out: Path) -> None:
    categories = Counter(row.category_zh for row in rows)
    for category, number in categories.items():
        levels = Counter(
            row.level_zh or STATUS_ZH[row.status] for row in rows if row.category_zh == category
        )
        shown = "，".join(f"{level} {count}" for level, count in levels.most_common())
        click.echo(f"{category}：共{number}个。{shown}。")
    click.echo(f"Results and explanations: {out / 'index.html'}")

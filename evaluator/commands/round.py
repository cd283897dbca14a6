"""`evaluator round RULES_DIR FACTS --out DIR`: a whole round, scored and explained."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from evaluator.commands.errors import facts_message, refused_exception
from evaluator.commands.large_round import LargeScored
from evaluator.commands.result_folder import remove_old
from evaluator.files import Submission, TableErrors, load_folder, read_round
from evaluator.files.columnar import count_rows
from evaluator.files.round_files import is_columnar
from evaluator.results.pages import write_pages
from evaluator.results.parquet import write_rows
from evaluator.results.rows import STATUS_ZH, PointsRow, ResultRow, points_rows, result_rows
from evaluator.results.workbook import write_workbook
from evaluator.scoring.round import Category, RoundResult, score_round
from rules.problems import RuleErrors
from rules.syntax import RuleSet

LARGE = 5_000
"""From so many organisations on a round is scored in columns: nobody reads that many pages."""


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
@click.option(
    "--large",
    type=click.IntRange(min=1),
    default=LARGE,
    show_default=True,
    help="From how many organisations on to score in columns, without a page for each.",
)
@click.option("--points", is_flag=True, help="In a large round, keep the points of indicators.")
@click.option(
    "--explain",
    metavar="ID",
    multiple=True,
    help="In a large round, explain this organisation; may be given again.",
)
def round_command(
    rules_dir: Path,
    facts: Path,
    out: Path,
    skip_refused: bool,
    large: int,
    points: bool,
    explain: tuple[str, ...],
) -> None:
    """Score a round of mixed categories from a workbook, CSV or Parquet file."""
    try:
        rule_sets = load_folder(rules_dir)
        is_large = is_columnar(facts) and count_rows(facts) >= large
        submissions = [] if is_large else read_round(facts, rule_sets)
        if is_large or len(submissions) >= large:
            scored = LargeScored(rule_sets, facts, out, points)
            scored.run(submissions, skip_refused, explain)
            return
    except (RuleErrors, TableErrors) as error:
        raise click.ClickException(str(error)) from error
    _small(rule_sets, submissions, out, skip_refused)


def _small(
    rule_sets: Mapping[str, RuleSet],
    submissions: Sequence[Submission],
    out: Path,
    skip_refused: bool,
) -> None:
    categories = {name: Category(rule_set) for name, rule_set in rule_sets.items()}
    outcome = score_round(categories, [(each.organisation, each.facts) for each in submissions])
    for error in outcome.refused:
        click.echo(facts_message(error, "zh"), err=True)
    if outcome.refused and not skip_refused:
        raise refused_exception(len(outcome.refused))
    try:
        rows = write_results(outcome, out)
    except OSError as error:
        raise click.ClickException(f"cannot write the results to {out}: {error}") from error
    _summary(rows, out)


def write_results(outcome: RoundResult, out: Path) -> list[ResultRow]:
    """Write every file of a round's results, and return the rows."""
    out.mkdir(parents=True, exist_ok=True)
    remove_old(out)
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

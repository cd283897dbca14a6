"""What `evaluator round` does from some thousand organisations on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from evaluator.commands.errors import facts_message, refused_exception
from evaluator.commands.result_folder import alone, remove_old
from evaluator.commands.stage_bars import StageBars
from evaluator.files import Submission, TableErrors, write_parquet
from evaluator.results.pages import (
    environment,
    file_names,
    overview,
    write_index,
    write_page,
)
from evaluator.results.parquet import read_results
from evaluator.results.rows import STATUS_ZH
from evaluator.results.workbook import write_overview, write_quotas
from evaluator.scale.large_round import LargeRound
from evaluator.scale.result_tables import STATUSES
from evaluator.scale.writing import CategorySummary
from evaluator.scoring.inputs import FactErrors
from evaluator.scoring.round import Category
from rules.syntax import RuleSet

_MOST_REFUSED = 1_000
_MOST_IN_EXCEL = 100_000


class LargeScored:
    """A large round on the command line: progress, refusals, files, and what it came to."""

    def __init__(self, rule_sets: Mapping[str, RuleSet], facts: Path, out: Path, keep_points: bool):
        self.rule_sets = rule_sets
        self.categories = {name: Category(rule_set) for name, rule_set in rule_sets.items()}
        self.facts = facts
        self.out = out
        self.keep_points = keep_points
        self.progress = StageBars()

    def run(
        self, submissions: Sequence[Submission], skip_refused: bool, explain: Sequence[str]
    ) -> None:
        """Score the file, or the submissions that were read from a workbook."""
        is_new = not self.out.exists()
        try:
            self.out.mkdir(parents=True, exist_ok=True)
            with ExitStack() as ending:
                ending.enter_context(alone(self.out))
                ending.callback(self.progress.end)
                facts = self._facts(submissions, ending)
                round_ = LargeRound(facts, self.categories, self.out, self.keep_points)
                refused = self._scored(round_, skip_refused)
                self._write(round_, refused, list(dict.fromkeys(explain)))
                round_.close()
        except OSError as error:
            raise click.ClickException(
                f"cannot write the results to {self.out}: {error}"
            ) from error
        finally:
            if is_new:
                with suppress(OSError):  # There are results in it.
                    self.out.rmdir()

    def _facts(self, submissions: Sequence[Submission], ending: ExitStack) -> Path:
        """Return a file that can be read part by part: a workbook becomes one for a while."""
        if not submissions:
            return self.facts
        path = Path(ending.enter_context(TemporaryDirectory())) / "facts.parquet"
        write_parquet(self.rule_sets, path, submissions)
        return path

    def _scored(self, round_: LargeRound, skip_refused: bool) -> list[FactErrors]:
        """Score; say who is refused. Where that ends the round, nothing is left of the work."""
        try:
            round_.score(self.progress.begin)
            self.progress.done()
            return self._refused(round_, skip_refused)
        except (TableErrors, click.ClickException):
            round_.close()
            raise

    def _refused(self, round_: LargeRound, skip_refused: bool) -> list[FactErrors]:
        count, errors = round_.refused(_MOST_REFUSED)
        shown = list(errors)
        for error in shown:
            click.echo(facts_message(error, "zh"), err=True)
        if count > _MOST_REFUSED:
            click.echo(f"共{count}个，以上只列出其中{_MOST_REFUSED}个。", err=True)
        if count and not skip_refused:
            raise refused_exception(count)
        return shown

    def _write(
        self, round_: LargeRound, refused: Sequence[FactErrors], explain: Sequence[str]
    ) -> None:
        remove_old(self.out)
        summaries = round_.write(self.progress.begin)
        self.progress.done()
        if explain:
            self._explain(round_, explain)
        self._overview(summaries, refused)

    def _explain(self, round_: LargeRound, ids: Sequence[str]) -> None:
        """Write the page and the report of each organisation that was asked for."""
        folder = self.out / "explanations"
        page, names = environment().get_template("explanation.html"), file_names(ids)
        rows = {row.id: row for row in read_results(self.out / "results.parquet", ids)}
        found = set()
        for result in round_.explained(ids):
            folder.mkdir(exist_ok=True)
            number = result.organisation.id
            write_page(page, result, rows[number], folder / names[number])
            found.add(number)
            click.echo(f"Explained: {folder / names[number]}.html")
        for number in ids:
            if number not in found:
                said = f"状态：{STATUS_ZH[rows[number].status]}" if number in rows else "没有此编号"
                click.echo(f"{number}：没有评分可供说明（{said}）。", err=True)
        for error in round_.refusals(ids):
            click.echo(facts_message(error, "zh"), err=True)

    def _overview(
        self, summaries: Mapping[str, CategorySummary], refused: Sequence[FactErrors]
    ) -> None:
        """Write the index, and a workbook where Excel opens one of that length with ease."""
        quotas = {name: each.quotas for name, each in summaries.items()}
        write_quotas(quotas, self.categories, self.out / "quotas.csv")
        if sum(int(each.statuses.sum()) for each in summaries.values()) <= _MOST_IN_EXCEL:
            rows = read_results(self.out / "results.parquet")
            write_overview(rows, self.categories, quotas, refused, self.out / "results.xlsx")
        write_index([_shown(each) for each in summaries.values()], self.out)
        for each in summaries.values():
            click.echo(_sentence(each))
        click.echo(f"Results: {self.out / 'results.parquet'}, {self.out / 'index.html'}")


def _counts(summary: CategorySummary) -> dict[str, int]:
    levels = summary.category.levels.levels
    counts = {level.id: int(n) for level, n in zip(levels, summary.levels, strict=True)}
    return counts | {"": int(summary.statuses[STATUSES.index("unrated")])}


def _shown(summary: CategorySummary) -> dict[str, Any]:
    whole = [each for each in summary.quotas if each.quota.among in ("category", "round")]
    return overview(summary.category.levels, _counts(summary), whole) | {"note": _others(summary)}


def _others(summary: CategorySummary) -> str:
    """Return in words how many there are, and how many have no level for another reason."""
    statuses = dict(zip(STATUSES, summary.statuses.tolist(), strict=True))
    others = [
        f"{STATUS_ZH[status]}{statuses[status]}个"
        for status in ("not_rated", "not_applied", "refused")
        if statuses[status]
    ]
    grouped = [each for each in summary.quotas if each.quota.among not in ("category", "round")]
    unmet = sum(not each.met for each in grouped)
    missed = f"（{unmet}项未达到）" if unmet else ""
    apart = [f"另有{len(grouped)}项分组名额{missed}，见quotas.csv"] if grouped else []
    return "，".join([f"共{sum(statuses.values())}个党组织", *others, *apart]) + "。"


def _sentence(summary: CategorySummary) -> str:
    rules = summary.category.levels
    title = (rules.rule_set.category_title or rules.rule_set.title).zh
    titles = {level.id: level.title.zh for level in rules.levels} | {"": "未评星级"}
    counts = sorted(_counts(summary).items(), key=lambda each: -each[1])
    levels = "，".join(f"{titles[level]} {count}" for level, count in counts if count)
    return f"{title}：{_others(summary)}" + (f"{levels}。" if levels else "")

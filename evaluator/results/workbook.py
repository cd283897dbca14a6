"""Results in Excel: all organisations, a sheet with every indicator for each category, quotas."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import xlsxwriter

from evaluator.files import safe_cell
from evaluator.files.sheet_names import free_title
from evaluator.results.rows import STATUS_ZH, ResultRow, level_of
from evaluator.results.whole_file import whole_file
from evaluator.scoring.inputs import FactErrors
from evaluator.scoring.quotas import QuotaReport
from evaluator.scoring.round import Category, Result, RoundResult
from rules.lowering import indicators_of
from rules.numbers import decimal_text

_RESULTS = "评定结果"
_QUOTAS = "名额"
_RESULT_COLUMNS = (
    ("编号", 14),
    ("党组织", 44),
    ("直属党（工）委", 24),
    ("类别", 22),
    ("总分", 9),
    ("星级", 12),
    ("状态", 12),
    ("上年星级", 12),
    ("评定经过", 60),
    ("证书编号", 18),
)
_QUOTA_COLUMNS = (
    ("类别", 14),
    ("星级", 12),
    ("范围", 18),
    ("方式", 10),
    ("比例或个数", 12),
    ("基数", 8),
    ("名额", 8),
    ("实有", 8),
    ("直接命名", 10),
    ("调整", 8),
    ("是否达到", 10),
)
_KIND_ZH = {"at_most": "不超过", "at_least": "不少于", "target": "目标"}


def write_workbook(outcome: RoundResult, rows: Sequence[ResultRow], path: Path) -> None:
    """Write the results of a round as a workbook, complete or not at all."""
    categories = {each.organisation.category: each.category for each in outcome.results}
    refused = _refusals([each.refused for each in outcome.results if each.refused])
    with _workbook(path) as writer:
        writer.results(rows, categories, refused)
        for category in categories:
            writer.category(
                [each for each in outcome.results if each.organisation.category == category]
            )
        writer.quotas(outcome.quotas, categories)


def write_overview(
    rows: Sequence[ResultRow],
    categories: Mapping[str, Category],
    quotas: Mapping[str, Sequence[QuotaReport]],
    refused: Sequence[FactErrors],
    path: Path,
) -> None:
    """Write a workbook of results and quotas alone, without the points of indicators."""
    with _workbook(path) as writer:
        writer.results(rows, categories, _refusals(refused))
        writer.quotas(quotas, categories)


@contextmanager
def _workbook(path: Path) -> Iterator[_Writer]:
    # In memory first: on a full disk, an archive would complain on its own when it is forgotten.
    whole = io.BytesIO()
    book = xlsxwriter.Workbook(
        whole,
        {"strings_to_numbers": False, "strings_to_urls": False, "strings_to_formulas": False},
    )
    book.set_properties({"created": datetime.datetime(2000, 1, 1)})  # noqa: DTZ001 - fixed bytes
    yield _Writer(book)
    book.close()
    with whole_file(path) as partial:
        partial.write_bytes(whole.getbuffer())


def _refusals(errors: Sequence[FactErrors]) -> dict[tuple[str, str], str]:
    """Return why organisations are refused, by their category and id."""
    return {
        (error.organisation.category, error.organisation.id): "；".join(
            f"{each.fact}：{each.zh}" for each in error.problems
        )
        for error in errors
    }


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Any):
        self.book = book
        self.taken = {_RESULTS, _QUOTAS}
        self.head = book.add_format(
            {
                "bold": True,
                "bg_color": "#B3141B",
                "font_color": "#FFFFFF",
                "text_wrap": True,
                "valign": "vcenter",
                "border": 1,
            }
        )
        self.points = book.add_format({"num_format": "0.00"})

    def sheet(self, title: str, columns: Sequence[tuple[str, int]]) -> Any:
        sheet = self.book.add_worksheet(title)
        for number, (name, width) in enumerate(columns):
            sheet.set_column(number, number, width)
            sheet.write_string(0, number, safe_cell(name), self.head)
        sheet.freeze_panes(1, 2)
        return sheet

    def line(self, sheet: Any, number: int, values: Sequence[str | int]) -> None:
        for column, value in enumerate(values):
            if isinstance(value, int):
                sheet.write_number(number, column, value)
            else:
                sheet.write_string(number, column, safe_cell(value))

    def results(
        self,
        rows: Sequence[ResultRow],
        categories: Mapping[str, Category],
        refused: Mapping[tuple[str, str], str],
    ) -> None:
        """Write a line for each organisation; one that was refused shows why."""
        sheet = self.sheet(_RESULTS, _RESULT_COLUMNS)
        sheet.autofilter(0, 0, len(rows), len(_RESULT_COLUMNS) - 1)
        titles = {
            name: {level.id: level.title.zh for level in category.levels.levels}
            for name, category in categories.items()
        }
        for number, row in enumerate(rows, 1):
            self.line(
                sheet,
                number,
                [
                    row.id,
                    row.name,
                    row.committee,
                    row.category_zh,
                    "" if row.total is None else decimal_text(int(row.total.scaleb(4))),
                    row.level_zh,
                    STATUS_ZH[row.status],
                    titles[row.category].get(row.previous_level, ""),
                    refused.get((row.category, row.id), row.steps_zh),
                    row.serial,
                ],
            )

    def category(self, results: Sequence[Result]) -> None:
        rule_set = results[0].category.rule_set
        indicators = indicators_of(rule_set)
        columns = [
            ("编号", 14),
            ("党组织", 40),
            ("星级", 10),
            ("总分", 9),
            *((f"{each.title.zh}（{decimal_text(each.points)}）", 12) for each in indicators),
        ]
        sheet = self.sheet(free_title(rule_set.category, self.taken), columns)
        scored = [each for each in results if each.assessment]
        for number, each in enumerate(scored, 1):
            assert each.assessment is not None  # noqa: S101
            level = level_of(each)
            self.line(
                sheet,
                number,
                [
                    each.organisation.id,
                    each.organisation.name,
                    level.title.zh if level else "",
                    decimal_text(each.assessment.total),
                    *(decimal_text(each.assessment.points(indicator)) for indicator in indicators),
                ],
            )

    def quotas(
        self,
        quotas: Mapping[str, Sequence[QuotaReport]],
        categories: Mapping[str, Category],
    ) -> None:
        """Write a line for each quota in each of its groups."""
        sheet = self.sheet(_QUOTAS, _QUOTA_COLUMNS)
        for number, line in enumerate(_quota_lines(quotas, categories), 1):
            self.line(sheet, number, line)


def write_quotas(
    quotas: Mapping[str, Sequence[QuotaReport]],
    categories: Mapping[str, Category],
    path: Path,
) -> None:
    """Write every quota in each of its groups as CSV, however many groups there are."""
    with whole_file(path) as partial, partial.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(title for title, _ in _QUOTA_COLUMNS)
        for line in _quota_lines(quotas, categories):
            writer.writerow(safe_cell(each) if isinstance(each, str) else each for each in line)


def _quota_lines(
    quotas: Mapping[str, Sequence[QuotaReport]], categories: Mapping[str, Category]
) -> Iterator[list[str | int]]:
    """Yield what is said of each quota in each of its groups."""
    for name, each in ((name, each) for name, reports in quotas.items() for each in reports):
        rules = categories[name].levels
        above = "及以上" if each.quota.counts == "and_above" else ""
        yield [
            name,
            rules.title(rules.index[each.quota.level]).zh + above,
            _group_title(each),
            _KIND_ZH[each.quota.kind],
            str(each.quota.share or each.quota.number),
            each.base,
            each.limit,
            each.held,
            each.beside,
            each.moved,
            "达到" if each.met else "未达到",
        ]


def _group_title(report: QuotaReport) -> str:
    """Return whom a quota is among; an organisation may lack the fact that groups it."""
    if report.quota.among == "category":
        return "全类别"
    return str(report.group or "未填写")

"""The template of a round as a workbook, empty or filled."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from evaluator.files.category_sheet import write_category
from evaluator.files.event_sheet import write_events
from evaluator.files.notes_sheet import write_notes
from evaluator.files.safe_cells import safe_cell
from evaluator.files.sheet_names import CHOICES, NOTES, event_sheets, sheet_titles
from evaluator.files.styles import Styles
from evaluator.files.submissions import Submission
from evaluator.files.validation import ChoiceLists
from rules.syntax import RuleSet


def write_workbook(
    rule_sets: Mapping[str, RuleSet], path: Path, submissions: Sequence[Submission] = ()
) -> None:
    """Write the template for these categories; with submissions, their facts are filled in.

    The same rule sets and submissions give the same bytes.
    """
    with Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        period = next(iter(rule_sets.values())).period
        made = datetime.datetime.combine(period.from_, datetime.time())
        workbook.set_properties({"title": NOTES, "created": made})
        styles, lists = Styles(workbook), ChoiceLists(CHOICES)
        write_notes(workbook.add_worksheet(NOTES), rule_sets, styles)
        for category, title in sheet_titles(rule_sets).items():
            theirs = [each for each in submissions if each.organisation.category == category]
            write_category(
                workbook.add_worksheet(title), rule_sets[category], theirs, styles, lists
            )
        for each in event_sheets(rule_sets):
            write_events(workbook.add_worksheet(each.title), each, submissions, styles, lists)
        _write_lists(workbook.add_worksheet(CHOICES), lists)


def _write_lists(sheet: Worksheet, lists: ChoiceLists) -> None:
    for words, column in lists.lists.items():
        for row, word in enumerate(words):
            sheet.write_string(row, column, safe_cell(word))
    sheet.hide()

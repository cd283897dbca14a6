"""Two small rule sets with every type of fact, and organisations rated by them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from evaluator.files import Submission, TableErrors, load_folder, read_round, write_workbook
from evaluator.scoring.inputs import Organisation
from rules.syntax import RuleSet

RULES = Path(__file__).parent / "rules"
OFFICE_SHEET, FIRM_SHEET, EVENTS_SHEET = "机关", "两新", "荣誉"


@cache
def rule_sets() -> dict[str, RuleSet]:
    """Return both rule sets by category."""
    return load_folder(RULES)


def office(number: str = "JG-1", **facts: Any) -> Submission:
    """Return an office with every fact given; keywords change or, by None, remove facts."""
    given: dict[str, Any] = {
        "minutes": "12",
        "satisfaction": "0.955",
        "elected": True,
        "honours": [
            {
                "date": datetime.date(2026, 5, 1),
                "giver": "city",
                "matter": "先进党组织",
                "winners": "3",
            }
        ],
        "growth": "-2.5",
        "taste": {"value": "3.5", "reason": "举措扎实"},
    } | facts
    attributes = {"founded": datetime.date(2001, 7, 1), "members": "25"}
    organisation = Organisation(
        id=number,
        name="中共临江新区财政局机关第一支部委员会",
        category="office",
        committee="区级机关工委",
        previous_level="three_star",
        years_at_level=2,
        attributes=attributes,
    )
    return Submission(
        organisation, {key: each for key, each in given.items() if each is not None}, ""
    )


def firm(number: str = "LX-1", **facts: Any) -> Submission:
    """Return a firm with every fact given; keywords change or, by None, remove facts."""
    given: dict[str, Any] = {
        "minutes": "9",
        "satisfaction": "1",
        "elected": False,
        "honours": [],
        "kind": "shop",
        "defence": ["90", "88.5", "95"],
    } | facts
    organisation = Organisation(
        id=number,
        name="中共临江𬭎泰䶮腾科技有限公司支部委员会",
        category="firm",
        committee="两新工委",
        applied=False,
        attributes={"founded": datetime.date(2024, 2, 29), "members": "3"},
    )
    return Submission(
        organisation, {key: each for key, each in given.items() if each is not None}, ""
    )


def named(submission: Submission, name: str) -> Submission:
    """Return a submission of an organisation with another name."""
    return replace(submission, organisation=replace(submission.organisation, name=name))


def told(submissions: list[Submission]) -> list[tuple[Organisation, Mapping[str, object]]]:
    """Return what submissions say, wherever they stand."""
    return [(each.organisation, each.facts) for each in submissions]


def errors_of(path: Path) -> list[str]:
    """Return every error that a file is refused with."""
    with pytest.raises(TableErrors) as caught:
        read_round(path, rule_sets())
    return str(caught.value).split("\n")


@dataclass
class Filled:
    """A filled template that a test changes cell by cell, as people do."""

    path: Path
    submissions: list[Submission] = field(default_factory=lambda: [office(), firm()])

    def __post_init__(self) -> None:
        write_workbook(rule_sets(), self.path, self.submissions)
        self.book = openpyxl.load_workbook(self.path)

    def column(self, sheet: str, key: str) -> str:
        """Return the letter of the column with a key."""
        keys = {cell.value: cell.column_letter for cell in self.book[sheet][3]}
        return str(keys[key])

    def put(self, sheet: str, key: str, row: int, value: Any) -> None:
        """Write into the cell of a key."""
        self.book[sheet][f"{self.column(sheet, key)}{row}"] = value

    def saved(self) -> Path:
        """Return the file with all changes."""
        self.book.save(self.path)
        return self.path

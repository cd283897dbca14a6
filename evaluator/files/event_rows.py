"""Sheets of events, one row for each event, to the lists of the organisations they belong to."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from evaluator.files.columns import event_columns
from evaluator.files.plans import check_known, check_needed
from evaluator.files.submissions import Submission
from evaluator.files.tables import Cell, Row, Table
from evaluator.files.values import event_readers, refuse_too_many
from evaluator.scoring.reading import Unreadable
from rules.problems import nearest
from rules.syntax import Fact, RuleSet


def events_fact_of(table: Table, rule_sets: Mapping[str, RuleSet]) -> str:
    """Return the events fact that a table lists, from its keys; nothing for other tables."""
    names = {key.partition(".")[0] for key in table.keys if key.endswith(".date")}
    return next((name for name in names if _facts(name, rule_sets)), "")


def _facts(name: str, rule_sets: Mapping[str, RuleSet]) -> dict[str, Fact]:
    """Return the fact of each category that has it."""
    return {
        category: rule_set.facts[name]
        for category, rule_set in rule_sets.items()
        if name in rule_set.facts and rule_set.facts[name].type == "events"
    }


class EventRows:
    """Reads one sheet of events into the facts of organisations that were read before."""

    def __init__(
        self,
        table: Table,
        name: str,
        rule_sets: Mapping[str, RuleSet],
        submissions: Mapping[str, Submission],
        seen: Collection[str] = (),
    ):
        self.table, self.name, self.submissions = table, name, submissions
        self.seen = seen
        """Organisations whose own row could not be read: their events are passed over."""
        self.facts = _facts(name, rule_sets)
        self.readers = {category: event_readers(fact) for category, fact in self.facts.items()}
        self.found: dict[str, list[Cell]] = {}

    def read(self) -> dict[str, list[Cell]]:
        """Return the events of every organisation of the fact's categories; some have none."""
        known = list(
            dict.fromkeys(
                column.key
                for fact in self.facts.values()
                for column in event_columns(self.name, fact)
            )
        )
        seen = check_known(self.table, known)
        self.found = {
            number: []
            for number, each in self.submissions.items()
            if each.organisation.category in self.facts
        }
        if check_needed(self.table, seen, ("id", f"{self.name}.date")):
            for number, row in self.table.rows:
                if any(cell is not None for cell in row):
                    self._row(number, row, seen)
        return self.found

    def _row(self, number: int, row: Row, seen: Mapping[str, int]) -> None:
        organisation = row[seen["id"]] if seen["id"] < len(row) else None
        submission = self.submissions.get(str(organisation))
        if submission is None and str(organisation) in self.seen:
            return
        if submission is None:
            self._unknown(number, organisation, seen["id"])
            return
        category = submission.organisation.category
        if category not in self.facts:
            self.table.problem(
                number,
                seen["id"],
                f"“{category}”类没有“{self.name}”；请删去此行",
                f'the category "{category}" has no "{self.name}"; remove the row',
            )
            return
        event = self._event(number, row, category, seen)
        if event is not None:
            self._add(number, submission, event)

    def _event(self, number: int, row: Row, category: str, seen: Mapping[str, int]) -> Cell:
        """Return the event of a row, or nothing where a column of it is empty or wrong."""
        event: dict[str, Cell] = {}
        for name, read in self.readers[category].items():
            index = seen.get(f"{self.name}.{name}")
            cell = None if index is None or index >= len(row) else row[index]
            if cell is None:
                self.table.problem(
                    number,
                    index,
                    f"缺少“{name}”；请填写" if index is None else "不能为空；请填写",
                    f'has no "{name}"; give it a value'
                    if index is None
                    else "is empty; give it a value",
                )
                continue
            try:
                event[name] = read(cell)
            except Unreadable as error:
                self.table.problem(number, index, error.zh, error.en)
        return event if len(event) == len(self.readers[category]) else None

    def _add(self, number: int, submission: Submission, event: Cell) -> None:
        events = self.found[submission.organisation.id]
        events.append(event)
        try:
            refuse_too_many(self.facts[submission.organisation.category], len(events))
        except Unreadable as error:
            self.table.problem(number, None, error.zh, error.en)

    def _unknown(self, number: int, organisation: Cell, index: int) -> None:
        if organisation is None:
            self.table.problem(
                number,
                index,
                "不能为空；请填写党组织编号",
                "is empty; give the number of an organisation",
            )
            return
        self.table.problem(
            number,
            index,
            f"没有编号为“{organisation}”的党组织；请改正编号或在类别表中补上",
            f'no organisation has the number "{organisation}".'
            f"{nearest(str(organisation), self.submissions)} Mend it, or add the "
            "organisation to the sheet of its category",
        )

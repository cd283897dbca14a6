"""The preview of a workbook of facts: what would become known, row by row, changing nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.files import Submission, TableErrors, TableProblem, read_round
from evaluator.organisations.models import Organisation, Status, Tier
from evaluator.organisations.queries import visible_organisations
from evaluator.organisations.uploaded_workbooks import refuse_bomb
from evaluator.organisations.values import plain
from evaluator.records.queries import facts_of_year
from evaluator.records.sources import KNOWN, source_text
from rules.syntax import RuleSet

IMPORT = Permission.IMPORT_RECORDS


@dataclass(frozen=True)
class FactChange:
    """A fact that would become known, or known otherwise; `known_as` is the row that it changes."""

    fact: str
    value: Any
    source: str
    known_as: int | None = None
    before: Any = None
    source_before: str = ""


@dataclass(eq=False)
class RecordRow:
    """What one row of the file would make known of an organisation."""

    where: str
    organisation: Organisation
    name: str
    """What the file calls it, which may differ from the register."""
    changes: list[FactChange] = field(default_factory=list)
    same: int = 0
    left_out: int = 0
    """Facts that are asked of the branch or judged by reviewers, which no import makes known."""

    @property
    def new(self) -> int:
        """Return how many facts become known."""
        return sum(each.known_as is None for each in self.changes)

    @property
    def changed(self) -> int:
        """Return how many known facts become others."""
        return len(self.changes) - self.new


@dataclass(frozen=True)
class RecordsPreview:
    """What a file would make known, and what is wrong with it; with anything wrong, nothing."""

    problems: Sequence[TableProblem]
    rows: Sequence[RecordRow] = ()
    same: int = 0
    """How many rows hold nothing that is not known already."""
    left_out: int = 0

    @property
    def wrong(self) -> int:
        """Return how many rows have a problem."""
        return len({each.where for each in self.problems})

    @property
    def can_be_confirmed(self) -> bool:
        """Return whether there is something to do, and nothing wrong."""
        return not self.problems and bool(self.rows)

    def digest(self) -> str:
        """Return the digest of all that the file would do to what is known now."""
        content = [
            [each.organisation.id, [list(vars(change).values()) for change in each.changes]]
            for each in self.rows
        ]
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def preview_of(
    session: Session, actor: Actor, path: Path, year: int, rule_sets: Mapping[str, RuleSet]
) -> RecordsPreview:
    """Return what a workbook of a year's facts would make known, within the actor's places.

    Read by the rule sets of the year's round. A handful of queries for any number of rows.
    """
    actor.require(IMPORT)
    try:
        refuse_bomb(path)
        submissions = read_round(path, rule_sets)
    except TableErrors as error:
        return RecordsPreview(error.problems)
    return preview_of_rows(session, actor, submissions, year, rule_sets)


def preview_of_rows(
    session: Session,
    actor: Actor,
    submissions: Sequence[Submission],
    year: int,
    rule_sets: Mapping[str, RuleSet],
) -> RecordsPreview:
    """Return what rows that were read would make known, whichever way they came."""
    actor.require(IMPORT)
    codes = {each.organisation.id for each in submissions}
    query = visible_organisations(actor, IMPORT).where(
        Organisation.tier == Tier.BRANCH, Organisation.code.in_(codes)
    )
    by_code = {each.code: each for each in session.scalars(query)}
    known = facts_of_year(session, year, [each.id for each in by_code.values()])
    problems = [wrong for each in submissions for wrong in _mistakes(each, by_code)]
    if problems:
        return RecordsPreview(problems)
    rows = [_row(each, by_code[each.organisation.id], rule_sets, known) for each in submissions]
    changing = [each for each in rows if each.changes]
    left_out = sum(each.left_out for each in rows)
    return RecordsPreview((), changing, len(rows) - len(changing), left_out)


def _mistakes(
    submission: Submission, by_code: Mapping[str, Organisation]
) -> Iterable[TableProblem]:
    """Yield why a row fits no organisation that the caller may bring facts of."""
    given = submission.organisation
    organisation = by_code.get(given.id)
    if organisation is None:
        yield TableProblem(
            submission.where,
            "id",
            f"没有编号为“{given.id}”的基层党组织；请改正编号，或先在党组织库中登记",
            f'no branch has the number "{given.id}"; mend it, or enter it into the register first',
        )
    elif organisation.status is not Status.ACTIVE:
        yield TableProblem(
            submission.where,
            "id",
            f"编号“{given.id}”的党组织已终止；请改填接续它的党组织，或删去此行",
            f'the organisation of the number "{given.id}" has ended; give the one that went on '
            "from it, or remove the row",
        )
    elif organisation.category != given.category:
        yield TableProblem(
            submission.where,
            "category",
            f"该党组织登记的类别是“{organisation.category or '无'}”，文件中是“{given.category}”；"
            "请移到相应类别的工作表，或先更正登记",
            f'the register has it as "{organisation.category or "none"}", the file as '
            f'"{given.category}"; move the row to the sheet of its category, or mend the register',
        )


def _row(
    submission: Submission,
    organisation: Organisation,
    rule_sets: Mapping[str, RuleSet],
    known: Mapping[int, Mapping[str, Row[Any]]],
) -> RecordRow:
    row = RecordRow(submission.where, organisation, submission.organisation.name)
    facts = rule_sets[submission.organisation.category].facts
    there = known.get(organisation.id, {})
    for name, value in submission.facts.items():
        source = facts[name].source
        if source.kind not in KNOWN:
            row.left_out += 1
            continue
        change = _change(name, plain(value), source_text(source), there.get(name))
        if change is None:
            row.same += 1
        else:
            row.changes.append(change)
    return row


def _change(name: str, value: Any, source: str, there: Row[Any] | None) -> FactChange | None:
    """Return how a fact would change, None where it is known so already."""
    if there is None:
        return FactChange(name, value, source)
    if (there.value, there.source) == (value, source):
        return None
    return FactChange(name, value, source, there.id, there.value, there.source)

"""The preview of a workbook of facts: what would become known, row by row, changing nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.files import Submission, TableProblem
from evaluator.organisations.models import Organisation, Status, Tier
from evaluator.organisations.queries import visible_organisations
from evaluator.records.brought import Brought, BroughtRow, brought_by, read_brought
from evaluator.records.queries import KnownText, texts_of_year
from evaluator.records.sources import source_text
from rules.syntax import RuleSet

IMPORT = Permission.IMPORT_RECORDS


@dataclass(frozen=True)
class FactChange:
    """A fact that would become known, or known otherwise; `known_as` is the row that it changes.

    Values are JSON texts, of which a page shows but a few.
    """

    fact: str
    text: str
    source: str
    known_as: int | None = None
    text_before: str = "null"
    source_before: str = ""

    @cached_property
    def value(self) -> Any:
        """Return the value that would be known."""
        return json.loads(self.text)

    @property
    def before(self) -> Any:
        """Return the value that is known, None where there is none."""
        return json.loads(self.text_before)


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
        found, names = hashlib.sha256(), [each.name for each in fields(FactChange)]
        for row in self.rows:
            for change in row.changes:
                content = [row.organisation.id, *(getattr(change, each) for each in names)]
                found.update("\0".join(map(str, content)).encode() + b"\1")
        return found.hexdigest()


def preview_of(
    session: Session, actor: Actor, path: Path, year: int, rule_sets: Mapping[str, RuleSet]
) -> RecordsPreview:
    """Return what a workbook of a year's facts would make known, within the actor's places.

    Read by the rule sets of the year's round.
    """
    actor.require(IMPORT)
    return preview_of_brought(session, actor, read_brought(path, rule_sets), year, rule_sets)


def preview_of_rows(
    session: Session,
    actor: Actor,
    submissions: Sequence[Submission],
    year: int,
    rule_sets: Mapping[str, RuleSet],
) -> RecordsPreview:
    """Return what rows that were read would make known, whichever way they came."""
    brought = brought_by(submissions, rule_sets)
    return preview_of_brought(session, actor, brought, year, rule_sets)


def preview_of_brought(
    session: Session,
    actor: Actor,
    brought: Brought,
    year: int,
    rule_sets: Mapping[str, RuleSet],
) -> RecordsPreview:
    """Return what rows would make known; a handful of queries for any number of them."""
    actor.require(IMPORT)
    if brought.problems:
        return RecordsPreview(brought.problems)
    codes = {each.code for each in brought.rows}
    query = visible_organisations(actor, IMPORT).where(
        Organisation.tier == Tier.BRANCH, Organisation.code.in_(codes)
    )
    by_code = {each.code: each for each in session.scalars(query)}
    problems = [wrong for each in brought.rows for wrong in _mistakes(each, by_code)]
    if problems:
        return RecordsPreview(problems)
    known = texts_of_year(session, year, [each.id for each in by_code.values()])
    sources = {
        category: {name: source_text(fact.source) for name, fact in each.facts.items()}
        for category, each in rule_sets.items()
    }
    rows = [_row(each, by_code[each.code], sources[each.category], known) for each in brought.rows]
    changing = [each for each in rows if each.changes]
    left_out = sum(each.left_out for each in rows)
    return RecordsPreview((), changing, len(rows) - len(changing), left_out)


def _mistakes(given: BroughtRow, by_code: Mapping[str, Organisation]) -> Iterable[TableProblem]:
    """Yield why a row fits no organisation that the caller may bring facts of."""
    organisation = by_code.get(given.code)
    if organisation is None:
        yield TableProblem(
            given.where,
            "id",
            f"没有编号为“{given.code}”的基层党组织；请改正编号，或先在党组织库中登记",
            f'no branch has the number "{given.code}"; mend it, or enter it into the register '
            "first",
        )
    elif organisation.status is not Status.ACTIVE:
        yield TableProblem(
            given.where,
            "id",
            f"编号“{given.code}”的党组织已终止；请改填接续它的党组织，或删去此行",
            f'the organisation of the number "{given.code}" has ended; give the one that went on '
            "from it, or remove the row",
        )
    elif organisation.category != given.category:
        yield TableProblem(
            given.where,
            "category",
            f"该党组织登记的类别是“{organisation.category or '无'}”，文件中是“{given.category}”；"
            "请移到相应类别的工作表，或先更正登记",
            f'the register has it as "{organisation.category or "none"}", the file as '
            f'"{given.category}"; move the row to the sheet of its category, or mend the register',
        )


def _row(
    given: BroughtRow,
    organisation: Organisation,
    sources: Mapping[str, str],
    known: Mapping[int, Mapping[str, KnownText]],
) -> RecordRow:
    row = RecordRow(given.where, organisation, given.name, left_out=given.left_out)
    there = known.get(organisation.id, {})
    for name, text in given.texts.items():
        change = _change(name, text, sources[name], there.get(name))
        if change is None:
            row.same += 1
        else:
            row.changes.append(change)
    return row


def _change(name: str, text: str, source: str, there: KnownText | None) -> FactChange | None:
    """Return how a fact would change, None where it is known so already."""
    if there is None:
        return FactChange(name, text, source)
    number, text_before, source_before = there
    same = text == text_before or json.loads(text) == json.loads(text_before)
    if same and source == source_before:
        return None
    return FactChange(name, text, source, number, text_before, source_before)

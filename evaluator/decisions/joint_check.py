"""The joint check: a department's list looked at row by row, then taken over as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.audit.operations import canonical
from evaluator.decisions.carriers import Carrier, Facts, Found, carrier_for, first_day, is_outside
from evaluator.decisions.joint_rows import BroughtRow, read_rows
from evaluator.decisions.models import Finding
from evaluator.decisions.policy import require_deciding
from evaluator.decisions.queries import findings_on
from evaluator.decisions.scored import category_of
from evaluator.organisations.details import today
from evaluator.reviews.facts import Statement, statements
from evaluator.rounds.models import Participant, Round
from evaluator.scoring.round import Category
from evaluator.web.languages import language
from evaluator.web.wording import gettext
from rules.syntax import Veto

_LONGEST = 2_000


@dataclass
class Row:
    """A row with what it means: whom it is about, which veto, and how it reaches the scoring."""

    brought: BroughtRow
    participant: Participant | None = None
    veto: Veto | None = None
    on: date | None = None
    carrier: Carrier | None = None
    fact: str = ""
    """What the fact that carries it is called."""

    @property
    def problems(self) -> Sequence[str]:
        """Return what is wrong with it."""
        return self.brought.problems


@dataclass(frozen=True)
class Preview:
    """What a list would do; with any problem it does nothing."""

    department: str
    rows: Sequence[Row] = field(default_factory=list)

    @property
    def wrong(self) -> list[Row]:
        """Return the rows that cannot be taken."""
        return [row for row in self.rows if row.problems]

    @property
    def can_be_confirmed(self) -> bool:
        """Return whether there is anything to take over, and nothing wrong."""
        return bool(self.rows) and not self.wrong

    def digest(self) -> str:
        """Return what tells this preview from another one."""
        lines = [
            [
                row.brought.number,
                row.participant.id if row.participant else 0,
                row.veto.id if row.veto else "",
                row.carrier.fact if row.carrier else "",
                row.carrier.event if row.carrier else {},
                list(row.problems),
            ]
            for row in self.rows
        ]
        text = canonical({"department": self.department, "rows": lines})
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def preview_of(
    session: Session, actor: Actor, *, made: Round, department: str, path: Path
) -> Preview:
    """Return what a list of a department would do in a round; nothing is changed."""
    require_deciding(session, actor)
    rows = [Row(each) for each in read_rows(path)]
    _find_participants(session, made, rows)
    named = list({row.participant.id: row.participant for row in rows if row.participant}.values())
    stated = statements(session, named)
    there = findings_on(session, [each.id for each in named])
    categories = {each.category: category_of(each.stored) for each in made.rule_sets}
    seen: set[tuple[object, ...]] = set()
    for row in rows:
        _read(row)
        if row.participant:
            category = categories[row.participant.category]
            _find_veto(row, category)
            _carry(row, category, stated[row.participant.id], department)
            _refuse_known(row, there.get(row.participant.id, ()), seen)
    return Preview(department, rows)


def _find_participants(session: Session, made: Round, rows: Sequence[Row]) -> None:
    """Find whom rows are about, by number or by a name that one organisation alone has."""
    names = {row.brought.organisation for row in rows}
    query = select(Participant).where(
        Participant.round_id == made.id,
        Participant.code.in_(names) | Participant.name.in_(names),
    )
    found: dict[str, list[Participant]] = {}
    for each in session.scalars(query):
        for key in {each.code, each.name}:
            found.setdefault(key, []).append(each)
    for row in rows:
        fitting = found.get(row.brought.organisation, [])
        by_code = [each for each in fitting if each.code == row.brought.organisation]
        fitting = by_code or fitting
        if len(fitting) == 1:
            row.participant = fitting[0]
        elif not row.brought.organisation:
            row.brought.problems.append(gettext("The organisation is missing."))
        elif fitting:
            row.brought.problems.append(
                gettext("Several organisations have this name; give the number.")
            )
        else:
            row.brought.problems.append(
                gettext("No organisation of this round has this number or name.")
            )


def _read(row: Row) -> None:
    """Read the day and the words of a row."""
    brought = row.brought
    try:
        row.on = date.fromisoformat(brought.on.replace("/", "-").replace(".", "-"))
    except ValueError:
        brought.problems.append(gettext("Give the day of the finding as 2026-05-01."))
    if row.on and row.on > today():
        brought.problems.append(gettext("The day of the finding is still to come."))
    if not brought.text:
        brought.problems.append(gettext("Say in words what was found."))
    if len(brought.text) > _LONGEST or len(brought.person) > _LONGEST:
        brought.problems.append(gettext("This is too long."))


def _find_veto(row: Row, category: Category) -> None:
    wanted = row.brought.veto.casefold()
    for veto in category.rule_set.vetoes:
        if wanted in {
            veto.id.casefold(),
            veto.title.zh.casefold(),
            veto.title.say("en").casefold(),
        }:
            row.veto = veto
            return
    known = gettext("; ").join(each.title.say(language()) for each in category.rule_set.vetoes)
    row.brought.problems.append(
        gettext(
            "The rule set of this organisation has no such veto. It has: %(vetoes)s", vetoes=known
        )
    )


def _carry(row: Row, category: Category, statement: Statement, department: str) -> None:
    """Find by which fact a row reaches the scoring, or that its day lies too far back."""
    if row.veto is None or row.on is None:
        return
    person = f"（{row.brought.person}）" if row.brought.person else ""
    found = Found(row.veto, row.on, f"{department}：{row.brought.text}{person}"[:_LONGEST])
    facts = _declared(category, statement)
    row.carrier = carrier_for(category, statement.organisation, facts, found)
    if row.carrier:
        row.fact = category.rule_set.facts[row.carrier.fact].label.say(language())
    elif is_outside(category, statement.organisation, facts, found):
        first = first_day(category, row.veto)
        words = gettext("This day lies outside of the window that the veto looks at.")
        if first and row.on < first:
            words = gettext("The veto looks back to %(day)s only.", day=first.isoformat())
        row.brought.problems.append(words)


def _declared(category: Category, statement: Statement) -> Facts:
    declared = category.rule_set.facts
    return {name: raw for name, raw in statement.reviewed.items() if name in declared}


def _refuse_known(row: Row, there: Sequence[Finding], seen: set[tuple[object, ...]]) -> None:
    """Refuse what stands twice in the list, or was brought before and still counts."""
    assert row.participant is not None  # noqa: S101 - the caller looked
    key = (row.veto.id if row.veto else "", row.on, row.brought.text)
    if (row.participant.id, *key) in seen:
        row.brought.problems.append(gettext("Another row of the list says the same."))
    if any((each.veto, each.on, each.text) == key for each in there if each.counts):
        row.brought.problems.append(gettext("This finding was brought already."))
    seen.add((row.participant.id, *key))

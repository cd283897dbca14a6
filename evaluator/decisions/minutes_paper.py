"""What the minutes of a meeting say, put together for the paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.accounts.models import Account
from evaluator.decisions.board import Board
from evaluator.decisions.models import Basis, Decision, Finding
from evaluator.decisions.page import titles_of
from evaluator.decisions.proposing import given_levels, quota_words
from evaluator.decisions.queries import decisions_in, findings_on, participants_of
from evaluator.decisions.scored import board_for
from evaluator.decisions.words import BASES
from evaluator.rounds.models import Round
from evaluator.web.languages import language
from evaluator.web.showing import day, moment
from evaluator.web.wording import gettext
from reports.minutes import Category, Given, MinutesPaper, Words
from rules.numbers import decimal_text

if TYPE_CHECKING:
    from evaluator.decisions.meeting import Meeting


def paper_of(
    session: Session, made: Round, meeting: Meeting, number: int, decisions: Sequence[Decision]
) -> MinutesPaper:
    """Return the minutes of a meeting that made these decisions."""
    titles, people = titles_of(made), _people(session, decisions)
    by_category: dict[str, list[Decision]] = defaultdict(list)
    for each in decisions:
        by_category[each.participant.category].append(each)
    return MinutesPaper(
        words=_words(),
        round=gettext("%(round)s, No. %(number)d", round=made.title, number=number),
        held_at=moment(meeting.held_at),
        chair=meeting.chair,
        present=meeting.present,
        text=[line for line in meeting.text.splitlines() if line.strip()],
        categories=[
            _category(session, made, name, titles[name], by_category[name], people)
            for name in titles
            if name in by_category
        ],
        footer=gettext("Minutes No. %(number)d of %(round)s", number=number, round=made.title),
    )


def _words() -> Words:
    return Words(
        title=gettext("Minutes of the star rating"),
        held_at=gettext("Held at"),
        chair=gettext("Chaired by"),
        present=gettext("Present"),
        course=gettext("Course of the meeting and votes"),
        as_computed=gettext("As computed"),
        given=gettext("Given by people"),
        quotas=gettext("Quotas"),
        findings=gettext("Finding of the joint check"),
        signatures=[gettext("Chair (signature):"), gettext("Recorded by (signature):")],
        page=gettext("Page {page} of {pages}"),
    )


def _category(
    session: Session,
    made: Round,
    name: str,
    title: str,
    decisions: Sequence[Decision],
    people: Mapping[int, str],
) -> Category:
    board = board_for(session, made, name)
    computed = [each for each in decisions if each.basis is Basis.COMPUTED]
    given = [each for each in decisions if each.basis is not Basis.COMPUTED]
    return Category(
        title=title,
        count=gettext("%(count)d decided", count=len(decisions)),
        as_computed=_by_level(board, computed),
        given=[_given(board, each, people) for each in given],
        quotas=_quotas(session, made, name, board),
        findings=_findings(session, made, name, board),
    )


def _by_level(
    board: Board, decisions: Sequence[Decision]
) -> list[tuple[str, str, list[tuple[str, str]]]]:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for each in decisions:
        who = each.participant
        found[each.level][who.committee].append(f"{who.name}（{who.code}）")
    order = [*(level.id for level in reversed(board.levels)), ""]
    return [
        (
            board.title(level).say(language()),
            str(sum(map(len, found[level].values()))),
            [(committee, "、".join(names)) for committee, names in found[level].items()],
        )
        for level in order
        if level in found
    ]


def _given(board: Board, decision: Decision, people: Mapping[int, str]) -> Given:
    who, spoken = decision.participant, language()
    total = "—" if decision.total is None else decimal_text(decision.total)
    label = gettext("Document") if decision.basis is Basis.HIGHER else gettext("Reason")
    lines = [
        (gettext("Rests on"), str(BASES[decision.basis])),
        (gettext("Computed"), f"{board.title(decision.computed).say(spoken)} · {total}"),
        (label, decision.reason),
    ]
    if decision.proposed_by:
        lines.append((gettext("Proposed by"), people.get(decision.proposed_by, "")))
    if decision.confirmed_by:
        lines.append((gettext("Confirmed by"), people.get(decision.confirmed_by, "")))
    return Given(f"{who.name}（{who.code}）", board.title(decision.level).say(spoken), lines)


def _quotas(session: Session, made: Round, name: str, board: Board) -> list[tuple[str, str]]:
    """Return every quota with its places as decided; one that is broken says so."""
    levels = given_levels(decisions_in(session, made, name))
    broken = {(each.quota.id, each.group) for each in board.broken_by(levels)}
    found = []
    for report in board.held_with(levels):
        if report.quota.kind != "target":
            key = (report.quota.id, report.group)
            words = gettext("broken") if key in broken else gettext("kept")
            found.append((words, quota_words(board, report)))
    return found


def _findings(session: Session, made: Round, name: str, board: Board) -> list[Given]:
    participants = {each.id: each for each in participants_of(session, made, name).values()}
    there = findings_on(session, participants.keys())
    return [
        _finding(board, each, f"{who.name}（{who.code}）")
        for number, who in participants.items()
        for each in there.get(number, ())
    ]


def _finding(board: Board, finding: Finding, who: str) -> Given:
    titles = {each.id: each.title.say(language()) for each in board.category.rule_set.vetoes}
    lines = [
        (gettext("Department"), finding.found_in.department),
        (gettext("Found on"), day(finding.on)),
        (gettext("What the department found"), " ".join((finding.text, finding.person)).strip()),
    ]
    if not finding.counts:
        lines.append((gettext("Lifted"), finding.lifted_because))
    return Given(who, titles.get(finding.veto, finding.veto), lines)


def _people(session: Session, decisions: Sequence[Decision]) -> Mapping[int, str]:
    numbers = {
        number for each in decisions for number in (each.proposed_by, each.confirmed_by) if number
    }
    query = select(Account.id, Account.name).where(Account.id.in_(numbers))
    return dict(session.execute(query).all())

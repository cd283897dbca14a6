"""Levels that people give: proposed with a reason by one, confirmed or refused by another one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from evaluator.access import Actor, NotAllowed
from evaluator.applications.locking import hold
from evaluator.applications.models import Application
from evaluator.database import now
from evaluator.decisions.board import Board
from evaluator.decisions.deciding import (
    decide,
    hold_decisions,
    log_decision,
    pinned_columns,
    told,
)
from evaluator.decisions.letters import tell_proposed
from evaluator.decisions.models import Basis, Decision
from evaluator.decisions.pinned import category_level, pinned
from evaluator.decisions.policy import DECIDABLE, may_confirm, require_deciding
from evaluator.decisions.queries import decision_of, decisions_in
from evaluator.decisions.scored import board_for
from evaluator.rounds.models import Participant
from evaluator.scoring.quotas import QuotaReport
from evaluator.web.errors import Refusal
from evaluator.web.languages import language
from evaluator.web.wording import gettext


@dataclass(frozen=True)
class Wish:
    """A level that a person wants given, and on what it rests.

    `accepts` says that it is known which quotas it breaks.
    """

    level: str
    basis: Basis
    reason: str
    accepts: bool = False


def propose(session: Session, actor: Actor, *, participant: Participant, wish: Wish) -> Decision:
    """Propose a deviation or a direct award; it holds once a second person has confirmed it."""
    board = _begin(session, actor, participant)
    _held(session, participant)
    if wish.basis not in (Basis.DEVIATION, Basis.DIRECT):
        raise NotAllowed("not proposed")
    _check(board, participant, wish)
    broken = _check_quotas(session, board, participant, wish)
    decision = Decision(
        participant=participant,
        level=wish.level,
        basis=wish.basis,
        reason=wish.reason.strip(),
        proposed_by=actor.account_id,
        proposed_at=now(),
        **pinned_columns(pinned(board, participant.code)),
    )
    session.add(decision)
    session.flush()
    after = {**told(decision), "breaks": [each.quota.id for each in broken]}
    log_decision(session, actor, decision, "propose", after=after, reason=wish.reason)
    tell_proposed(session, actor, participant)
    return decision


def confirm(session: Session, actor: Actor, *, participant: Participant, version: int) -> Decision:
    """Confirm what another person proposed; from now on it is decided."""
    board = _begin(session, actor, participant)
    decision = _proposal(session, participant, version)
    if not may_confirm(actor, decision):
        raise Refusal(gettext("You proposed this yourself. Another organiser has to confirm it."))
    if decision.computed != category_level(board, participant.code):
        raise Refusal(
            gettext(
                "The rules come to another level now than when this was proposed. Refuse it, look "
                "at the board, and propose anew."
            )
        )
    application = _held(session, participant, proposed=True)
    decision.confirmed_by, decision.confirmed_at = actor.account_id, now()
    for name, value in pinned_columns(pinned(board, participant.code)).items():
        setattr(decision, name, value)
    session.flush()
    decide(session, actor, application=application, decision=decision, reason=decision.reason)
    log_decision(session, actor, decision, "confirm", after=told(decision))
    return decision


def refuse(
    session: Session, actor: Actor, *, participant: Participant, version: int, reason: str
) -> None:
    """Refuse a proposal, or withdraw one's own; the log keeps it."""
    _begin(session, actor, participant)
    decision = _proposal(session, participant, version)
    if not reason.strip():
        raise Refusal(gettext("Say why: those concerned will read it."))
    verb = "refuse" if may_confirm(actor, decision) else "withdraw"
    log_decision(session, actor, decision, verb, before=told(decision), reason=reason)
    session.delete(decision)
    session.flush()


def record_higher(
    session: Session, actor: Actor, *, participant: Participant, wish: Wish
) -> Decision:
    """Record what a higher authority decided; the reason is the number of its document."""
    board = _begin(session, actor, participant)
    application = _held(session, participant)
    _check_known(board, wish)
    levels = {wish.level, category_level(board, participant.code)}
    if not any(_authority(board, each) for each in levels):
        raise Refusal(gettext("No higher authority decides this level; the rule set names none."))
    broken = _check_quotas(session, board, participant, wish)
    moment = now()
    decision = Decision(
        participant=participant,
        level=wish.level,
        basis=Basis.HIGHER,
        reason=wish.reason.strip(),
        proposed_at=moment,
        confirmed_by=actor.account_id,
        confirmed_at=moment,
        **pinned_columns(pinned(board, participant.code)),
    )
    session.add(decision)
    session.flush()
    decide(session, actor, application=application, decision=decision, reason=wish.reason)
    after = {**told(decision), "breaks": [each.quota.id for each in broken]}
    log_decision(session, actor, decision, "record_higher", after=after, reason=wish.reason)
    return decision


def _begin(session: Session, actor: Actor, participant: Participant) -> Board:
    require_deciding(session, actor)
    hold_decisions(session, participant.round)
    return board_for(session, participant.round, participant.category)


def _held(session: Session, participant: Participant, proposed: bool = False) -> Application:
    """Return the application, held, where it can be decided and nobody proposed anything else."""
    application = hold(session, participant)
    if application is None or application.state not in DECIDABLE:
        raise Refusal(gettext("The application has moved on in the meantime. Open the page anew."))
    if not proposed and decision_of(session, participant) is not None:
        raise Refusal(gettext("A level is proposed for it already. Confirm or refuse that first."))
    return application


def _proposal(session: Session, participant: Participant, version: int) -> Decision:
    decision = decision_of(session, participant)
    if decision is None or decision.is_final or decision.version != version:
        raise Refusal(gettext("This was changed in the meantime. Open the page anew."))
    return decision


def _check(board: Board, participant: Participant, wish: Wish) -> None:
    _check_known(board, wish)
    computed = category_level(board, participant.code)
    scored = participant.code in board.by_code
    authority = _authority(board, wish.level)
    if authority:
        raise Refusal(
            gettext("%(who)s decides this level: record its document instead.", who=authority)
        )
    if wish.basis is Basis.DIRECT and wish.level not in awarded(board, participant.code):
        raise Refusal(
            gettext("The rule set awards this level directly for facts that are not there.")
        )
    if wish.basis is Basis.DEVIATION and scored and wish.level == computed:
        raise Refusal(
            gettext("This is the computed level; it is decided together with all others.")
        )


def _check_known(board: Board, wish: Wish) -> None:
    if wish.level and wish.level not in board.category.levels.index:
        raise NotAllowed("no such level")
    if not wish.reason.strip():
        raise Refusal(gettext("Say why: those concerned will read it."))


def _authority(board: Board, level: str) -> str:
    """Return who decides a level where that is a higher authority, in words."""
    index = board.index_of(level) if level else -1
    words = board.levels[index].decided_by if index >= 0 else None
    return words.say(language()) if words else ""


def awarded(board: Board, code: str) -> Sequence[str]:
    """Return the levels that the rule set awards an organisation directly."""
    candidate = board.by_code.get(code)
    decision = candidate.result.decision if candidate else None
    return [board.level_id(each) for each in sorted(decision.awarded)] if decision else []


def given_levels(decisions: Mapping[str, Decision]) -> dict[str, str]:
    """Return the levels that were decided or proposed, by organisation."""
    return {code: each.level for code, each in decisions.items()}


def would_break(
    board: Board, decisions: Mapping[str, Decision], code: str, level: str
) -> list[QuotaReport]:
    """Return the quotas that an organisation breaks, or breaks more, once it gets a level."""
    others = {each: given for each, given in given_levels(decisions).items() if each != code}
    before = {(each.quota.id, each.group): each.held for each in board.held_with(others)}
    broken = board.broken_by({**others, code: level})
    return [each for each in broken if each.held != before[each.quota.id, each.group]]


def _check_quotas(
    session: Session, board: Board, participant: Participant, wish: Wish
) -> list[QuotaReport]:
    decisions = decisions_in(session, participant.round, participant.category)
    broken = would_break(board, decisions, participant.code, wish.level)
    if broken and not wish.accepts:
        raise Refusal(
            gettext(
                "This breaks the quota: %(quotas)s. Confirm that you know it; it will stand in "
                "the minutes.",
                quotas=gettext("; ").join(quota_words(board, each) for each in broken),
            )
        )
    return broken


def quota_words(board: Board, report: QuotaReport) -> str:
    """Return what a quota comes to: its level, its group, how many hold it and how many may."""
    title = board.title(report.quota.level).say(language())
    group = f" · {report.group}" if report.group else ""
    return gettext(
        "%(title)s%(group)s: %(held)d for %(limit)d places",
        title=title,
        group=group,
        held=report.held,
        limit=report.limit,
    )

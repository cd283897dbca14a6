"""Deciding a category as computed, closing those without a level, and deciding anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.applications import states
from evaluator.applications.models import Application, ApplicationState
from evaluator.applications.procedure import Act, Need
from evaluator.audit.lines import LinesAbout
from evaluator.audit.operations import write_line
from evaluator.database import now, take_turn
from evaluator.decisions.board import Board
from evaluator.decisions.models import Basis, Decision
from evaluator.decisions.pinned import Pinned, pinned
from evaluator.decisions.policy import require_deciding
from evaluator.decisions.queries import decision_of
from evaluator.decisions.ready import ready_in
from evaluator.decisions.scored import board_for
from evaluator.panels.models import Case
from evaluator.rounds.models import Participant, Round
from evaluator.trials.data import without_collecting
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext

log_decision = LinesAbout[Decision]("decision", lambda made: made.participant.path)


def _held(session: Session, made: Round, codes: Sequence[str]) -> Sequence[Application]:
    """Return the applications of organisations as they are now, nobody else changing them."""
    query = (
        select(Application)
        .join(Application.participant)
        .where(Participant.round_id == made.id, Participant.code.in_(codes))
        .order_by(Participant.code)
        .with_for_update(key_share=True, of=Participant)
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).all()


def hold_decisions(session: Session, made: Round) -> None:
    """Let one decision of a round happen after the other; what was read before is read anew."""
    take_turn(session)
    session.execute(select(Round.id).where(Round.id == made.id).with_for_update(key_share=True))


def decide_as_computed(
    session: Session, actor: Actor, *, made: Round, category: str, seen: str, reason: str = ""
) -> int:
    """Decide every application of a category whose level is the computed one; return how many.

    `seen` is the digest of the board that was looked at. Where some applications are not ready
    yet, a reason is asked for: they count in the quotas as they stand.
    """
    require_deciding(session, actor)
    hold_decisions(session, made)
    board = board_for(session, made, category)
    if board.digest != seen:
        raise Refusal(
            gettext(
                "The board has changed since you opened it, so nothing was decided. Look at it "
                "again, then decide."
            )
        )
    ready = ready_in(session, made, category, board)
    if ready.unready and not reason.strip():
        raise Refusal(
            gettext(
                "%(count)d applications are still with the branch, the committee or a panel; "
                "their levels could move the cut lines. Say why it is decided before them.",
                count=ready.unready,
            )
        )
    if not ready.codes:
        raise Refusal(gettext("Nothing is left in this category that is decided as computed."))
    with without_collecting():
        for application in _held(session, made, ready.codes):
            code = application.participant.code
            decision = _computed(application.participant, pinned(board, code), actor)
            session.add(decision)
            decide(session, actor, application=application, decision=decision, reason=reason)
        session.flush()
    _log_all(session, actor, made, category, board, len(ready.codes), reason)
    return len(ready.codes)


def _computed(participant: Participant, found: Pinned, actor: Actor) -> Decision:
    moment = now()
    return Decision(
        participant=participant,
        level=found.level,
        basis=Basis.COMPUTED,
        proposed_at=moment,
        confirmed_by=actor.account_id,
        confirmed_at=moment,
        **pinned_columns(found),
    )


def pinned_columns(found: Pinned) -> dict[str, Any]:
    """Return the columns of a decision that hold what the rules came to."""
    return {
        "computed": found.level,
        "total": found.total,
        "rule_set": found.rule_set,
        "result": found.result,
        "digest": found.digest,
    }


def decide(
    session: Session, actor: Actor, *, application: Application, decision: Decision, reason: str
) -> None:
    """Move an application that is held to `decided`, with the level that its decision has."""
    more = {
        "level": decision.level,
        "computed": decision.computed,
        "basis": decision.basis,
        "result": decision.digest,
        "rule_set": decision.rule_set,
    }
    states.move_held(
        session,
        actor,
        application=application,
        act=Act.DECIDE,
        met={Need.LEVEL_CONFIRMED},
        reason=reason,
        more=more,
    )


def close_unrated(session: Session, actor: Actor, *, made: Round, category: str) -> int:
    """End the round for those who were decided to have no level; return how many."""
    require_deciding(session, actor)
    hold_decisions(session, made)
    query = (
        select(Application)
        .join(Application.participant)
        .join(Decision, Decision.participant_id == Participant.id)
        .where(
            Participant.round_id == made.id,
            Participant.category == category,
            Application.state == ApplicationState.DECIDED,
            Decision.confirmed_at.is_not(None),
            Decision.level == "",
        )
        .order_by(Participant.code)
        .execution_options(populate_existing=True)
    )
    found = session.scalars(query).all()
    if not found:
        raise Refusal(gettext("Nobody of this category was decided to have no level."))
    for application in found:
        states.move_held(
            session,
            actor,
            application=application,
            act=Act.CLOSE_UNRATED,
            met={Need.NO_LEVEL_CONFIRMED},
        )
    return len(found)


def reconsider(
    session: Session, actor: Actor, *, participant: Participant, version: int, reason: str
) -> None:
    """Take a decision back, so that it is made anew; the log keeps the one that was."""
    require_deciding(session, actor)
    hold_decisions(session, participant.round)
    decision = decision_of(session, participant)
    if decision is None or not decision.is_final or decision.version != version:
        raise Refusal(gettext("This was changed in the meantime. Open the page anew."))
    defended = select(Case.id).where(Case.participant_id == participant.id)
    heard = session.scalar(defended) is not None
    act = Act.RECONSIDER_DEFENDED if heard else Act.RECONSIDER
    states.move(session, actor, participant=participant, act=act, reason=reason)
    log_decision(session, actor, decision, "take_back", before=told(decision), reason=reason)
    session.delete(decision)
    session.flush()


def told(decision: Decision) -> dict[str, Any]:
    """Return a decision as the log holds it."""
    return {
        "level": decision.level,
        "computed": decision.computed,
        "basis": decision.basis,
        "reason": decision.reason,
        "proposed_by": decision.proposed_by,
        "confirmed_by": decision.confirmed_by,
        "result": decision.digest,
    }


def _log_all(
    session: Session,
    actor: Actor,
    made: Round,
    category: str,
    board: Board,
    count: int,
    reason: str,
) -> None:
    write_line(
        session,
        actor,
        action="decision.confirm_all",
        subject="round",
        subject_id=made.id,
        after={
            "category": category,
            "decided": count,
            "board": board.digest,
            "rule_set": board.category.scorer.program.digest,
        },
        reason=reason,
    )

"""What a branch says to a changed indicator, once, and what the committee answers."""

from __future__ import annotations

from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.audit.operations import write_line
from evaluator.database import now
from evaluator.reviews.case import Case
from evaluator.reviews.models import Reply
from evaluator.reviews.operations import about, touch
from evaluator.reviews.outcome import change_of
from evaluator.reviews.policy import may_review, why_not_reply
from evaluator.reviews.units import Unit
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext


def reply(session: Session, actor: Actor, *, case: Case, unit: Unit, text: str) -> Reply:
    """Keep what a branch says to an indicator that its committee changed."""
    actor.require(Permission.REPLY_TO_REVIEWS, case.application.participant.path)
    words = why_not_reply(actor, case.application)
    if not words and unit.id in case.replies:
        words = gettext("You have replied to this indicator already; one reply is possible.")
    if not words and change_of(case, unit) is None:
        words = gettext("The committee did not change this indicator.")
    if words:
        raise Refusal(words)
    made = Reply(
        application_id=case.application.id,
        indicator=unit.id,
        text=text.strip(),
        at=now(),
        account_id=actor.account_id,
    )
    session.add(made)
    after = {"indicator": unit.id, "text": made.text}
    write_line(session, actor, action="review.reply", **about(case), after=after)
    return made


def answer(
    session: Session, actor: Actor, *, case: Case, unit: Unit, version: int, text: str
) -> None:
    """Answer a reply; whatever it changes of the values is decided beside it."""
    may_review(actor, case.application)
    found = case.replies.get(unit.id)
    if found is None:
        raise Refusal(gettext("The branch has not replied to this indicator."))
    if found.version != version or found.answered_at:
        raise Refusal(gettext("A colleague has answered this reply in the meantime."))
    found.answer, found.answered_at, found.answered_by = text.strip(), now(), actor.account_id
    touch(session, actor, case)
    after = {"indicator": unit.id, "answer": found.answer}
    write_line(session, actor, action="review.answer", **about(case), after=after)

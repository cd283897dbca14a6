"""Letters to the officers of a branch about its finished review; organisers read them first."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import LazyString, lazy_gettext
from sqlalchemy.orm import Session

from evaluator.access import Actor, Role
from evaluator.outbox.operations import take_back, write_to_role
from evaluator.reviews.case import Case
from evaluator.reviews.outcome import Change, changes_told
from evaluator.reviews.policy import STEP
from evaluator.web.languages import language
from evaluator.web.showing import deadline
from evaluator.web.wording import gettext
from rules.numbers import decimal_text

ABOUT = "review.finish"


def tell_finished(session: Session, actor: Actor, case: Case) -> None:
    """Write to a branch what its review came to: what was changed and why, and where to reply."""
    participant = case.participant
    take_back_finished(session, actor, case)
    write_to_role(
        session,
        actor,
        role=Role.BRANCH_OFFICER,
        organisation_path=participant.path,
        about=ABOUT,
        title=lazy_gettext("The committee review of %(name)s is finished", name=participant.name),
        text=LazyString(_words, case),
        link=f"/applications/{participant.id}/review",
        batch=f"review-{participant.round_id}",
    )


def take_back_finished(session: Session, actor: Actor, case: Case) -> None:
    """Let nobody be told of the end of a review that was taken up again."""
    take_back(
        session,
        actor,
        about=ABOUT,
        organisation_path=case.participant.path,
        reason=lazy_gettext("The review was taken up again."),
    )


def _words(case: Case) -> str:
    lines = [
        gettext(
            "Points of the self-assessment: %(before)s. Points after review: %(after)s.",
            before=decimal_text(case.stated_marks.total),
            after=decimal_text(case.reviewed_marks.total),
        )
    ]
    changes = changes_told(case, language())
    if not changes:
        lines.append(gettext("Every indicator was accepted as you stated it."))
        return "\n".join(lines)
    lines += ["", gettext("What the committee changed")]
    for each in changes:
        lines += _change_words(each)
    lines += ["", _reply_words(case)]
    return "\n".join(lines)


def _change_words(change: Change) -> Iterator[str]:
    title = change.unit.title(language())
    if change.unit.indicator is None:
        yield title
    else:
        before, after = (
            "–" if each is None else decimal_text(each) for each in (change.before, change.after)
        )
        yield gettext(
            "%(title)s: %(before)s → %(after)s points", title=title, before=before, after=after
        )
    for each in change.facts:
        label, reason = each.fact.label.say(language()), each.review.reason
        if each.before.text or each.after.text:
            yield f"  {label}{gettext(': ')}{each.before.text or '–'} → {each.after.text or '–'}"
        else:
            yield f"  {label}"
        if reason:
            yield f"  {gettext('Reason: %(reason)s', reason=reason)}"


def _reply_words(case: Case) -> str:
    step = case.participant.round.step(STEP)
    if step is None:
        return gettext("Where you do not agree, reply to each change on the page of the result.")
    return gettext(
        "Where you do not agree, reply to each change on the page of the result until %(moment)s.",
        moment=deadline(step.closes_at),
    )

"""Ending a look at an application: it goes back to its branch, or its review is finished."""

from __future__ import annotations

from flask_babel import lazy_gettext
from sqlalchemy.orm import Session

from evaluator.access import Actor, Role
from evaluator.applications.models import ApplicationState
from evaluator.applications.procedure import Act, Need
from evaluator.applications.states import move
from evaluator.audit.operations import write_line
from evaluator.database import now
from evaluator.outbox.operations import write_to_role
from evaluator.reviews.case import DECIDED, Case, Standing
from evaluator.reviews.letters import take_back_finished, tell_finished
from evaluator.reviews.models import Return
from evaluator.reviews.operations import about, not_moved_on, touch
from evaluator.reviews.policy import may_review
from evaluator.reviews.units import Unit
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext


def give_back(session: Session, actor: Actor, *, case: Case, version: int, message: str) -> Return:
    """Return an application to its branch with the list of what is to be mended."""
    _may_end(actor, case, version)
    items = to_mend(case)
    if not items:
        raise Refusal(gettext("Mark what is to be mended first; the branch has to know it."))
    returned = Return(
        application_id=case.application.id,
        number=len(case.returns) + 1,
        at=now(),
        account_id=actor.account_id,
        message=message.strip(),
        items=[{"indicator": unit.id, "note": note} for unit, note in items],
    )
    session.add(returned)
    touch(session, actor, case)
    write_line(
        session,
        actor,
        action="review.return",
        **about(case),
        after={"number": returned.number, "items": returned.items},
        reason=returned.message,
    )
    move(
        session,
        actor,
        participant=case.participant,
        act=Act.RETURN,
        met={Need.LIST_TO_MEND},
        reason=_list(case, items),
    )
    _tell_branch(session, actor, case, returned)
    return returned


def finish(session: Session, actor: Actor, *, case: Case, version: int) -> None:
    """Finish a review in which everything is decided."""
    _may_end(actor, case, version)
    open_ones = undecided(case)
    if open_ones:
        raise Refusal(gettext("%(count)s indicators are not decided yet.", count=len(open_ones)))
    touch(session, actor, case)
    after = {
        "stated": case.stated_marks.total,
        "reviewed": case.reviewed_marks.total,
        "submission": case.submission,
    }
    write_line(session, actor, action="review.finish", **about(case), after=after)
    met = {Need.ALL_INDICATORS_DECIDED}
    move(session, actor, participant=case.participant, act=Act.FINISH_REVIEW, met=met)
    tell_finished(session, actor, case)


def reopen(session: Session, actor: Actor, *, case: Case, version: int, reason: str) -> None:
    """Take a finished review up again, such as when a reply shows that something is amiss."""
    may_review(actor, case.application)
    not_moved_on(case, version)
    touch(session, actor, case)
    move(
        session,
        actor,
        participant=case.participant,
        act=Act.REOPEN_REVIEW,
        reason=reason.strip(),
    )
    take_back_finished(session, actor, case)


def undecided(case: Case) -> list[Unit]:
    """Return what stands between an application and the end of its review."""
    return [
        unit
        for unit in case.units.values()
        if case.standing(unit) not in DECIDED or case.waits_for_values(unit)
    ]


def to_mend(case: Case) -> list[tuple[Unit, str]]:
    """Return what the branch has to mend, with the words for it."""
    return [
        (unit, case.indicators[unit.id].note)
        for unit in case.units.values()
        if case.standing(unit) is Standing.TO_MEND
    ]


def _may_end(actor: Actor, case: Case, version: int) -> None:
    may_review(actor, case.application)
    if case.application.state is not ApplicationState.SUBMITTED:
        raise Refusal(gettext("The review of this application is finished already."))
    not_moved_on(case, version)


def _tell_branch(session: Session, actor: Actor, case: Case, returned: Return) -> None:
    """Write to the officers of the branch, who else would see it only where they sign in."""
    words = {"name": case.participant.name, "count": len(returned.items)}
    write_to_role(
        session,
        actor,
        role=Role.BRANCH_OFFICER,
        organisation_path=case.participant.path,
        about="review.return",
        title=lazy_gettext("Returned by the committee, to be mended: %(name)s", **words),
        text=lazy_gettext(
            "%(count)d indicators have to be mended. Read what is missing, mend it and submit "
            "again.\n\n%(message)s",
            **words,
            message=returned.message,
        ),
        link=f"/applications/{case.participant.id}/review",
        hold=False,
    )


def _list(case: Case, items: list[tuple[Unit, str]]) -> str:
    return "；".join(f"{unit.title('zh')}：{note}" for unit, note in items)

"""A notice while it is prepared: drawn up from decided applications, edited, thrown away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from evaluator.access import Actor, Permission
from evaluator.audit.operations import write_line
from evaluator.database import now
from evaluator.notices.calendar import day_of
from evaluator.notices.content import Plan, digest_of, plan_in, text_of
from evaluator.notices.drawing_up import calendar, decided, longest_of, rule_sets_of
from evaluator.notices.models import Notice, NoticeEntry
from evaluator.rounds.models import Round, RoundState
from evaluator.rule_sets.policy import district_path, require_everywhere
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext

P = Permission
USUAL_DAYS = 5


def prepare(session: Session, actor: Actor, *, made: Round, plan: Plan) -> Notice:
    """Draw up a notice of all who have been given a level in some categories of a round."""
    require_everywhere(session, actor, P.PUBLISH_NOTICES)
    if made.state is not RoundState.OPEN:
        raise Refusal(gettext("A notice is prepared while its round is open."))
    notice = Notice(round=made, title=plan.title)
    _keep(notice, plan)
    session.add(notice)
    session.flush()
    _take_entries(session, notice, plan.categories)
    if not notice.entries:
        raise Refusal(gettext("Nobody of these categories has been given a level yet."))
    write(session, actor, "notice.prepare", notice, after=told(notice))
    return notice


def edit(session: Session, actor: Actor, *, notice: Notice, plan: Plan, version: int) -> None:
    """Change what a notice is to say; its names are taken from the decisions anew."""
    _require_draft(session, actor, notice)
    if notice.version != version:
        raise StaleDataError("the notice was changed since it was read")
    before = told(notice)
    _keep(notice, plan)
    notice.title = plan.title
    notice.entries.clear()
    session.flush()
    _take_entries(session, notice, plan.categories)
    if not notice.entries:
        raise Refusal(gettext("Nobody of these categories has been given a level yet."))
    write(session, actor, "notice.edit", notice, before=before, after=told(notice))


def discard(session: Session, actor: Actor, *, notice: Notice) -> None:
    """Throw away a notice that was never published."""
    _require_draft(session, actor, notice)
    write(session, actor, "notice.discard", notice, before=told(notice))
    session.delete(notice)
    session.flush()


def days_asked(made: Round, categories: Sequence[str] = ()) -> int:
    """Return how many working days the rule sets of a round want, of some categories or all."""
    found = rule_sets_of(made)
    wanted = [rule_set for name, rule_set in found.items() if not categories or name in categories]
    return longest_of(wanted)


def _require_draft(session: Session, actor: Actor, notice: Notice) -> None:
    require_everywhere(session, actor, P.PUBLISH_NOTICES)
    if notice.published_at is not None:
        raise Refusal(gettext("What is published stays as it is; publish a correction."))


def _keep(notice: Notice, plan: Plan) -> None:
    asked = days_asked(notice.round, plan.categories)
    if plan.working_days < asked:
        raise Refusal(
            gettext("The rule sets ask for %(count)d working days at least.", count=asked)
        )
    # As if it were published today; the days that count are those of the publication.
    span = calendar().span(day_of(now()), plan.working_days)
    notice.first_day, notice.last_day = span.first, span.last
    notice.content = text_of(plan)
    notice.digest = digest_of(notice.content)


def _take_entries(session: Session, notice: Notice, categories: Sequence[str]) -> None:
    rows = session.execute(decided(notice.round_id, categories, notice.id)).unique().all()
    notice.entries.extend(
        NoticeEntry(participant=participant, position=position, level=level)
        for position, (participant, level) in enumerate(rows)
    )
    session.flush()


def told(notice: Notice) -> dict[str, Any]:
    """Return what the log keeps of a notice."""
    days = plan_in(notice.content).working_days if notice.published_at is None else None
    return {
        "title": notice.title,
        "entries": len(notice.entries),
        "digest": notice.digest,
        **({"working_days": days} if days else {"last_day": notice.last_day}),
    }


def write(session: Session, actor: Actor, action: str, notice: Notice, **more: Any) -> None:
    """Write a line about a notice; it is a matter of the whole district."""
    write_line(
        session,
        actor,
        action=action,
        subject="notice",
        subject_id=notice.id,
        organisation_path=district_path(session),
        **more,
    )

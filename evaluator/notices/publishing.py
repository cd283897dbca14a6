"""A notice is published, corrected, closed; what was published never changes by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.orm.exc import StaleDataError

from evaluator.access import Actor, Permission
from evaluator.applications.procedure import Act, Need
from evaluator.applications.states import move
from evaluator.database import now
from evaluator.notices.calendar import day_of
from evaluator.notices.content import Content, digest_of, plan_in, text_of
from evaluator.notices.drawing_up import calendar, drawn_up, live_entries
from evaluator.notices.models import Correction, Notice
from evaluator.notices.preparing import days_asked, told, write
from evaluator.notices.queries import ends_at, open_on, said
from evaluator.rule_sets.policy import require_everywhere
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext

P = Permission


@dataclass(frozen=True)
class Changes:
    """What a correction changes: the writing of a name, and further working days."""

    text: str
    entry: int = 0
    name: str = ""
    committee: str = ""
    more_days: int = 0


def publish(session: Session, actor: Actor, *, notice: Notice, version: int) -> None:
    """Make a notice public: its content is frozen, its days begin tomorrow."""
    require_everywhere(session, actor, P.PUBLISH_NOTICES)
    if notice.published_at is not None:
        raise Refusal(gettext("This notice is published already."))
    if notice.version != version:
        raise StaleDataError("the notice was changed since it was read")
    plan = plan_in(notice.content)
    _require_days(notice, plan.working_days, plan.categories)
    _require_decided(session, notice)
    for entry in notice.entries:
        met = {Need.NOTICE_PUBLISHED}
        move(session, actor, participant=entry.participant, act=Act.PUBLISH, met=met)
    # To the second: what is frozen reads as it is shown.
    moment = now().replace(microsecond=0)
    content = drawn_up(notice, plan, moment)
    working = [each.day for each in content.days if each.works]
    notice.first_day, notice.last_day = working[0], working[-1]
    notice.published_at = moment
    notice.content = text_of(content)
    notice.digest = digest_of(notice.content)
    session.flush()
    write(session, actor, "notice.publish", notice, after=told(notice))


def correct(
    session: Session, actor: Actor, *, notice: Notice, changes: Changes, version: int
) -> None:
    """Publish a correction: a name that was misspelt, or more days."""
    require_everywhere(session, actor, P.PUBLISH_NOTICES)
    if notice.version != version:
        raise StaleDataError("the notice was changed since it was read")
    _require_running(notice)
    content = _with_days(notice, _renamed(said(notice), changes), changes.more_days)
    if content == said(notice):
        raise Refusal(gettext("Nothing would change. Give a name, a committee or more days."))
    notice.last_day = max(each.day for each in content.days if each.works)
    add_correction(session, actor, notice=notice, content=content, text=changes.text)


def add_correction(
    session: Session, actor: Actor, *, notice: Notice, content: Content, text: str
) -> None:
    """Publish what a notice says from now on beside what it said; the caller has the right."""
    frozen = text_of(content)
    number = len(notice.corrections) + 1
    notice.corrections.append(
        Correction(
            number=number,
            text=text,
            content=frozen,
            digest=digest_of(frozen),
            account_id=actor.account_id,
            at=now(),
        )
    )
    # Of two who correct at once the second one is refused by the version of the notice.
    flag_modified(notice, "last_day")
    session.flush()
    after = {"number": number, "digest": digest_of(frozen), "last_day": notice.last_day}
    write(session, actor, "notice.correct", notice, after=after, reason=text)


def close(session: Session, actor: Actor, *, notice: Notice) -> None:
    """Close a notice whose last day is over and against which nothing is open."""
    require_everywhere(session, actor, P.PUBLISH_NOTICES)
    _require_running(notice)
    if now() < ends_at(notice):
        raise Refusal(gettext("A notice is closed when its last day is over."))
    if count := open_on(session, notice):
        raise Refusal(gettext("%(count)d objections still wait for their outcome.", count=count))
    notice.closed_at = now()
    session.flush()
    write(session, actor, "notice.close", notice, after={"closed_at": notice.closed_at})


def _require_running(notice: Notice) -> None:
    if notice.published_at is None or notice.closed_at is not None:
        raise Refusal(gettext("This notice does not run now."))


def _require_days(notice: Notice, working_days: int, categories: tuple[str, ...]) -> None:
    asked = days_asked(notice.round, categories)
    if working_days < asked:
        raise Refusal(
            gettext("The rule sets ask for %(count)d working days at least.", count=asked)
        )


def _require_decided(session: Session, notice: Notice) -> None:
    if not notice.entries:
        raise Refusal(gettext("Nobody of these categories has been given a level yet."))
    for entry, level in live_entries(session, notice):
        if entry.level != level:
            raise Refusal(
                gettext(
                    "%(name)s has been decided anew since the notice was prepared. "
                    "Save the notice once more: it then takes the names from the decisions.",
                    name=entry.participant.name,
                )
            )


def _renamed(content: Content, changes: Changes) -> Content:
    found = content.name(changes.entry) if changes.entry else None
    if found is None:
        return content
    name, committee = changes.name or found.name, changes.committee or found.committee
    return content.with_name(replace(found, name=name, committee=committee))


def _with_days(notice: Notice, content: Content, more: int) -> Content:
    """Return the content with further days; where a year was ordered meanwhile they count anew."""
    if not more and not content.unpublished:
        return content
    plan = replace(content.plan, working_days=content.plan.working_days + more)
    span = calendar().span(day_of(content.published_at), plan.working_days)
    if span.last < notice.last_day:
        raise Refusal(gettext("A notice never becomes shorter than it was published."))
    return replace(
        content,
        plan=plan,
        days=span.days,
        documents=span.documents,
        unpublished=span.unpublished,
    )

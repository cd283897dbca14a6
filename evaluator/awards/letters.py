"""Letters to the officers of branches about their awards; an organiser reads them first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from flask_babel import LazyString, format_date, lazy_gettext
from sqlalchemy.orm import Session

from evaluator.access import Actor, Role
from evaluator.awards.models import Award
from evaluator.awards.validity import level_of
from evaluator.outbox.operations import accounts_holding, write_letter, write_to_role
from evaluator.rounds.models import Participant
from evaluator.web.languages import language
from evaluator.web.wording import gettext
from rules.syntax import RuleSet


def tell_awarded(
    session: Session,
    actor: Actor,
    awards: Sequence[Award],
    rules: Mapping[str, RuleSet],
    *,
    batch: str,
) -> None:
    """Write to every branch what it was awarded; one query finds all officers."""
    officers = accounts_holding(
        session, Role.BRANCH_OFFICER, [each.participant.path for each in awards]
    )
    for award in awards:
        participant = award.participant
        said = {
            "name": participant.name,
            "level": level_words(rules[participant.category], award.level),
        }
        for account in officers[participant.path]:
            write_letter(
                session,
                actor,
                to=account,
                organisation_path=participant.path,
                about="award.given",
                title=lazy_gettext("%(name)s is awarded: %(level)s", **said),
                text=LazyString(_awarded_words, award),
                link=f"/awards/{award.id}",
                batch=batch,
            )


def tell_proposed(session: Session, actor: Actor, award: Award) -> None:
    """Write to the other organisers that a proposal waits for a second person."""
    participant = award.participant
    write_to_role(
        session,
        actor,
        role=Role.ORGANISER,
        organisation_path=participant.path,
        about="award.proposed",
        title=lazy_gettext(
            "A demotion or revocation waits for a second person: %(name)s", name=participant.name
        ),
        text=lazy_gettext(
            "Proposed by %(who)s. Read the reason, then confirm or refuse it.", who=actor.name
        ),
        link=f"/awards/{award.id}",
        hold=False,
        besides=actor.account_id,
    )


def tell_changed(
    session: Session, actor: Actor, award: Award, *, title: LazyString, reason: str
) -> None:
    """Write to a branch what became of its award."""
    participant = award.participant
    officers = accounts_holding(session, Role.BRANCH_OFFICER, [participant.path])
    for account in officers[participant.path]:
        write_letter(
            session,
            actor,
            to=account,
            organisation_path=participant.path,
            about="award.changed",
            title=title,
            text=lazy_gettext("Reason: %(reason)s", reason=reason) if reason else title,
            link=f"/awards/{award.id}",
            batch=f"award-change-{award.id}",
        )


def tell_of_tasks(session: Session, actor: Actor, participants: Sequence[Participant]) -> None:
    """Write to branches that were awarded nothing that there is something to follow up."""
    paths = [each.path for each in participants]
    officers = accounts_holding(session, Role.BRANCH_OFFICER, paths) if paths else {}
    for participant in participants:
        for account in officers[participant.path]:
            write_letter(
                session,
                actor,
                to=account,
                organisation_path=participant.path,
                about="award.follow_up",
                title=lazy_gettext("%(name)s has follow-up tasks", name=participant.name),
                text=lazy_gettext("Read them, and say what was done when they are done."),
                link="/awards/follow-up",
                batch=f"follow-up-{participant.round_id}",
            )


def level_words(rule_set: RuleSet, level: str) -> LazyString:
    """Return what a level is called, in the language of whoever reads it."""
    found = level_of(rule_set, level)
    return LazyString(lambda: found.title.say(language()) if found else gettext("no level"))


def _awarded_words(award: Award) -> str:
    return _term_words(
        language(), award.document, award.awarded_on, award.valid_until, award.re_audit_due
    )


@lru_cache(64)
def _term_words(
    _language: str, document: str, on: date, valid_until: date | None, re_audit_due: date | None
) -> str:
    """Return the same words for all who were awarded for the same term, in one language."""
    lines = [
        gettext("Document: %(document)s", document=document),
        gettext("Awarded on %(day)s", day=format_date(on, "long")),
    ]
    if valid_until:
        lines.append(gettext("Valid until %(day)s", day=format_date(valid_until, "long")))
    if re_audit_due:
        day = format_date(re_audit_due, "long")
        lines.append(gettext("To be audited again by %(day)s", day=day))
    return "\n".join(lines)

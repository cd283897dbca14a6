"""What every change of the register does: take its turn, look whether it is fresh, and note it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext
from sqlalchemy import insert as insert_rows
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.audit.lines import LinesAbout
from evaluator.database import now
from evaluator.organisations.details import FIRST_DAY, Details, Mistakes, day_mistake
from evaluator.organisations.models import Organisation, OrganisationChange, Status, Tier
from evaluator.web.errors import Refusal
from rules.syntax import Words

audit = LinesAbout[Organisation]("organisation", lambda organisation: organisation.path)


class Stale(Refusal):
    """A change that rests on what somebody else has changed in the meantime."""


def take_turn(session: Session) -> None:
    """Let one change of the tree happen after the other.

    Paths are copied from above to below; two changes at once could copy one that is about to be
    another. Such changes are rare, so all wait for the district's row.
    """
    session.flush()
    roots = select(Organisation.id).where(Organisation.parent_id.is_(None))
    session.execute(roots.order_by(Organisation.id).with_for_update(key_share=True))


def refuse_stale(session: Session, organisation: Organisation, version: int | None) -> None:
    """Read an organisation anew and hold it; refuse where it is not what the caller looked at.

    Of two writers at once the second waits here and then meets what the first has written, so
    that it is told in words, and not by its own writing at the end of the request.
    """
    session.refresh(organisation, with_for_update={"key_share": True})
    if version is not None and organisation.version != version:
        raise Stale(
            gettext(
                "%(name)s was changed while you were at it, so nothing was kept. Look at what it "
                "is now, then send it once more.",
                name=organisation.name,
            )
        )


def refuse_ended(organisation: Organisation) -> None:
    """Refuse to change what has been merged, split or dissolved."""
    if organisation.status is not Status.ACTIVE:
        raise Refusal(
            gettext("%(name)s has ended; its entry stays as it is.", name=organisation.name)
        )


def refuse_district(organisation: Organisation) -> None:
    """Refuse to restructure the root of the tree."""
    if organisation.tier is Tier.DISTRICT:
        raise Refusal(gettext("The district itself cannot be moved, merged, split or dissolved."))


def refuse_day(on: date, *organisations: Organisation, field: str = "on") -> None:
    """Raise Mistakes where a change is to come, or was before the organisations were founded."""
    first = max((each.founded or FIRST_DAY for each in organisations), default=FIRST_DAY)
    mistake = day_mistake(on, first)
    if mistake:
        raise Mistakes({field: mistake})


def insert(session: Session, organisation: Organisation, parent: Organisation | None) -> None:
    """Add a new organisation with its path; a code that is taken raises Mistakes.

    The caller has taken its turn, so nobody takes the code in between. Whose it is stays unsaid:
    it may be that of one which the caller may not see.
    """
    if session.scalar(select(Organisation.id).where(Organisation.code == organisation.code)):
        raise Mistakes({"code": taken(organisation.code)})
    session.add(organisation)
    session.flush()
    organisation.path = f"{parent.path if parent else '/'}{organisation.id}/"


def taken(code: str) -> Words:
    """Return the words for a code that another organisation has, whichever it is."""
    return Words(
        f"编号“{code}”不能使用，可能已被占用；请换一个编号",
        f'the number "{code}" cannot be used, it may be taken; choose another',
    )


def note_change(
    session: Session,
    actor: Actor,
    organisation: Organisation,
    what: str,
    *,
    on: date,
    reason: str,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Add a line to the history of an organisation."""
    line = _line(actor, organisation, what, on=on, reason=reason, details=details or {})
    session.add(OrganisationChange(**line))


def note_changes(
    session: Session,
    actor: Actor,
    details: Mapping[Organisation, Mapping[str, Any]],
    what: str,
    *,
    on: date,
    reason: str,
) -> None:
    """Add a line to the history of each of many organisations; one statement writes them all."""
    lines = [
        _line(actor, organisation, what, on=on, reason=reason, details=told)
        for organisation, told in details.items()
    ]
    if lines:
        session.execute(insert_rows(OrganisationChange), lines)


def _line(
    actor: Actor,
    organisation: Organisation,
    what: str,
    *,
    on: date,
    reason: str,
    details: Mapping[str, Any],
) -> dict[str, Any]:
    return {
        "organisation_id": organisation.id,
        "what": what,
        "on": on,
        "details": dict(details),
        "reason": reason,
        "written_at": now(),
        "account_id": actor.account_id,
    }


def values_of(details: Details) -> dict[str, Any]:
    """Return details as plain values, for the history and the audit log."""
    return {
        "name": details.name,
        "sort_key": details.sort_key,
        "kind": details.kind.value,
        "category": details.category,
        "members": details.members,
        "founded": details.founded.isoformat() if details.founded else None,
        "secretary": details.secretary,
        **{f"attributes.{name}": value for name, value in sorted(details.attributes.items())},
    }

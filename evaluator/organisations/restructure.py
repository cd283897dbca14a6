"""Mergers and splits: organisations end, others go on from them, and both keep the trace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask_babel import gettext
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.organisations.details import Details, Mistakes, details_of
from evaluator.organisations.models import Organisation, Status, Succession
from evaluator.organisations.operations import (
    RESTRUCTURE,
    children_of,
    create,
    put_below,
    refuse_with_others_below,
)
from evaluator.organisations.tree import is_below, parent_mistake
from evaluator.organisations.writing import (
    audit,
    note_change,
    refuse_day,
    refuse_district,
    refuse_ended,
    refuse_stale,
    take_turn,
)
from evaluator.web.errors import Refusal
from rules.syntax import Words


@dataclass(frozen=True)
class NewOrganisation:
    """What a merger or a split makes anew; the rest is taken from where it comes from."""

    code: str
    name: str
    members: int | None = None
    secretary: str = ""
    heir: bool = False
    """Whether a part of a split organisation goes on with its levels."""


def merge(
    session: Session,
    actor: Actor,
    *,
    lead: Organisation,
    version: int | None,
    others: Sequence[Organisation],
    successor: NewOrganisation | None,
    on: date,
    reason: str,
) -> Organisation:
    """Make one organisation of several, and return it; raises Mistakes.

    The lead goes on where no new successor is given, else it ends as the others do and the
    successor goes on with its history. What stood below any of them stands below the one after.
    """
    for each in (lead, *others):
        actor.require(RESTRUCTURE, each.path)
    take_turn(session)
    refuse_stale(session, lead, version)
    for each in others:
        refuse_stale(session, each, None)
    _refuse_merger(lead, others)
    refuse_day(on, lead, *others)
    members = lead.members + sum(each.members for each in others)
    after = lead
    if successor is None:
        lead.members = members
    else:
        details = replace(_details_after(lead, successor), members=members, founded=on)
        after = _made(session, actor, successor.code, lead, details, on, reason)
    ended = others if successor is None else (lead, *others)
    for each in ended:
        _end(session, actor, each, after, leads=each is lead, on=on, reason=reason)
    numbers = [each.id for each in ended]
    note_change(session, actor, after, "absorbed", on=on, reason=reason, details={"from": numbers})
    values = {"from": numbers, "members": members}
    audit(session, actor, after, "absorb", after=values, reason=reason)
    return after


def split(
    session: Session,
    actor: Actor,
    *,
    organisation: Organisation,
    version: int | None,
    parts: Sequence[NewOrganisation],
    goes_on: bool,
    on: date,
    reason: str,
) -> list[Organisation]:
    """Make several organisations of one, and return the new ones; raises Mistakes.

    With `goes_on` the old one stays beside them with the members that are left.
    """
    actor.require(RESTRUCTURE, organisation.path)
    take_turn(session)
    refuse_stale(session, organisation, version)
    refuse_ended(organisation)
    refuse_district(organisation)
    refuse_day(on, organisation)
    _refuse_split(session, organisation, parts, goes_on=goes_on)
    before = {"status": organisation.status.value, "members": organisation.members}
    made = [
        _part(session, actor, organisation, number, each, on, reason)
        for number, each in enumerate(parts)
    ]
    for part, row in zip(parts, made, strict=True):
        _succeed(session, organisation, row, "split", leads=part.heir and not goes_on, on=on)
    if goes_on:
        organisation.members -= sum(each.members or 0 for each in parts)
    else:
        _refuse_lost_members(organisation, parts)
        organisation.status = Status.SPLIT
    into = {"into": [each.id for each in made]}
    note_change(session, actor, organisation, "split", on=on, reason=reason, details=into)
    after = {"status": organisation.status.value, "members": organisation.members, **into}
    audit(session, actor, organisation, "split", before=before, after=after, reason=reason)
    return made


def _refuse_merger(lead: Organisation, others: Sequence[Organisation]) -> None:
    everybody = (lead, *others)
    if not others or len({each.id for each in everybody}) != len(everybody):
        raise Mistakes(
            {"others": Words("请选择至少一个其他党组织", "choose at least one other organisation")}
        )
    for each in everybody:
        refuse_ended(each)
        refuse_district(each)
        if each.tier is not lead.tier:
            raise Refusal(gettext("Only organisations of the same tier can be merged."))
        if any(is_below(other.path, each) for other in everybody if other is not each):
            raise Refusal(
                gettext(
                    "%(name)s stands above another of them; move that one first.", name=each.name
                )
            )


def _refuse_split(
    session: Session,
    organisation: Organisation,
    parts: Sequence[NewOrganisation],
    *,
    goes_on: bool,
) -> None:
    fewest = 1 if goes_on else 2
    if len(parts) < fewest:
        raise Mistakes(
            {
                "parts": Words(
                    f"请至少填写{fewest}个新党组织", f"give at least {fewest} new organisations"
                )
            }
        )
    if sum(each.heir for each in parts) > 1:
        raise Mistakes(
            {"parts": Words("只能有一个沿用原星级", "one of them at most goes on with the level")}
        )
    leaving = sum(each.members or 0 for each in parts)
    if goes_on and leaving > organisation.members:
        raise Mistakes(
            {
                "parts": Words(
                    f"划出党员{leaving}人，多于现有{organisation.members}人；请改正人数",
                    f"{leaving} members leave, but there are {organisation.members}; mend them",
                )
            }
        )
    if not goes_on:
        refuse_with_others_below(session, organisation)


def _refuse_lost_members(organisation: Organisation, parts: Sequence[NewOrganisation]) -> None:
    """Refuse a split after which somebody would be missing or counted twice.

    It is asked last: what is wrong with a part is named at the part first.
    """
    together = sum(each.members or 0 for each in parts)
    if together != organisation.members:
        raise Mistakes(
            {
                "parts": Words(
                    f"新党组织共有党员{together}人，与现有{organisation.members}人不符；"
                    "请改正人数，或先修改本党组织的党员人数",
                    f"the new ones have {together} members together, but there are "
                    f"{organisation.members}; mend them, or the members of this one first",
                )
            }
        )


def _details_after(before: Organisation, new: NewOrganisation) -> Details:
    """Return what a new organisation takes over from the one that it comes from."""
    secretary = new.secretary or ("" if new.members is not None else before.secretary)
    return replace(details_of(before), name=new.name, sort_key="", secretary=secretary)


def _part(
    session: Session,
    actor: Actor,
    whole: Organisation,
    number: int,
    part: NewOrganisation,
    on: date,
    reason: str,
) -> Organisation:
    """Enter a part of a split organisation; mistakes name the part by its number."""
    details = replace(_details_after(whole, part), members=part.members or 0, founded=on)
    place = f"parts-{number}-"
    return _made(session, actor, part.code, whole, details, on, reason, place)


def _made(
    session: Session,
    actor: Actor,
    code: str,
    before: Organisation,
    details: Details,
    on: date,
    reason: str,
    place: str = "",
) -> Organisation:
    """Enter a new organisation beside the one that it comes from; mistakes name its fields."""
    try:
        return create(
            session,
            actor,
            code=code,
            parent=before.parent,
            details=details,
            on=on,
            reason=reason,
            what="created",
        )
    except Mistakes as error:
        raise Mistakes({f"{place}{key}": words for key, words in error.by_field.items()}) from None


def _end(
    session: Session,
    actor: Actor,
    organisation: Organisation,
    after: Organisation,
    *,
    leads: bool,
    on: date,
    reason: str,
) -> None:
    """End an organisation that goes on as another; what stands below it goes along."""
    for child in children_of(session, organisation):
        if wrong := parent_mistake(child.tier, child.kind, after):
            raise Mistakes({"others": wrong})
        put_below(session, child, after)
        ends = {"from": organisation.id, "to": after.id}
        note_change(session, actor, child, "moved", on=on, reason=reason, details=ends)
    organisation.status = Status.MERGED
    _succeed(session, organisation, after, "merged", leads=leads, on=on)
    into = {"into": [after.id]}
    note_change(session, actor, organisation, "merged", on=on, reason=reason, details=into)
    before, values = {"status": "active"}, {"status": "merged", **into}
    audit(session, actor, organisation, "merge", before=before, after=values, reason=reason)


def _succeed(
    session: Session,
    before: Organisation,
    after: Organisation,
    what: str,
    *,
    leads: bool,
    on: date,
) -> None:
    session.add(
        Succession(predecessor_id=before.id, successor_id=after.id, what=what, on=on, leads=leads)
    )

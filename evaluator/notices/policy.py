"""Who may do what with objections.

Those who handle one form a second panel: none of them judged the case or is tied to it. Name and
contact of who objects are for them and for the organisers of the place, and for nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor, NotAllowed, Permission, Role
from evaluator.accounts.models import Account, RoleGrant
from evaluator.decisions.models import Basis, Decision
from evaluator.notices.models import Handler, Objection
from evaluator.panels.conflicts import bars_of, cleared_pairs, conflicts, in_words
from evaluator.panels.models import Case, Panellist, Seat
from evaluator.rounds.models import Participant
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext

P = Permission
_CONCERNED = (Role.COMMITTEE_REVIEWER.value, Role.BRANCH_OFFICER.value)
_BY_HAND = (Basis.DEVIATION, Basis.DIRECT)


def runs(actor: Actor, objection: Objection) -> bool:
    """Return whether an actor appoints handlers and states the outcome: an organiser there."""
    return actor.may(P.PUBLISH_NOTICES, objection.entry.participant.path)


def handler_of(actor: Actor, objection: Objection) -> Handler | None:
    """Return the part that an actor has in handling an objection, None where it has none."""
    if actor.account_id is None or not actor.may(P.HANDLE_OBJECTIONS):
        return None
    return next((each for each in objection.handlers if each.account_id == actor.account_id), None)


def sees_person(actor: Actor, objection: Objection) -> bool:
    """Return whether an actor may know who objects, and open what they attached."""
    return runs(actor, objection) or handler_of(actor, objection) is not None


def require_running(actor: Actor, objection: Objection) -> None:
    """Raise NotAllowed for who does not run objections there, Refusal where one is closed."""
    actor.require(P.PUBLISH_NOTICES, objection.entry.participant.path)
    require_open(objection)


def require_open(objection: Objection) -> None:
    """Raise Refusal where an objection has its outcome."""
    if objection.outcome_at is not None:
        raise Refusal(gettext("This objection has its outcome; it stays as it is."))


def require_handler(session: Session, actor: Actor, objection: Objection) -> Handler:
    """Return the actor's part in handling; raises NotAllowed where there is none, or a conflict."""
    found = handler_of(actor, objection)
    if found is None or found.account_id in excluded(
        session, objection.entry.participant, [found.account_id]
    ):
        raise NotAllowed(P.HANDLE_OBJECTIONS)
    return found


def candidates(session: Session, participant: Participant) -> list[Account]:
    """Return who could handle an objection: panellists, and organisers of the place."""
    query = (
        select(RoleGrant, Account)
        .join(Account, Account.id == RoleGrant.account_id)
        .where(
            Account.is_active,
            RoleGrant.role.in_((Role.PANELLIST.value, Role.ORGANISER.value)),
        )
        .order_by(Account.name, Account.id)
    )
    found = {
        account.id: account
        for grant, account in session.execute(query).unique()
        if grant.role == Role.PANELLIST.value
        or participant.path.startswith(grant.organisation.path)
    }
    return list(found.values())


def excluded(
    session: Session, participant: Participant, account_ids: Iterable[int]
) -> dict[int, str]:
    """Return whom of some accounts a participant is kept from, each with the reason."""
    ids = list(account_ids)
    return {
        **_tied(session, participant, ids),
        **_concerned(session, participant, ids),
        **_decided(session, participant),
        **judges_of(session, participant),
    }


def judges_of(session: Session, participant: Participant) -> dict[int, str]:
    """Return who was given a seat in the case of a participant, recused ones among them."""
    query = (
        select(Panellist.account_id)
        .join(Seat, Seat.panellist_id == Panellist.id)
        .join(Case, Case.id == Seat.case_id)
        .where(Case.participant_id == participant.id)
    )
    return dict.fromkeys(session.scalars(query), gettext("Judged this case"))


def _decided(session: Session, participant: Participant) -> dict[int, str]:
    """Return who gave the level by hand; where the rules gave it nobody judged."""
    query = select(Decision).where(
        Decision.participant_id == participant.id, Decision.basis.in_(_BY_HAND)
    )
    decision = session.scalars(query).one_or_none()
    ids = (decision.proposed_by, decision.confirmed_by) if decision else ()
    return {each: gettext("Gave the level by hand") for each in ids if each is not None}


def _tied(session: Session, participant: Participant, ids: list[int]) -> dict[int, str]:
    query = select(Panellist).where(Panellist.account_id.in_(ids))
    panellists = session.scalars(query).all()
    found = conflicts(bars_of(session, participant.round, panellists), [participant])
    cleared = cleared_pairs(session, participant.round) if found else set()
    accounts = {each.id: each.account_id for each in panellists}
    return {
        accounts[pair[0]]: in_words(bars) for pair, bars in found.items() if pair not in cleared
    }


def _concerned(session: Session, participant: Participant, ids: list[int]) -> dict[int, str]:
    """Return who reviews or fills in applications at the place itself, panellist or not."""
    places = [int(each) for each in participant.path.strip("/").split("/")]
    query = select(RoleGrant.account_id).where(
        RoleGrant.account_id.in_(ids),
        RoleGrant.role.in_(_CONCERNED),
        RoleGrant.organisation_id.in_(places),
    )
    return dict.fromkeys(session.scalars(query), gettext("Works on applications of this place"))

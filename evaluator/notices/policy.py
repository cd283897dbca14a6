"""Who may do what with objections.

Those who handle one form a second panel: none of them judged the case or is tied to it. Name and
contact of who objects are for them and for the organisers of the place, and for nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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
Pair = tuple[int, int]
"""An account and a participant, by number."""
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
    found = _reasons(session, list(account_ids), [participant])
    return {account: why for (account, _), why in found.items()}


def barred(session: Session, account_id: int, participants: Sequence[Participant]) -> list[int]:
    """Return the participants that are kept from an account, by number."""
    found = _reasons(session, [account_id], participants)
    return sorted(number for account, number in found if account == account_id)


def judges_of(session: Session, participant: Participant) -> set[int]:
    """Return who was given a seat in the case of a participant, recused ones among them."""
    return {account for account, _ in _judged(session, [participant])}


def _reasons(
    session: Session, ids: list[int], participants: Sequence[Participant]
) -> dict[Pair, str]:
    """Return why accounts are kept from participants, in a fixed number of queries a round."""
    if not (ids and participants):
        return {}
    return {
        **_tied(session, ids, participants),
        **_concerned(session, ids, participants),
        **_decided(session, participants),
        **_judged(session, participants),
    }


def _judged(session: Session, participants: Sequence[Participant]) -> dict[Pair, str]:
    query = (
        select(Panellist.account_id, Case.participant_id)
        .join(Seat, Seat.panellist_id == Panellist.id)
        .join(Case, Case.id == Seat.case_id)
        .where(Case.participant_id.in_([each.id for each in participants]))
    )
    found = session.execute(query).all()
    return {(account, number): gettext("Judged this case") for account, number in found}


def _decided(session: Session, participants: Sequence[Participant]) -> dict[Pair, str]:
    """Return who gave a level by hand; where the rules gave it nobody judged."""
    query = select(Decision).where(
        Decision.participant_id.in_([each.id for each in participants]),
        Decision.basis.in_(_BY_HAND),
    )
    return {
        (account, decision.participant_id): gettext("Gave the level by hand")
        for decision in session.scalars(query)
        for account in (decision.proposed_by, decision.confirmed_by)
        if account is not None
    }


def _tied(session: Session, ids: list[int], participants: Sequence[Participant]) -> dict[Pair, str]:
    query = select(Panellist).where(Panellist.account_id.in_(ids))
    panellists = session.scalars(query).all()
    accounts = {each.id: each.account_id for each in panellists}
    told: dict[Pair, str] = {}
    for made in {each.round_id: each.round for each in participants}.values():
        concerned = [each for each in participants if each.round_id == made.id]
        found = conflicts(bars_of(session, made, panellists), concerned)
        cleared = cleared_pairs(session, made) if found else set()
        for pair, bars in found.items():
            if pair not in cleared:
                told[accounts[pair[0]], pair[1]] = in_words(bars)
    return told


def _concerned(
    session: Session, ids: list[int], participants: Sequence[Participant]
) -> dict[Pair, str]:
    """Return who reviews or fills in applications at the place itself, panellist or not."""
    query = select(RoleGrant).where(RoleGrant.account_id.in_(ids), RoleGrant.role.in_(_CONCERNED))
    return {
        (grant.account_id, each.id): gettext("Works on applications of this place")
        for grant in session.scalars(query)
        for each in participants
        if each.path.startswith(grant.organisation.path)
    }

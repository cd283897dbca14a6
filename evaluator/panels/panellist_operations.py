"""What happens with panellists: what they understand, what ties them, what is cleared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.accounts.models import Account
from evaluator.audit.lines import LinesAbout
from evaluator.audit.operations import write_line
from evaluator.database import now
from evaluator.organisations.models import Organisation
from evaluator.panels.models import (
    Case,
    Clearance,
    Panellist,
    PanelMember,
    Relation,
    Seat,
    Tie,
)
from evaluator.panels.policy import require_manager, require_open
from evaluator.panels.queries import accounts_to_enter
from evaluator.rounds.models import Participant
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext

_log = LinesAbout[Panellist]("panellist")


@dataclass(frozen=True)
class TieContent:
    """A tie as it is wanted."""

    organisation: Organisation
    relation: Relation
    since: date | None = None
    until: date | None = None
    note: str = ""


def enter_panellist(session: Session, actor: Actor, *, account: Account) -> Panellist:
    """Enter an account that holds the role among the panellists."""
    require_manager(session, actor)
    query = select(Panellist).where(Panellist.account_id == account.id)
    if session.scalars(query).one_or_none() is not None:
        raise Refusal(gettext("This person is among the panellists already."))
    if account.id not in {each.id for each in accounts_to_enter(session)}:
        raise Refusal(gettext("This person cannot be a panellist: look at the account's roles."))
    panellist = Panellist(account=account, competences=[], most_cases=None)
    session.add(panellist)
    session.flush()
    _log(session, actor, panellist, "enter", {}, {"name": account.name})
    return panellist


def change_panellist(
    session: Session,
    actor: Actor,
    *,
    panellist: Panellist,
    version: int,
    competences: Sequence[str],
    most_cases: int | None,
) -> None:
    """Change what a panellist understands, and how many cases it takes at most."""
    require_manager(session, actor)
    _require_version(panellist, version)
    before = {"competences": panellist.competences, "most_cases": panellist.most_cases}
    panellist.competences = list(dict.fromkeys(competences))
    panellist.most_cases = most_cases
    session.flush()
    after = {"competences": panellist.competences, "most_cases": panellist.most_cases}
    _log(session, actor, panellist, "change", before, after)


def remove_panellist(session: Session, actor: Actor, *, panellist: Panellist, version: int) -> None:
    """Remove a panellist that no panel and no case knows."""
    require_manager(session, actor)
    _require_version(panellist, version)
    member = select(PanelMember.id).where(PanelMember.panellist_id == panellist.id).limit(1)
    seat = select(Seat.id).where(Seat.panellist_id == panellist.id).limit(1)
    if session.scalar(member) is not None or session.scalar(seat) is not None:
        raise Refusal(gettext("This panellist belongs to a panel or has cases; end that first."))
    _log(session, actor, panellist, "remove", {"name": panellist.account.name}, {})
    session.delete(panellist)


def add_tie(session: Session, actor: Actor, *, panellist: Panellist, content: TieContent) -> Tie:
    """Enter a tie of a panellist; from now on it hides the cases that it covers."""
    require_manager(session, actor)
    tie = Tie(
        organisation=content.organisation,
        relation=content.relation,
        since=content.since,
        until=content.until,
        note=content.note.strip(),
    )
    panellist.ties.append(tie)
    session.flush()
    _log(session, actor, panellist, "add_tie", {}, _plain(tie))
    return tie


def remove_tie(session: Session, actor: Actor, *, panellist: Panellist, tie: Tie) -> None:
    """Take out a tie that was entered by mistake."""
    require_manager(session, actor)
    _log(session, actor, panellist, "remove_tie", _plain(tie), {})
    panellist.ties.remove(tie)


def clear_conflict(
    session: Session, actor: Actor, *, panellist: Panellist, case: Case, reason: str
) -> Clearance:
    """Clear a false positive: the panellist may judge this one case, for a reason."""
    require_manager(session, actor)
    require_open(case.participant.round)
    if not reason.strip():
        raise Refusal(gettext("Say why this is no conflict; the log keeps it."), 422)
    if _clearance(session, panellist, case.participant) is not None:
        raise Refusal(gettext("This conflict is cleared already."))
    clearance = Clearance(
        panellist_id=panellist.id,
        participant_id=case.participant_id,
        reason=reason.strip(),
        account_id=actor.account_id,
        at=now(),
    )
    session.add(clearance)
    session.flush()
    _log_clearance(session, actor, "clear_conflict", panellist, case, reason.strip())
    return clearance


def restore_conflict(session: Session, actor: Actor, *, panellist: Panellist, case: Case) -> None:
    """Let a conflict hold again that was cleared."""
    require_manager(session, actor)
    require_open(case.participant.round)
    clearance = _clearance(session, panellist, case.participant)
    if clearance is None:
        raise Refusal(gettext("This conflict is not cleared."))
    session.delete(clearance)
    _log_clearance(session, actor, "restore_conflict", panellist, case, "")


def _clearance(
    session: Session, panellist: Panellist, participant: Participant
) -> Clearance | None:
    query = select(Clearance).where(
        Clearance.panellist_id == panellist.id, Clearance.participant_id == participant.id
    )
    return session.scalars(query).one_or_none()


def _require_version(panellist: Panellist, version: int) -> None:
    if panellist.version != version:
        raise Refusal(
            gettext("Somebody else has changed this panellist in the meantime. Load it again.")
        )


def _plain(tie: Tie) -> dict[str, Any]:
    return {
        "organisation": tie.organisation_id,
        "relation": tie.relation.value,
        "since": tie.since,
        "until": tie.until,
        "note": tie.note,
    }


def _log_clearance(
    session: Session, actor: Actor, verb: str, panellist: Panellist, case: Case, reason: str
) -> None:
    write_line(
        session,
        actor,
        action=f"panellist.{verb}",
        subject="panellist",
        subject_id=panellist.id,
        organisation_path=case.participant.path,
        after={"name": panellist.account.name, "participant": case.participant_id},
        reason=reason,
    )

"""Seating panellists on cases: by a proposal that is confirmed as it was read, or by hand."""

from __future__ import annotations

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from evaluator.access import Actor
from evaluator.audit.lines import LinesAbout
from evaluator.audit.operations import write_line
from evaluator.database import now
from evaluator.panels.conflicts import bars_of, cleared_pairs, conflicts, in_words
from evaluator.panels.models import Case, Panellist, Seat
from evaluator.panels.policy import require_manager, require_open
from evaluator.panels.proposals import Proposal
from evaluator.panels.queries import unable
from evaluator.rounds.models import Round
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext

log_case = LinesAbout[Case]("defence_case", lambda case: case.participant.path)


def confirm(session: Session, actor: Actor, *, made: Round, proposal: Proposal, digest: str) -> int:
    """Seat panellists as proposed; return on how many cases something changes.

    Raises Refusal where the proposal is no longer the one that was read.
    """
    require_manager(session, actor)
    require_open(made)
    if proposal.digest != digest:
        raise Refusal(
            gettext(
                "Panels, cases or conflicts have changed in the meantime. Read the proposal anew."
            )
        )
    before: dict[str, list[int]] = {}
    after: dict[str, list[int]] = {}
    for change in proposal.changes:
        code = change.case.participant.code
        before[code] = sorted(each.panellist_id for each in change.case.seats)
        change.case.seats[:] = [
            each for each in change.case.seats if each.panellist_id not in change.removed
        ]
        for number in change.added:
            change.case.seats.append(Seat(panellist_id=number))
        after[code] = sorted(each.panellist_id for each in change.case.seats)
    _changed(session, *(each.case for each in proposal.changes))
    write_line(
        session,
        actor,
        action="panel.assign",
        subject="round",
        subject_id=made.id,
        before={"seated": before},
        after={"seated": after},
    )
    return len(after)


def seat_by_hand(
    session: Session, actor: Actor, *, case: Case, version: int, panellist: Panellist
) -> Seat:
    """Seat a panellist on a case for good; a conflict is refused with its reason."""
    _begin(session, actor, case, version)
    if any(each.panellist_id == panellist.id for each in case.seats):
        raise Refusal(gettext("This panellist has a seat on this case already."))
    words = conflict_words(session, case, panellist)
    if words:
        raise Refusal(
            gettext(
                "%(name)s may not judge this case: %(reason)s. A conflict that is none can be "
                "cleared with a reason.",
                name=panellist.account.name,
                reason=words,
            )
        )
    seat = Seat(panellist=panellist, is_fixed=True)
    case.seats.append(seat)
    _changed(session, case)
    log_case(session, actor, case, "seat", {}, {"panellists": [panellist.id]})
    return seat


def unseat(session: Session, actor: Actor, *, case: Case, version: int, seat: Seat) -> None:
    """Take a panellist off a case that it has not begun to judge."""
    _begin(session, actor, case, version)
    if seat.judging_since is not None or seat.recused_at is not None:
        raise Refusal(gettext("This panellist has judged or was recused; the seat stays as it is."))
    case.seats.remove(seat)
    _changed(session, case)
    log_case(session, actor, case, "unseat", {"panellists": [seat.panellist_id]}, {})


def fix(
    session: Session, actor: Actor, *, case: Case, version: int, seat: Seat, fixed: bool
) -> None:
    """Let a seat stay whatever is proposed, or no longer."""
    _begin(session, actor, case, version)
    before, seat.is_fixed = seat.is_fixed, fixed
    about = {"panellists": [seat.panellist_id]}
    _changed(session, case)
    log_case(session, actor, case, "fix", {**about, "fixed": before}, {**about, "fixed": fixed})


def recuse(session: Session, actor: Actor, *, case: Case, seat: Seat, reason: str) -> None:
    """Let a panellist withdraw from a case, which is hidden from it from now on.

    The panellist itself may, and who manages panels.
    """
    if actor.account_id is None or seat.panellist.account_id != actor.account_id:
        require_manager(session, actor)
    require_open(case.participant.round)
    if seat.recused_at is not None:
        raise Refusal(gettext("This panellist was recused already."))
    if not reason.strip():
        raise Refusal(gettext("Say why the panellist withdraws from this case."), 422)
    seat.recused_at, seat.recusal = now(), reason.strip()
    _changed(session, case)
    about = {"panellists": [seat.panellist_id]}
    log_case(session, actor, case, "recuse", {}, about, seat.recusal)


def begin_judging(seat: Seat) -> None:
    """Note that a panellist has given something: no assignment takes the seat away any more."""
    if seat.judging_since is None:
        seat.judging_since = now()


def conflict_words(session: Session, case: Case, panellist: Panellist) -> str:
    """Return why a panellist may not judge a case, nothing where it may."""
    if panellist.id in (found := unable(session)):
        return found[panellist.id]
    made = case.participant.round
    if (panellist.id, case.participant_id) in cleared_pairs(session, made):
        return ""
    bars = bars_of(session, made, [panellist])
    barred = conflicts(bars, [case.participant])
    return in_words(barred.get((panellist.id, case.participant_id), ()))


def _begin(session: Session, actor: Actor, case: Case, version: int) -> None:
    require_manager(session, actor)
    require_open(case.participant.round)
    if case.version != version:
        raise Refusal(
            gettext("Somebody else has changed this case in the meantime. Load it again.")
        )


def _changed(session: Session, *cases: Case) -> None:
    """Let the version of each case move with its seats, so that forms on it grow old."""
    for case in cases:
        flag_modified(case, "is_calibration")
    session.flush()

"""Letters about the timetable: a branch reads its time, a panellist all of its own ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import LazyString, force_locale, format_date, format_datetime, lazy_gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Role
from evaluator.accounts.models import Account
from evaluator.audit.operations import write_line
from evaluator.database import take_turn
from evaluator.defences.models import Sitting
from evaluator.defences.queries import sittings_of
from evaluator.outbox.models import Letter, LetterState
from evaluator.outbox.operations import accounts_holding, many_lines, withdraw_held, write_letter
from evaluator.panels.models import Case
from evaluator.panels.policy import require_manager, require_open
from evaluator.panels.queries import cases_of, live_seats
from evaluator.rounds.models import Round
from evaluator.rule_sets.policy import district_path
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext

ABOUT = "defence.timetable"
CHANGED = lazy_gettext("The timetable was changed.")
Heard = Sequence[tuple[Case, Sitting]]


@dataclass(frozen=True)
class Note:
    """What one account is to know of the timetable, and of whose matter it is."""

    account: Account
    place: str
    title: LazyString
    heard: Heard
    link: str

    @property
    def text(self) -> str:
        """Return the times in the language of the account, as its letter has them."""
        with force_locale(self.account.language):
            return many_lines("\n".join(_lines(self.heard)))


def publish_timetable(session: Session, actor: Actor, *, made: Round) -> int:
    """Write everybody the times that they do not know yet; return how many letters there are.

    Who has a letter with the same times gets no other one; a held one with other times is taken
    back.
    """
    require_manager(session, actor)
    require_open(made)
    take_turn(session)
    batch = f"timetable-{made.id}"
    known, written = _known(session, batch), 0
    for note in _notes(session, made):
        last = known.pop((note.account.id, note.place), None)
        if last is not None and last.text == note.text:
            continue
        if last is not None and last.state is LetterState.HELD:
            withdraw_held(session, actor, letter=last, reason=CHANGED)
        _write(session, actor, note, batch, again=last is not None)
        written += 1
    left = [each for each in known.values() if each.state is LetterState.HELD]
    for each in left:
        withdraw_held(session, actor, letter=each, reason=CHANGED)
    if not written and not left:
        raise Refusal(gettext("Everybody has a letter with these times already."))
    write_line(
        session,
        actor,
        action="defence.publish_timetable",
        subject="round",
        subject_id=made.id,
        after={"count": written},
    )
    return written


def _write(session: Session, actor: Actor, note: Note, batch: str, *, again: bool) -> None:
    write_letter(
        session,
        actor,
        to=note.account,
        organisation_path=note.place,
        about=ABOUT,
        title=lazy_gettext("Changed: %(title)s", title=note.title) if again else note.title,
        text=note.text,
        link=note.link,
        batch=batch,
    )


def _known(session: Session, batch: str) -> dict[tuple[int | None, str], Letter]:
    """Return the last letter of each account about the times at a place."""
    query = (
        select(Letter)
        .where(Letter.batch == batch, Letter.state != LetterState.WITHDRAWN)
        .order_by(Letter.id)
    )
    return {(each.account_id, each.organisation_path): each for each in session.scalars(query)}


def _notes(session: Session, made: Round) -> Iterator[Note]:
    cases = cases_of(session, made)
    sittings = sittings_of(session, cases)
    heard = sorted(
        ((each, sittings[each.id]) for each in cases if each.id in sittings),
        key=lambda pair: (pair[1].starts_at, pair[1].room),
    )
    yield from _to_branches(session, heard)
    yield from _to_panellists(session, heard)


def _to_branches(session: Session, heard: Heard) -> Iterator[Note]:
    places = [case.participant.path for case, _ in heard]
    officers = accounts_holding(session, Role.BRANCH_OFFICER, places)
    for case, sitting in heard:
        one = case.participant
        title = lazy_gettext("When %(name)s defends", name=one.name)
        for account in officers[one.path]:
            yield Note(account, one.path, title, [(case, sitting)], f"/applications/{one.id}")


def _to_panellists(session: Session, heard: Heard) -> Iterator[Note]:
    """Yield what panellists are to know: the cases on which they sit, and no others."""
    place, accounts = district_path(session), {}
    own: dict[int, list[tuple[Case, Sitting]]] = {}
    for case, sitting in heard:
        for seat in live_seats(case):
            account = accounts[seat.panellist_id] = seat.panellist.account
            if account.is_active:
                own.setdefault(seat.panellist_id, []).append((case, sitting))
    for number, pairs in sorted(own.items()):
        title = lazy_gettext("Your hearings at the defence: %(count)s", count=len(pairs))
        yield Note(accounts[number], place, title, pairs, "/defence/mine")


def _lines(heard: Heard) -> Iterator[str]:
    for case, sitting in heard:
        yield gettext(
            "%(day)s, %(begins)s–%(ends)s, room %(room)s: %(name)s",
            day=format_date(sitting.starts_at, "full"),
            begins=format_datetime(sitting.starts_at, "HH:mm"),
            ends=format_datetime(sitting.ends_at, "HH:mm"),
            room=sitting.room,
            name=case.participant.name,
        )

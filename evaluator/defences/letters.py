"""Letters about the timetable: a branch reads its time, a panellist all of its own ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flask_babel import LazyString, lazy_gettext
from sqlalchemy.orm import Session

from evaluator.access import Actor, Role
from evaluator.accounts.models import Account
from evaluator.audit.operations import write_line
from evaluator.database import take_turn
from evaluator.defences.models import Sitting
from evaluator.defences.queries import sittings_of
from evaluator.defences.told import ABOUT, Hearing, Known, change_text, first_text, keep, known_by
from evaluator.outbox.models import Letter
from evaluator.outbox.operations import accounts_holding, many_lines, withdraw_held, write_letter
from evaluator.panels.models import Case
from evaluator.panels.policy import require_manager, require_open
from evaluator.panels.queries import cases_of, live_seats
from evaluator.rounds.models import Round
from evaluator.rule_sets.policy import district_path
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext

CHANGED = lazy_gettext("The timetable was changed.")
MINE = "/defence/mine"
Heard = Sequence[tuple[Case, Hearing]]


@dataclass(frozen=True)
class Note:
    """What one account is to know of the timetable, and of whose matter it is."""

    account: Account
    place: str
    title: LazyString
    hearings: Sequence[Hearing]
    link: str


@dataclass(frozen=True)
class Change:
    """A letter to write, one to take back, or both; without a note nothing is to be written."""

    note: Note | None
    before: Sequence[Hearing]
    outdated: Letter | None


def publish_timetable(session: Session, actor: Actor, *, made: Round) -> int:
    """Write everybody the times that they do not know yet; return how many letters there are.

    Who was told the same times gets no other letter. Whose hearings have all been cancelled is
    told that. A held letter with other times is taken back.
    """
    require_manager(session, actor)
    require_open(made)
    take_turn(session)
    changes = changes_to_tell(session, made)
    if not changes:
        raise Refusal(gettext("Everybody has a letter with these times already."))
    for each in changes:
        if each.outdated is not None:
            withdraw_held(session, actor, letter=each.outdated, reason=CHANGED)
        if each.note is not None:
            _write(session, actor, each.note, each.before, batch_of(made))
    written = sum(each.note is not None for each in changes)
    write_line(
        session,
        actor,
        action="defence.publish_timetable",
        subject="round",
        subject_id=made.id,
        after={"count": written},
    )
    return written


def batch_of(made: Round) -> str:
    """Return what the letters about the timetable of a round share."""
    return f"timetable-{made.id}"


def changes_to_tell(session: Session, made: Round) -> list[Change]:
    """Return what has to be told to whom since the last letters."""
    known, found = known_by(session, batch_of(made)), []
    for note in _notes(session, made):
        said = known.pop((note.account.id, note.place), None) or Known(note.account)
        found.append(_change(note, said))
    for (_, place), said in known.items():
        title = lazy_gettext("Your hearings at the defence: none any more")
        found.append(_change(Note(said.account, place, title, (), _link_of(said)), said))
    return [each for each in found if each.note is not None or each.outdated is not None]


def _change(note: Note, said: Known) -> Change:
    """Return what a reader has to be told: nothing where a letter says it, held or let go."""
    before = said.said(said.released)
    if said.held is not None and _same(said.said(said.held), note.hearings):
        return Change(None, before, None)
    tells = not _same(before, note.hearings) and note.account.is_active
    return Change(note if tells else None, before, said.held)


def _same(one: Iterable[Hearing], other: Iterable[Hearing]) -> bool:
    return {(each.participant_id, each.room, each.starts_at, each.ends_at) for each in one} == {
        (each.participant_id, each.room, each.starts_at, each.ends_at) for each in other
    }


def _link_of(said: Known) -> str:
    last = said.held or said.released
    return last.link if last else ""


def _write(
    session: Session, actor: Actor, note: Note, before: Sequence[Hearing], batch: str
) -> None:
    language = note.account.language
    text = change_text(language, before, note.hearings) if before else ""
    title = lazy_gettext("Changed: %(title)s", title=note.title) if before else note.title
    letter = write_letter(
        session,
        actor,
        to=note.account,
        organisation_path=note.place,
        about=ABOUT,
        title=title,
        text=many_lines(text or first_text(language, note.hearings)),
        link=note.link,
        batch=batch,
    )
    keep(session, letter, note.hearings)


def _notes(session: Session, made: Round) -> Iterator[Note]:
    cases = cases_of(session, made)
    sittings = sittings_of(session, cases)
    heard = sorted(
        ((each, _hearing(each, sittings[each.id])) for each in cases if each.id in sittings),
        key=lambda pair: (pair[1].starts_at, pair[1].room),
    )
    yield from _to_branches(session, heard)
    yield from _to_panellists(session, heard)


def _to_branches(session: Session, heard: Heard) -> Iterator[Note]:
    places = [case.participant.path for case, _ in heard]
    officers = accounts_holding(session, Role.BRANCH_OFFICER, places)
    for case, hearing in heard:
        one = case.participant
        title = lazy_gettext("When %(name)s defends", name=one.name)
        for account in officers[one.path]:
            yield Note(account, one.path, title, [hearing], f"/applications/{one.id}")


def _to_panellists(session: Session, heard: Heard) -> Iterator[Note]:
    """Yield what panellists are to know: the cases on which they sit, and no others."""
    place, accounts = district_path(session), {}
    own: dict[int, list[Hearing]] = {}
    for case, hearing in heard:
        for seat in live_seats(case):
            account = accounts[seat.panellist_id] = seat.panellist.account
            if account.is_active:
                own.setdefault(seat.panellist_id, []).append(hearing)
    for number, hearings in sorted(own.items()):
        title = lazy_gettext("Your hearings at the defence: %(count)s", count=len(hearings))
        yield Note(accounts[number], place, title, hearings, MINE)


def _hearing(case: Case, sitting: Sitting) -> Hearing:
    one = case.participant
    return Hearing(one.id, one.name, sitting.room, sitting.starts_at, sitting.ends_at)

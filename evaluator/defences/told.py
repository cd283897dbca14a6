"""What readers of the timetable were told, and what has changed for each since.

Letters can be edited before they go out and are in the language of their readers, so the times in
them are kept beside them: what somebody knows is what stood in the last letter that was let go.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import force_locale, format_date, format_datetime
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluator.accounts.models import Account
from evaluator.defences.models import ToldHearing
from evaluator.outbox.models import Letter, LetterState
from evaluator.web.wording import gettext

ABOUT = "defence.timetable"
Reader = tuple[int, str]
"""An account, and the place of whose hearings it is told."""


@dataclass(frozen=True)
class Hearing:
    """When and where somebody is heard."""

    participant_id: int
    name: str
    room: str
    starts_at: datetime
    ends_at: datetime

    @property
    def when(self) -> str:
        """Return day, hours and room."""
        return gettext(
            "%(day)s, %(begins)s–%(ends)s, room %(room)s",
            day=format_date(self.starts_at, "full"),
            begins=format_datetime(self.starts_at, "HH:mm"),
            ends=format_datetime(self.ends_at, "HH:mm"),
            room=self.room,
        )

    @property
    def line(self) -> str:
        """Return all of it in a line."""
        return gettext("%(when)s: %(name)s", when=self.when, name=self.name)


@dataclass
class Known:
    """The letters of one reader: the last that was let go, and one that is still held."""

    account: Account
    released: Letter | None = None
    held: Letter | None = None
    hearings: Mapping[int, Sequence[Hearing]] = field(default_factory=dict)

    def said(self, letter: Letter | None) -> Sequence[Hearing]:
        """Return the hearings that stood in a letter."""
        return self.hearings.get(letter.id, ()) if letter else ()


def known_by(session: Session, batch: str) -> dict[Reader, Known]:
    """Return what each reader of a timetable was told."""
    letters = session.scalars(
        select(Letter)
        .where(Letter.batch == batch, Letter.state != LetterState.WITHDRAWN)
        .order_by(Letter.id)
    ).all()
    told: dict[int, list[Hearing]] = {}
    rows = session.scalars(
        select(ToldHearing)
        .where(ToldHearing.letter_id.in_([each.id for each in letters]))
        .order_by(ToldHearing.id)
    )
    for each in rows:
        told.setdefault(each.letter_id, []).append(_hearing(each))
    found: dict[Reader, Known] = {}
    for letter in letters:
        if letter.account is None or letter.account_id is None:
            continue
        reader = letter.account_id, letter.organisation_path
        known = found.setdefault(reader, Known(letter.account, hearings=told))
        if letter.state is LetterState.HELD:
            known.held = letter
        else:
            known.released = letter
    return found


def told_to(session: Session, account_id: int, participant_ids: Collection[int]) -> dict[int, str]:
    """Return when some participants are heard as an account was last told, each in a line."""
    last = (
        select(func.max(Letter.id))
        .where(
            Letter.account_id == account_id,
            Letter.about == ABOUT,
            Letter.state.not_in((LetterState.HELD, LetterState.WITHDRAWN)),
        )
        .group_by(Letter.batch, Letter.organisation_path)
    )
    rows = session.scalars(
        select(ToldHearing).where(
            ToldHearing.letter_id.in_(last), ToldHearing.participant_id.in_(participant_ids)
        )
    )
    return {each.participant_id: _hearing(each).when for each in rows}


def keep(session: Session, letter: Letter, hearings: Iterable[Hearing]) -> None:
    """Keep beside a letter what it tells."""
    session.flush()
    session.add_all(
        ToldHearing(
            letter_id=letter.id,
            participant_id=each.participant_id,
            room=each.room,
            starts_at=each.starts_at,
            ends_at=each.ends_at,
        )
        for each in hearings
    )


def _hearing(row: ToldHearing) -> Hearing:
    name = row.participant.name
    return Hearing(row.participant_id, name, row.room, row.starts_at, row.ends_at)


def first_text(language: str, hearings: Sequence[Hearing]) -> str:
    """Return the text of a first letter: the hearings in their order."""
    with force_locale(language):
        return "\n".join(each.line for each in hearings)


def change_text(language: str, before: Sequence[Hearing], now: Sequence[Hearing]) -> str:
    """Return the text of a further letter: what has changed first, then all that holds."""
    with force_locale(language):
        changed = "\n".join(_changes(before, now))
        if not now:
            rest = gettext("No hearing is planned for you at the moment.")
        elif len(now) == 1 == len(before):
            return changed
        else:
            rest = gettext("All hearings as they are now:") + "\n"
            rest += "\n".join(each.line for each in now)
        return f"{changed}\n\n{rest}"


def _changes(before: Sequence[Hearing], now: Sequence[Hearing]) -> Iterator[str]:
    """Yield a line for each hearing that is new, at another time, or no more.

    One that is no more is told by its time alone: a conflict may have come up that keeps the
    reader from it.
    """
    old = {each.participant_id: each for each in before}
    new = {each.participant_id for each in now}
    for each in now:
        earlier = old.get(each.participant_id)
        if earlier is None:
            yield gettext("New: %(hearing)s", hearing=each.line)
        elif earlier.when != each.when:
            yield gettext("Moved: %(hearing)s (until now %(when)s)", hearing=each.line,
                          when=earlier.when)  # fmt: skip
    for each in before:
        if each.participant_id not in new:
            yield gettext("No longer held with you: %(when)s", when=each.when)

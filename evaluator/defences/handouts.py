"""Hand-outs: what a panel has on paper of a day, and a panellist of its own cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from evaluator.defences.background import Background, background_of
from evaluator.defences.models import Sitting
from evaluator.panels.models import Case
from evaluator.panels.queries import live_seats
from evaluator.rounds.calendar import ZONE
from evaluator.web.showing import moment
from evaluator.web.wording import gettext
from reports.handouts import CasePage, Handout, TimeRow


def handout_of(
    session: Session,
    cases: Sequence[Case],
    sittings: Mapping[int, Sitting],
    subtitle: str,
    language: str,
) -> Handout:
    """Return the hand-out of some cases; the caller has checked who may see each of them."""
    told = background_of(session, [each.participant for each in cases], language)
    ordered = sorted(cases, key=lambda each: _place(each, sittings.get(each.id)))
    seats = [seat for each in ordered for seat in live_seats(each)]
    names = dict.fromkeys(seat.panellist.account.name for seat in seats)
    return Handout(
        title=gettext("Hand-out of the defence"),
        subtitle=subtitle,
        columns=TimeRow(
            gettext("Number"),
            gettext("Time"),
            gettext("Room"),
            gettext("Organisation"),
            gettext("Committee"),
        ),
        rows=[_row(each, sittings.get(each.id)) for each in ordered],
        people=gettext("Panellists: %(names)s", names=gettext(", ").join(names)),
        footer=gettext("For the panel only. Not to be copied or passed on."),
        page_words=gettext("Page {page} of {pages}"),
        cases=[_page(each, sittings.get(each.id), told[each.participant_id]) for each in ordered],
    )


def _place(case: Case, sitting: Sitting | None) -> tuple[bool, str, int, int]:
    starts = sitting.starts_at.isoformat() if sitting else ""
    return sitting is None, starts, case.position or 0, case.id


def _number(case: Case) -> str:
    return str(case.position) if case.position else gettext("Calibration case")


def _row(case: Case, sitting: Sitting | None) -> TimeRow:
    when = ""
    if sitting:
        starts, ends = (each.astimezone(ZONE) for each in (sitting.starts_at, sitting.ends_at))
        when = f"{starts:%m-%d %H:%M}–{ends:%H:%M}"
    room = sitting.room if sitting else ""
    participant = case.participant
    return TimeRow(_number(case), when, room, participant.name, participant.committee)


def _page(case: Case, sitting: Sitting | None, told: Background) -> CasePage:
    when = f"{moment(sitting.starts_at)} · {sitting.room}" if sitting else gettext("No time yet")
    parts = [
        (gettext("About the organisation"), told.head),
        (gettext("What the committee says"), told.committee),
        (gettext("Facts after review"), told.facts),
    ]
    return CasePage(_number(case), case.participant.name, when, parts)

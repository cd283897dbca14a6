"""Admission: proposed by standing and share, picked by the organiser, moved by the procedure."""

from __future__ import annotations

import pytest
from hall import codes_of, make_hall, seat_on, taking_part
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import NotAllowed
from evaluator.accounts.sessions import actor_of
from evaluator.applications.models import Application
from evaluator.database import now
from evaluator.panels.admitting import admit, dismiss, give_to_panel, panel_for, places, propose
from evaluator.panels.models import Case, Panel
from evaluator.panels.queries import cases_of
from evaluator.records.operations import set_known_facts
from evaluator.reviews.models import Recommendation, RecommendationList
from evaluator.web.errors import Refusal


@pytest.mark.parametrize(
    ("share", "everyone", "expected"),
    [("11%", 2400, 264), ("11%", 50, 6), ("0.25", 6, 2), ("10%", 4, 0), ("", 100, None)],
)
def test_share_is_rounded_half_up(share: str, everyone: int, expected: int | None) -> None:
    assert places(share, everyone) == expected


def with_points(session: Session, code: str, meetings: int) -> None:
    """Give a participant a fact that brings points."""
    organisation = next(each.organisation_id for each in taking_part(session) if each.code == code)
    from evaluator.access import Actor

    set_known_facts(
        session,
        Actor.system(),
        organisation_id=organisation,
        year=2026,
        values={"meetings": str(meetings)},
        source="record: members_meetings",
        as_of=now().date(),
    )
    session.commit()


def test_order_follows_the_recommended_level_or_the_points(session: Session) -> None:
    hall = make_hall(session, "")
    with_points(session, "W2", 4)
    with_points(session, "E2", 3)
    by_code = {each.code: each.id for each in taking_part(session)}
    entry = Recommendation(position=1, participant_id=by_code["E1"], level="four_star", note="")
    session.add(
        RecommendationList(
            round_id=hall.round.id,
            committee_id=hall.district.east.id,
            category="community",
            changed_at=now(),
            entries=[entry],
        )
    )
    session.commit()
    orders = {}
    for way in ("recommended", "points"):
        proposal = propose(session, hall.round, "community", way)
        assert proposal is not None
        orders[way] = [each.participant.code for each in proposal.candidates]
    assert orders["recommended"] == ["E1", "W2", "E2", "W1"]
    assert orders["points"] == ["W2", "E2", "E1", "W1"]


def test_admitted_application_is_in_defence_before_the_panel_of_its_category(
    session: Session,
) -> None:
    hall = make_hall(session, "E1")
    session.add(Panel(round_id=hall.round.id, name="机关组", categories=["government"]))
    picked = [each for each in taking_part(session) if each.code == "W1"]
    (case,) = admit(session, hall.actor, made=hall.round, participants=picked)
    session.commit()
    query = select(Application.state).where(Application.participant_id == picked[0].id)
    assert (session.scalar(query), case.panel_id) == ("in_defence", hall.panel.id)
    assert codes_of(list(cases_of(session, hall.round))) == ["E1", "W1"]


def test_nobody_is_admitted_twice(session: Session) -> None:
    hall = make_hall(session, "E1")
    picked = [each for each in taking_part(session) if each.code == "E1"]
    with pytest.raises(Refusal):
        admit(session, hall.actor, made=hall.round, participants=picked)


def test_cases_are_spread_over_panels_of_the_same_category() -> None:
    one, two = Panel(id=1, categories=["community"]), Panel(id=2, categories=["community"])
    everything = Panel(id=3, categories=[])
    panels = [one, two, everything]
    assert panel_for(panels, {1: 3, 2: 2, 3: 0}, "community") is two
    assert panel_for(panels, {1: 3, 2: 2, 3: 0}, "soe") is everything
    assert panel_for([one], {1: 0}, "soe") is None


def test_dismissed_case_is_reviewed_again_and_needs_a_reason(session: Session) -> None:
    hall = make_hall(session, "E1")
    case = hall.cases["E1"]
    seat_on(session, hall.panellists[0], case)
    acting = {"case": case, "version": case.version}
    with pytest.raises(Refusal):
        dismiss(session, hall.actor, **acting, reason=" ")
    session.rollback()
    dismiss(session, hall.actor, **acting, reason="弃权")
    session.commit()
    query = select(Application.state).where(Application.participant_id == case.participant_id)
    assert session.scalar(query) == "reviewed"
    assert session.scalars(select(Case)).all() == []


def test_case_that_is_being_judged_is_neither_dismissed_nor_moved(session: Session) -> None:
    hall = make_hall(session, "E1")
    case = hall.cases["E1"]
    seat_on(session, hall.panellists[0], case, judging_since=now())
    other = Panel(round_id=hall.round.id, name="二组", categories=[])
    session.add(other)
    session.commit()
    acting = {"case": case, "version": case.version}
    with pytest.raises(Refusal):
        dismiss(session, hall.actor, **acting, reason="弃权")
    with pytest.raises(Refusal):
        give_to_panel(session, hall.actor, **acting, panel=other)


def test_case_given_to_another_panel_loses_place_and_seats(session: Session) -> None:
    hall = make_hall(session, "E1")
    case = hall.cases["E1"]
    case.position = 3
    seat_on(session, hall.panellists[0], case, is_fixed=True)
    other = Panel(round_id=hall.round.id, name="二组", categories=[])
    session.add(other)
    session.commit()
    give_to_panel(session, hall.actor, case=case, version=case.version, panel=other)
    session.commit()
    assert (case.panel_id, case.position, case.seats) == (other.id, None, [])


def test_panellist_admits_nobody(session: Session) -> None:
    hall = make_hall(session, "E1")
    actor = actor_of(hall.panellists[0].account, "")
    with pytest.raises(NotAllowed):
        admit(session, actor, made=hall.round, participants=taking_part(session))

"""Mergers and splits: who ends, who goes on, what stands below, and whose levels count."""

from __future__ import annotations

from datetime import date

import pytest
from district import make_district
from registering import actions, enter, paths
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.organisations.details import Mistakes
from evaluator.organisations.levels import enter_level
from evaluator.organisations.models import (
    Kind,
    Organisation,
    OrganisationChange,
    Status,
    Succession,
)
from evaluator.organisations.restructure import NewOrganisation, merge, split
from evaluator.organisations.standing import snapshot_of
from evaluator.web.errors import Refusal

ON = date(2026, 3, 1)
SYSTEM = Actor.system()


def level(session: Session, organisation: Organisation, year: int, held: str) -> None:
    enter_level(session, SYSTEM, organisation=organisation, year=year, level=held)
    session.commit()


def merged(
    session: Session,
    lead: Organisation,
    *others: Organisation,
    successor: NewOrganisation | None = None,
) -> Organisation:
    made = merge(
        session,
        SYSTEM,
        lead=lead,
        version=lead.version,
        others=others,
        successor=successor,
        on=ON,
        reason="优化设置",
    )
    session.commit()
    return made


def halved(
    session: Session, organisation: Organisation, *parts: NewOrganisation, goes_on: bool = False
) -> list[Organisation]:
    made = split(
        session,
        SYSTEM,
        organisation=organisation,
        version=organisation.version,
        parts=parts,
        goes_on=goes_on,
        on=ON,
        reason="党员增加",
    )
    session.commit()
    return made


def standings(session: Session, year: int = 2026) -> dict[str, tuple[str, int]]:
    return {
        each.organisation.code: (each.standing.level, each.standing.years)
        for each in snapshot_of(session, year)
    }


def test_lead_goes_on_with_the_members_of_those_that_join_it(session: Session) -> None:
    district = make_district(session)
    after = merged(session, district.east_one, district.east_two)
    assert after is district.east_one
    assert (after.members, after.status) == (40, Status.ACTIVE)
    assert district.east_two.status is Status.MERGED
    found = session.scalars(select(Succession)).one()
    assert (found.predecessor_id, found.successor_id, found.leads) == (
        district.east_two.id,
        after.id,
        False,
    )
    assert actions(session) == ["organisation.merge", "organisation.absorb"]


def test_new_successor_goes_on_with_the_history_of_the_lead(session: Session) -> None:
    district = make_district(session)
    level(session, district.east_one, 2024, "four_star")
    level(session, district.east_two, 2023, "five_star")
    after = merged(
        session, district.east_one, district.east_two, successor=NewOrganisation("E9", "东九")
    )
    assert (after.members, after.founded, after.path) == (
        40,
        ON,
        f"{district.east.path}{after.id}/",
    )
    assert [district.east_one.status, district.east_two.status] == [Status.MERGED] * 2
    assert standings(session) == {"E9": ("four_star", 2), "W1": ("", 0), "W2": ("", 0)}


def test_history_goes_back_through_several_mergers(session: Session) -> None:
    district = make_district(session)
    level(session, district.east_one, 2023, "three_star")
    first = merged(
        session, district.east_one, district.east_two, successor=NewOrganisation("E8", "东八")
    )
    level(session, first, 2024, "three_star")
    merged(session, first, district.west_one, successor=NewOrganisation("E9", "东九"))
    assert standings(session)["E9"] == ("three_star", 3)


def test_standing_counts_from_the_year_since_which_the_level_is_held(session: Session) -> None:
    district = make_district(session)
    for year, held in ((2022, "four_star"), (2023, "five_star"), (2025, "five_star")):
        level(session, district.east_one, year, held)
    level(session, district.east_two, 2024, "four_star")
    level(session, district.east_two, 2025, "")
    level(session, district.west_one, 2026, "five_star")
    assert standings(session) == {
        "E1": ("five_star", 3),
        "E2": ("", 0),
        "W1": ("", 0),
        "W2": ("", 0),
    }


def test_snapshot_leaves_out_what_has_ended_and_what_is_not_rated(session: Session) -> None:
    district = make_district(session)
    district.west_two.category = None
    district.west_one.status = Status.DISSOLVED
    session.commit()
    found = [
        (each.organisation.code, each.committee_id, each.committee)
        for each in snapshot_of(session, 2026)
    ]
    east = district.east
    assert found == [("E1", east.id, east.name), ("E2", east.id, east.name)]


def test_what_stood_below_the_merged_stands_below_the_successor(session: Session) -> None:
    district = make_district(session)
    merged(session, district.east, district.west)
    found = paths(session)
    assert found["W1"] == f"{district.east.path}{district.west_one.id}/"
    west_one = session.get(Organisation, district.west_one.id)
    assert west_one is not None
    assert west_one.parent_id == district.east.id


def test_merger_of_different_tiers_or_of_one_alone_is_refused(session: Session) -> None:
    district = make_district(session)
    with pytest.raises(Refusal):
        merged(session, district.east, district.west_one)
    with pytest.raises(Mistakes):
        merged(session, district.east_one)
    with pytest.raises(Mistakes):
        merged(session, district.east_one, district.east_one)


def test_merger_of_one_with_what_stands_below_it_is_refused(session: Session) -> None:
    district = make_district(session)
    general = enter(session, "G", district.east, Kind.GENERAL_BRANCH)
    below = enter(session, "G1", general)
    with pytest.raises(Refusal):
        merged(session, below, general)


def test_ended_organisation_is_merged_no_more(session: Session) -> None:
    district = make_district(session)
    merged(session, district.east_one, district.east_two)
    with pytest.raises(Refusal):
        merged(session, district.west_one, district.east_two)


def test_split_ends_the_whole_and_its_heir_goes_on_with_the_level(session: Session) -> None:
    district = make_district(session)
    level(session, district.east_one, 2025, "four_star")
    parts = (NewOrganisation("E3", "东三", 12, heir=True), NewOrganisation("E4", "东四", 8))
    made = halved(session, district.east_one, *parts)
    assert [(each.code, each.members, each.category) for each in made] == [
        ("E3", 12, "community"),
        ("E4", 8, "community"),
    ]
    assert district.east_one.status is Status.SPLIT
    found = standings(session)
    assert (found["E3"], found["E4"]) == (("four_star", 1), ("", 0))


def test_organisation_that_gives_a_part_away_goes_on_with_the_rest(session: Session) -> None:
    district = make_district(session)
    level(session, district.east_one, 2025, "four_star")
    halved(session, district.east_one, NewOrganisation("E3", "东三", 5, heir=True), goes_on=True)
    assert (district.east_one.members, district.east_one.status) == (15, Status.ACTIVE)
    found = standings(session)
    assert (found["E1"], found["E3"]) == (("four_star", 1), ("", 0))


@pytest.mark.parametrize(
    ("parts", "goes_on"),
    [
        ([NewOrganisation("E3", "东三", 5)], False),
        ([NewOrganisation("E3", "东三", 21)], True),
        ([NewOrganisation("E3", "东三", 12), NewOrganisation("E4", "东四", 9)], False),
        ([NewOrganisation("E3", "东三", 12), NewOrganisation("E4", "东四")], False),
        (
            [NewOrganisation("E3", "东三", 1, heir=True), NewOrganisation("E4", "东四", heir=True)],
            False,
        ),
    ],
)
def test_split_that_does_not_add_up_is_a_mistake(
    session: Session, parts: list[NewOrganisation], goes_on: bool
) -> None:
    district = make_district(session)
    with pytest.raises(Mistakes) as error:
        halved(session, district.east_one, *parts, goes_on=goes_on)
    assert list(error.value.by_field) == ["parts"]


def test_mistake_in_a_part_names_the_part_and_leaves_nothing_behind(session: Session) -> None:
    district = make_district(session)
    parts = (NewOrganisation("E3", "东三", 12), NewOrganisation("W1", "东四", 8))
    with pytest.raises(Mistakes) as error:
        halved(session, district.east_one, *parts)
    assert list(error.value.by_field) == ["parts-1-code"]
    session.rollback()
    codes = sorted(session.scalars(select(Organisation.code)))
    assert codes == ["D", "E", "E1", "E2", "W", "W1", "W2"]


def test_every_change_stands_in_the_history_of_each_organisation(session: Session) -> None:
    district = make_district(session)
    after = merged(
        session, district.east_one, district.east_two, successor=NewOrganisation("E9", "东九")
    )
    found = [
        (each.organisation_id, each.what, each.on, each.reason)
        for each in session.scalars(select(OrganisationChange).order_by(OrganisationChange.id))
    ]
    assert found == [
        (after.id, "created", ON, "优化设置"),
        (district.east_one.id, "merged", ON, "优化设置"),
        (district.east_two.id, "merged", ON, "优化设置"),
        (after.id, "absorbed", ON, "优化设置"),
    ]

"""The register is entered, edited, moved and ended, each with its history and its audit line."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from district import District, make_account, make_district
from registering import actions, enter, paths
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor, NotAllowed, Role
from evaluator.accounts.sessions import actor_of
from evaluator.audit.models import AuditLine
from evaluator.organisations import operations
from evaluator.organisations.details import Details, Mistakes, details_of, today
from evaluator.organisations.models import Kind, Organisation, OrganisationChange, Status, Tier
from evaluator.web.errors import Refusal

ON = date(2026, 3, 1)
BRANCH = Details(name="东三社区党支部", kind=Kind.BRANCH, category="community", members=9)


def organiser(session: Session, place: Organisation) -> Actor:
    return actor_of(make_account(session, Role.ORGANISER, place, f"organiser_{place.code}"), "")


def mistakes_of(error: pytest.ExceptionInfo[Mistakes]) -> list[str]:
    return sorted(error.value.by_field)


def test_create_takes_tier_path_and_pinyin_from_what_is_given(session: Session) -> None:
    district = make_district(session)
    actor = organiser(session, district.root)
    made = operations.create(session, actor, code="E3", parent=district.east, details=BRANCH)
    assert (made.tier, made.path) == (Tier.BRANCH, f"{district.east.path}{made.id}/")
    assert made.sort_key == "dong san she qu dang zhi bu"
    assert actions(session) == ["organisation.create"]


def test_create_below_the_district_makes_a_committee(session: Session) -> None:
    district = make_district(session)
    details = Details(name="南片党工委", kind=Kind.WORKING_COMMITTEE)
    made = operations.create(
        session, organiser(session, district.root), code="S", parent=district.root, details=details
    )
    assert made.tier is Tier.COMMITTEE


def test_create_names_every_wrong_field_at_once(session: Session) -> None:
    district = make_district(session)
    wrong = Details(
        name=" ",
        kind=Kind.WORKING_COMMITTEE,
        category="unknown",
        members=-1,
        founded=today() + timedelta(days=1),
    )
    with pytest.raises(Mistakes) as error:
        operations.create(
            session,
            organiser(session, district.root),
            code="a b",
            parent=district.east,
            details=wrong,
        )
    assert mistakes_of(error) == [
        "category",
        "code",
        "founded",
        "kind",
        "members",
        "name",
        "sort_key",
    ]


def test_create_with_a_code_of_another_place_does_not_tell_whose_it_is(session: Session) -> None:
    district = make_district(session)
    actor = organiser(session, district.east)
    with pytest.raises(Mistakes) as error:
        operations.create(session, actor, code="W1", parent=district.east, details=BRANCH)
    words = error.value.by_field["code"]
    assert district.west_one.name not in words.zh + words.en
    assert mistakes_of(error) == ["code"]


def test_create_below_what_one_may_not_edit_is_not_allowed(session: Session) -> None:
    district = make_district(session)
    actor = organiser(session, district.east)
    with pytest.raises(NotAllowed):
        operations.create(session, actor, code="W3", parent=district.west, details=BRANCH)


def test_branch_does_not_stand_below_a_branch_but_below_a_general_branch(session: Session) -> None:
    district = make_district(session)
    actor = organiser(session, district.root)
    general = enter(session, "G", district.east, Kind.GENERAL_BRANCH)
    made = operations.create(session, actor, code="G1", parent=general, details=BRANCH)
    assert made.committee_id == district.east.id
    with pytest.raises(Mistakes) as error:
        operations.create(session, actor, code="G2", parent=made, details=BRANCH)
    assert mistakes_of(error) == ["parent"]


def test_edit_writes_what_differs_and_nothing_else(session: Session) -> None:
    district = make_district(session)
    actor = organiser(session, district.root)
    branch = district.east_one
    details = Details(**{**vars(details_of(branch)), "members": 21})
    assert operations.edit(
        session, actor, organisation=branch, version=branch.version, details=details, reason="核实"
    )
    session.commit()
    line = session.scalars(select(AuditLine)).one()
    assert (line.before, line.after, line.reason) == ('{"members":20}', '{"members":21}', "核实")
    assert line.organisation_path == branch.path


def test_edit_without_a_difference_writes_nothing(session: Session) -> None:
    district = make_district(session)
    branch = district.east_one
    assert not operations.edit(
        session,
        organiser(session, district.root),
        organisation=branch,
        version=branch.version,
        details=details_of(branch),
    )
    assert actions(session) == []
    assert session.scalars(select(OrganisationChange)).all() == []


def test_edit_of_a_version_that_is_no_longer_there_is_refused(session: Session) -> None:
    district = make_district(session)
    branch = district.east_one
    old = branch.version
    branch.members = 30
    session.commit()
    with pytest.raises(Refusal):
        operations.edit(
            session,
            organiser(session, district.root),
            organisation=branch,
            version=old,
            details=details_of(branch),
        )


def test_kind_stays_that_of_a_general_branch_while_others_stand_below(session: Session) -> None:
    district = make_district(session)
    general = enter(session, "G", district.east, Kind.GENERAL_BRANCH)
    enter(session, "G1", general)
    details = Details(**{**vars(details_of(general)), "kind": Kind.BRANCH})
    with pytest.raises(Mistakes) as error:
        operations.edit(
            session,
            organiser(session, district.root),
            organisation=general,
            version=general.version,
            details=details,
        )
    assert mistakes_of(error) == ["kind"]


def test_move_takes_the_whole_subtree_along(session: Session) -> None:
    district = make_district(session)
    general = enter(session, "G", district.east, Kind.GENERAL_BRANCH)
    below = enter(session, "G1", general)
    moving(session, district, general, district.west)
    found = paths(session)
    assert found["G"] == f"{district.west.path}{general.id}/"
    assert found["G1"] == f"{district.west.path}{general.id}/{below.id}/"
    assert found["E1"] == district.east_one.path
    assert actions(session)[-1] == "organisation.move"


def moving(
    session: Session, district: District, organisation: Organisation, parent: Organisation
) -> None:
    operations.move(
        session,
        organiser(session, district.root),
        organisation=organisation,
        version=organisation.version,
        parent=parent,
        on=ON,
        reason="区划调整",
    )


@pytest.mark.parametrize("place", ["root", "east", "east_two"])
def test_move_to_a_place_that_does_not_fit_is_a_mistake(session: Session, place: str) -> None:
    district = make_district(session)
    with pytest.raises(Mistakes) as error:
        moving(session, district, district.east_one, getattr(district, place))
    assert mistakes_of(error) == ["parent"]


def test_move_below_itself_is_a_mistake(session: Session) -> None:
    district = make_district(session)
    committee = enter(session, "C", district.east, Kind.COMMITTEE)
    general = enter(session, "G", committee, Kind.GENERAL_BRANCH)
    with pytest.raises(Mistakes) as error:
        moving(session, district, committee, general)
    assert mistakes_of(error) == ["parent"]


def test_move_to_another_committee_needs_the_permission_at_both(session: Session) -> None:
    district = make_district(session)
    actor = organiser(session, district.east)
    with pytest.raises(NotAllowed):
        operations.move(
            session,
            actor,
            organisation=district.east_one,
            version=None,
            parent=district.west,
            on=ON,
            reason="x",
        )


def test_what_is_dissolved_moves_no_more(session: Session) -> None:
    district = make_district(session)
    ending(session, district, district.east_one)
    assert district.east_one.status is Status.DISSOLVED
    with pytest.raises(Refusal):
        operations.move(
            session,
            Actor.system(),
            organisation=district.east_one,
            version=None,
            parent=district.west,
            on=ON,
            reason="x",
        )


def ending(session: Session, district: District, organisation: Organisation) -> None:
    operations.dissolve(
        session,
        Actor.system(),
        organisation=organisation,
        version=organisation.version,
        on=ON,
        reason="撤销建制",
    )


def test_committee_with_branches_and_the_district_are_not_dissolved(session: Session) -> None:
    district = make_district(session)
    for each in (district.east, district.root):
        with pytest.raises(Refusal):
            ending(session, district, each)


def test_change_that_is_to_come_is_a_mistake(session: Session) -> None:
    district = make_district(session)
    with pytest.raises(Mistakes) as error:
        operations.dissolve(
            session,
            Actor.system(),
            organisation=district.east_one,
            version=None,
            on=today() + timedelta(days=1),
            reason="x",
        )
    assert mistakes_of(error) == ["on"]


def test_what_stands_below_the_dissolved_cannot_be_entered(session: Session) -> None:
    district = make_district(session)
    for each in (district.east_one, district.east_two, district.east):
        ending(session, district, each)
    with pytest.raises(Mistakes) as error:
        operations.create(session, Actor.system(), code="E3", parent=district.east, details=BRANCH)
    assert mistakes_of(error) == ["parent"]

"""An objection is taken from anybody, handled by a second panel, and has an outcome with reason."""

from __future__ import annotations

from datetime import timedelta

import pytest
from decided import PERSON, Decided, at, end, make_decided, panel
from district import make_account
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import NotAllowed, Role
from evaluator.accounts.sessions import actor_of
from evaluator.applications.models import ApplicationState
from evaluator.audit.models import AuditLine
from evaluator.database import now
from evaluator.notices.handling import give_opinion
from evaluator.notices.models import ObjectionState
from evaluator.notices.objecting import PER_ADDRESS, Said, begin_attempt
from evaluator.notices.policy import sees_person
from evaluator.notices.publishing import close
from evaluator.notices.queries import (
    ends_at,
    find_by_code,
    find_objection,
    over,
    visible_objections,
)
from evaluator.outbox.models import Letter
from evaluator.panels.models import Panellist, Relation, Tie
from evaluator.web.errors import Refusal

S = ObjectionState


@pytest.fixture
def decided(session: Session) -> Decided:
    return make_decided(session)


def test_objection_moves_the_application_and_keeps_no_code(decided: Decided) -> None:
    notice = decided.published()
    objection = decided.objection(notice)
    assert decided.state("E1") is ApplicationState.OBJECTED
    assert (len(objection.code_digest), objection.state) == (64, S.FILED)
    assert find_by_code(decided.session, "AAAAA-AAAAA") is None


def test_objection_needs_a_name_where_the_rule_set_says_so(decided: Decided) -> None:
    notice = decided.published()
    with pytest.raises(Refusal):
        decided.objection(notice, person=Said("", "13800001111", "不符合条件，请核实。"))
    assert decided.state("E1") is ApplicationState.ON_NOTICE


def test_objection_needs_no_name_where_the_rule_set_asks_none(session: Session) -> None:
    decided = make_decided(session, real_name="false")
    decided.objection(decided.published(), person=Said("", "", "不符合条件，请核实。"))
    assert decided.state("E1") is ApplicationState.OBJECTED


def test_objection_is_refused_once_the_last_day_is_over(decided: Decided) -> None:
    notice = decided.published()
    with at(ends_at(notice)), pytest.raises(Refusal):
        decided.objection(notice)
    with at(ends_at(notice) - timedelta(minutes=1)):
        decided.objection(notice)


def test_same_objection_is_taken_once(decided: Decided) -> None:
    notice = decided.published()
    decided.objection(notice)
    with pytest.raises(Refusal):
        decided.objection(notice)
    decided.objection(notice, person=Said("李明", "13900002222", PERSON.text))


def test_too_many_from_one_network_are_refused(decided: Decided) -> None:
    for number in range(PER_ADDRESS):
        begin_attempt(decided.session, f"2001:db8:1:2::{number}")
    with pytest.raises(Refusal) as refused:
        begin_attempt(decided.session, "2001:db8:1:2::ffff")
    assert refused.value.status == 429
    begin_attempt(decided.session, "2001:db8:1:3::1")


def test_log_and_letters_hear_neither_name_nor_contact_nor_text(decided: Decided) -> None:
    objection = decided.objection(decided.published())
    panel(decided, objection, "nn")
    end(decided, objection, S.NOT_UPHELD)
    decided.session.commit()
    told = [
        f"{line.before}{line.after}{line.reason}{line.account_name}{line.address}"
        for line in decided.session.scalars(select(AuditLine))
    ]
    told += [f"{each.title}{each.text}" for each in decided.session.scalars(select(Letter))]
    assert len(told) > 8
    for secret in (PERSON.name, PERSON.contact, PERSON.text):
        assert [each for each in told if secret in each] == []


def test_each_sees_what_they_handle_or_watch(decided: Decided) -> None:
    objection = decided.objection(decided.published())
    panel(decided, objection, "n")
    handler = actor_of(objection.handlers[0].account, "")
    other = actor_of(decided.panellist("other"), "")
    district, make = decided.district, decided.session
    supervisor = actor_of(make_account(make, Role.SUPERVISOR, district.root), "")
    of_west = actor_of(make_account(make, Role.ORGANISER, district.west), "")
    seen = {
        name: [
            each.id
            for each in decided.session.scalars(visible_objections(decided.session, actor)).unique()
        ]
        for name, actor in {
            "handler": handler,
            "other": other,
            "supervisor": supervisor,
            "organiser": decided.actor,
            "of_west": of_west,
        }.items()
    }
    mine = [objection.id]
    assert seen == {
        "handler": mine, "other": [], "supervisor": mine, "organiser": mine, "of_west": [],
    }  # fmt: skip
    assert [sees_person(each, objection) for each in (handler, decided.actor, supervisor)] == [
        True,
        True,
        False,
    ]
    with pytest.raises(NotAllowed):
        find_objection(decided.session, other, objection.id)
    with pytest.raises(NotAllowed):
        give_opinion(decided.session, other, objection=objection, upholds=True, opinion="x")


def test_open_objection_keeps_only_its_organisation_waiting(decided: Decided) -> None:
    notice = decided.published()
    objection = decided.objection(notice)
    with at(now() + timedelta(days=30)):
        found = decided.session.scalars(over(decided.round.id)).all()
        assert [each.code for each in found] == ["E2", "W1"]
        with pytest.raises(Refusal):
            close(decided.session, decided.actor, notice=notice)
        panel(decided, objection, "nn")
        end(decided, objection, S.NOT_UPHELD)
        found = decided.session.scalars(over(decided.round.id)).all()
        assert [each.code for each in found] == ["E1", "E2", "W1"]
        close(decided.session, decided.actor, notice=notice)


def test_what_was_handed_to_somebody_is_hidden_once_a_tie_is_known(decided: Decided) -> None:
    objection = decided.objection(decided.published())
    panel(decided, objection, "n-")
    tied = objection.handlers[1].account
    actor = actor_of(tied, "")
    assert find_objection(decided.session, actor, objection.id) is objection
    query = select(Panellist.id).where(Panellist.account_id == tied.id)
    own = {"organisation": decided.district.east, "relation": Relation.DECLARED}
    decided.session.add(Tie(panellist_id=decided.session.scalars(query).one(), **own))
    decided.session.commit()
    with pytest.raises(NotAllowed):
        find_objection(decided.session, actor, objection.id)
    seen = decided.session.scalars(visible_objections(decided.session, actor)).all()
    assert seen == []
    with pytest.raises(NotAllowed):
        give_opinion(decided.session, actor, objection=objection, upholds=True, opinion="x")

"""A second panel that did not judge handles an objection; its outcome follows what they think."""

from __future__ import annotations

import pytest
from decided import PERSON, Decided, end, make_decided, panel
from district import make_account
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from evaluator.access import NotAllowed, Role
from evaluator.accounts.models import Account
from evaluator.accounts.sessions import actor_of
from evaluator.applications.models import ApplicationState
from evaluator.decisions.models import Basis, Decision
from evaluator.notices.drawing_up import decided as query_decided
from evaluator.notices.handling import appoint, conclude, give_opinion
from evaluator.notices.models import ObjectionState
from evaluator.notices.objecting import Said, find_entry
from evaluator.notices.policy import candidates, excluded
from evaluator.notices.queries import (
    is_over,
    said,
)
from evaluator.panels.models import Panellist, Relation, Tie
from evaluator.web.errors import Refusal

S = ObjectionState


@pytest.fixture
def decided(session: Session) -> Decided:
    return make_decided(session)


def test_who_judged_or_is_tied_handles_nothing(decided: Decided) -> None:
    objection = decided.objection(decided.published())
    participant = objection.entry.participant
    free, judge, tied, reviewer = (
        decided.panellist(name) for name in ("free", "judge", "tied", "reviewer")
    )
    decided.seat(judge, "E1")
    query = select(Panellist.id).where(Panellist.account_id == tied.id)
    own = {"organisation": decided.district.east_one, "relation": Relation.OWN}
    decided.session.add(Tie(panellist_id=decided.session.scalars(query).one(), **own))
    account = make_account(decided.session, Role.COMMITTEE_REVIEWER, decided.district.east, "r")
    reviewer.grants += account.grants
    decided.session.commit()
    found = excluded(
        decided.session, participant, [each.id for each in (free, judge, tied, reviewer)]
    )
    assert set(found) == {judge.id, tied.id, reviewer.id}
    for each in (judge, tied, reviewer):
        with pytest.raises(Refusal):
            appoint(
                decided.session,
                decided.actor,
                objection=objection,
                account_ids=[free.id, each.id],
                version=objection.version,
            )
    assert objection.handlers == []


def test_who_gave_the_level_by_hand_handles_nothing(decided: Decided) -> None:
    participant = decided.participant("E1")
    other = make_account(decided.session, Role.ORGANISER, decided.district.root, "other")
    query = select(Decision).where(Decision.participant_id == participant.id)
    decision = decided.session.scalars(query).one()
    decision.proposed_by, decision.confirmed_by = decided.organiser.id, other.id
    ids = [decided.organiser.id, other.id]
    assert excluded(decided.session, participant, ids) == {}
    decision.basis = Basis.DEVIATION
    assert set(excluded(decided.session, participant, ids)) == set(ids)


def test_organiser_of_another_committee_is_no_candidate(decided: Decided) -> None:
    west = make_account(decided.session, Role.ORGANISER, decided.district.west, "west")
    decided.panellist("anybody")
    found = [each.login_name for each in candidates(decided.session, decided.participant("E1"))]
    assert west.login_name not in found
    assert sorted(found) == ["anybody", "organiser"]


def test_upheld_objection_takes_the_name_off_and_has_it_decided_anew(decided: Decided) -> None:
    notice = decided.published()
    objection = decided.objection(notice)
    panel(decided, objection, "yyn")
    end(decided, objection, S.UPHELD)
    assert decided.state("E1") is ApplicationState.DECIDED
    name = said(notice).name(objection.entry_id)
    assert name is not None
    assert name.withdrawn
    assert [each.text for each in notice.corrections] == [
        "经核实异议，东一社区党支部撤出本次公示，其星级重新审定。"
    ]
    assert content_is_untouched(notice)
    with pytest.raises(NotAllowed):
        find_entry(decided.session, notice, objection.entry_id)
    rows = decided.session.execute(query_decided(decided.round.id, ["community"])).all()
    assert [participant.code for participant, _ in rows] == ["E1"]
    assert not is_over(decided.session, decided.participant("E1"))


def content_is_untouched(notice: object) -> bool:
    """Return whether what was published first is as it was."""
    return '"withdrawn":true' not in notice.content  # type: ignore[attr-defined]


def test_level_stays_when_no_other_objection_is_open(decided: Decided) -> None:
    notice = decided.published()
    first = decided.objection(notice)
    second = decided.objection(notice, person=Said("李明", "13900002222", "另有情况需要反映。"))
    panel(decided, first, "nn")
    end(decided, first, S.NOT_UPHELD)
    assert decided.state("E1") is ApplicationState.OBJECTED
    members = [each.account_id for each in first.handlers]
    appoint(
        decided.session,
        decided.actor,
        objection=second,
        account_ids=members,
        version=second.version,
    )
    give_opinion(
        decided.session,
        actor_of(decided.session.get_one(Account, members[0]), ""),
        objection=second,
        upholds=False,
        opinion="不属于本次公示。",
    )
    end(decided, second, S.NOT_ADMITTED)
    assert decided.state("E1") is ApplicationState.ON_NOTICE


@pytest.mark.parametrize(
    ("opinions", "outcome"),
    [
        ("", S.NOT_ADMITTED),
        ("y", S.UPHELD),
        ("y-", S.UPHELD),
        ("yn", S.UPHELD),
        ("yn", S.NOT_UPHELD),
        ("yyn", S.NOT_UPHELD),
        ("nny", S.UPHELD),
    ],
)
def test_outcome_against_or_without_the_second_panel_is_refused(
    decided: Decided, opinions: str, outcome: S
) -> None:
    objection = decided.objection(decided.published())
    panel(decided, objection, opinions)
    with pytest.raises(Refusal):
        end(decided, objection, outcome)
    assert objection.outcome_at is None
    assert decided.state("E1") is ApplicationState.OBJECTED


def test_reason_that_names_the_person_is_refused(decided: Decided) -> None:
    objection = decided.objection(decided.published())
    panel(decided, objection, "nn")
    with pytest.raises(Refusal):
        end(decided, objection, S.NOT_UPHELD, f"{PERSON.name}反映的情况不属实。")


def test_outcome_is_stated_on_what_was_read(decided: Decided) -> None:
    objection = decided.objection(decided.published())
    version = objection.version
    panel(decided, objection, "nn")
    with pytest.raises(StaleDataError):
        conclude(
            decided.session,
            decided.actor,
            objection=objection,
            outcome=S.NOT_UPHELD,
            reason="经核实。",
            version=version,
        )


def test_who_judged_states_no_outcome(decided: Decided) -> None:
    objection = decided.objection(decided.published())
    panel(decided, objection, "nn")
    decided.session.add(Panellist(account=decided.organiser, competences=[]))
    decided.session.commit()
    decided.seat(decided.organiser, "E1")
    with pytest.raises(Refusal):
        end(decided, objection, S.NOT_UPHELD)

"""The demonstration has something of every state, and something to do for everybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from loaded import Demonstration, demonstration
from service import service
from sqlalchemy import func, select

from evaluator.access import Actor, Role
from evaluator.applications.draft import Draft
from evaluator.applications.models import Answer, Application, ApplicationState
from evaluator.applications.operations import copy_last_year
from evaluator.applications.ready import ready_for
from evaluator.appraisals.models import Appraisal
from evaluator.audit.verifying import verify
from evaluator.demonstration.own_branch import LAST_YEAR
from evaluator.demonstration.stages import OWN
from evaluator.evidence.models import EvidenceFile
from evaluator.reviews.models import RecommendationList, Reply, Return
from evaluator.rounds.models import Participant, Round
from evaluator.site_checks.models import SiteCheck

YEAR = 2026
S = ApplicationState


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """Load it once, on SQLite: what differs on PostgreSQL is tested where it is done."""
    with demonstration(service(tmp_path_factory.mktemp("demonstration"))) as found:
        yield found


def test_applications_stand_in_every_state_of_the_first_half(shown: Demonstration) -> None:
    query = (
        select(Application.state, func.count())
        .join(Participant)
        .join(Round)
        .where(Round.year == YEAR)
        .group_by(Application.state)
    )
    found = dict(shown.session.execute(query).all())
    assert found == {S.SUBMITTED: 58, S.REVIEWED: 30, S.RETURNED: 5, S.DRAFT: 3}


def test_every_committee_has_submitted_and_reviewed_some(shown: Demonstration) -> None:
    query = (
        select(Participant.committee, Application.state)
        .join(Application)
        .join(Round)
        .where(Round.year == YEAR)
    )
    states = Counter(shown.session.execute(query).all())
    committees = {name for name, _ in states}
    assert len(committees) == 19
    assert all(states[name, S.SUBMITTED] and states[name, S.REVIEWED] for name in committees)


def test_other_steps_are_under_way(shown: Demonstration) -> None:
    def counted(column: object) -> dict[str, int]:
        query = select(column, func.count()).group_by(column)  # type: ignore[call-overload]
        return {str(state): count for state, count in shown.session.execute(query)}

    def rows(model: type) -> int:
        return shown.session.scalar(select(func.count()).select_from(model)) or 0

    assert counted(Appraisal.state) == {"open": 1, "closed": 21}
    assert counted(SiteCheck.state)["finished"] == 1
    assert counted(SiteCheck.state)["planned"] > 19
    assert (rows(Return), rows(Reply)) == (5, 2)
    assert rows(RecommendationList) > 4


def test_own_branch_lacks_five_facts_and_then_some_of_the_next_star(shown: Demonstration) -> None:
    draft = _own(shown)
    assert {each.name for each in draft.open()} == set(LAST_YEAR)
    assert any(each.place and each.place.indicator.evidence for each in draft.open())
    assert draft.ready.levels.levels[draft.found.decision.index].id == "three_star"


def test_own_branch_reaches_the_next_star_with_last_years_facts_and_one_better(
    shown: Demonstration,
) -> None:
    nested = shown.session.begin_nested()
    draft = _own(shown)
    copied = copy_last_year(
        shown.session, Actor.system(), participant=draft.participant, ready=draft.ready
    )
    assert copied == len(LAST_YEAR)
    values = {**_own(shown).sheet.values(), **LAST_YEAR}
    found = [
        draft.ready.drafts.so_far(draft.sheet.organisation, {**values, "party_grids": grids})
        for grids in ("5", "6")
    ]
    levels = [draft.ready.levels.levels[each.decision.index].id for each in found]
    assert levels == ["three_star", "four_star"]
    assert found[1].assessment.total > found[0].assessment.total > draft.found.assessment.total
    nested.rollback()


@pytest.mark.parametrize(
    ("role", "leads_to"),
    [
        (Role.BRANCH_OFFICER, "/applications/"),
        (Role.COMMITTEE_REVIEWER, "/reviews?state=review"),
        (Role.PANELLIST, "/rule-sets"),
        (Role.ORGANISER, "/site-checks"),
        (Role.SUPERVISOR, "/audit?action=account.sign_in_failed"),
        (Role.ADMINISTRATOR, "/accounts/import"),
    ],
)
def test_start_page_of_each_role_has_work(shown: Demonstration, role: Role, leads_to: str) -> None:
    assert any(link.startswith(leads_to) for link in shown.links(role))


def test_applications_in_the_queue_have_evidence_of_both_kinds(shown: Demonstration) -> None:
    own = select(Participant.committee_id).where(Participant.code == OWN)
    query = (
        select(EvidenceFile.media_type, func.count(func.distinct(EvidenceFile.participant_id)))
        .join(Participant)
        .join(Application, Application.participant_id == Participant.id)
        .where(Participant.committee_id.in_(own), Application.state == S.SUBMITTED)
        .group_by(EvidenceFile.media_type)
    )
    found = dict(shown.session.execute(query).all())
    assert found == {"application/pdf": 4, "image/jpeg": 4}


def test_appraisal_that_runs_takes_a_ballot_by_code(shown: Demonstration) -> None:
    page = shown.app.test_client().get(f"/b/{shown.loaded.codes[0]}")
    assert page.status_code == 200


def test_log_of_the_load_holds(shown: Demonstration) -> None:
    shown.session.commit()
    assert list(verify(shown.session)) == []


def test_what_the_own_branch_said_last_year_is_of_a_round_that_is_over(
    shown: Demonstration,
) -> None:
    query = (
        select(Round.year, Round.state, Answer.fact)
        .join(Participant, Participant.round_id == Round.id)
        .join(Application)
        .join(Answer)
        .where(Participant.code == OWN, Round.year < YEAR)
    )
    found = shown.session.execute(query).all()
    assert {(each.year, each.state.value) for each in found} == {(YEAR - 1, "closed")}
    assert {each.fact for each in found} == set(LAST_YEAR)


def _own(shown: Demonstration) -> Draft:
    query = select(Participant).join(Round).where(Participant.code == OWN, Round.year == YEAR)
    participant = shown.session.scalars(query).one()
    application = shown.session.scalars(
        select(Application).where(Application.participant_id == participant.id)
    ).one_or_none()
    ready = ready_for(shown.session, participant)
    return Draft.of(shown.session, participant, application, ready)

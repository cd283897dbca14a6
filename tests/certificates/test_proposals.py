"""Replacing, revoking and ending early take two people; until then nobody outside hears of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from certified import Certified
from district import make_account
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.certificates.models import CertificateState, EventKind
from evaluator.certificates.proposal_models import CertificateProposal, ProposalKind
from evaluator.certificates.proposing import withdraw
from evaluator.certificates.reconciling import reconcile
from evaluator.certificates.standing import standing_of
from evaluator.database import now
from evaluator.outbox.models import Letter
from evaluator.web.errors import Refusal

K = ProposalKind
S = CertificateState
Browse = Callable[[Account], FlaskClient]


@pytest.fixture(autouse=True)
def issued(certified: Certified) -> None:
    certified.issue()


@pytest.mark.parametrize(
    ("kind", "state", "event"),
    [
        (K.REPLACE, S.REPLACED, EventKind.REPLACED),
        (K.REVOKE, S.REVOKED, EventKind.REVOKED),
        (K.END, S.EXPIRED, EventKind.ENDED_EARLY),
    ],
)
def test_proposal_holds_once_a_second_person_confirms(
    certified: Certified, kind: ProposalKind, state: CertificateState, event: EventKind
) -> None:
    one = certified.certificate("E1")
    proposal = certified.propose("E1", kind, "名称有误")
    assert standing_of(one).is_valid
    with pytest.raises(Refusal):
        certified.confirm(proposal, certified.ended.actor)
    assert standing_of(one).is_valid
    certified.confirm(proposal)
    last = one.events[-1]
    assert (one.state, last.kind, last.reason) == (state, event, "名称有误")
    assert last.proposed_by == certified.ended.organiser.id
    assert last.account_id == certified.ended.second.id
    with pytest.raises(Refusal):
        certified.confirm(proposal)


def test_one_proposal_waits_at_a_time(certified: Certified) -> None:
    certified.propose("E1")
    with pytest.raises(Refusal):
        certified.propose("E1", K.END, actor=certified.ended.other)


def test_database_knows_neither_two_that_wait_nor_one_who_confirms_himself(
    certified: Certified,
) -> None:
    session, first = certified.session, certified.propose("E1")
    nested = session.begin_nested()
    session.add(
        CertificateProposal(
            certificate=first.certificate, kind=K.END, reason="x", proposed_at=now()
        )
    )
    with pytest.raises(IntegrityError):
        session.flush()
    nested.rollback()
    first.confirmed_by, first.confirmed_at = first.proposed_by, now()
    with pytest.raises(IntegrityError):
        session.flush()


def test_proposal_that_is_refused_changes_nothing_and_stays(
    certified: Certified, organiser: FlaskClient
) -> None:
    proposal = certified.propose("E1", reason="看错了")
    one, session = proposal.certificate, certified.session
    with pytest.raises(Refusal):
        withdraw(session, certified.ended.other, proposal=proposal, reason=" ",
                 version=one.version)  # fmt: skip
    withdraw(session, certified.ended.other, proposal=proposal, reason="没有错",
             version=one.version)  # fmt: skip
    session.commit()
    assert standing_of(one).is_valid
    page = organiser.get(f"/certificates/{one.id}").text
    assert ("已撤回或退回的提议：1项" in page, "看错了" in page) == (True, True)
    certified.propose("E1", K.END)


def test_nobody_outside_hears_of_a_proposal(
    certified: Certified, client: FlaskClient, browser_of: Browse
) -> None:
    certified.propose("E1", reason="涉嫌虚报")
    one = certified.certificate("E1")
    certified.session.commit()
    district = certified.ended.district
    readers = [
        browser_of(make_account(certified.session, role, place))
        for role, place in (
            (Role.BRANCH_OFFICER, district.east_one),
            (Role.COMMITTEE_REVIEWER, district.east),
        )
    ]
    for address in (f"/verify/{one.serial}", f"/verify/{one.serial}/proof.json"):
        assert "涉嫌虚报" not in client.get(address).text
    for reader in readers:
        page = reader.get(f"/certificates/{one.id}")
        assert (page.status_code, "涉嫌虚报" in page.text) == (200, False)
        assert one.serial not in reader.get("/certificates?proposed=1").text
        assert "证书变更待第二人确认" not in reader.get("/").text


def test_proposal_on_a_certificate_that_ended_by_itself_is_taken_back(
    certified: Certified,
) -> None:
    proposal = certified.propose("E1")
    certified.take_level("E1")
    with pytest.raises(Refusal):
        certified.confirm(proposal)
    reconcile(certified.session, certified.ended.actor)
    assert proposal.withdrawn_at is not None
    assert proposal.certificate.events[-1].kind is EventKind.AWARD_REVOKED


def test_other_organisers_are_written_to(certified: Certified) -> None:
    certified.propose("E1")
    certified.session.flush()
    query = select(Letter.account_id).where(Letter.about == "certificate.proposed")
    assert certified.session.scalars(query).all() == [certified.ended.second.id]

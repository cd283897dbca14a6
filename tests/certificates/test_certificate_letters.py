"""Branches are written to: issued, replaced, revoked, ended early, soon to end; each once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from certified import Certified
from district import make_account
from flask.testing import FlaskClient
from sqlalchemy import select

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.certificates.pinned import pinned_in
from evaluator.certificates.proposal_models import ProposalKind
from evaluator.certificates.reconciling import SOON, reconcile, remind
from evaluator.database import now
from evaluator.notices.calendar import day_of
from evaluator.outbox.models import Letter, LetterState

K = ProposalKind


@pytest.fixture
def officer(certified: Certified) -> Account:
    place = certified.ended.district.east_one
    account = make_account(certified.session, Role.BRANCH_OFFICER, place)
    certified.session.commit()
    return account


def letters(certified: Certified, about: str) -> list[Letter]:
    certified.session.flush()
    query = select(Letter).where(Letter.about == about).order_by(Letter.id)
    return list(certified.session.scalars(query))


def test_issued_certificate_is_told_with_serial_and_address(
    certified: Certified, officer: Account
) -> None:
    batch = certified.issue()
    one = certified.certificate("E1")
    (letter,) = letters(certified, "certificate.issued")
    assert (letter.account_id, letter.state) == (officer.id, LetterState.HELD)
    assert (letter.batch, letter.link) == (f"certificates-{batch.id}", f"/certificates/{one.id}")
    assert one.serial in letter.title
    assert f"证书编号：{one.serial}" in letter.text
    assert f"核验网址：{pinned_in(one.facts).typed_address}" in letter.text


@pytest.mark.parametrize(
    ("kind", "about"),
    [
        (K.REPLACE, "certificate.replaced"),
        (K.REVOKE, "certificate.revoked"),
        (K.END, "certificate.ended"),
    ],
)
def test_change_is_told_with_its_reason_when_it_is_confirmed(
    certified: Certified, officer: Account, kind: ProposalKind, about: str
) -> None:
    certified.issue()
    old = certified.certificate("E1")
    proposal = certified.propose("E1", kind, "名称有误")
    assert letters(certified, about) == []
    certified.confirm(proposal)
    (letter,) = letters(certified, about)
    assert letter.account_id == officer.id
    assert ("名称有误" in letter.text, f"编号{old.serial}的证书不再有效" in letter.text) == (
        True,
        True,
    )
    assert certified.certificate("E1").serial in letter.title


def test_letter_that_nobody_let_go_is_overtaken_by_the_end(
    certified: Certified, officer: Account
) -> None:
    certified.issue()
    (letter,) = letters(certified, "certificate.issued")
    proposal = certified.propose("E1", K.REVOKE)
    assert (letter.account_id, letter.state) == (officer.id, LetterState.HELD)
    certified.confirm(proposal)
    assert letter.state is LetterState.WITHDRAWN
    (told,) = letters(certified, "certificate.revoked")
    assert told.state is LetterState.HELD


def test_end_by_the_award_is_told_once_without_inner_reasons(
    certified: Certified, officer: Account
) -> None:
    certified.issue()
    certified.take_level("E1")
    for _ in range(2):
        reconcile(certified.session, certified.ended.actor)
    (letter,) = letters(certified, "certificate.revoked")
    assert (letter.account_id, "张某某" in letter.text) == (officer.id, False)


def test_end_that_is_near_is_told_once(certified: Certified, officer: Account) -> None:
    certified.issue()
    one, other = certified.certificate("E1"), certified.certificate("W1")
    one.valid_until = other.valid_until = day_of(now()) + SOON + timedelta(days=1)
    certified.session.commit()
    assert remind(certified.session, certified.ended.actor) == 0
    one.valid_until = day_of(now()) + SOON
    certified.session.commit()
    assert [remind(certified.session, certified.ended.actor) for _ in range(2)] == [1, 0]
    (letter,) = letters(certified, "certificate.expiring")
    assert (letter.account_id, one.serial in letter.title) == (officer.id, True)


def test_branch_sees_its_own_certificate_on_its_start_page(
    certified: Certified, officer: Account, browser_of: Callable[[Account], FlaskClient]
) -> None:
    certified.issue()
    one, client = certified.certificate("E1"), browser_of(officer)
    page = client.get("/").text
    assert ("证书：有效" in page, one.serial in page) == (True, True)
    assert certified.certificate("E2").serial not in page
    assert client.get(f"/certificates/{one.id}").status_code == 200
    certified.confirm(certified.propose("E1", K.REVOKE))
    certified.session.commit()
    assert "证书：已撤销" in client.get("/").text
    event = one.events[-1]
    event.on -= timedelta(days=91)
    certified.session.commit()
    assert one.serial not in client.get("/").text

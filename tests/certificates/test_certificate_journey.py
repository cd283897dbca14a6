"""From awarded organisations to a batch, a page that anyone verifies by, and a revocation."""

from __future__ import annotations

import re
from collections.abc import Callable

from certified import Certified, draw
from district import make_account
from flask.testing import FlaskClient
from sqlalchemy import select

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.audit.models import AuditLine
from evaluator.certificates.models import Batch, Certificate

Browse = Callable[[Account], FlaskClient]


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
    assert found, f"the page has no field {name}"
    return found[1]


def issue(certified: Certified, organiser: FlaskClient) -> Batch:
    address = f"/certificates/rounds/{certified.ended.round.id}"
    page = organiser.get(address).text
    assert "待颁发证书：3份" in page
    sent = {"seen": field(page, "seen"), "template": "certificate-a4"}
    answer = organiser.post(address, data=sent, follow_redirects=True)
    assert "已颁发3份证书" in answer.text
    return certified.session.scalars(select(Batch)).one()


def test_from_awards_to_a_batch_a_verification_and_a_revocation(
    certified: Certified, organiser: FlaskClient, client: FlaskClient, browser_of: Browse
) -> None:
    session = certified.session
    batch = issue(certified, organiser)
    draw(batch, session)
    shown = organiser.get(f"/certificates/batches/{batch.id}").text
    assert "全批次合订本" in shown
    assert "东片党工委" in shown
    whole = organiser.get(f"/certificates/batches/{batch.id}/prints/certificate-a4/all.pdf")
    assert whole.data.startswith(b"%PDF")

    one = certified.certificate("E1")
    page = client.get(f"/v/{one.token.lower()}").text
    for words in ("东一社区党支部", "五星级党组织", "街道社区", one.serial, "2026", "证书：有效"):
        assert words in page
    assert "所属批次的根值尚未公布" in page
    organiser.post(f"/certificates/batches/{batch.id}/publish")
    assert batch.root in client.get(f"/v/{one.token}").text
    assert batch.root in client.get(f"/verify/batches/{batch.id}").text

    officer = browser_of(
        make_account(session, Role.BRANCH_OFFICER, certified.ended.district.east_one)
    )
    own = officer.get("/certificates").text
    assert (one.serial in own, certified.certificate("W1").serial in own) == (True, False)
    document = officer.get(f"/certificates/{one.id}/document").data
    assert document == organiser.get(f"/certificates/{one.id}/document").data

    address = f"/certificates/{one.id}"
    version = field(organiser.get(address).text, "revoke-version")
    sent = {
        "revoke-version": version,
        "revoke-reason": "证书印制有误",
        "revoke-document": "临组〔2027〕9号",
        "revoke-award": "stays",
    }
    assert (
        organiser.post(f"{address}/revoke", data={**sent, "revoke-reason": ""}).status_code == 422
    )
    organiser.post(f"{address}/revoke", data=sent)
    assert "证书：有效" in client.get(f"/verify/{one.serial}").text
    assert "证书变更待第二人确认" not in organiser.get("/").text
    other = browser_of(certified.ended.second)
    assert "证书变更待第二人确认" in other.get("/").text
    assert one.serial in other.get("/certificates?proposed=1").text
    shown = other.get(address).text
    assert "证书印制有误" in shown
    proposal = re.search(r"/proposals/(\d+)/confirm", shown)
    assert proposal is not None
    version = {"agree-version": field(shown, "agree-version")}
    confirming = f"{address}/proposals/{proposal[1]}/confirm"
    assert organiser.post(confirming, data=version).status_code == 409
    assert other.post(confirming, data=version).status_code == 302
    page = client.get(f"/verify/{one.serial.lower().replace('-', ' ')}").text
    for words in ("证书：已撤销", "证书印制有误", "临组〔2027〕9号"):
        assert words in page
    for account in (certified.ended.organiser, certified.ended.second):
        assert account.name not in page
    actions = session.scalars(
        select(AuditLine.action).where(AuditLine.action.startswith("certificate"))
    ).all()
    assert sorted(set(actions)) == [
        "certificate.issue",
        "certificate.propose",
        "certificate.revoke",
        "certificate_batch.issue",
        "certificate_batch.publish",
    ]
    assert session.scalars(select(Certificate.number).order_by(Certificate.kind)).all() == [1, 1, 1]

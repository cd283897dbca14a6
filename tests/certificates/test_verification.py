"""What anybody is told of a certificate, and what nobody is told of one that there is not."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from certified import Certified
from counting import counted
from flask.testing import FlaskClient
from sqlalchemy import func, select

from evaluator.awards.changing import propose
from evaluator.certificates.models import FailedLookup
from evaluator.certificates.reconciling import reconcile
from evaluator.certificates.throttling import PER_ADDRESS
from evaluator.credentials.keys import read_published
from evaluator.credentials.merkle import holds
from evaluator.credentials.tokens import token_bytes, verify
from evaluator.database import now

UNKNOWN = ("2026-C5-99999-ABCD0", "not a serial", "2026-C5-00001-AAAAA", "%2e%2e", "２０２６")


@pytest.fixture(autouse=True)
def issued(certified: Certified) -> None:
    certified.issue()


def plain(page: str) -> str:
    """Return a page without what differs from answer to answer."""
    return re.sub(r'(value|nonce)="[^"]*"|href="/\?[^"]*"', "", page)


def test_unknown_and_malformed_serials_get_the_same_answer(client: FlaskClient) -> None:
    answers = [client.get(f"/verify/{each}") for each in UNKNOWN]
    assert {each.status_code for each in answers} == {404}
    assert len({plain(each.text) for each in answers}) == 1
    asked = set()
    for each in UNKNOWN:
        with counted() as statements:
            client.get(f"/verify/{each}")
        asked.add(tuple(statements))
    assert len(asked) == 1


def test_serial_is_found_however_it_is_typed(certified: Certified, client: FlaskClient) -> None:
    serial = certified.certificate("E1").serial
    for typed in (serial.lower(), serial.replace("-", ""), f" {serial.replace('0', 'O')} "):
        answer = client.get("/verify", query_string={"serial": typed}, follow_redirects=True)
        assert (answer.status_code, "东一社区党支部" in answer.text) == (200, True)


def test_guessing_is_slowed_down_and_scanning_is_not(
    certified: Certified, client: FlaskClient
) -> None:
    one = certified.certificate("E1")
    for _ in range(PER_ADDRESS + 5):
        assert client.get(f"/v/{one.token}").status_code == 200
    for number in range(PER_ADDRESS):
        assert client.get(f"/verify/2026-C5-{number:05}-AAAAA").status_code == 404
    assert client.get(f"/verify/{one.serial}").status_code == 429
    assert client.get(f"/V/{one.token}").status_code == 429
    count = certified.session.scalar(select(func.count()).select_from(FailedLookup))
    assert count == PER_ADDRESS
    for each in certified.session.scalars(select(FailedLookup)):
        each.at = now() - timedelta(minutes=16)
    certified.session.commit()
    assert client.get(f"/verify/{one.serial}").status_code == 200


def test_code_is_read_in_both_cases_and_by_both_addresses(
    certified: Certified, client: FlaskClient
) -> None:
    token = certified.certificate("E1").token
    for address in (
        f"/V/{token}",
        f"/v/{token.lower()}",
        f"/verify?serial=HTTPS://A.ORG/V/{token}",
    ):
        answer = client.get(address, follow_redirects=True)
        assert "证书：有效" in answer.text


def test_altered_code_is_found_out(certified: Certified, client: FlaskClient) -> None:
    token = certified.certificate("E1").token
    other = certified.certificate("W1").token
    for altered in (token[:-8] + "AAAAAAAA", token[:40] + other[40:], token[:-3], "A" * 300):
        answer = client.get(f"/v/{altered}")
        assert (answer.status_code, "并非由本平台签发" in answer.text) == (404, True)
        assert "东一社区党支部" not in answer.text


def test_public_page_tells_neither_people_nor_inner_reasons(
    certified: Certified, client: FlaskClient
) -> None:
    one = certified.certificate("E1")
    certified.take_level("E1")
    for _ in range(2):
        page = client.get(f"/verify/{one.serial}").text
        assert "证书：已撤销" in page
        assert "该星级已被摘星" in page
        assert "张某某" not in page
        assert certified.ended.organiser.name not in page
        reconcile(certified.session, certified.ended.actor)
        certified.session.commit()


def test_proposal_is_not_told(certified: Certified, client: FlaskClient) -> None:
    award = certified.awards["E1"]
    propose(
        certified.session, certified.ended.actor, award=award, to_level="", reason="张某某",
        version=award.version,
    )  # fmt: skip
    certified.session.commit()
    page = client.get(f"/verify/{certified.certificate('E1').serial}").text
    assert ("证书：有效" in page, "张某某" in page) == (True, False)


def test_root_is_shown_when_it_is_published(
    certified: Certified, client: FlaskClient, organiser: FlaskClient
) -> None:
    one = certified.certificate("E1")
    batch = one.batch
    assert client.get(f"/verify/batches/{batch.id}").status_code == 404
    assert client.get(f"/verify/{one.serial}/proof.json").json["root"] is None
    assert batch.root not in client.get(f"/verify/{one.serial}").text
    organiser.post(f"/certificates/batches/{batch.id}/publish")
    assert organiser.post(f"/certificates/batches/{batch.id}/publish").status_code == 409
    told = client.get(f"/verify/{one.serial}/proof.json").json
    path = [bytes.fromhex(each) for each in told["path"]]
    root = bytes.fromhex(told["root"])
    assert holds(token_bytes(told["token"]), told["index"], told["size"], path, root)


def test_published_keys_verify_every_code(certified: Certified, client: FlaskClient) -> None:
    answer = client.get("/verify/keys.json")
    keys = read_published(answer.json)
    assert all(verify(certified.certificate(each).token, keys).is_genuine for each in ("E1", "W1"))
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "PRIVATE" not in answer.text


def test_badge_is_there_while_the_certificate_is_in_force(
    certified: Certified, client: FlaskClient
) -> None:
    one = certified.certificate("E1")
    address = f"/verify/{one.serial}/badge.json"
    badge = json.loads(client.get(address).text)
    assert badge["type"] == ["VerifiableCredential", "AchievementCredential"]
    assert badge["credentialSubject"]["licenseNumber"] == one.serial
    answer = client.get(f"{address}?form=jwt")
    assert answer.mimetype == "application/vc+jwt"
    assert answer.text.count(".") == 2
    certified.take_level("E1")
    assert client.get(address).status_code == 409


def test_offline_page_has_the_published_keys(certified: Certified, client: FlaskClient) -> None:
    key = certified.certificate("E1").key_id
    shown, kept = client.get("/verify/offline"), client.get("/verify/offline?keep=1")
    assert (key in shown.text, key in kept.text) == (True, True)
    assert "camera=(self)" in shown.headers["Permissions-Policy"]
    assert kept.headers["Content-Disposition"] == "attachment; filename=certificate-verifier.html"

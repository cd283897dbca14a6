"""Guessing is slowed down per account and per address."""

from __future__ import annotations

from datetime import timedelta

from district import make_district
from flask.testing import FlaskClient
from people import code, make_person, sign_in, sign_ins
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluator.accounts.models import SignInAttempt
from evaluator.accounts.throttling import PER_ACCOUNT, PER_ADDRESS, WINDOW, network_of
from evaluator.database import now


def fail(session: Session, login_name: str, times: int, address: str, ago: timedelta) -> None:
    """Add failures of the past."""
    for _ in range(times):
        session.add(
            SignInAttempt(at=now() - ago, address=address, login_name=login_name, succeeded=False)
        )
    session.commit()


def test_account_rests_after_too_many_failures_even_for_the_right_password(
    client: FlaskClient, session: Session
) -> None:
    make_person(session, make_district(session).east_one)
    answers = [sign_in(client, password="wrong") for _ in range(PER_ACCOUNT)]  # noqa: S106
    assert {each.status_code for each in answers} == {200}
    rest = sign_in(client)
    assert (rest.status_code, "请等待15分钟" in rest.text) == (429, True)
    assert sign_ins(session) == []


def test_unknown_account_rests_like_a_known_one(client: FlaskClient, session: Session) -> None:
    make_person(session, make_district(session).east_one)
    fail(session, "nobody", PER_ACCOUNT, "10.0.0.1", timedelta())
    fail(session, "li.na", PER_ACCOUNT, "10.0.0.1", timedelta())
    rests = [sign_in(client, name) for name in ("nobody", "li.na")]
    assert [each.status_code for each in rests] == [429, 429]
    assert rests[0].text == rests[1].text


def test_other_account_and_other_address_do_not_rest(client: FlaskClient, session: Session) -> None:
    make_person(session, make_district(session).east_one)
    fail(session, "wang", PER_ACCOUNT, "127.0.0.1", timedelta())
    fail(session, "wang", PER_ADDRESS, "10.0.0.1", timedelta())
    assert sign_in(client).status_code == 302


def test_address_rests_after_failures_of_many_accounts(
    client: FlaskClient, session: Session
) -> None:
    make_person(session, make_district(session).east_one)
    for number in range(PER_ADDRESS):
        fail(session, f"guess{number}", 1, "127.0.0.1", timedelta())
    assert sign_in(client).status_code == 429


def test_success_forgives_the_account_but_not_the_address(
    client: FlaskClient, session: Session
) -> None:
    make_person(session, make_district(session).east_one)
    fail(session, "li.na", PER_ACCOUNT - 1, "127.0.0.1", timedelta(minutes=1))
    assert sign_in(client).status_code == 302
    client.post("/sign-out")
    assert sign_in(client, password="wrong").status_code == 200  # noqa: S106
    fail(session, "li.na", PER_ADDRESS - PER_ACCOUNT, "127.0.0.1", timedelta(minutes=1))
    assert sign_in(client).status_code == 429


def test_failures_before_the_window_count_no_more(client: FlaskClient, session: Session) -> None:
    make_person(session, make_district(session).east_one)
    fail(session, "li.na", PER_ACCOUNT, "127.0.0.1", WINDOW + timedelta(seconds=1))
    assert sign_in(client).status_code == 302


def test_failures_of_yesterday_are_thrown_away(client: FlaskClient, session: Session) -> None:
    make_person(session, make_district(session).east_one)
    fail(session, "li.na", 3, "127.0.0.1", timedelta(days=1, seconds=1))
    sign_in(client)
    assert session.scalar(select(func.count()).select_from(SignInAttempt)) == 1


def test_codes_of_the_second_factor_cannot_be_guessed_for_ever(
    client: FlaskClient, session: Session
) -> None:
    make_person(session, make_district(session).east_one, second_factor=True)
    for _ in range(PER_ACCOUNT):
        sign_in(client)
        client.post("/sign-in/code", data={"code": "000000"})
    client.post("/sign-in")
    rest = client.post("/sign-in/code", data={"code": code()})
    assert rest.status_code == 429
    assert sign_ins(session) == []


def test_proof_of_who_one_is_cannot_be_guessed_for_ever(
    client: FlaskClient, session: Session
) -> None:
    make_person(session, make_district(session).east_one)
    sign_in(client)
    for _ in range(PER_ACCOUNT):
        assert client.post("/confirm", data={"proof": "wrong"}).status_code == 200
    assert client.post("/confirm", data={"proof": "wrong"}).status_code == 429


def test_addresses_of_one_subscriber_are_one() -> None:
    assert network_of("2001:db8:1:2::5") == network_of("2001:db8:1:2:ffff::1")
    assert network_of("2001:db8:1:3::5") != network_of("2001:db8:1:2::5")
    assert network_of("192.0.2.7") == "192.0.2.7"
    assert network_of("") == ""

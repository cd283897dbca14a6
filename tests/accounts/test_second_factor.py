"""The second factor: two steps, no code twice, recovery codes once, required for some roles."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import zxingcpp
from district import make_account, make_district
from flask.testing import FlaskClient
from people import SECRET, actions, code, make_person, sign_in, sign_ins
from PIL import Image, ImageDraw
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts import half_way, second_factor
from evaluator.accounts.models import Account, RecoveryCode, SignIn
from evaluator.accounts.sealing import unseal
from evaluator.database import now


def half(client: FlaskClient, session: Session) -> Account:
    """Go through the first step of a log-in with a second factor."""
    account = make_person(session, make_district(session).east_one, second_factor=True)
    assert sign_in(client, onward="/account").location == "/sign-in/code?next=/account"
    return account


def enter(client: FlaskClient, given: str) -> int:
    """Send a code as the second step; 302 is a log-in."""
    return client.post("/sign-in/code", data={"code": given}).status_code


def test_password_alone_gives_no_session(client: FlaskClient, session: Session) -> None:
    half(client, session)
    assert sign_ins(session) == []
    assert client.get("/account").status_code == 302
    assert actions(session) == []


def test_code_finishes_the_log_in(client: FlaskClient, session: Session) -> None:
    half(client, session)
    answer = client.post("/sign-in/code?next=/account", data={"code": code()})
    assert (answer.status_code, answer.location) == (302, "/account")
    assert [each.second_factor_at is not None for each in sign_ins(session)] == [True]


@pytest.mark.parametrize("steps", [-1, 1])
def test_code_of_a_clock_that_differs_a_little_is_right(
    client: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    half(client, session)
    moment = now()
    given = code(steps)
    monkeypatch.setattr(second_factor, "now", lambda: moment)
    assert enter(client, given) == 302


@pytest.mark.parametrize("steps", [-3, 3])
def test_code_of_another_time_is_wrong(client: FlaskClient, session: Session, steps: int) -> None:
    half(client, session)
    assert enter(client, code(steps)) == 200


def test_code_works_once(client: FlaskClient, session: Session) -> None:
    half(client, session)
    given = code()
    assert enter(client, given) == 302
    sign_in(client)
    assert enter(client, given) == 200
    assert actions(session) == ["account.sign_in", "account.sign_in_failed"]


def test_older_code_does_not_work_after_a_newer_one(client: FlaskClient, session: Session) -> None:
    half(client, session)
    assert enter(client, code(1)) == 302
    sign_in(client)
    assert enter(client, code(0)) == 200


def test_code_used_by_another_request_at_the_same_time_is_refused(session: Session) -> None:
    account = make_person(session, make_district(session).east_one, second_factor=True)
    given = code()
    stale = account.totp_last_step
    assert second_factor.use_code(session, account, given) == "totp"
    account.totp_last_step = stale
    with session.no_autoflush:
        assert second_factor.use_code(session, account, given) is None


def test_half_way_ends_after_some_minutes(
    client: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    half(client, session)
    later = now() + half_way.LASTS + timedelta(seconds=1)
    monkeypatch.setattr(half_way, "now", lambda: later)
    assert client.post("/sign-in/code", data={"code": code()}).location == "/sign-in?next=/"
    assert sign_ins(session) == []


def test_half_way_of_a_closed_account_leads_nowhere(client: FlaskClient, session: Session) -> None:
    account = half(client, session)
    account.is_active = False
    session.commit()
    assert client.get("/sign-in/code").status_code == 302


def test_recovery_code_works_once(client: FlaskClient, session: Session) -> None:
    account = half(client, session)
    codes = second_factor.renew_recovery_codes(session, account)
    session.commit()
    assert len(set(codes)) == 10
    assert enter(client, codes[3].lower().replace("-", " ")) == 302
    assert "剩余恢复码：9个" in client.get("/account").text
    client.post("/sign-out")
    sign_in(client)
    assert enter(client, codes[3]) == 200
    assert enter(client, codes[4]) == 302


def test_recovery_codes_of_another_do_not_work(client: FlaskClient, session: Session) -> None:
    account = half(client, session)
    place = account.grants[0].organisation
    other = make_person(session, place, login_name="other", second_factor=True)
    codes = second_factor.renew_recovery_codes(session, other)
    session.commit()
    assert enter(client, codes[0]) == 200


def test_neither_seed_nor_codes_are_kept_as_they_are(session: Session) -> None:
    account = make_person(session, make_district(session).east_one, second_factor=True)
    codes = second_factor.renew_recovery_codes(session, account)
    session.commit()
    kept = session.scalars(select(RecoveryCode.code_hash)).all()
    assert {len(each) for each in kept} == {64}
    assert not set(kept) & set(codes)
    assert account.totp_secret is not None
    assert SECRET not in account.totp_secret
    assert unseal(account.totp_secret) == SECRET


def test_role_that_asks_for_it_is_led_to_set_it_up(client: FlaskClient, session: Session) -> None:
    make_person(session, make_district(session).root, Role.ADMINISTRATOR)
    sign_in(client)
    for page in ("/accounts", "/account", "/accounts/new"):
        assert client.get(page).location == "/account/second-factor", page


def seed_shown(client: FlaskClient) -> str:
    """Return the seed of the page that sets up a second factor, as text."""
    found = re.search(r'<code class="secret">([A-Z2-7 ]+)</code>', page_of(client))
    assert found is not None
    return found[1].replace(" ", "")


def page_of(client: FlaskClient) -> str:
    """Return the page that sets up a second factor."""
    return client.get("/account/second-factor").text


def test_picture_says_what_the_text_says(client: FlaskClient, session: Session) -> None:
    make_person(session, make_district(session).root, Role.ADMINISTRATOR)
    sign_in(client)
    page = page_of(client)
    found = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', page)
    assert found is not None
    svg = base64.b64decode(found[1]).decode()
    (read,) = zxingcpp.read_barcodes(_painted(svg))
    assert read.text.startswith("otpauth://totp/")
    assert f"secret={seed_shown(client)}" in read.text
    assert " style=" not in page


def _painted(svg: str) -> Image.Image:
    """Paint the squares of a QR code; the pictures of zxing-cpp consist of rectangles alone."""
    width = int(re.search(r'width="(\d+)"', svg)[1])  # type: ignore[index]
    picture = Image.new("L", (width * 4, width * 4), 255)
    pen = ImageDraw.Draw(picture)
    for x, y, across, down in re.findall(r"M(\d+) (\d+)h(\d+)v(\d+)", svg):
        left, top = int(x) * 4, int(y) * 4
        pen.rectangle((left, top, left + int(across) * 4 - 1, top + int(down) * 4 - 1), 0)
    return Image.open(io.BytesIO(_png(picture)))


def _png(picture: Image.Image) -> bytes:
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


def test_setting_up_asks_for_a_right_code_and_renews_the_session(
    client: FlaskClient, session: Session
) -> None:
    account = make_person(session, make_district(session).root, Role.ADMINISTRATOR)
    sign_in(client)
    before = sign_ins(session)[0].token_hash
    seed = seed_shown(client)
    assert client.post("/account/second-factor", data={"code": "000000"}).status_code == 200
    session.expire_all()
    assert account.totp_secret is None
    step = int(now().timestamp()) // 30
    given = second_factor.pyotp.TOTP(seed).generate_otp(step)
    answer = client.post("/account/second-factor", data={"code": given})
    session.expire_all()
    assert len(re.findall(r"<li><code class=\"secret\">", answer.text)) == 10
    assert leads_on_to(answer.text) == "/"
    (current,) = sign_ins(session)
    assert current.token_hash != before
    assert current.second_factor_at is not None
    assert account.totp_last_step == step
    assert client.get("/accounts").status_code == 200
    assert actions(session) == ["account.sign_in", "account.set_up_second_factor"]


def leads_on_to(page: str) -> str:
    """Return where the page with the codes leads: who set up the first factor came to work."""
    return re.findall(r'class="btn btn-primary" href="([^"]*)"', page)[-1]


def test_older_session_cannot_set_up_a_second_factor_of_its_own(
    client: FlaskClient, session: Session
) -> None:
    account = make_person(session, make_district(session).root, Role.ADMINISTRATOR)
    sign_in(client)
    thief = SignIn(
        token_hash="t",  # noqa: S106
        account=account,
        started_at=now(),
        seen_at=now(),
        ends_at=now() + timedelta(hours=1),
        confirmed_at=now(),
        address="",
        browser="",
    )
    session.add(thief)
    session.commit()
    given = second_factor.pyotp.TOTP(seed_shown(client)).now()
    client.post("/account/second-factor", data={"code": given})
    assert [each.token_hash == "t" for each in sign_ins(session)] == [False]  # noqa: S105


def test_new_recovery_codes_end_the_old_ones(
    browser_of: Callable[[Account], FlaskClient], session: Session
) -> None:
    account = make_account(session, Role.ORGANISER, make_district(session).root)
    old = second_factor.renew_recovery_codes(session, account)
    session.commit()
    page = browser_of(account).post("/account/recovery-codes").text
    new = re.findall(r"[2-9A-Z]{4}(?:-[2-9A-Z]{4}){3}", page)
    assert len(new) == 10
    assert leads_on_to(page) == "/account"
    assert second_factor.use_code(session, account, old[0]) is None
    assert second_factor.use_code(session, account, new[0]) == "recovery_code"

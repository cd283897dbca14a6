"""Objecting on the public page, following it by code, and who reads what of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from decided import PERSON, Decided, make_decided, panel
from district import make_account
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.applications.models import ApplicationState
from evaluator.notices.models import Attachment, Objection, ObjectionAttempt
from evaluator.notices.objecting import PER_ADDRESS
from evaluator.storage import storage

Browse = Callable[[Account], FlaskClient]
SENT = {
    "name": PERSON.name,
    "contact": PERSON.contact,
    "text": PERSON.text,
    "truthful": "y",
}


@pytest.fixture
def decided(session: Session) -> Decided:
    return make_decided(session)


def picture() -> bytes:
    """Return a picture that says where it was taken."""
    out = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "maker"
    Image.new("RGB", (40, 30), "red").save(out, "JPEG", exif=exif)
    return out.getvalue()


def send(client: FlaskClient, address: str, **more: object) -> tuple[int, str]:
    """Send an objection and return status and page."""
    answer = client.post(address, data={**SENT, **more}, content_type="multipart/form-data")
    return answer.status_code, answer.text


def address_of(decided: Decided) -> str:
    """Publish a notice and return where one objects to the first name."""
    notice = decided.published()
    return f"/notice/{notice.id}/objection/{decided.entry(notice, 'E1').id}"


def code_on(page: str) -> str:
    """Return the code of a receipt: a random token of the page's head may look like one."""
    found = re.search(r'class="notice-code">([A-Z0-9]{5}-[A-Z0-9]{5})<', page)
    assert found is not None
    return found.group(1)


def test_objection_with_a_picture_is_followed_by_its_code(
    decided: Decided, client: FlaskClient
) -> None:
    address = address_of(decided)
    assert "东一社区党支部" in client.get(address).text
    status, page = send(client, address, files=[(BytesIO(picture()), "../现场.png")])
    assert status == 200
    code = code_on(page)
    kept = decided.session.scalars(select(Attachment)).one()
    assert (kept.name, kept.media_type) == ("现场.jpg", "image/jpeg")
    assert b"maker" not in storage().get(kept.storage_key)
    assert decided.session.scalars(select(Objection.name)).all() == [PERSON.name]
    answer = client.post("/notice/objection", data={"code": code.lower().replace("-", " ")})
    assert ("已收到" in answer.text, PERSON.name in answer.text) == (True, False)
    assert client.post("/notice/objection", data={"code": "AAAAA-22222"}).status_code == 404
    assert code not in answer.text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": ""}, "异议须实名提出"),
        ({"name": "12345"}, "与身份证件一致"),
        ({"contact": ""}, "异议须实名提出"),
        ({"contact": "320501199001011234"}, "请勿填写身份证号码"),
        ({"contact": "320501 19900101 123X"}, "请勿填写身份证号码"),
        ({"text": "本人320501199001011234反映情况"}, "请勿填写身份证号码"),
        ({"truthful": ""}, "请先确认此项承诺"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_the_rest_stays(
    decided: Decided, client: FlaskClient, changed: dict[str, str], words: str
) -> None:
    status, page = send(client, address_of(decided), **changed)
    assert (status, words in page) == (422, True)
    for key, value in {**SENT, **changed}.items():
        assert value in page or key == "truthful"
    assert decided.state("E1") is ApplicationState.ON_NOTICE


def test_file_that_is_not_allowed_is_refused_with_what_was_typed_kept(
    decided: Decided, client: FlaskClient
) -> None:
    address, before = address_of(decided), list(storage().keys("objections"))
    status, page = send(client, address, files=[(BytesIO(b"MZ" + b"\0" * 200), "材料.pdf")])
    assert (status, PERSON.text in page) == (422, True)
    two = [(BytesIO(picture()), "现场.png"), (BytesIO(b"MZ" + b"\0" * 200), "材料.pdf")]
    status, page = send(client, address, files=two)
    assert (status, "现场.jpg — 符合要求，请再次选择" in page) == (422, True)
    assert re.findall(r"<li>(\S+) — 请更换：", page) == ["材料.pdf"]
    four = [(BytesIO(picture()), f"{n}.jpg") for n in range(4)]
    status, page = send(client, address, files=four)
    assert (status, "不得超过3个" in page) == (422, True)
    assert decided.session.scalars(select(Objection)).all() == []
    assert list(storage().keys("objections")) == before


def test_objection_that_came_in_already_is_refused_with_what_was_typed_kept(
    decided: Decided, client: FlaskClient
) -> None:
    address = address_of(decided)
    assert send(client, address)[0] == 200
    status, page = send(client, address, files=[(BytesIO(picture()), "现场.jpg")])
    assert (status, "相同的异议此前已经收到" in page, PERSON.text in page) == (409, True, True)
    assert re.findall(r"<li>(\S+)</li>", page)[-1] == "现场.jpg"
    assert len(decided.session.scalars(select(Objection)).all()) == 1


def test_address_that_sends_too_many_waits(decided: Decided, client: FlaskClient) -> None:
    address = address_of(decided)
    for number in range(PER_ADDRESS):
        assert send(client, address, text=f"{PERSON.text}{number}")[0] == 200
    status, page = send(client, address, text="还有一件事需要反映。")
    assert (status, "一小时内" in page, "还有一件事需要反映。" in page) == (429, True, True)
    assert len(decided.session.scalars(select(Objection)).all()) == PER_ADDRESS
    attempts = decided.session.scalars(select(ObjectionAttempt)).all()
    assert len(attempts) == PER_ADDRESS


def test_person_and_files_are_for_handlers_and_organisers_alone(
    decided: Decided, client: FlaskClient, browser_of: Browse
) -> None:
    send(client, address_of(decided), files=[(BytesIO(picture()), "现场.jpg")])
    objection = decided.session.scalars(select(Objection)).one()
    file = f"/objections/{objection.id}/files/{objection.attachments[0].id}"
    supervisor = make_account(decided.session, Role.SUPERVISOR, decided.district.root)
    other = decided.panellist("other")
    organiser = browser_of(decided.organiser)
    page = organiser.get(f"/objections/{objection.id}").text
    assert (PERSON.name in page, PERSON.contact in page) == (True, True)
    assert organiser.get(file).headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    watcher = browser_of(supervisor)
    page = watcher.get(f"/objections/{objection.id}").text
    assert PERSON.text in page
    assert [each in page for each in (PERSON.name, PERSON.contact, "现场.jpg")] == [False] * 3
    assert watcher.get(file).status_code == 404
    assert browser_of(other).get(f"/objections/{objection.id}").status_code == 404
    assert browser_of(other).get(file).status_code == 404
    assert "东一社区党支部" not in browser_of(other).get("/objections").text


def test_second_panel_handles_an_objection_to_its_outcome(
    decided: Decided, client: FlaskClient, browser_of: Browse
) -> None:
    _, receipt = send(client, address_of(decided))
    objection = decided.session.scalars(select(Objection)).one()
    here = f"/objections/{objection.id}"
    judge = decided.panellist("judge")
    decided.seat(judge, "E1")
    members = [decided.panellist(name) for name in ("first", "second")]
    organiser = browser_of(decided.organiser)
    page = organiser.get(here).text
    assert re.search(rf'value="{judge.id}"[^>]* disabled', page)
    sent = {"version": objection.version, "handlers": [each.id for each in members]}
    assert organiser.post(f"{here}/panel", data=sent).status_code == 302
    secret = "第一人的意见"  # noqa: S105
    opinion = {"upholds": "no", "opinion": secret}
    assert browser_of(judge).post(f"{here}/opinion", data=opinion).status_code == 404
    assert browser_of(members[0]).post(f"{here}/opinion", data=opinion).status_code == 302
    assert secret not in browser_of(members[1]).get(here).text
    browser_of(members[1]).post(f"{here}/opinion", data={**opinion, "opinion": "同意"})
    assert secret in browser_of(members[1]).get(here).text
    decided.session.expire_all()
    outcome = {"version": objection.version, "outcome": "upheld", "reason": "经核实情况属实。"}
    answer = organiser.post(f"{here}/outcome", data=outcome)
    assert (answer.status_code, "多数意见一致" in answer.text) == (422, True)
    assert "经核实情况属实。" in answer.text
    outcome.update(outcome="not_upheld", reason="经核实，次数与记录一致。")
    assert organiser.post(f"{here}/outcome", data=outcome).status_code == 302
    decided.session.expire_all()
    assert decided.state("E1") is ApplicationState.ON_NOTICE
    page = client.post("/notice/objection", data={"code": code_on(receipt)}).text
    assert ("不成立" in page, "次数与记录一致" in page) == (True, True)


def test_objection_waits_on_the_start_page_of_who_has_not_said_what_to_do(
    decided: Decided, browser_of: Browse
) -> None:
    words = "有1件异议待您提出意见"
    objection = decided.objection(decided.published())
    stranger = browser_of(decided.panellist("stranger"))
    panel(decided, objection, "n-n")
    query = select(Account).where(Account.login_name.startswith("member"))
    members = decided.session.scalars(query.order_by(Account.login_name)).all()
    members_of = [browser_of(each) for each in members]
    told = [words in each.get("/").text for each in (*members_of, stranger)]
    assert told == [False, True, False, False]
    member, opinion = members_of[1], {"upholds": "no", "opinion": "已核实。"}
    assert member.post(f"/objections/{objection.id}/opinion", data=opinion).status_code == 302
    assert words not in member.get("/").text

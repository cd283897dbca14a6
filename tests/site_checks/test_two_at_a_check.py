"""Two people at one check, each with a phone, and photos that come with what is typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO

import pytest
from district import District, make_account
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.site_checks import operations
from evaluator.site_checks.models import SiteCheck

Browsers = Callable[[Account], FlaskClient]


@pytest.fixture
def phones(
    session: Session, browser_of: Browsers, district: District
) -> tuple[FlaskClient, FlaskClient]:
    """Return two browsers of a committee that visits a branch."""
    names = ("first", "second")
    accounts = [
        make_account(session, Role.COMMITTEE_REVIEWER, district.east, each) for each in names
    ]
    first, second = (browser_of(each) for each in accounts)
    first.post("/site-checks/add", data={"code": "E1", "reason": "收到异议"})
    return first, second


def check_of(session: Session) -> SiteCheck:
    session.expire_all()
    return session.scalars(select(SiteCheck)).one()


def address_of(session: Session) -> str:
    return f"/site-checks/{check_of(session).participant_id}"


def form_in(page: str) -> dict[str, str]:
    """Return the fields of the form as a browser would send them.

    It takes an empty choice for what it is, and leaves out the line break that begins a text.
    """
    (form,) = html.fromstring(page).xpath("//form[@id='findings']")
    found = {name: value for name, value in form.form_values() if name != "photos"}
    return {each: "" if found[each] == "on" else found[each].removeprefix("\n") for each in found}


def picture(side: int = 40, name: str = "现场.jpg") -> tuple[BytesIO, str]:
    written = BytesIO()
    Image.effect_noise((side, side), 100).convert("RGB").save(written, "JPEG", quality=100)
    written.seek(0)
    return written, name


def test_each_keeps_what_the_other_wrote_elsewhere(
    session: Session, phones: tuple[FlaskClient, FlaskClient]
) -> None:
    address = address_of(session)
    mine, theirs = (form_in(each.get(address).text) for each in phones)
    theirs |= {"summary": "已走访十户", "visited_on": "2026-11-20"}
    assert phones[1].post(address, data=theirs).status_code == 302
    mine |= {"note-service": "台账齐全", "order-service": "in_order"}
    assert phones[0].post(address, data=mine).status_code == 302
    check = check_of(session)
    assert (check.summary, str(check.visited_on)) == ("已走访十户", "2026-11-20")
    assert check.findings["service"] == {"order": "in_order", "note": "台账齐全"}


def test_both_values_of_a_field_are_shown_and_the_second_save_has_seen_both(
    session: Session, phones: tuple[FlaskClient, FlaskClient]
) -> None:
    address = address_of(session)
    mine, theirs = (form_in(each.get(address).text) for each in phones)
    phones[1].post(address, data={**theirs, "summary": "甲", "order-service": "to_mend"})
    sent = {**mine, "summary": "乙", "order-service": "in_order"}
    answer = phones[0].post(address, data=sent)
    assert answer.status_code == 422
    assert ("“甲”" in answer.text, "“需整改”" in answer.text) == (True, True)
    assert check_of(session).summary == "甲"
    again = form_in(answer.text)
    assert (again["summary"], again["order-service"]) == ("乙", "in_order")
    assert phones[0].post(address, data=again).status_code == 302
    assert check_of(session).summary == "乙"


def test_what_the_other_emptied_is_said_and_what_was_left_alone_stays_empty(
    session: Session, phones: tuple[FlaskClient, FlaskClient]
) -> None:
    address = address_of(session)
    begun = {**form_in(phones[0].get(address).text), "summary": "甲", "note-service": "有"}
    phones[0].post(address, data=begun)
    mine, theirs = (form_in(each.get(address).text) for each in phones)
    phones[1].post(address, data={**theirs, "summary": "", "note-service": ""})
    answer = phones[0].post(address, data={**mine, "summary": "乙"})
    assert (answer.status_code, "他人刚刚清空了此项" in answer.text) == (422, True)
    assert phones[0].post(address, data=form_in(answer.text)).status_code == 302
    check = check_of(session)
    assert (check.summary, check.findings["service"]["note"]) == ("乙", "")


def test_who_writes_after_the_other_has_finished_is_told_so(
    session: Session, phones: tuple[FlaskClient, FlaskClient]
) -> None:
    address = address_of(session)
    mine, theirs = (form_in(each.get(address).text) for each in phones)
    done = {**theirs, "summary": "甲", "visited_on": "2026-11-20"}
    assert phones[1].post(f"{address}/finish", data=done).status_code == 302
    answer = phones[0].post(address, data={**mine, "summary": "乙"})
    assert (answer.status_code, "核查情况不可更改" in answer.text) == (409, True)
    assert check_of(session).summary == "甲"


@pytest.mark.parametrize("seen", ["", "{", "[]", '{"summary": 3}'])
def test_a_form_without_marks_overwrites_nothing(
    session: Session, phones: tuple[FlaskClient, FlaskClient], seen: str
) -> None:
    address = address_of(session)
    form = form_in(phones[0].get(address).text)
    phones[0].post(address, data={**form, "summary": "甲"})
    answer = phones[1].post(address, data={**form, "seen": seen, "summary": "乙"})
    assert (answer.status_code, "“甲”" in answer.text) == (422, True)
    assert json.loads(form_in(answer.text)["seen"])


def test_photos_are_kept_where_something_typed_is_wrong(
    session: Session, phones: tuple[FlaskClient, FlaskClient]
) -> None:
    address = address_of(session)
    typed = {**form_in(phones[0].get(address).text), "fact-satisfied": "八成", "summary": "已走访"}
    first, second = picture(), picture(60)
    again = BytesIO(first[0].getvalue())
    sent = {**typed, "photos": [first, second, (again, "又一张.jpg")]}
    answer = phones[0].post(f"{address}/photos", data=sent)
    assert (answer.status_code, "八成" in answer.text, "已走访" in answer.text) == (422, True, True)
    assert html.fromstring(answer.text).xpath("//a[@href='#fact-satisfied']")
    assert len(check_of(session).photos) == 2
    mended = {**form_in(answer.text), "fact-satisfied": "80%"}
    assert phones[0].post(address, data=mended).status_code == 302
    assert check_of(session).summary == "已走访"


def test_a_file_that_is_no_picture_is_named_and_the_others_are_kept(
    session: Session, phones: tuple[FlaskClient, FlaskClient]
) -> None:
    address = address_of(session)
    typed = {**form_in(phones[0].get(address).text), "summary": "已走访"}
    sent = {**typed, "photos": [picture(), (BytesIO(b"<html></html>"), "记录.html")]}
    answer = phones[0].post(f"{address}/photos", data=sent)
    assert (answer.status_code, "记录.html" in answer.text) == (422, True)
    check = check_of(session)
    assert (len(check.photos), check.summary) == (1, "已走访")


def test_photos_beyond_the_most_are_named_and_what_was_typed_is_kept(
    session: Session, phones: tuple[FlaskClient, FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "MOST_PHOTOS", 1)
    address = address_of(session)
    typed = {**form_in(phones[0].get(address).text), "summary": "已走访"}
    sent = {**typed, "photos": [picture(), picture(60, "第二张.jpg")]}
    answer = phones[0].post(f"{address}/photos", data=sent)
    assert (answer.status_code, "第二张.jpg" in answer.text) == (422, True)
    check = check_of(session)
    assert (len(check.photos), check.summary) == (1, "已走访")


def test_a_form_may_bring_more_photos_than_others_may_bring_bytes(
    app: Flask, session: Session, phones: tuple[FlaskClient, FlaskClient],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    address = address_of(session)
    photos = [picture(100, f"{number}.jpg") for number in range(3)]
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 10_000)
    assert sum(len(each.getvalue()) for each, _ in photos) > 10_000
    typed = form_in(phones[0].get(address).text)
    answer = phones[0].post(f"{address}/photos", data={**typed, "photos": photos})
    assert answer.status_code == 302
    assert len(check_of(session).photos) == 3

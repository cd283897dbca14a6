"""A page that was open for too long is refused to the person who sent it, not to a stranger."""

from __future__ import annotations

import pytest
from district import make_account, make_district
from flask import Flask
from service import browser_with, token_for

from evaluator.access import Role
from evaluator.database import db


def test_expired_page_knows_its_reader_and_keeps_nothing(guarded: Flask) -> None:
    with guarded.app_context():
        account = make_account(db.session, Role.ADMINISTRATOR, make_district(db.session).root)
        name, client = account.name, browser_with(guarded, token_for(db.session, account))
    answer = client.post("/account/language", data={"language": "en"})
    assert answer.status_code == 400
    assert [each in answer.text for each in ("页面打开时间过长", name, "退出")] == [True] * 3
    with guarded.app_context():
        assert db.session.get_one(type(account), account.id).language == "zh"


@pytest.mark.parametrize(
    ("came_from", "link"),
    [
        ("http://localhost/accounts?words=x", 'href="/accounts?words=x"'),
        ("http://localhost.example.com/accounts", ""),
        ("javascript:alert(1)", ""),
        ("http://localhost//example.com/", ""),
        ("", ""),
    ],
)
def test_page_before_is_a_way_back_where_it_is_ours(
    guarded: Flask, came_from: str, link: str
) -> None:
    headers = {"Referer": came_from} if came_from else {}
    answer = guarded.test_client().post("/language", data={"language": "en"}, headers=headers)
    assert ("返回上一页" in answer.text) == bool(link)
    assert link in answer.text
    assert "example.com" not in answer.text


def test_expired_page_of_a_stranger_offers_to_sign_in(guarded: Flask) -> None:
    answer = guarded.test_client().post("/language", data={"language": "en"})
    assert (answer.status_code, "登录" in answer.text, "退出" in answer.text) == (400, True, False)

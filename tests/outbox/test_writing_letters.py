"""Letters are written with what they tell, to one account, an address, or all who hold a role."""

from __future__ import annotations

from typing import Any

import pytest
from counting import counted
from district import District, make_account, make_district
from flask import Flask
from flask_babel import lazy_gettext
from letters import letter_to, states
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Role
from evaluator.outbox.addresses import NoAddress
from evaluator.outbox.models import Letter, LetterState
from evaluator.outbox.operations import accounts_holding, write_letter, write_to_role

WORDS = {"about": "notice.published", "title": "公示", "text": "请查看。"}


@pytest.fixture
def district(session: Session) -> District:
    return make_district(session)


def test_letter_goes_with_what_it_tells_or_not_at_all(session: Session, district: District) -> None:
    write_letter(session, None, to="a@b.cn", organisation_path="/1/", **WORDS)
    session.flush()
    session.rollback()
    assert states(session) == []


def test_letter_is_held_unless_it_is_said_otherwise(session: Session, district: District) -> None:
    officer = make_account(session, Role.BRANCH_OFFICER, district.east_one)
    actor = Actor(None, "张伟")
    held = write_letter(session, actor, to=officer, organisation_path="/1/", **WORDS)
    assert (held.state, held.released_at, held.writer) == (LetterState.HELD, None, "张伟")
    gone = write_letter(session, actor, to=officer, organisation_path="/1/", hold=False, **WORDS)
    assert (gone.state, gone.sent_at) == (LetterState.SENT, gone.released_at)
    outside = write_letter(
        session, actor, to="a@b.cn", organisation_path="/1/", hold=False, **WORDS
    )
    assert (outside.state, outside.sent_at) == (LetterState.READY, None)


def test_letter_waits_for_the_mail_where_there_is_a_server(
    app: Flask, session: Session, district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SMTP_HOST", "mail.example.org")
    officer = make_account(session, Role.BRANCH_OFFICER, district.east_one)
    letter = write_letter(session, None, to=officer, organisation_path="/1/", hold=False, **WORDS)
    assert (letter.state, letter.sent_at) == (LetterState.READY, None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"organisation_path": ""},
        {"organisation_path": "/"},
        {"link": "https://evil.example"},
        {"link": "//evil.example/"},
        {"link": "/\\evil.example"},
    ],
)
def test_letter_without_a_place_or_leading_away_is_refused(
    session: Session, wrong: dict[str, Any]
) -> None:
    given = {"to": "a@b.cn", "organisation_path": "/1/", **WORDS, **wrong}
    with pytest.raises(ValueError, match=r"place|path"):
        write_letter(session, None, **given)


def test_letter_to_what_is_no_address_is_refused(session: Session) -> None:
    with pytest.raises(NoAddress):
        write_letter(session, None, to="a@b.cn, c@d.cn", organisation_path="/1/", **WORDS)


def test_lazy_words_are_said_in_the_language_of_the_account(
    session: Session, district: District
) -> None:
    chinese = make_account(session, Role.BRANCH_OFFICER, district.east_one, "chinese")
    english = make_account(session, Role.BRANCH_OFFICER, district.east_one, "english")
    english.language = "en"
    title = lazy_gettext("My letters")
    letters = write_to_role(
        session,
        None,
        role=Role.BRANCH_OFFICER,
        organisation_path=district.east_one.path,
        **{**WORDS, "title": title},
    )
    assert [(each.account, each.title) for each in letters] == [
        (chinese, "我的通知"),
        (english, "My letters"),
    ]


def test_holders_of_a_role_are_found_by_one_query(session: Session, district: District) -> None:
    one = make_account(session, Role.BRANCH_OFFICER, district.east_one)
    gone = make_account(session, Role.BRANCH_OFFICER, district.east_one, "gone")
    gone.is_active = False
    make_account(session, Role.BRANCH_OFFICER, district.west_one)
    reviewer = make_account(session, Role.COMMITTEE_REVIEWER, district.east)
    two = make_account(session, Role.BRANCH_OFFICER, district.east_two)
    paths = [district.east_one.path, district.east_two.path]
    session.commit()
    with counted() as asked:
        officers = accounts_holding(session, Role.BRANCH_OFFICER, paths)
    assert len(asked) == 1
    assert officers == {paths[0]: [one], paths[1]: [two]}
    assert accounts_holding(session, Role.COMMITTEE_REVIEWER, paths[:1]) == {paths[0]: [reviewer]}
    assert accounts_holding(session, Role.ORGANISER, paths[:1]) == {paths[0]: []}
    assert accounts_holding(session, Role.ORGANISER, []) == {}


def test_letter_holds_nothing_that_a_database_or_a_mail_cannot(
    session: Session, district: District
) -> None:
    letter = letter_to(
        session,
        "a@b.cn",
        district.east,
        title="一\r\n二\x00\u2028三",
        text="甲\x00\r\n乙\ud800\r丙",
    )
    session.expire_all()
    kept = session.scalars(select(Letter).where(Letter.id == letter.id)).one()
    assert (kept.title, kept.text) == ("一 二 三", "甲\n乙\n丙")

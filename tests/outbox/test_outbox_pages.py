"""The outbox: who reads which letters, and how held ones are put right, let go and withdrawn."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from counting import counted
from district import District, make_account, make_district
from flask.testing import FlaskClient
from letters import letter_to, reads_mail, ready_letter, states
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.audit.models import AuditLine
from evaluator.database import now
from evaluator.outbox.models import Letter, LetterState

BrowserOf = Callable[[Account], FlaskClient]


@pytest.fixture
def district(session: Session) -> District:
    return make_district(session)


@pytest.fixture
def organiser(session: Session, district: District, browser_of: BrowserOf) -> FlaskClient:
    return browser_of(make_account(session, Role.ORGANISER, district.east))


def lines(session: Session) -> list[tuple[str, str]]:
    """Return the actions of the log with their reasons."""
    query = select(AuditLine).order_by(AuditLine.number)
    return [(line.action, line.reason) for line in session.scalars(query)]


def test_reader_sees_the_letters_of_the_own_place_alone(
    session: Session, district: District, organiser: FlaskClient
) -> None:
    near = letter_to(session, "east@example.org", district.east_one, title="东一的通知")
    far = letter_to(session, "west@example.org", district.west_one, title="西一的通知", batch="b")
    above = letter_to(session, "root@example.org", district.root, title="全区的通知", batch="b")
    page = organiser.get("/outbox").text
    assert [each in page for each in ("东一的通知", "西一的通知", "全区的通知")] == [
        True,
        False,
        False,
    ]
    assert "共1件通知" in page
    assert "待放行 (1)" in page
    assert "待放行的批次" not in page
    assert "共0件通知" in organiser.get("/outbox?words=west").text
    assert "共0件通知" in organiser.get("/outbox?batch=b").text
    addresses = [f"/outbox/{each.id}" for each in (near, far, above)]
    assert [organiser.get(each).status_code for each in addresses] == [200, 404, 404]
    version = {"version": 1, "reason": "x", "title": "x", "text": "x"}
    for letter in (far, above):
        for act in ("edit", "release", "withdraw"):
            answer = organiser.post(f"/outbox/{letter.id}/{act}", data=version)
            assert answer.status_code == 404
    for act in ("release", "withdraw"):
        form = {"batch": "b", "count": 2, "reason": "x"}
        assert organiser.post(f"/outbox/batch/{act}", data=form).status_code == 404
    assert states(session) == ["held"] * 3


def test_list_is_narrowed_by_state_subject_and_words(
    session: Session, district: District, organiser: FlaskClient
) -> None:
    officer = make_account(session, Role.BRANCH_OFFICER, district.east_one, "li.na")
    letter_to(session, officer, district.east_one, title="甲")
    letter_to(session, "b@example.org", district.east, title="乙", about="panel.invited")
    ready_letter(session, "c@example.org", district.east, title="丙", about="panels.other")
    asked = {
        "": "甲乙丙",
        "state=held": "甲乙",
        "state=nonsense": "甲乙丙",
        "subject=panel": "乙",
        "words=li.na": "甲",
        "words=c@example": "丙",
        "words=%25": "",
        "state=ready&subject=notice": "",
    }
    found = {}
    for query in asked:
        page = organiser.get(f"/outbox?{query}").text
        found[query] = "".join(each for each in "甲乙丙" if f">{each}</a>" in page)
    assert found == asked


def test_list_asks_as_much_for_three_letters_as_for_one(
    session: Session, district: District, organiser: FlaskClient
) -> None:
    numbers = []
    for count in (1, 2):
        for number in range(count):
            name = f"officer-{count}-{number}"
            officer = make_account(session, Role.BRANCH_OFFICER, district.east_one, name)
            letter_to(session, officer, district.east_one, batch=f"b{count}{number}")
        session.expire_all()
        with counted() as asked:
            assert organiser.get("/outbox").status_code == 200
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]


def test_held_letter_is_put_right_and_let_go(
    session: Session, district: District, organiser: FlaskClient
) -> None:
    officer = make_account(session, Role.BRANCH_OFFICER, district.east_one)
    letter = letter_to(session, officer, district.east_one)
    page = organiser.get(f"/outbox/{letter.id}/edit").text
    assert "您支部的拟定星级已公示。" in page
    form = {"version": letter.version, "title": "新标题\r\n", "text": "新正文"}
    assert organiser.post(f"/outbox/{letter.id}/edit", data=form).status_code == 302
    session.expire_all()
    assert (letter.title, letter.text, letter.state) == ("新标题", "新正文", LetterState.HELD)
    answer = organiser.post(f"/outbox/{letter.id}/release", data={"version": letter.version})
    assert answer.status_code == 302
    session.expire_all()
    assert (letter.state, letter.sent_at) == (LetterState.SENT, letter.released_at)
    assert lines(session) == [("letter.edit", ""), ("letter.release", "")]
    form = {"version": letter.version, "title": "又改", "text": "又改"}
    assert organiser.post(f"/outbox/{letter.id}/edit", data=form).status_code == 409
    assert organiser.post(f"/outbox/{letter.id}/release", data=form).status_code == 409


def test_letter_that_somebody_else_changed_is_shown_with_what_was_typed(
    session: Session, district: District, organiser: FlaskClient
) -> None:
    letter = letter_to(session, "a@example.org", district.east)
    first = {"version": letter.version, "title": "第一人", "text": "第一人写的"}
    second = {**first, "title": "第二人", "text": "第二人写的"}
    assert organiser.post(f"/outbox/{letter.id}/edit", data=first).status_code == 302
    late = organiser.post(f"/outbox/{letter.id}/edit", data=second)
    assert late.status_code == 409
    assert "第一人写的" in late.text
    assert "第二人写的</textarea>" in late.text
    assert 'name="version" type="hidden" value="2"' in late.text
    stale = {"version": 1, "reason": "误发"}
    assert organiser.post(f"/outbox/{letter.id}/release", data=stale).status_code == 409
    assert organiser.post(f"/outbox/{letter.id}/withdraw", data=stale).status_code == 409
    session.expire_all()
    assert (letter.title, letter.state) == ("第一人", LetterState.HELD)


def test_letters_of_a_batch_that_read_the_same_are_changed_together(
    session: Session, district: District, organiser: FlaskClient
) -> None:
    written = [
        letter_to(session, f"{number}@example.org", place, batch=batch, text=text)
        for number, (place, batch, text) in enumerate(
            (
                (district.east_one, "notice-1", "同文"),
                (district.east_two, "notice-1", "同文"),
                (district.east_two, "notice-1", "异文"),
                (district.east_two, "notice-2", "同文"),
                (district.west_one, "notice-1", "同文"),
            )
        )
    ]
    form = {"version": 1, "title": "新", "text": "改文", "all_alike": "y"}
    assert organiser.post(f"/outbox/{written[0].id}/edit", data=form).status_code == 302
    session.expire_all()
    assert [each.text for each in written] == ["改文", "改文", "异文", "同文", "同文"]
    assert [each.version for each in written] == [2, 2, 1, 1, 1]


def test_batch_is_let_go_within_the_own_place(
    session: Session, district: District, organiser: FlaskClient
) -> None:
    officer = make_account(session, Role.BRANCH_OFFICER, district.east_one)
    letter_to(session, officer, district.east_one, batch="notice-1")
    letter_to(session, "a@example.org", district.east_two, batch="notice-1")
    letter_to(session, "b@example.org", district.west_one, batch="notice-1")
    letter_to(session, "c@example.org", district.east_one, batch="notice-2")
    page = organiser.get("/outbox?batch=notice-1").text
    assert "本批待放行的通知：2件" in page
    form = {"batch": "notice-1", "count": 3}
    refused = organiser.post("/outbox/batch/release", data=form)
    assert refused.status_code == 409
    assert "现为2件" in refused.text
    assert organiser.post("/outbox/batch/release", data={**form, "count": 2}).status_code == 302
    assert states(session) == ["sent", "ready", "held", "held"]
    assert lines(session) == [("letter.release", "")]
    (line,) = session.scalars(select(AuditLine))
    assert line.organisation_path == district.east.path
    assert organiser.post("/outbox/batch/release", data=form).status_code == 404


def test_batch_is_withdrawn_for_a_reason(
    session: Session, district: District, organiser: FlaskClient
) -> None:
    for name in "ab":
        letter_to(session, f"{name}@example.org", district.east_one, batch="notice-1")
    form = {"batch": "notice-1", "count": 2}
    without = organiser.post("/outbox/batch/withdraw", data=form)
    assert without.status_code == 422
    assert "本批待放行的通知：2件" in without.text
    answer = organiser.post("/outbox/batch/withdraw", data={**form, "reason": "名单有误"})
    assert answer.status_code == 302
    assert states(session) == ["withdrawn", "withdrawn"]
    assert lines(session) == [("letter.withdraw", "名单有误")]


def test_letter_is_withdrawn_until_somebody_has_it(
    session: Session, district: District, organiser: FlaskClient
) -> None:
    officer = reads_mail(
        session, make_account(session, Role.BRANCH_OFFICER, district.east_one), "a@example.org"
    )
    held, waiting, going, read, sent, cut = (
        letter_to(session, officer, district.east_one)
        if number == 0
        else ready_letter(session, officer, district.east_one)
        for number in range(6)
    )
    going.sending_since = read.read_at = now()
    sent.state, cut.cut_off = LetterState.SENT, True
    session.commit()
    found = []
    for letter in (held, waiting, going, read, sent, cut):
        form = {"version": letter.version, "reason": "误发"}
        found.append(organiser.post(f"/outbox/{letter.id}/withdraw", data=form).status_code)
    assert found == [302, 302, 409, 409, 409, 409]
    assert "误发" in organiser.get(f"/outbox/{held.id}").text
    assert "Message-ID 相同" in organiser.get(f"/outbox/{cut.id}").text


def test_refused_letter_shows_the_words_of_the_server_and_is_sent_again(
    session: Session, district: District, organiser: FlaskClient
) -> None:
    letter = letter_to(session, "a@example.org", district.east)
    letter.state, letter.error, letter.tries = LetterState.FAILED, "550 <no such user>", 1
    session.commit()
    page = organiser.get(f"/outbox/{letter.id}").text
    assert "550 &lt;no such user&gt;" in page
    organiser.post(f"/outbox/{letter.id}/release", data={"version": letter.version})
    session.expire_all()
    assert (letter.state, letter.error, letter.tries) == (LetterState.READY, "", 0)


def test_supervisor_reads_and_changes_nothing(
    session: Session, district: District, browser_of: BrowserOf
) -> None:
    letter = letter_to(session, "a@example.org", district.east, batch="notice-1")
    supervisor = browser_of(make_account(session, Role.SUPERVISOR, district.root))
    for address in ("/outbox", "/outbox?batch=notice-1", f"/outbox/{letter.id}"):
        page = supervisor.get(address).text
        assert "关于公示的通知" in page
        assert "/release" not in page
        assert "/edit" not in page
    assert supervisor.get(f"/outbox/{letter.id}/edit").status_code == 404
    assert session.scalars(select(Letter.state)).one() is LetterState.HELD

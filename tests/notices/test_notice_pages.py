"""The pages of notices: what everybody reads, and what nobody but the organisers does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

import pytest
from counting import counted
from decided import Decided, at, decide, make_decided
from district import make_account, make_organisation, make_participant
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.applications.models import ApplicationState
from evaluator.database import db
from evaluator.notices.models import Notice, Objection

FRIDAY = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
Browse = Callable[[Account], FlaskClient]


@pytest.fixture
def decided(session: Session) -> Decided:
    return make_decided(session)


def test_public_page_shows_levels_days_and_how_to_object(
    decided: Decided, client: FlaskClient
) -> None:
    with at(FRIDAY):
        notice = decided.published()
        page = client.get(f"/notice/{notice.id}").text
    for words in (
        "2026年11月23日 星期一",
        "2026年11月27日 星期五",
        "共5个工作日",
        "还有5个工作日",
        "国办发明电〔2025〕7号",
        "实名反映",
        "五星级",
        "东一社区党支部",
    ):
        assert words in page
    assert page.index("五星级") < page.index("四星级") < page.index("三星级")
    assert "西二社区党支部" not in page


def test_page_says_that_a_year_is_not_ordered_yet(decided: Decided, client: FlaskClient) -> None:
    with at(datetime(2026, 12, 30, 2, 0, tzinfo=UTC)):
        notice = decided.published()
        page = client.get(f"/notice/{notice.id}").text
    for words in ("2027年1月7日 星期四", "尚未公布2027年节假日安排", "元旦", "周末"):
        assert words in page


def test_page_says_when_the_days_are_over(decided: Decided, client: FlaskClient) -> None:
    with at(FRIDAY):
        notice = decided.published()
    entry = decided.entry(notice, "E1").id
    address = f"/notice/{notice.id}/objection/{entry}"
    for moment, over in (
        (datetime(2026, 11, 27, 15, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 27, 16, 0, tzinfo=UTC), True),
    ):
        with at(moment):
            page = client.get(f"/notice/{notice.id}").text
            assert ("公示期已满" in page, address in page) == (over, not over)
            assert client.get(address).status_code == (409 if over else 200)


def test_search_keeps_the_names_that_hold_it(decided: Decided, client: FlaskClient) -> None:
    notice = decided.published()
    page = client.get(f"/notice/{notice.id}?q=西片").text
    assert ("西一社区党支部" in page, "东一社区党支部" in page) == (True, False)
    page = client.get(f"/notice/{notice.id}?q=<script>").text
    assert "<script>" not in page.split("</head>")[1]
    assert "没有包含“&lt;script&gt;”" in page


def test_what_is_not_published_does_not_exist(decided: Decided, client: FlaskClient) -> None:
    draft = decided.draft()
    entry = draft.entries[0].id
    addresses = [
        f"/notice/{draft.id}", f"/notice/{draft.id}/pdf", f"/notice/{draft.id}/objection/{entry}",
    ]  # fmt: skip
    never = [each.replace(str(draft.id), "99999", 1) for each in addresses]
    for address in addresses + never:
        answer = client.get(address)
        assert (answer.status_code, draft.title in answer.text) == (404, False)
    assert draft.title not in client.get("/notice").text
    assert client.post(addresses[2], data={"text": "x"}).status_code == 404


def test_entry_of_another_notice_is_none_of_this(decided: Decided, client: FlaskClient) -> None:
    notice = decided.published()
    assert client.get(f"/notice/{notice.id}/objection/99999").status_code == 404


def test_pdf_holds_the_names_and_the_digest(decided: Decided, client: FlaskClient) -> None:
    notice = decided.published()
    answer = client.get(f"/notice/{notice.id}/pdf")
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)
    assert answer.mimetype == "application/pdf"
    for words in ("东一社区党支部", "五星级（1个）", notice.digest, "第1页"):
        assert words in text
    assert client.get(f"/notice/{notice.id}/pdf").data == answer.data


def test_organiser_prepares_and_publishes(decided: Decided, browser_of: Browse) -> None:
    browser = browser_of(decided.organiser)
    form = browser.get("/notices/new").text
    assert 'value="5"' in form
    sent = {
        "title": "星级公示",
        "categories": ["community"],
        "working_days": "6",
        "introduction": "现予公示。",
        "office": "电话0512",
    }
    answer = browser.post("/notices/new", data={**sent, "working_days": "4"})
    assert (answer.status_code, "不少于5个工作日" in answer.text) == (409, True)
    answer = browser.post("/notices/new", data=sent)
    address = answer.location
    assert "东一社区党支部" in browser.get(address).text
    assert "草稿" in _text(browser.get(f"{address}/pdf").data)
    review = browser.get(f"{address}/publish").text
    assert "3个" in review
    notice = decided.session.query(Notice).one()
    answer = browser.post(f"{address}/publish", data={"version": notice.version})
    assert answer.status_code == 302
    decided.session.expire_all()
    assert decided.state("E1") is ApplicationState.ON_NOTICE
    assert browser.post(f"{address}/edit", data=sent).location == address
    assert browser.post(f"{address}/discard").status_code == 409


def test_organiser_corrects_a_name(
    decided: Decided, browser_of: Browse, client: FlaskClient
) -> None:
    notice = decided.published()
    entry = decided.entry(notice, "W1").id
    browser = browser_of(decided.organiser)
    form = browser.get(f"/notices/{notice.id}/correct?entry={entry}").text
    assert "西一社区党支部" in form
    sent = {
        "version": notice.version,
        "entry": entry,
        "name": "西一社区党总支",
        "committee": "西片党工委",
        "more_days": "0",
    }
    assert browser.post(f"/notices/{notice.id}/correct", data=sent).status_code == 422
    sent["text"] = "名称更正"
    assert browser.post(f"/notices/{notice.id}/correct", data=sent).status_code == 302
    page = client.get(f"/notice/{notice.id}").text
    assert ("西一社区党总支" in page, "名称更正" in page, "西一社区党支部" in page) == (
        True,
        True,
        False,
    )
    assert browser.post(f"/notices/{notice.id}/correct", data=sent).status_code == 409


def test_draft_is_hidden_from_organisers_of_one_committee(
    decided: Decided, browser_of: Browse
) -> None:
    draft = decided.draft()
    account = make_account(decided.session, Role.ORGANISER, decided.district.east, "of_east")
    browser = browser_of(account)
    assert draft.title not in browser.get("/notices").text
    assert browser.get(f"/notices/{draft.id}").status_code == 404


def test_lists_ask_as_often_for_three_rows_as_for_one(
    decided: Decided, browser_of: Browse, client: FlaskClient
) -> None:
    decided.published()
    browser = browser_of(decided.organiser)
    addresses = ((browser, "/notices"), (client, "/notice"), (browser, "/objections"))
    notice = decided.session.query(Notice).one()
    decided.objection(notice, "E1")
    pages = (*addresses, (client, f"/notice/{notice.id}"))
    before = [_queries(each, address) for each, address in pages]
    for number in range(2):
        branch = make_organisation(
            decided.session, f"X{number}", f"新{number}党支部", decided.district.east
        )
        participant = make_participant(decided.round, branch)
        decided.session.add(participant)
        decide(decided.session, participant, "three_star")
        decided.session.commit()
        further = decided.published(title=f"公示{number}")
        decided.objection(further, f"X{number}")
    assert [_queries(each, address) for each, address in pages] == before
    assert decided.session.query(Objection).count() == 3


def _queries(browser: FlaskClient, address: str) -> int:
    browser.get(address)
    db.session.expire_all()
    with counted() as found:
        assert browser.get(address).status_code == 200
    return len(found)


def _text(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)

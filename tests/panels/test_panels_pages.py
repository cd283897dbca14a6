"""The pages of panels as the organiser, a supervisor and the public use them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from counting import counted
from district import make_account
from flask import Flask
from flask.testing import FlaskClient
from hall import make_hall, make_panellist, seat_on, tie_to
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.audit.models import AuditLine
from evaluator.panels.lots import problems, read_file
from evaluator.panels.models import Clearance, Draw, Panel, Panellist, Relation

Browsers = Callable[[Account], FlaskClient]
PAGES = (
    "/panels", "/panels/panellists", "/panels/admission", "/panels/cases", "/panels/conflicts",
    "/panels/assignment", "/draws",
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_page_asks_as_often_for_three_rows_as_for_one(
    app: Flask, session: Session, browser_of: Browsers, page: str
) -> None:
    hall = make_hall(session, "E1")
    first = hall.panellists[0]
    tie_to(session, first, hall.district.east, Relation.DECLARED)
    seat_on(session, first, hall.cases["E1"])
    browser = browser_of(hall.organiser)
    counts = [count(browser, page)]
    tie_to(session, hall.panellists[1], hall.district.west, Relation.OWN)
    tie_to(session, hall.panellists[2], hall.district.east, Relation.OWN)
    browser.post("/panels/admission/community", data={"participants": others(session)})
    for name in ("第二组", "第三组"):
        add_panel(session, hall.round.id, name)
    for at in range(4):
        make_panellist(session, hall.district.root, f"more{at}")
    browser.post(f"/panels/{hall.panel.id}/draw")
    session.expire_all()
    counts.append(count(browser, page))
    assert counts[0] == counts[1]


def count(browser: FlaskClient, page: str) -> int:
    """Return how many statements a page takes."""
    browser.get(page)
    with counted() as found:
        assert browser.get(page).status_code == 200
    return len(found)


def others(session: Session) -> list[str]:
    from hall import taking_part

    return [str(each.id) for each in taking_part(session) if each.code != "E1"]


def add_panel(session: Session, round_id: int, name: str) -> None:
    session.add(Panel(round_id=round_id, name=name, categories=[], wanted={"财务": 1}))
    session.commit()


def test_organiser_composes_assigns_and_draws(
    session: Session, client: FlaskClient, browser_of: Browsers
) -> None:
    hall = make_hall(session)
    hall.panellists[0].competences = ["财务"]
    session.commit()
    browser = browser_of(hall.organiser)
    members = [str(each.id) for each in hall.panellists]
    address = f"/panels/{hall.panel.id}"
    sent = {"version": "1", "name": "社区组", "categories": "community", "seats": "2"}
    sent |= {"wanted-0": "1", "members": members, "chair": members[1]}
    assert browser.post(address, data=sent).status_code == 302
    session.expire_all()
    panel = session.get_one(Panel, hall.panel.id)
    assert (panel.name, panel.wanted) == ("社区组", {"财务": 1})
    assert [each.is_chair for each in panel.members] == [False, True, False]

    page = browser.get("/panels/assignment").text
    digest = found(r'name="digest"[^>]*value="([0-9a-f]{64})"', page)
    assert browser.post("/panels/assignment", data={"digest": digest}).status_code == 302
    session.expire_all()
    seated = [{each.panellist_id for each in case.seats} for case in hall.cases.values()]
    assert all(hall.panellists[0].id in each and len(each) == 2 for each in seated)

    browser.post(f"{address}/draw")
    draw = session.scalars(select(Draw)).one()
    before = client.get(f"/draws/{draw.id}").text
    assert draw.commitment in before
    assert read_file(client.get(f"/draws/{draw.id}/lot.json").text).seed == ""
    browser.post(f"{address}/draw/{draw.id}", data={"word": "七"})
    session.expire_all()
    assert problems(read_file(client.get(f"/draws/{draw.id}/lot.json").text)) == []
    assert "经重新计算核对，抽签结果属实。" in client.get(f"/draws/{draw.id}").text
    assert "社区组" in client.get("/draws").text


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    assert match is not None
    return match[1]


def test_mistake_on_a_panel_is_told_at_its_field_and_what_was_typed_stays(
    session: Session, browser_of: Browsers
) -> None:
    hall = make_hall(session)
    add_panel(session, hall.round.id, "第二组")
    sent = {"version": "1", "name": "第二组", "seats": "3", "chair": "0"}
    answer = browser_of(hall.organiser).post(f"/panels/{hall.panel.id}", data=sent)
    assert answer.status_code == 422
    assert "本轮次已有同名评审组。" in answer.text
    assert 'value="第二组"' in answer.text


def test_stale_panel_is_not_overwritten(session: Session, browser_of: Browsers) -> None:
    hall = make_hall(session)
    sent = {"version": "7", "name": "新名", "seats": "3", "chair": "0"}
    answer = browser_of(hall.organiser).post(f"/panels/{hall.panel.id}", data=sent)
    assert answer.status_code == 409
    session.expire_all()
    assert session.get_one(Panel, hall.panel.id).name == "第一组"


def test_panellist_is_entered_with_competences_and_ties(
    session: Session, browser_of: Browsers
) -> None:
    hall = make_hall(session)
    account = make_account(session, Role.PANELLIST, hall.district.root, "li")
    browser = browser_of(hall.organiser)
    browser.post("/panels/panellists", data={"account": str(account.id)})
    entered = session.scalars(select(Panellist).where(Panellist.account_id == account.id)).one()
    address = f"/panels/panellists/{entered.id}"
    competences = {"version": "1", "competences": "财务、法律, 财务", "most_cases": "20"}
    browser.post(address, data=competences)
    wrong = {"organisation": "XX", "relation": "own"}
    assert "没有使用该编码或全称的党组织" in browser.post(f"{address}/ties", data=wrong).text
    late = {"organisation": "E1", "relation": "own", "since": "2026-02-01", "until": "2026-01-01"}
    assert "结束日期早于开始日期。" in browser.post(f"{address}/ties", data=late).text
    browser.post(f"{address}/ties", data={"organisation": "E1", "relation": "former_post"})
    session.expire_all()
    assert (entered.competences, entered.most_cases) == (["财务", "法律"], 20)
    assert [(each.organisation.code, each.relation) for each in entered.ties] == [
        ("E1", Relation.FORMER_POST)
    ]


def test_conflict_is_cleared_with_a_reason_alone(session: Session, browser_of: Browsers) -> None:
    hall = make_hall(session, "E1 W1")
    tie_to(session, hall.panellists[0], hall.district.east, Relation.DECLARED)
    browser = browser_of(hall.organiser)
    page = browser.get("/panels/conflicts").text
    assert ("东一社区党支部" in page, "西一社区党支部" in page) == (True, False)
    sent = {"panellist": str(hall.panellists[0].id), "case": str(hall.cases["E1"].id)}
    assert browser.post("/panels/conflicts/clear", data={**sent, "reason": " "}).status_code == 422
    browser.post("/panels/conflicts/clear", data={**sent, "reason": "同名他人"})
    assert [each.reason for each in session.scalars(select(Clearance))] == ["同名他人"]
    assert "同名他人" in browser.get("/panels/conflicts").text
    lines = select(AuditLine.reason).where(AuditLine.action == "panellist.clear_conflict")
    assert session.scalars(lines).all() == ["同名他人"]


def test_supervisor_reads_and_changes_nothing(session: Session, browser_of: Browsers) -> None:
    hall = make_hall(session)
    browser = browser_of(make_account(session, Role.SUPERVISOR, hall.district.root))
    for page in PAGES:
        answer = browser.get(page)
        assert answer.status_code == 200
        assert 'method="post" action="/panels' not in answer.text
    assert browser.post("/panels/assignment", data={"digest": "0"}).status_code == 404


def test_conflicting_case_is_not_there_for_a_supervisor_who_judges(
    session: Session, browser_of: Browsers
) -> None:
    hall = make_hall(session, "E1 W1")
    judge = hall.panellists[0]
    tie_to(session, judge, hall.district.east, Relation.DECLARED)
    browser = browser_of(make_account(session, Role.SUPERVISOR, hall.district.root))
    assert "东一社区党支部" in browser.get("/panels/cases").text
    judge.account_id = session.scalars(select(Account.id).order_by(Account.id.desc())).first() or 0
    session.commit()
    for search in ("", "?words=支部", "?words=E1", f"?panel={hall.panel.id}"):
        page = browser.get(f"/panels/cases{search}").text
        shown = ("东一社区党支部" in page, "西一社区党支部" in page)
        assert shown == (False, search != "?words=E1")
    assert browser.get(f"/panels/cases/{hall.cases['E1'].id}").status_code == 404

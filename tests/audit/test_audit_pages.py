"""Supervisors read the log of their places; what it holds is shown and exported safely."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from counting import counted
from district import District, make_account, make_district
from flask import Flask
from flask.testing import FlaskClient
from logbook import alter
from sqlalchemy.orm import Session

from evaluator.access import Actor, Role
from evaluator.accounts.models import Account
from evaluator.audit.differences import differences
from evaluator.audit.models import AuditLine
from evaluator.audit.operations import canonical, write_line

Browser = Callable[[Account], FlaskClient]


@pytest.fixture
def district(session: Session) -> District:
    """Return the district of the tests with a line of the log at each of its places."""
    made = make_district(session)
    for place in (made.root, made.east, made.east_one, made.west_one):
        note(session, f"操作人{place.code}", place.path, place.id)
    write_line(session, Actor(1, "操作人无"), action="rule_set.publish", subject="rule_set")
    session.commit()
    return made


def note(session: Session, who: str, path: str, number: int, **more: str) -> None:
    """Add a line of the log."""
    write_line(
        session,
        Actor(1, who, address="192.0.2.1"),
        action="organisation.edit",
        subject="organisation",
        subject_id=number,
        organisation_path=path,
        before={"members": 20, "name": "甲"},
        after={"members": 21, "name": "甲"},
        **more,
    )


@pytest.fixture
def east(browser_of: Browser, session: Session, district: District) -> FlaskClient:
    return browser_of(make_account(session, Role.SUPERVISOR, district.east, "east.supervisor"))


@pytest.fixture
def root(browser_of: Browser, session: Session, district: District) -> FlaskClient:
    return browser_of(make_account(session, Role.SUPERVISOR, district.root, "root.supervisor"))


def seen(browser: FlaskClient, query: str = "") -> list[str]:
    """Return who acted in the lines that a page shows."""
    page = browser.get(f"/audit?{query}").text
    return [code for code in ("D", "E", "E1", "W1", "无") if f"操作人{code}<" in page]


def exported(browser: FlaskClient, query: str = "") -> list[list[str]]:
    """Return the rows of the exported table without its titles."""
    text = browser.get(f"/audit/lines.csv?{query}", buffered=True).text
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))[1:]


def test_supervisor_of_the_district_sees_everything(root: FlaskClient) -> None:
    assert seen(root) == ["D", "E", "E1", "W1", "无"]


def test_supervisor_of_a_committee_sees_its_lines_only(east: FlaskClient) -> None:
    assert seen(east) == ["E", "E1"]
    assert "共2条" in east.get("/audit").text
    assert [(row[2], row[6]) for row in exported(east)] == [
        ("操作人E1", "东一社区党支部"),
        ("操作人E", "东片党工委"),
    ]


def test_filters_show_nothing_of_other_places(east: FlaskClient, district: District) -> None:
    for query in (
        "who=W1",
        "organisation=W1",
        "organisation=西一",
        f"subject=organisation&subject_id={district.west_one.id}",
        "subject=rule_set",
        "action=rule_set.publish",
    ):
        assert "共0条" in east.get(f"/audit?{query}").text, query
        assert exported(east, query) == [], query


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("who=人e1", ["E1"]),
        ("who=%25", []),
        ("organisation=E", ["E", "E1"]),
        ("organisation=东一", ["E1"]),
        ("organisation=没有", []),
        ("subject=rule_set", ["无"]),
        ("action=organisation.edit", ["D", "E", "E1", "W1"]),
        ("since=2020-01-01&until=2020-01-02", []),
        ("since=2020-01-01", ["D", "E", "E1", "W1", "无"]),
        ("since=nonsense&subject_id=x&page=x", ["D", "E", "E1", "W1", "无"]),
    ],
)
def test_filter_narrows(root: FlaskClient, query: str, expected: list[str]) -> None:
    assert seen(root, query) == expected
    assert len(exported(root, query)) == len(expected)


def test_days_that_are_the_wrong_way_round_are_told(root: FlaskClient) -> None:
    page = root.get("/audit?since=2026-03-02&until=2026-03-01").text
    assert "起始日期晚于截止日期，因此没有结果；请对调两个日期。" in page
    assert "起始日期晚于" not in root.get("/audit?since=2026-03-01&until=2026-03-02").text


def test_days_are_those_of_the_district(root: FlaskClient, session: Session) -> None:
    alter(session, 1, at=datetime(2026, 3, 1, 16, 30, tzinfo=UTC))
    session.commit()
    assert seen(root, "since=2026-03-02&until=2026-03-02") == ["D"]
    assert seen(root, "since=2026-03-01&until=2026-03-01") == []


def test_subject_is_found_by_its_number(root: FlaskClient, district: District) -> None:
    assert seen(root, f"subject=organisation&subject_id={district.east.id}") == ["E"]


def test_line_shows_what_changed_and_nothing_else(east: FlaskClient) -> None:
    page = east.get("/audit?who=E1").text
    assert '<del><span class="visually-hidden">原为： </span>20</del>' in page
    assert '<ins><span class="visually-hidden">改为： </span>21</ins>' in page
    assert "甲" not in page
    assert "党组织 · 信息变更" in page
    assert "东一社区党支部" in page


def test_exported_cells_run_no_formulas(
    root: FlaskClient, session: Session, district: District
) -> None:
    note(session, "=HYPERLINK(1)", district.east.path, 1, reason="@SUM(A1)")
    note(session, "+1+1", district.east.path, 1, reason="-2+3|cmd")
    session.commit()
    rows = exported(root, "organisation=E")[:2]
    assert [(row[2], row[9]) for row in rows] == [
        ("'+1+1", "'-2+3|cmd"),
        ("'=HYPERLINK(1)", "'@SUM(A1)"),
    ]


def test_export_goes_on_over_many_parts(
    root: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evaluator.audit.queries._AT_ONCE", 2)
    assert [row[2] for row in exported(root)] == [
        "操作人无",
        "操作人W1",
        "操作人E1",
        "操作人E",
        "操作人D",
    ]


def test_markup_in_the_log_is_shown_as_text(
    root: FlaskClient, session: Session, district: District
) -> None:
    note(session, "<script>alert(1)</script>", district.east.path, 1, reason="<b>")
    session.commit()
    page = root.get("/audit").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_page_asks_as_often_for_three_lines_as_for_one(
    root: FlaskClient, session: Session, district: District, rows: int
) -> None:
    for place in (district.east, district.west, district.root)[:rows]:
        note(session, "viele", place.path, place.id)
    session.commit()
    session.expire_all()
    session.expunge_all()
    with counted() as sent:
        assert f"共{rows}条" in root.get("/audit?who=viele").text
    assert len(sent) == 6


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({}, {"name": "甲"}, [("名称", None, "甲")]),
        ({"name": "甲"}, {}, [("名称", "甲", None)]),
        ({"a": [1, 2]}, {"a": [1]}, [("a", "1、2", "1")]),
        ({"a": {"name": "x"}}, {"a": {"name": ""}}, [("a", "名称: x", "名称: （空）")]),
        ({"a": None}, {"a": True}, [("a", "（空）", "是")]),
        ({"a": []}, {"a": 0}, [("a", "（空）", "0")]),
        ({"a": 1, "b": 2}, {"a": 1, "b": 2}, []),
    ],
)
def test_differences_are_told_value_by_value(
    app: Flask,
    before: dict[str, object],
    after: dict[str, object],
    expected: list[tuple[str, str | None, str | None]],
) -> None:
    line = AuditLine(before=canonical(before), after=canonical(after))
    with app.test_request_context():
        told = [(each.name, each.before, each.after) for each in differences(line)]
    assert told == expected


def test_line_with_broken_values_is_shown_as_it_stands(app: Flask) -> None:
    with app.test_request_context():
        told = differences(AuditLine(before="not json", after="{}"))
    assert [(each.name, each.before, each.after) for each in told] == [("", "not json", None)]


def test_the_export_is_of_what_is_shown_and_of_nothing_else_that_is_asked(
    root: FlaskClient,
) -> None:
    asked = "_scheme=javascript&_external=1&endpoint=x"
    page = root.get(f"/audit?{asked}&subject=account&page=1").text
    assert 'href="/audit/lines.csv?subject=account"' in page

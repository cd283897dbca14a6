"""The joint check: a list is looked at, taken over whole, reaches the score, and is lifted."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from deciding_round import participant_of, workbook
from district import District
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.audit.models import AuditLine
from evaluator.decisions.models import DepartmentList, Finding
from evaluator.decisions.scored import board_for
from evaluator.records.models import KnownFact
from evaluator.rounds.models import Round
from evaluator.storage import storage

GRAVE = ("E1", "严重违纪", "2026-05-01", "书记", "书记被立案审查")


def one_page() -> bytes:
    """Return a PDF of one empty page."""
    content = BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(content)
    return content.getvalue()


def upload(client: FlaskClient, made: Round, *rows: tuple[str, ...]) -> str:
    """Upload a list and return the address of its preview."""
    data = {"department": "纪检监察机关", "file": (BytesIO(workbook(*rows)), "名单.xlsx")}
    answer = client.post(f"/decisions/{made.id}/joint-check", data=data)
    assert answer.status_code == 302
    return str(answer.location)


def confirm(client: FlaskClient, address: str, **more: str) -> Any:
    page = client.get(address).text
    seen = page.split('name="previewed"')[1].split('value="')[1].split('"')[0]
    data = {"previewed": seen, "department": "纪检监察机关", **more}
    return client.post(address.partition("?")[0] + "?name=名单.xlsx", data=data)


def known_violations(session: Session, organisation_id: int) -> Any:
    session.expire_all()
    query = select(KnownFact.value).where(
        KnownFact.organisation_id == organisation_id, KnownFact.fact == "violations"
    )
    return session.scalars(query).one()


def test_preview_changes_nothing_and_names_the_fact(
    session: Session, organiser: FlaskClient, made: Round, district: District
) -> None:
    page = organiser.get(upload(organiser, made, GRAVE)).text
    assert "联审发现的问题" in page
    assert "东一社区党支部" in page
    assert session.scalars(select(Finding)).all() == []


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("X9", "严重违纪", "2026-05-01", "", "问题"), "没有这一编号或名称"),
        (("", "严重违纪", "2026-05-01", "", "问题"), "缺少党组织"),
        (("E1", "迟到", "2026-05-01", "", "问题"), "没有这一否决事项。现有：严重违纪"),
        (("E1", "grave", "去年", "", "问题"), "2026-05-01的格式"),
        (("E1", "grave", "2999-05-01", "", "问题"), "晚于今天"),
        (("E1", "grave", "2023-05-01", "", "问题"), "只追溯至2025-01-01"),
        (("东一社区党支部", "严重违纪", "2026-05-01", "", ""), "请填写具体情况"),
    ],
)
def test_problem_of_a_row_is_named_and_nothing_can_be_confirmed(
    session: Session, organiser: FlaskClient, made: Round, row: tuple[str, ...], words: str
) -> None:
    address = upload(organiser, made, GRAVE, row)
    page = organiser.get(address).text
    assert words in page
    assert 'name="previewed"' not in page
    answer = organiser.post(address, data={"previewed": "0" * 32, "department": "纪检监察机关"})
    assert answer.status_code == 409
    assert session.scalars(select(Finding)).all() == []


def test_same_row_twice_is_refused(organiser: FlaskClient, made: Round) -> None:
    assert "另有一行内容相同" in organiser.get(upload(organiser, made, GRAVE, GRAVE)).text


def test_confirmed_list_reaches_the_score_with_its_department(
    session: Session, organiser: FlaskClient, made: Round, district: District
) -> None:
    assert confirm(organiser, upload(organiser, made, GRAVE)).status_code == 302
    finding = session.scalars(select(Finding)).one()
    assert (finding.veto, finding.fact, finding.person) == ("grave", "violations", "书记")
    assert known_violations(session, district.east_one.id) == [
        {"date": "2026-05-01", "kind": "grave", "matter": "纪检监察机关：书记被立案审查（书记）"}
    ]
    kept = session.scalars(select(DepartmentList)).one()
    assert kept.file_name == "名单.xlsx"
    assert storage().get(kept.storage_key)[:2] == b"PK"
    board = board_for(session, made, "community")
    candidate = board.by_code["E1"]
    assert (board.level_id(candidate.level), candidate.steps[-1].zh) == (
        "",
        "一票否决“严重违纪”：不评星级",
    )


def test_list_brought_again_is_refused(organiser: FlaskClient, made: Round) -> None:
    confirm(organiser, upload(organiser, made, GRAVE))
    assert "此前已导入" in organiser.get(upload(organiser, made, GRAVE)).text


def test_finding_that_no_fact_carries_is_left_to_people(
    session: Session, organiser: FlaskClient, made: Round
) -> None:
    address = upload(organiser, made, ("W1", "品牌造假", "2026-05-01", "", "品牌系冒用"))
    assert "须人工研究" in organiser.get(address).text
    confirm(organiser, address)
    assert session.scalars(select(Finding)).one().fact == ""


def test_lifted_finding_counts_no_more_and_stays_with_its_reason(
    session: Session, organiser: FlaskClient, made: Round, district: District
) -> None:
    second = ("E1", "严重违纪", "2026-06-01", "", "另一问题")
    confirm(organiser, upload(organiser, made, GRAVE, second))
    finding = session.scalars(select(Finding).order_by(Finding.id)).all()[0]
    address = f"/decisions/findings/{finding.id}/lift"
    sent = {"lift-version": str(finding.version)}
    assert organiser.post(address, data=sent).status_code == 422
    assert organiser.post(address, data={**sent, "lift-reason": "查无实据"}).status_code == 302
    left = known_violations(session, district.east_one.id)
    assert [each["date"] for each in left] == ["2026-06-01"]
    assert "查无实据" in organiser.get(f"/decisions/findings/{finding.id}").text
    again = {"lift-version": str(finding.version), "lift-reason": "重复"}
    assert organiser.post(address, data=again).status_code == 409


def test_evidence_is_checked_and_kept_beside_the_finding(
    session: Session, organiser: FlaskClient, made: Round
) -> None:
    confirm(organiser, upload(organiser, made, GRAVE))
    finding = session.scalars(select(Finding)).one()
    address = f"/decisions/findings/{finding.id}/evidence"
    assert organiser.get(address).status_code == 404
    sent = {"evidence-version": str(finding.version)}
    bad = {**sent, "evidence-file": (BytesIO(b"MZ program"), "a.exe")}
    assert organiser.post(address, data=bad).status_code == 422
    good = {**sent, "evidence-file": (BytesIO(one_page()), "决定书.pdf")}
    assert organiser.post(address, data=good).status_code == 302
    session.expire_all()
    answer = organiser.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_others_are_told_to_have_nothing_against_them(
    session: Session, organiser: FlaskClient, made: Round, district: District
) -> None:
    query = select(KnownFact).where(
        KnownFact.organisation_id == district.west_one.id, KnownFact.fact == "violations"
    )
    session.delete(session.scalars(query).one())
    session.commit()
    assert [each.organisation.id for each in board_for(session, made, "community").refused] == [
        "W1"
    ]
    confirm(organiser, upload(organiser, made, GRAVE), others_clean="y")
    assert known_violations(session, district.west_one.id) == []
    assert board_for(session, made, "community").refused == []


def test_template_is_a_list_that_can_be_filled_in(organiser: FlaskClient, made: Round) -> None:
    answer = organiser.get(f"/decisions/{made.id}/joint-check/template.xlsx")
    assert answer.data[:2] == b"PK"
    data = {"department": "审计局", "file": (BytesIO(answer.data), "名单.xlsx")}
    address = organiser.post(f"/decisions/{made.id}/joint-check", data=data).location
    assert 'name="previewed"' not in organiser.get(address).text


def test_file_that_is_no_workbook_is_refused_in_words(organiser: FlaskClient, made: Round) -> None:
    data = {"department": "审计局", "file": (BytesIO(b"nothing"), "名单.xlsx")}
    page = organiser.post(f"/decisions/{made.id}/joint-check", data=data)
    assert (page.status_code, ".xlsx" in page.text) == (422, True)
    assert 'value="审计局"' in page.text


def test_finding_is_in_the_log(
    session: Session, organiser: FlaskClient, made: Round, district: District
) -> None:
    confirm(organiser, upload(organiser, made, GRAVE))
    query = select(AuditLine).where(AuditLine.action == "finding.add")
    line = session.scalars(query).one()
    assert json.loads(line.after)["fact"] == "violations"
    assert line.organisation_path == participant_of(session, made, district.east_one).path

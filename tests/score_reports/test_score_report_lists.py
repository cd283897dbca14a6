"""Lists and papers: nothing is ranked, and more rows ask no more of the database."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from counting import queries_of
from district import District
from flask.testing import FlaskClient
from pypdf import PdfReader
from reported import decide, more_branches, participant_of, review
from sqlalchemy import update
from sqlalchemy.orm import Session

from evaluator.applications.models import Application, ApplicationState
from evaluator.rounds.models import Participant, Round


def pages(content: bytes) -> list[str]:
    return [each.extract_text() for each in PdfReader(BytesIO(content)).pages]


@pytest.mark.parametrize("path", ["/score-reports", "/score-reports/pictures"])
def test_one_row_and_three_take_the_same_queries(
    session: Session, district: District, made: Round, organiser: FlaskClient,
    reported: Participant, path: str,
) -> None:  # fmt: skip
    def queries() -> int:
        assert organiser.get(path).status_code == 200  # what is kept is worked out
        return queries_of(lambda: organiser.get(path))

    one = queries()
    more_branches(session, district, made, 3)
    assert queries() == one


def test_paper_of_one_and_of_three_takes_the_same_queries(
    session: Session, district: District, made: Round, organiser: FlaskClient
) -> None:
    address = f"/score-reports/committees/{district.west.id}/reports.pdf"

    def queries() -> int:
        organiser.get(address)
        return queries_of(lambda: organiser.get(address))

    first = more_branches(session, district, made, 1)
    decide(session, first[0])
    one = queries()
    for branch in (district.west_one, district.west_two):
        decide(session, review(session, made, branch))
    assert queries() == one


def test_list_has_no_points_and_no_order_by_them(
    session: Session, district: District, made: Round, organiser: FlaskClient,
    reported: Participant,
) -> None:  # fmt: skip
    others = more_branches(session, district, made, 3)
    text = organiser.get("/score-reports").text.split("<tbody>")[1].split("</tbody>")[0]
    names = [reported.name, *(each.name for each in others)]
    assert sorted(names, key=text.index) == names
    # An address has numbers of its own.
    assert "84" not in re.sub(r'href="[^"]*"', "", text)


def test_list_is_searched_and_narrowed(
    session: Session, district: District, made: Round, organiser: FlaskClient,
    reported: Participant,
) -> None:  # fmt: skip
    others = more_branches(session, district, made, 2)
    found = organiser.get("/score-reports?name=西1").text
    assert others[1].name in found
    assert others[0].name not in found
    narrowed = organiser.get(f"/score-reports?committee={district.east.id}").text
    assert reported.name in narrowed
    assert others[0].name not in narrowed
    assert "暂无评分报告" in organiser.get("/score-reports?name=无此支部").text


def test_paper_says_what_the_page_says(officer: FlaskClient, reported: Participant) -> None:
    answer = officer.get(f"/score-reports/{reported.id}/report.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    text = "".join(pages(answer.data)).replace("\n", "")
    points, road = "10 / 20（−10）", "晋位路径：五星级"
    for words in ("东一社区党支部", "得84.00分", "评定结果尚未审定公布", points, road):
        assert words in text


def test_papers_of_a_committee_hold_what_the_caller_sees(
    session: Session, district: District, made: Round, officer: FlaskClient,
    organiser: FlaskClient, reported: Participant,
) -> None:  # fmt: skip
    session.execute(update(Application).values(state=ApplicationState.REVIEWED))
    session.commit()
    address = f"/score-reports/committees/{district.east.id}/reports.pdf"
    second = participant_of(session, made, district.east_two)
    everything, own = ("".join(pages(each.get(address).data)) for each in (organiser, officer))
    assert second.name in everything
    assert reported.name in own
    assert second.name not in own

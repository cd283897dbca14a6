"""Progress of a round: counted and listed within what the caller may see."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from counting import counted
from district import (
    District,
    make_account,
    make_district,
    make_organisation,
    make_participant,
    make_round,
)
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.applications.models import Application, ApplicationState
from evaluator.database import now
from evaluator.progress.overview import LABEL, WIDTH, Line, bars
from evaluator.progress.queries import STAGES
from evaluator.rounds.models import Participant, Round

Browser = Callable[[Account], FlaskClient]


@pytest.fixture
def district(session: Session) -> District:
    return make_district(session)


@pytest.fixture
def made(session: Session, district: District) -> Round:
    """Return a round in which E1 has submitted and W1 is being filled in."""
    made = make_round(session, district)
    for code, state in (("E1", ApplicationState.SUBMITTED), ("W1", ApplicationState.DRAFT)):
        participant = session.scalars(select(Participant).where(Participant.code == code)).one()
        moment = now()
        session.add(
            Application(
                participant=participant, state=state, created_at=moment, changed_at=moment,
                submitted_at=moment if state is ApplicationState.SUBMITTED else None,
            )
        )  # fmt: skip
    session.commit()
    return made


def client_of(
    session: Session, browser_of: Browser, district: District, role: Role, place: str
) -> FlaskClient:
    return browser_of(make_account(session, role, getattr(district, place)))


def numbers(page: str, section: str) -> dict[str, list[str]]:
    """Return the numbers of a table by the names of its rows."""
    table = page.split(f'id="{section}"')[1].split("<tbody>")[1].split("</table>")[0]
    rows = re.findall(r'<th scope="row"[^>]*>([^<]+)</th>(.*?)</tr>', table, re.DOTALL)
    return {name: re.findall(r">([\d·]+)<", rest) for name, rest in rows}


def test_organiser_sees_all_by_committee_and_category(
    session: Session, made: Round, district: District, browser_of: Browser
) -> None:
    page = client_of(session, browser_of, district, Role.ORGANISER, "root").get("/progress").text
    assert numbers(page, "by-committee") == {
        "东片党工委": ["1", "·", "1", "·", "·", "2"],
        "西片党工委": ["1", "1", "·", "·", "·", "2"],
        "合计": ["2", "1", "1", "·", "·", "4"],
    }
    assert list(numbers(page, "by-category")) == ["街道社区", "合计"]
    assert "还剩9天" in page or "还剩8天" in page


def test_reviewer_sees_the_own_committee_alone(
    session: Session, made: Round, district: District, browser_of: Browser
) -> None:
    client = client_of(session, browser_of, district, Role.COMMITTEE_REVIEWER, "east")
    page = client.get("/progress").text
    assert numbers(page, "by-committee") == {
        "东片党工委": ["1", "·", "1", "·", "·", "2"],
        "合计": ["1", "·", "1", "·", "·", "2"],
    }
    assert "西" not in page
    listed = client.get(f"/progress/participants?committee={district.west.id}").text
    assert "西" not in listed
    assert "共0个党组织" in listed


@pytest.mark.parametrize(
    ("narrowed", "expected"),
    [
        ("", ["东一", "东二", "西一", "西二"]),
        ("?stage=not_started", ["东二", "西二"]),
        ("?stage=draft", ["西一"]),
        ("?stage=submitted&category=community", ["东一"]),
        ("?category=soe", []),
        ("?q=东二", ["东二"]),
        ("?q=w1", ["西一"]),
        ("?stage=nonsense&committee=x", ["东一", "东二", "西一", "西二"]),
    ],
)
def test_list_is_narrowed(
    session: Session, made: Round, district: District, browser_of: Browser,
    narrowed: str, expected: list[str],
) -> None:  # fmt: skip
    client = client_of(session, browser_of, district, Role.ORGANISER, "root")
    page = client.get(f"/progress/participants{narrowed}").text
    assert re.findall(r"(..)社区党支部</a>", page) == expected


def test_who_has_submitted_is_found_in_its_review_others_in_the_register(
    session: Session, made: Round, district: District, browser_of: Browser
) -> None:
    client = client_of(session, browser_of, district, Role.COMMITTEE_REVIEWER, "east")
    page = client.get("/progress/participants").text
    links = re.findall(r'<a href="([^"]+)">(..)社区党支部</a>', page)
    query = select(Participant.id).where(Participant.code == "E1")
    submitted = session.scalars(query).one()
    assert links == [
        (f"/reviews/{submitted}", "东一"),
        (f"/organisations/{district.east_two.id}", "东二"),
    ]


def test_links_of_the_table_lead_to_what_they_count(
    session: Session, made: Round, district: District, browser_of: Browser
) -> None:
    client = client_of(session, browser_of, district, Role.ORGANISER, "root")
    links = re.findall(r'<a href="(/progress/participants[^"]+)"[^>]*>(\d+)</a>',
                       client.get("/progress").text)  # fmt: skip
    assert len(links) == 10
    for address, number in links:
        assert f"共{number}个党组织" in client.get(address.replace("&amp;", "&")).text


def test_list_asks_as_many_queries_for_three_as_for_one(
    session: Session, district: District, browser_of: Browser
) -> None:
    made = make_round(session, district)
    client = client_of(session, browser_of, district, Role.ORGANISER, "root")
    north = make_organisation(session, "N", "北片党工委", district.root)
    counts = []
    for codes in (("N1",), ("N2", "N3")):
        for code in codes:
            branch = make_organisation(session, code, f"{code}党支部", north)
            session.add(
                Application(
                    participant=make_participant(made, branch), created_at=now(), changed_at=now()
                )
            )
        session.commit()
        for path in ("/progress", f"/progress/participants?committee={north.id}"):
            counts.append(queries(client, path))
    assert counts[:2] == counts[2:]


def queries(client: FlaskClient, path: str) -> int:
    with counted() as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_others_see_no_progress(
    session: Session, made: Round, district: District, browser_of: Browser
) -> None:
    for role, place in ((Role.BRANCH_OFFICER, "east_one"), (Role.PANELLIST, "root")):
        client = client_of(session, browser_of, district, role, place)
        assert client.get("/progress").status_code == 404
        assert client.get("/progress/participants").status_code == 404


def test_without_a_round_the_page_says_so(
    session: Session, district: District, browser_of: Browser
) -> None:
    client = client_of(session, browser_of, district, Role.SUPERVISOR, "root")
    session.add(Round(year=2027, title="筹备中的一轮"))
    session.commit()
    page = client.get("/progress").text
    assert "还没有开启的评定轮次" in page
    assert "筹备中的一轮" not in page


def test_pieces_of_a_bar_fill_it() -> None:
    line = Line(1, "东片", dict(zip(STAGES, (1, 2, 3, 5, 7, 0, 4, 0, 0), strict=True)))
    (bar,) = bars([line])
    assert [each.number for each in bar.pieces] == [4, 7, 5, 3, 2, 1]
    ends = [LABEL, *(each.x + each.width for each in bar.pieces)]
    assert [each.x for each in bar.pieces] == ends[:-1]
    assert ends[-1] == LABEL + WIDTH

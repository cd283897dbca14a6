"""Those who cannot be scored: named with what they lack, who gives it, and where."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from deciding_round import participant_of
from district import District, make_account
from flask.testing import FlaskClient
from sqlalchemy import delete
from sqlalchemy.orm import Session

from evaluator.access import Actor, Role
from evaluator.accounts.models import Account
from evaluator.decisions import lacking
from evaluator.decisions.lacking import unscored_waiting
from evaluator.records.models import KnownFact
from evaluator.records.operations import set_known_facts
from evaluator.rounds.models import Participant, Round

Browser = Callable[[Account], FlaskClient]
LACKING = ("satisfied", "honoured")


@pytest.fixture
def lacks(session: Session, made: Round, district: District) -> Participant:
    """Return a branch of which neither the appraisal nor what an office says is known."""
    session.execute(
        delete(KnownFact).where(
            KnownFact.organisation_id == district.west_two.id, KnownFact.fact.in_(LACKING)
        )
    )
    session.commit()
    return participant_of(session, made, district.west_two)


def section(page: str) -> str:
    """Return the part of the board that tells who cannot be scored, empty where there is none."""
    found = re.search(
        r'<section class="panel" aria-labelledby="unscored">.*?</section>', page, re.S
    )
    return found[0] if found else ""


def test_board_tells_who_lacks_what_and_leads_to_who_gives_it(
    organiser: FlaskClient, lacks: Participant
) -> None:
    told = section(organiser.get("/decisions").text)
    links = re.findall(r'href="([^"]+)"', told)
    assert sorted(links) == [
        f"/appraisals/{lacks.id}", f"/decisions/participants/{lacks.id}", "/records/import",
    ]  # fmt: skip
    for words in ("满意率", "获区级表彰", "民主测评", "部门提供", "缺少数据"):
        assert words in told
    assert {organiser.get(each).status_code for each in links} == {200}
    page = organiser.get(f"/decisions/participants/{lacks.id}").text
    assert ("/records/import" in page, "部门提供" in page) == (True, True)


def test_nothing_is_told_where_everybody_is_scored(organiser: FlaskClient, made: Round) -> None:
    assert section(organiser.get("/decisions").text) == ""
    assert "#unscored" not in organiser.get("/").text


def test_what_was_missing_is_given_and_all_are_scored(
    session: Session, organiser: FlaskClient, lacks: Participant, made: Round, district: District
) -> None:
    address = f"/decisions?round={made.id}&amp;category=community#unscored"
    page = organiser.get("/").text
    assert ("1个党组织因缺少数据无法计分" in page, address in page) == (True, True)
    set_known_facts(
        session, Actor.system("office"), organisation_id=district.west_two.id, year=made.year,
        values={"satisfied": "100%", "honoured": "false"}, source="imported",
        as_of=date(2026, 12, 31),
    )  # fmt: skip
    session.commit()
    assert unscored_waiting(session, made) == {}
    assert address not in organiser.get("/").text


def test_supervisor_reads_of_its_own_place_and_is_led_only_where_it_may(
    session: Session, lacks: Participant, district: District, browser_of: Browser
) -> None:
    own, other = (
        browser_of(make_account(session, Role.SUPERVISOR, place, name))
        for place, name in ((district.west, "west"), (district.east, "east"))
    )
    told = section(own.get("/decisions").text)
    assert (lacks.name in told, "/records/import" in told) == (True, False)
    page = other.get("/decisions").text
    assert (section(page), lacks.name in page) == ("", False)


def test_start_page_reads_no_more_than_it_may(
    session: Session, lacks: Participant, made: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lacking, "MOST_READ", 3)
    assert unscored_waiting(session, made) == {}


def test_board_shows_some_and_counts_the_others(
    session: Session, organiser: FlaskClient, lacks: Participant, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.execute(delete(KnownFact).where(KnownFact.fact.in_(LACKING)))
    session.commit()
    monkeypatch.setattr(lacking, "MOST_SHOWN", 1)
    told = section(organiser.get("/decisions").text)
    assert (told.count("<tr>"), "另有3个列在排名末尾" in told) == (2, True)

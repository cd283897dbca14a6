"""Site checks from the lots to the facts that come of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from district import District, make_account
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.records.models import KnownFact
from evaluator.rounds.models import Participant, Round
from evaluator.site_checks.lots import draw_lots
from evaluator.site_checks.models import Draw, SiteCheck

Browsers = Callable[[Account], FlaskClient]


@pytest.fixture
def organiser(session: Session, browser_of: Browsers, district: District) -> FlaskClient:
    return browser_of(make_account(session, Role.ORGANISER, district.root))


def checks(session: Session) -> list[SiteCheck]:
    session.expire_all()
    return list(session.scalars(select(SiteCheck).order_by(SiteCheck.id)))


def content(**more: str) -> dict[str, str]:
    return {"visited_on": "2026-11-20", **more}


def test_every_committee_is_visited(session: Session, organiser: FlaskClient) -> None:
    organiser.post("/site-checks/draw", data={"percent": "20"})
    assert sorted(each.participant.committee for each in checks(session)) == [
        "东片党工委",
        "西片党工委",
    ]


def test_list_is_narrowed_to_names_and_states(
    session: Session, organiser: FlaskClient, browser_of: Browsers, district: District
) -> None:
    organiser.post("/site-checks/draw", data={"percent": "100"})
    check = checks(session)[0]
    organiser.post(f"/site-checks/{check.participant_id}/finish", data=content())
    finished, others = (
        check.participant.name,
        {each.participant.name for each in checks(session)[1:]},
    )

    def found(asked: str, by: FlaskClient = organiser) -> set[str]:
        text = by.get(f"/site-checks?{asked}").text
        return {each for each in (finished, *others) if each in text}

    assert found("state=finished") == {finished}
    assert found("state=planned") == others
    assert found("state=rubbish&q=") == {finished, *others}
    assert found("q=w1") == {"西一社区党支部"}
    east = browser_of(make_account(session, Role.COMMITTEE_REVIEWER, district.east))
    assert found("q=w1", east) == found("q=西一", east) == set()
    assert "没有符合条件的" in east.get("/site-checks?q=w1").text


def test_lots_can_be_drawn_again_from_the_seed(session: Session, organiser: FlaskClient) -> None:
    organiser.post("/site-checks/draw", data={"percent": "50"})
    seed = session.scalars(select(Draw)).one().seed
    everybody = session.scalars(select(Participant).order_by(Participant.code.desc()))
    again = {each.code for each in draw_lots(everybody, 50, seed)}
    assert again == {each.participant.code for each in checks(session)}


def test_lots_fall_once(session: Session, organiser: FlaskClient) -> None:
    answers = [organiser.post("/site-checks/draw", data={"percent": "20"}) for _ in range(2)]
    assert [each.status_code for each in answers] == [302, 409]
    assert len(checks(session)) == 2


def test_only_the_organiser_draws(
    session: Session, browser_of: Browsers, district: District
) -> None:
    reviewer = browser_of(make_account(session, Role.COMMITTEE_REVIEWER, district.east))
    assert reviewer.post("/site-checks/draw", data={"percent": "20"}).status_code == 404
    assert checks(session) == []


def planned(session: Session, browser: FlaskClient, code: str = "E1") -> SiteCheck:
    browser.post("/site-checks/add", data={"code": code, "reason": "收到异议"})
    return checks(session)[-1]


def test_finished_check_brings_its_facts(session: Session, organiser: FlaskClient) -> None:
    check = planned(session, organiser)
    address = f"/site-checks/{check.participant_id}"
    data = content(**{"fact-satisfied": "87.5%", "order-life": "in_order"})
    assert organiser.post(address, data=data).status_code == 302
    assert organiser.post(f"{address}/finish").status_code == 302
    fact = session.scalars(select(KnownFact)).one()
    assert (fact.fact, fact.value, fact.source) == ("satisfied", "87.5%", "sample: households")
    session.refresh(check)
    check.facts = {"satisfied": "0.875"}
    session.commit()
    assert "<dd>87.5%</dd>" in organiser.get(address).text


def test_finishing_keeps_what_was_typed_and_asks_for_the_day(
    session: Session, organiser: FlaskClient
) -> None:
    check = planned(session, organiser)
    address = f"/site-checks/{check.participant_id}"
    without = content(visited_on="", summary="已走访")
    answer = organiser.post(f"{address}/finish", data=without)
    assert (answer.status_code, "已走访" in answer.text) == (422, True)
    assert "请先填写核查日期。" in answer.text
    typed = content(summary="已走访")
    assert organiser.post(f"{address}/finish", data=typed).status_code == 302
    kept = checks(session)[-1]
    assert (kept.state, kept.summary) == ("finished", "已走访")


def test_photo_takes_along_what_was_typed(session: Session, organiser: FlaskClient) -> None:
    check = planned(session, organiser)
    picture = BytesIO()
    Image.new("RGB", (40, 30), "darkred").save(picture, "JPEG")
    picture.seek(0)
    data = {**content(summary="已走访"), "photos": (picture, "现场.jpg")}
    answer = organiser.post(f"/site-checks/{check.participant_id}/photos", data=data)
    kept = checks(session)[-1]
    assert (answer.status_code, len(kept.photos), kept.summary) == (302, 1, "已走访")


def test_fact_that_cannot_be_read_is_refused_at_its_field(
    session: Session, organiser: FlaskClient
) -> None:
    check = planned(session, organiser)
    data = content(**{"fact-satisfied": "viele", "summary": "已走访"})
    answer = organiser.post(f"/site-checks/{check.participant_id}", data=data)
    assert (answer.status_code, "is-invalid" in answer.text) == (422, True)
    assert 'value="viele"' in answer.text
    assert "已走访" in answer.text


def test_finished_check_cannot_be_changed(session: Session, organiser: FlaskClient) -> None:
    check = planned(session, organiser)
    address = f"/site-checks/{check.participant_id}"
    organiser.post(address, data=content())
    organiser.post(f"{address}/finish")
    late = content(summary="后补")
    assert organiser.post(address, data=late).status_code == 409


def test_organisation_of_another_committee_cannot_be_added(
    session: Session, browser_of: Browsers, district: District
) -> None:
    reviewer = browser_of(make_account(session, Role.COMMITTEE_REVIEWER, district.east))
    hidden = reviewer.post("/site-checks/add", data={"code": "W1", "reason": "x"})
    nothing = reviewer.post("/site-checks/add", data={"code": "NO", "reason": "x"})
    assert (hidden.status_code, checks(session)) == (422, [])
    assert hidden.text.replace("W1", "NO") == nothing.text


def test_photo_is_kept_without_its_place(session: Session, organiser: FlaskClient) -> None:
    check = planned(session, organiser)
    picture = BytesIO()
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (31.0, 18.0, 0.0)}
    Image.new("RGB", (40, 30), "red").save(picture, "JPEG", exif=exif)
    picture.seek(0)
    address = f"/site-checks/{check.participant_id}/photos"
    answer = organiser.post(address, data={"photos": (picture, "现场.jpg")})
    assert answer.status_code == 302
    photo = checks(session)[-1].photos[0]
    sent = organiser.get(f"{address}/{photo.id}")
    assert dict(Image.open(BytesIO(sent.data)).getexif()) == {}
    assert sent.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_page_that_calls_itself_a_picture_is_refused(
    session: Session, organiser: FlaskClient
) -> None:
    check = planned(session, organiser)
    page = (BytesIO(b"<html><script>alert(1)</script></html>"), "现场.jpg")
    address = f"/site-checks/{check.participant_id}/photos"
    assert organiser.post(address, data={"photos": page}).status_code == 422
    assert checks(session)[-1].photos == []


def test_check_is_refused_while_its_step_is_not_open(
    session: Session, organiser: FlaskClient
) -> None:
    check = planned(session, organiser)
    step = session.scalars(select(Round)).one().step("site_check")
    assert step is not None
    step.closes_at = step.opens_at + timedelta(minutes=1)
    session.commit()
    answer = organiser.post(f"/site-checks/{check.participant_id}", data=content())
    assert answer.status_code == 409

"""Pages of the decision: what they show to whom, and by how many queries."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from counting import counted
from deciding_round import make_decided_round, participant_of, state_of, workbook
from district import District, make_account, make_organisation, make_participant
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.decisions.models import Decision, Minutes
from evaluator.rounds.models import Round
from evaluator.storage import storage

Browser = Callable[[Account], FlaskClient]


def digest_in(page: str) -> str:
    return page.split('name="seen"')[1].split('value="')[1].split('"')[0]


def decide(client: FlaskClient, made: Round, **more: str) -> int:
    seen = digest_in(client.get("/decisions").text)
    sent = {"seen": seen, **more}
    return client.post(f"/decisions/{made.id}/community/decide", data=sent).status_code


def test_board_shows_ranking_cut_lines_and_what_a_level_rests_on(
    organiser: FlaskClient, made: Round
) -> None:
    page = organiser.get("/decisions").text
    order = [page.index(f'id="{code}"') for code in ("E2", "E1", "W1", "W2")]
    assert order == sorted(order)
    assert "名额限制前为五星级" in page
    assert "按计算结果审定4个" in page


def test_order_of_a_quota_shows_its_cut_and_the_key_that_decides(
    organiser: FlaskClient, made: Round
) -> None:
    page = organiser.get("/decisions?cut=five:").text
    assert page.index('id="E2"') < page.index("入围线：名额1个") < page.index('id="E1"')
    assert "据此区分" in page
    assert "支部党员大会次数" in page
    assert organiser.get("/decisions?cut=nothing:").status_code == 404


def test_decided_board_says_so(session: Session, organiser: FlaskClient, made: Round) -> None:
    assert decide(organiser, made) == 302
    page = organiser.get("/decisions").text
    assert page.count("按计算结果</div>") == 4
    assert 'name="seen"' not in page
    sent = {"seen": "0" * 32}
    answer = organiser.post(f"/decisions/{made.id}/community/decide", data=sent)
    assert (answer.status_code, "名额板已有变化" in answer.text) == (409, True)


def test_other_committees_are_not_there_for_a_supervisor_of_one(
    session: Session, browser_of: Browser, district: District, made: Round
) -> None:
    eastern = browser_of(make_account(session, Role.SUPERVISOR, district.east))
    page = eastern.get("/decisions").text
    assert ("东一社区党支部" in page, "西一社区党支部" in page, "西片党工委" in page) == (
        True,
        False,
        False,
    )
    assert "共2个党组织" in page
    assert eastern.get("/decisions?cut=fours:西片党工委").status_code == 404
    assert eastern.get(f"/decisions/{made.id}/minutes").status_code == 404
    western = participant_of(session, made, district.west_one)
    assert eastern.get(f"/decisions/participants/{western.id}").status_code == 404


@pytest.mark.parametrize("role", [Role.BRANCH_OFFICER, Role.COMMITTEE_REVIEWER, Role.PANELLIST])
def test_board_is_for_organisers_and_supervisors_alone(
    session: Session, browser_of: Browser, district: District, made: Round, role: Role
) -> None:
    client = browser_of(make_account(session, role, district.root))
    assert client.get("/decisions").status_code == 404


def test_candidate_explains_each_point(
    session: Session, organiser: FlaskClient, made: Round, district: District
) -> None:
    east = participant_of(session, made, district.east_one)
    page = organiser.get(f"/decisions/participants/{east.id}").text
    assert "志愿服务" in page
    assert "20.00 / 20.00" in page
    assert "名额限制：五星级不超过1个" in page


def test_deviation_is_proposed_by_one_and_confirmed_by_another_on_the_page(
    session: Session,
    organiser: FlaskClient,
    second: Account,
    browser_of: Browser,
    made: Round,
    district: District,
) -> None:
    west = participant_of(session, made, district.west_two)
    address = f"/decisions/participants/{west.id}"
    sent = {
        "propose-level": "four_star",
        "propose-reason": "特色突出",
        "propose-basis": "deviation",
    }
    refused = organiser.post(f"{address}/propose", data=sent)
    assert (refused.status_code, "名额1个，实有2个" in refused.text) == (409, True)
    assert "特色突出" in refused.text
    accepted = {**sent, "propose-accepts": "y"}
    assert organiser.post(f"{address}/propose", data=accepted).status_code == 302
    own = organiser.get(address).text
    assert (f"{address}/confirm" in own, "这是您本人提议的" in own) == (False, True)
    other = browser_of(second)
    page = other.get(address).text
    assert "突破名额" in page
    version = session.scalars(select(Decision.version)).one()
    answer = other.post(f"{address}/confirm", data={"confirm-version": str(version)})
    assert answer.status_code == 302
    session.expire_all()
    assert state_of(session, west) == "decided"
    assert "突破名额" in other.get("/decisions").text
    version = session.scalars(select(Decision.version)).one()
    back = {"anew-version": str(version), "anew-reason": "复核"}
    assert other.post(f"{address}/reconsider", data=back).status_code == 302
    assert state_of(session, west) == "reviewed"


def test_stale_confirmation_is_told(
    session: Session, organiser: FlaskClient, made: Round, district: District
) -> None:
    west = participant_of(session, made, district.west_two)
    address = f"/decisions/participants/{west.id}/confirm"
    answer = organiser.post(address, data={"confirm-version": "7"})
    assert (answer.status_code, "已被他人更改" in answer.text) == (409, True)


def test_minutes_are_a_pdf_of_what_was_decided_since_the_last(
    session: Session, organiser: FlaskClient, made: Round
) -> None:
    address = f"/decisions/{made.id}/minutes"
    sent = {
        "held_at": "2026-01-05T09:30",
        "chair": "王部长",
        "present": "甲\n乙",
        "text": "赞成2票",
    }
    assert organiser.post(address, data=sent).status_code == 409
    decide(organiser, made)
    assert organiser.post(address, data={**sent, "chair": ""}).status_code == 422
    assert organiser.post(address, data=sent).status_code == 302
    kept = session.scalars(select(Minutes)).one()
    assert (kept.number, kept.present, kept.chair) == (1, ["甲", "乙"], "王部长")
    page = organiser.get(address).text
    assert kept.digest in page
    answer = organiser.get(f"/decisions/minutes/{kept.id}.pdf")
    assert (answer.mimetype, answer.data[:5]) == ("application/pdf", b"%PDF-")
    assert answer.data == storage().get(kept.pdf_key)
    assert organiser.post(address, data=sent).status_code == 409


def test_meeting_to_come_has_no_minutes(organiser: FlaskClient, made: Round) -> None:
    decide(organiser, made)
    sent = {"held_at": "2999-01-05T09:30", "chair": "王部长", "present": "甲"}
    answer = organiser.post(f"/decisions/{made.id}/minutes", data=sent)
    assert (answer.status_code, "晚于现在" in answer.text) == (409, True)


def test_pages_take_as_many_queries_for_three_rows_as_for_one(
    session: Session, organiser: FlaskClient, district: District
) -> None:
    made = make_decided_round(session, district)
    found = []
    for rows in (
        [("E1", "严重违纪", "2026-05-01", "", "甲")],
        [("E2", "严重违纪", "2026-05-01", "", "乙"), ("W1", "严重违纪", "2026-05-01", "", "丙")],
    ):
        data = {"department": "审计局", "file": (BytesIO(workbook(*rows)), "a.xlsx")}
        address = organiser.post(f"/decisions/{made.id}/joint-check", data=data).location
        page = organiser.get(address).text
        seen = page.split('name="previewed"')[1].split('value="')[1].split('"')[0]
        sent = {"previewed": seen, "department": "审计局"}
        assert organiser.post(address, data=sent).status_code == 302
        counts = []
        for path in ("/decisions", f"/decisions/{made.id}/joint-check"):
            organiser.get(path)
            with counted() as asked:
                assert organiser.get(path).status_code == 200
            counts.append(len(asked))
        found.append(counts)
    assert found[0] == found[1]


def test_nothing_is_shown_before_a_round_is_open(
    session: Session, organiser: FlaskClient, district: District
) -> None:
    assert "还没有已启动的轮次" in organiser.get("/decisions").text


def test_board_of_one_that_did_not_apply(
    session: Session, organiser: FlaskClient, made: Round, district: District
) -> None:
    branch = make_organisation(session, "E3", "东三社区党支部", district.east)
    session.add(make_participant(made, branch))
    session.commit()
    page = organiser.get("/decisions").text
    assert ("本类别另有1个未申报" in page, "东三社区党支部" in page) == (True, False)

"""Other rules tried on a round: who rises, who falls, who lacks facts; nothing is kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from counting import counted
from district import RULES, District, make_account, make_rule_set
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from trying import STRICTER, outcome

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.applications.models import Application, ApplicationState
from evaluator.audit.models import AuditLine
from evaluator.database import now
from evaluator.rounds.models import Participant, Round
from evaluator.rule_sets.models import RuleSetState, StoredRuleSet

Browser = Callable[[Account], FlaskClient]


def test_same_rules_move_nobody(organiser: FlaskClient, made: Round) -> None:
    page = organiser.post("/trials", data={"round_id": made.id}).text
    assert outcome(page) == [0, 0, 4]
    assert "两者含义相同" in page


def test_other_published_rules_show_who_falls(
    session: Session, organiser: FlaskClient, made: Round
) -> None:
    other = make_rule_set(session, STRICTER)
    data = {"round_id": made.id, "rules_community": other.id}
    page = organiser.post("/trials", data=data).text
    assert outcome(page) == [2, 0, 2]
    assert "将降低星级的党组织：2个" in page
    losers = page.split('id="losers"')[1].split("</table>")[0]
    assert [each in losers for each in ("东一社区党支部", "东二社区党支部", "西一社区党支部")] == [
        True, True, False,
    ]  # fmt: skip
    assert "四星级 → 三星级" in losers


def test_those_whose_facts_are_incomplete_are_listed_apart(
    organiser: FlaskClient, made: Round
) -> None:
    page = organiser.post("/trials", data={"round_id": made.id}).text
    assert "有1个党组织按试算规则暂不能计分" in page
    listed = page.split('id="incomplete"')[1]
    assert "西二社区党支部" in listed
    for label in ("志愿服务次数", "有党建品牌", "材料质量", "满意率"):
        assert label in listed
    assert "支部党员大会次数" not in listed


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (None, "尚未提交自评：1个"),
        (ApplicationState.DRAFT, "尚未提交自评：1个"),
        (ApplicationState.RETURNED, "尚未提交自评：1个"),
        (ApplicationState.SUBMITTED, "已提交，待初审：1个"),
        (ApplicationState.REVIEWED, "已初审，仍有数据缺少或有误：1个"),
    ],
)
def test_who_is_only_not_through_yet_is_not_called_wrong(
    session: Session,
    district: District,
    organiser: FlaskClient,
    made: Round,
    state: ApplicationState | None,
    said: str,
) -> None:
    for branch in (district.west_two, district.east_one) if state else ():
        query = select(Participant.id).where(Participant.organisation_id == branch.id)
        session.add(
            Application(
                participant_id=session.scalars(query).one(), state=state, created_at=now(),
                changed_at=now(),
            )
        )  # fmt: skip
    session.commit()
    page = organiser.post("/trials", data={"round_id": made.id}).text
    waiting = page.split('class="alert alert-warning"')[1].split("</ul>")[0]
    assert re.findall("<li>(.*?)</li>", waiting) == [said]
    assert "数据有误" not in page
    assert '<th scope="row" class="fw-normal">暂不能计分</th>' in page


def test_pasted_rules_are_tried_and_not_kept(
    session: Session, organiser: FlaskClient, made: Round
) -> None:
    before = [session.scalar(select(func.count()).select_from(each)) for each in (
        StoredRuleSet, AuditLine)]  # fmt: skip
    data = {"round_id": made.id, "pasted_for": "community", "pasted": STRICTER}
    assert outcome(organiser.post("/trials", data=data).text) == [2, 0, 2]
    after = [session.scalar(select(func.count()).select_from(each)) for each in (
        StoredRuleSet, AuditLine)]  # fmt: skip
    assert after == before


def test_present_text_is_put_into_the_form(organiser: FlaskClient, made: Round) -> None:
    data = {"round_id": made.id, "pasted_for": "community", "act": "fill"}
    page = organiser.post("/trials", data=data).text
    assert "title: {zh: 社区评定规则, en: Rating of communities}" in page


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: [", "不是有效的YAML"),
        (STRICTER.replace("points: 60", "points: 61"), "分值合计不一致"),
        (STRICTER.replace("category: community", "category: soe"), "类别为“soe”"),
    ],
)
def test_pasted_rules_that_are_wrong_say_so(
    organiser: FlaskClient, made: Round, text: str, words: str
) -> None:
    data = {"round_id": made.id, "pasted_for": "community", "pasted": text}
    answer = organiser.post("/trials", data=data)
    assert (answer.status_code, words in answer.text, text[:20] in answer.text) == (422, True, True)


def test_draft_with_problems_is_not_tried(
    session: Session, organiser: FlaskClient, made: Round
) -> None:
    draft = StoredRuleSet(
        rule_set="community", category="community", release="9", title="草稿", main="a.yaml",
        files={"a.yaml": RULES.replace("points: 60", "points: 61")}, state=RuleSetState.DRAFT,
        changed_at=now(),
    )  # fmt: skip
    session.add(draft)
    session.commit()
    data = {"round_id": made.id, "rules_community": draft.id}
    answer = organiser.post("/trials", data=data)
    assert (answer.status_code, "该草稿尚有错误" in answer.text) == (422, True)


def test_thresholds_and_influences_are_worked_out(organiser: FlaskClient, made: Round) -> None:
    data = {"round_id": made.id, "target_five_star": "67%", "step": "1", "influences": "y"}
    page = organiser.post("/trials", data=data).text
    assert "五星级及以上目标67%：90分 → 83分，达到2个（66.7%）" in page
    assert "at_least: 83  # 90" in page
    decides = page.split("哪些指标决定星级</h2>")[1]
    assert "党员大会" in decides


def test_wrong_share_is_refused_at_its_field(organiser: FlaskClient, made: Round) -> None:
    answer = organiser.post("/trials", data={"round_id": made.id, "target_five_star": "120%"})
    assert (answer.status_code, "请填写0%至100%的比例" in answer.text) == (422, True)


def test_workbook_holds_all_who_move_and_runs_no_formula(
    session: Session, organiser: FlaskClient, made: Round, district: District
) -> None:
    query = select(Participant).where(Participant.organisation_id == district.east_one.id)
    session.scalars(query).one().name = "=1+1"
    session.commit()
    other = make_rule_set(session, STRICTER)
    data = {"round_id": made.id, "rules_community": other.id}
    book = load_workbook(BytesIO(organiser.post("/trials/workbook", data=data).data))
    rows = [[cell.value for cell in row] for row in book["将降低星级"].iter_rows(min_row=2)]
    assert [row[1:6] for row in rows] == [
        ["'=1+1", "东片党工委", "街道社区", "四星级", "三星级"],
        ["东二社区党支部", "东片党工委", "街道社区", "三星级", "未评星级"],
    ]
    assert [row[6:8] for row in rows] == [[83, 63], [60, 40]]
    assert [row[1].value for row in book["数据不全"].iter_rows(min_row=2)] == ["西二社区党支部"]


def test_picture_has_no_style_that_the_policy_forbids(organiser: FlaskClient, made: Round) -> None:
    page = organiser.post("/trials", data={"round_id": made.id}).text
    assert "<svg" in page
    assert " style=" not in page


def test_trial_is_of_the_callers_part_of_the_tree(
    session: Session, made: Round, district: District, browser_of: Browser
) -> None:
    other = make_rule_set(session, STRICTER)
    elsewhere = browser_of(make_account(session, Role.ORGANISER, district.west))
    page = elsewhere.post("/trials", data={"round_id": made.id, "rules_community": other.id}).text
    assert outcome(page) == [0, 0, 2]
    assert [each for each in ("东片党工委", "东一社区", "东二社区") if each in page] == []


def test_trial_of_a_round_without_own_participants_looks_missing(
    session: Session, made: Round, district: District, organiser: FlaskClient
) -> None:
    empty = Round(year=2027, title="筹备中的一轮")
    session.add(empty)
    session.commit()
    assert organiser.get(f"/trials?round={empty.id}").status_code == 404
    assert "筹备中的一轮" not in organiser.get("/trials").text


def test_others_do_not_try_rules(
    session: Session, made: Round, district: District, browser_of: Browser
) -> None:
    for role in (Role.COMMITTEE_REVIEWER, Role.SUPERVISOR, Role.BRANCH_OFFICER):
        client = browser_of(make_account(session, role, district.east))
        assert client.get("/trials").status_code == 404
        assert client.post("/trials", data={"round_id": made.id}).status_code == 404


def test_trial_asks_a_bounded_number_of_queries(
    session: Session, organiser: FlaskClient, made: Round
) -> None:
    with counted() as asked:
        organiser.post("/trials", data={"round_id": made.id})
    assert len([each for each in asked if "known_fact" in each]) == 1
    assert len(asked) < 26

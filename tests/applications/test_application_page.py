"""What the page of an application shows to whom, and what it asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from counting import counted
from district import make_account
from drafting import COMPLETE, Case
from flask.testing import FlaskClient

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.applications.models import ApplicationState
from evaluator.applications.standing import part_lines, standing_of
from evaluator.database import now
from evaluator.records.queries import find_known_fact

Browsers = Callable[[Account], FlaskClient]


def text_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_a_single_application_is_shown_at_once(case: Case, browser_of: Browsers) -> None:
    answer = browser_of(case.officer).get("/applications")
    assert (answer.status_code, answer.location) == (302, case.address())


def test_several_applications_are_listed_within_the_place(case: Case, browser_of: Browsers) -> None:
    officer = make_account(case.session, Role.BRANCH_OFFICER, case.district.east, "both")
    page = text_of(browser_of(officer), "/applications")
    assert "东一社区党支部" in page
    assert "东二社区党支部" in page
    assert "西一社区党支部" not in page


def test_without_a_round_there_is_nothing_to_apply_for(case: Case, browser_of: Browsers) -> None:
    officer = make_account(case.session, Role.BRANCH_OFFICER, case.district.west_two)
    assert "目前没有需要您申报的评定轮次" in text_of(browser_of(officer), "/applications")


@pytest.mark.parametrize("rest", ["", "/submission", "/receipt", "/submissions/1.pdf"])
def test_another_branch_finds_nothing_there(case: Case, browser_of: Browsers, rest: str) -> None:
    west = make_account(case.session, Role.BRANCH_OFFICER, case.district.west_one)
    assert browser_of(west).get(case.address(rest)).status_code == 404


def test_a_reviewer_reads_and_finds_no_field(case: Case, browser_of: Browsers) -> None:
    case.save(visits="10")
    reviewer = make_account(case.session, Role.COMMITTEE_REVIEWER, case.district.east)
    page = text_of(browser_of(reviewer), case.address("?part=service"))
    assert "本页仅供查看" in page
    assert 'name="f-visits"' not in page
    assert browser_of(reviewer).post(case.address(), data={}).status_code == 404


@pytest.mark.parametrize("state", [ApplicationState.SUBMITTED, ApplicationState.REVIEWED])
def test_what_was_submitted_is_shown_for_reading(
    case: Case, browser_of: Browsers, state: ApplicationState
) -> None:
    case.set_state(state)
    assert 'id="draft"' not in text_of(browser_of(case.officer), case.address())


def test_the_page_begins_where_something_is_left_to_do(case: Case) -> None:
    assert case.draft().first_open_part().id == "life"
    case.save(lectures=[])
    assert case.draft().first_open_part().id == "service"


def test_known_facts_are_shown_with_source_and_date(case: Case) -> None:
    meetings = case.page("life").indicators[0].facts[0]
    assert (meetings.known, meetings.source) == ("3次", "平台台账自动取数")
    assert (meetings.as_of, meetings.corrected) == (
        case.draft().sheet.known["meetings"].as_of,
        False,
    )


def test_a_record_that_nobody_has_is_asked(case: Case) -> None:
    participant = case.participant
    known = find_known_fact(
        case.session, participant.organisation_id, participant.round.year, "meetings"
    )
    case.session.delete(known)
    case.session.commit()
    meetings = case.page("life").indicators[0].facts[0]
    assert (meetings.known, meetings.needs_reason, meetings.message) == ("", False, "尚未填报")
    case.save(meetings="4")
    assert case.draft().found.assessment.value("points", "meetings") == 100_000


def test_what_others_give_is_never_asked(case: Case, browser_of: Browsers) -> None:
    page = text_of(browser_of(case.officer), case.address("?part=service"))
    assert 'name="f-attitude"' not in page
    assert 'name="f-satisfied"' not in page
    assert "待直属党（工）委初审认定" in page
    assert "待民主测评结果" in page


def test_a_fact_of_two_indicators_is_asked_once(case: Case) -> None:
    case.save(visits="10")
    lines = {each.indicator.id: each for each in case.page("service").indicators}
    assert [each.name for each in lines["visits"].facts] == ["visits", "members"]
    assert lines["much"].facts == []
    (reference,) = lines["much"].references
    assert (reference.anchor, reference.shown, reference.title) == ("fact-visits", "10", "走访")


def test_facts_of_vetoes_alone_have_a_part_of_their_own(case: Case) -> None:
    parts = {each.id: each for each in case.ready.parts}
    assert list(parts) == ["life", "service", "conditions"]
    assert parts["conditions"].facts == ("clean",)


def test_progress_counts_what_the_branch_has_to_do(case: Case) -> None:
    case.save(brand="true", visits="10")
    lines = {each.id: (each.done, each.count) for each in part_lines(case.draft(), "zh")}
    assert lines == {"life": (1, 2), "service": (6, 6), "conditions": (0, 1)}


def test_points_so_far_say_what_is_missing(case: Case) -> None:
    case.save(brand="true", visits="10")
    standing = standing_of(case.draft(), "zh")
    assert (standing.total, standing.level, standing.above) == ("23.00", "三星级", "四星级")
    (lacking,) = standing.lacking
    assert lacking.words == "总分还差17.00分（需40.00分）"
    assert lacking.advice[0].how == "尚缺数据：党课"
    assert (standing.to_fill, standing.judged_later, standing.compared_later) == (1, 2, 1)


def test_typed_rubbish_stays_in_its_field(case: Case, browser_of: Browsers) -> None:
    case.save(
        visits="<b>十", lectures=[{"date": "三月五日", "topic": "", "rank": "很高"}], brand="或许"
    )
    client = browser_of(case.officer)
    service = text_of(client, case.address("?part=service"))
    assert 'value="&lt;b&gt;十"' in service
    assert "填写的是“&lt;b&gt;十”，应填整数" in service
    life = text_of(client, case.address("?part=life"))
    assert 'type="text" id="f-lectures-0-date" name="f-lectures-0-date" value="三月五日"' in life
    assert '<option value="很高" selected>很高</option>' in life


def test_both_languages_are_whole(case: Case, browser_of: Browsers) -> None:
    client = browser_of(case.officer)
    client.set_cookie("language", "en")
    page = text_of(client, case.address("?part=service"))
    assert "Copy last year" not in page
    assert "to be judged" in page
    assert "given under Visits" in page


def test_a_page_and_a_save_take_as_many_queries_for_one_answer_as_for_all(
    case: Case, browser_of: Browsers
) -> None:
    case.save(visits="7")
    client, counts = browser_of(case.officer), []
    for _ in range(2):
        with counted() as page:
            client.get(case.address("?part=life"))
        mark = case.mark("visits")
        sent = {"visits": {"value": str(len(counts)), "reason": "", "was": mark}}
        with counted() as saving:
            client.post(case.address("/autosave"), json={"part": "life", "facts": sent})
        counts.append((len(page), len(saving)))
        case.save(**COMPLETE)
    assert counts[0] == counts[1]
    # PostgreSQL locks a row, too, but adds the audit line and moves its end in one.
    assert counts[0] == (8, 9)


def test_lists_take_as_many_queries_for_one_as_for_three(case: Case, browser_of: Browsers) -> None:
    counts = []
    for place in (case.district.east, case.district.root):
        client = browser_of(make_account(case.session, Role.BRANCH_OFFICER, place))
        with counted() as statements:
            client.get("/applications")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_deadlines_are_told_in_local_time(case: Case, browser_of: Browsers) -> None:
    moment = now().replace(hour=10, minute=30, second=0, microsecond=0) + timedelta(days=3)
    case.round.steps[0].closes_at = moment
    case.session.commit()
    local = moment + timedelta(hours=8)
    assert f"{local.day}日 18:30" in text_of(browser_of(case.officer), case.address())

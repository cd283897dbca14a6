"""Agreement of panels: figures of complete cases, second looks that change nothing."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest
from counting import queries_of
from district import make_account, make_rule_set
from flask import Flask
from flask.testing import FlaskClient
from hearing import Hearing, ask_for_ratings, make_hearing, with_defence
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.accounts.sessions import actor_of
from evaluator.defences.agreement import agreement_of
from evaluator.defences.agreement_views import why_unsaid
from evaluator.defences.models import Look, ScoreSheet
from evaluator.rounds.models import RoundRuleSet
from evaluator.scoring.agreement import Unsaid

SVG = "{http://www.w3.org/2000/svg}"
Browsers = Callable[[Account], FlaskClient]
SCORES = (
    ("80", "81", "82", "81", "80"),
    ("85", "84", "86", "85", "84"),
    ("90", "91", "89", "92", "90"),
    ("88", "87", "40", "87", "88"),
)


@pytest.fixture
def judged(session: Session) -> Hearing:
    """Return a panel whose third panellist gave the fourth case half of what the others gave."""
    hearing = make_hearing(session, panellists=5, branches=4)
    for case, scores in enumerate(SCORES):
        hearing.hand_all_in(*scores, case=case)
    return hearing


@pytest.fixture
def organiser(judged: Hearing, browser_of: Browsers) -> FlaskClient:
    return browser_of(make_account(judged.session, Role.ORGANISER, judged.district.root))


def test_figures_are_shown_of_each_panel(judged: Hearing, organiser: FlaskClient) -> None:
    page = organiser.get("/defence/agreement").get_data(as_text=True)
    assert "第一评审组 · 答辩评分" in page
    assert "Krippendorff α系数" in page
    assert "评委2对西二社区党支部评40分，其他评委的中位数为87.5分" in page


def test_cases_with_an_open_sheet_are_left_out(session: Session, browser_of: Browsers) -> None:
    hearing = make_hearing(session, branches=2)
    hearing.hand_in(0, before="63.25".rstrip("5"))
    hearing.write(1, before="64.5")
    session.commit()
    organiser = browser_of(make_account(session, Role.ORGANISER, hearing.district.root))
    page = organiser.get("/defence/agreement").get_data(as_text=True)
    assert [word in page for word in ("63.2", "64.5", "尚无评分表全部提交")] == [False, False, True]


def test_score_that_stands_out_is_flagged_once_and_stays_as_it_is(
    judged: Hearing, organiser: FlaskClient
) -> None:
    for _ in range(2):
        assert organiser.post("/defence/agreement/flag").status_code == 302
    judged.session.expire_all()
    look = judged.session.scalars(select(Look)).one()
    sheet = judged.session.get(ScoreSheet, look.sheet_id)
    assert sheet is not None
    assert (sheet.after, look.figures["value"]) == ({"defence": "40"}, "40")
    assert (sheet.seat.panellist.account.name, look.settled_at) == ("评委2", None)


def test_look_is_settled_by_a_person_in_words(judged: Hearing, organiser: FlaskClient) -> None:
    organiser.post("/defence/agreement/flag")
    look = judged.session.scalars(select(Look)).one()
    assert organiser.post(f"/defence/looks/{look.id}", data={"outcome": ""}).status_code == 409
    answer = organiser.post(f"/defence/looks/{look.id}", data={"outcome": "本人确认无误"})
    assert answer.status_code == 302
    assert "本人确认无误" in organiser.get(answer.location).get_data(as_text=True)
    again = organiser.post(f"/defence/looks/{look.id}", data={"outcome": "改判"})
    assert again.status_code == 409
    judged.session.expire_all()
    assert judged.session.scalars(select(Look.outcome)).one() == "本人确认无误"


def test_calibration_case_shows_each_panellist_beside_the_others(
    judged: Hearing, organiser: FlaskClient
) -> None:
    judged.cases[3].is_calibration = True
    judged.session.commit()
    page = organiser.get("/defence/agreement").get_data(as_text=True)
    assert "校准案例：西二社区党支部" in page
    assert "-47.5" in page


def test_calibration_case_changes_no_figure(session: Session) -> None:
    hearing = make_hearing(session, panellists=5, branches=4)
    for case in (0, 1, 2):
        hearing.hand_all_in(*SCORES[case], case=case)
    organiser = make_account(session, Role.ORGANISER, hearing.district.root)
    (before,) = agreement_of(session, actor_of(organiser, ""), hearing.made)
    hearing.cases[3].is_calibration = True
    hearing.hand_all_in("10", "100", "0", "55", "99", case=3)
    (after,) = agreement_of(session, actor_of(organiser, ""), hearing.made)
    assert (before.calibration, len(after.table.cells)) == (None, 4)
    assert after.figures == before.figures
    assert after.readings == before.readings
    assert after.widest == before.widest
    assert after.calibration is not None
    assert [each.value for each in after.calibration.panellists] == [10, 100, 0, 55, 99]


def test_score_of_the_calibration_case_is_not_flagged(
    judged: Hearing, organiser: FlaskClient
) -> None:
    judged.cases[3].is_calibration = True
    judged.session.commit()
    assert organiser.post("/defence/agreement/flag").status_code == 302
    assert judged.session.scalars(select(Look)).all() == []


def test_calibration_case_alone_leaves_nothing_to_compare(
    session: Session, browser_of: Browsers
) -> None:
    hearing = make_hearing(session, panellists=5, branches=1)
    hearing.cases[0].is_calibration = True
    hearing.hand_all_in(*SCORES[0])
    organiser = browser_of(make_account(session, Role.ORGANISER, hearing.district.root))
    page = organiser.get("/defence/agreement").get_data(as_text=True)
    assert [words in page for words in ("校准案例：东一社区党支部", "<svg", "评分离散")] == [
        True, False, False,
    ]  # fmt: skip


def test_mean_of_a_case_names_the_scores_that_the_rule_set_drops(
    judged: Hearing, organiser: FlaskClient
) -> None:
    ask_for_ratings(judged.session, judged.made, 5)
    page = organiser.get("/defence/agreement").get_data(as_text=True)
    row = page[page.index(f'<a href="/defence/records/{judged.cases[3].id}"') :]
    cells = [each.partition("</td>")[0] for each in row[: row.index("</tr>")].split("<td")[1:]]
    assert cells[0].endswith(">87.33")
    assert [each.partition(">")[2] for each in cells[2:7]] == ["5", "3", "40", "88", "87"]
    assert [cells[1].count(name) for name in ("评委2", "评委4", "评委")] == [1, 1, 2]


def test_rule_set_without_a_mean_drops_nothing(judged: Hearing) -> None:
    account = make_account(judged.session, Role.ORGANISER, judged.district.root)
    (found,) = agreement_of(judged.session, actor_of(account, ""), judged.made)
    assert [(each.mean, each.dropped) for each in found.figures.means.values()] == [
        (Fraction(sum(map(int, scores)), 5), ()) for scores in SCORES
    ]


def test_categories_with_another_mean_are_looked_at_apart(session: Session) -> None:
    hearing = make_hearing(session, panellists=5, branches=4)
    plain = make_rule_set(session, with_defence())
    hearing.made.rule_sets.append(RoundRuleSet(category="village", stored=plain))
    ask_for_ratings(session, hearing.made, 5)
    for case, scores in enumerate(SCORES):
        hearing.cases[case].participant.category = "village" if case > 1 else "community"
        hearing.hand_all_in(*scores, case=case)
    organiser = make_account(session, Role.ORGANISER, hearing.district.root)
    found = agreement_of(session, actor_of(organiser, ""), hearing.made)
    assert [
        (each.categories, [len(mean.dropped) for mean in each.figures.means.values()])
        for each in found
    ] == [(["community"], [2, 2]), (["village"], [0, 0])]


def test_picture_has_a_dot_for_each_score_with_the_dropped_ones_hollow(
    judged: Hearing, organiser: FlaskClient
) -> None:
    ask_for_ratings(judged.session, judged.made, 5)
    page = organiser.get("/defence/agreement").get_data(as_text=True)
    start = page.index("<svg", page.index('class="picture strips"'))
    picture = ET.fromstring(page[start : page.index("</svg>", start) + 6])  # noqa: S314
    assert (picture.get("role"), picture.get("aria-label")) == (
        "img", "各党组织的评分分布：第一评审组，答辩评分。表中列有相同数据。",
    )  # fmt: skip
    dots, legend = list(picture.iter(f"{SVG}circle")), 3
    assert len(dots) == 4 * 5 + legend
    assert len([each for each in dots if "dash" in str(each.attrib)]) == 4 * 2 + 1
    words = [each.text for each in picture.iter(f"{SVG}text")]
    assert [words.count(each) for each in ("西二社区党支部", "87.33", "5")] == [1, 1, 4]


def test_agreement_asks_as_often_for_four_cases_as_for_one(
    session: Session, browser_of: Browsers
) -> None:
    hearing = make_hearing(session, panellists=5, branches=4)
    organiser = browser_of(make_account(session, Role.ORGANISER, hearing.district.root))
    hearing.hand_all_in(*SCORES[0])
    session.expire_all()
    organiser.get("/defence/agreement")
    one = queries_of(lambda: organiser.get("/defence/agreement"))
    for case in (1, 2, 3):
        hearing.hand_all_in(*SCORES[case], case=case)
    session.expire_all()
    assert queries_of(lambda: organiser.get("/defence/agreement")) == one


def test_page_says_what_its_figures_mean(judged: Hearing, organiser: FlaskClient) -> None:
    page = organiser.get("/defence/agreement").get_data(as_text=True)
    assert "各项指标的含义" in page
    assert "校正同组评委后" in page
    assert page.count("依据两名以上评委评过的") == 1


def test_figures_that_cannot_be_said_are_dashes_with_one_reason(app: Flask) -> None:
    reasons = (Unsaid.INCOMPLETE, (Fraction(1), Fraction(2)), Unsaid.INCOMPLETE)
    with app.test_request_context():
        assert len(why_unsaid(*reasons)) == 1
        assert why_unsaid((Fraction(1), Fraction(2))) == []

"""The award after the notice: the register holds the new levels, and the round is over."""

from __future__ import annotations

from sample import sample
from sqlalchemy import select
from stage_applying import officer_of
from stage_decision import DEVIATES, TOP, VETOED
from stage_setting_up import command
from walk import ROUND, YEAR, Walk

from evaluator.applications.procedure import FINAL
from evaluator.database import db
from evaluator.organisations.models import Organisation
from evaluator.organisations.standing import standings_of


def award_everybody(walk: Walk) -> None:
    """Award all of the notice under one document."""
    walk.clock.go_to(2027, 4, 20)
    page = walk.look("organiser", "/awards/notices/1")
    page = page.send("notices/1", {"document": "临组通〔2027〕8号"})
    states = walk.states()
    assert set(states.values()) == set(FINAL), page.told
    assert {code for code, state in states.items() if state == "unrated"} == UNRATED


def find_the_levels_in_the_register(walk: Walk) -> None:
    """Read the new levels from the register, on its pages and as the next round will."""
    page = walk.look("supervisor", f"/organisations?q={TOP}")
    assert "标兵" in walk.look("supervisor", page.links(r"^/organisations/\d+$")[-1]).said
    with walk.app.app_context():
        query = select(Organisation).where(Organisation.code.in_(sample()))
        codes = {each.id: each.code for each in db.session.scalars(query)}
        held = {
            codes[number]: standing.level
            for number, standing in standings_of(db.session, query, YEAR + 1).items()
        }
    assert held[TOP] == "model"
    assert held[DEVIATES] == "three_star"
    assert not held.get(VETOED)


def send_the_letters(walk: Walk) -> None:
    """Look through the letters that wait, let them go, and let an officer read its own."""
    assert "标兵" not in walk.look(officer_of(TOP), "/letters").said
    page = walk.look("organiser", "/outbox?batch=award-1").send("batch/release")
    assert "已发送" in page.said, page.told
    assert "标兵" in walk.look(officer_of(TOP), "/letters").said


def read_the_reports(walk: Walk) -> None:
    """Let officers read their reports, one of them on paper, and plan for the next star."""
    report = walk.look(officer_of(TOP), f"/score-reports/{walk.participants[TOP]}")
    assert "标兵" in report.said
    paper = walk.look(officer_of(TOP), report.links(r"report\.pdf$")[0]).response
    assert paper.mimetype == "application/pdf"
    report = walk.look(officer_of(DEVIATES), f"/score-reports/{walk.participants[DEVIATES]}")
    page = walk.look(officer_of(DEVIATES), report.links(r"/plan/study$")[0])
    item = {"text": "每月第一周集中学习，缺席补学", "owner": "组织委员", "due": "2027-12-31"}
    page = page.send("plan/study", item)
    assert "政治理论学习" in page.said, page.told
    walk.as_(officer_of(TOP)).look(report.address, expect=404)


def close_the_round(walk: Walk) -> None:
    """Close the round, and verify the log of all that happened."""
    walk.clock.go_to(2027, 5, 6)
    page = walk.look("organiser", f"{ROUND}/close").send("close", {"reason": "本轮评定工作结束"})
    assert "已关闭" in page.said or "已结束" in page.said, page.told
    assert walk.look("supervisor", "/audit").said
    assert "审计日志完好" in command("audit", "verify")


UNRATED = {VETOED, "LJ-SQ-027"}
"""The vetoed one, and the one that has too few points."""

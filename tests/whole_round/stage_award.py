"""The award after the notice: the register holds the new levels, and the round is over."""

from __future__ import annotations

from sample import sample
from sqlalchemy import select
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


def read_the_report(walk: Walk) -> None:
    """Let the officer of the winner read its report, and the public the notice."""
    page = walk.look(f"officer_{TOP[-3:]}", f"/score-reports/{walk.participants[TOP]}")
    assert "标兵" in page.said
    assert "标兵" in walk.anybody().look("/notice/1").said


def close_the_round(walk: Walk) -> None:
    """Close the round, and verify the log of all that happened."""
    walk.clock.go_to(2027, 5, 6)
    page = walk.look("organiser", f"{ROUND}/close").send("close", {"reason": "本轮评定工作结束"})
    assert "已关闭" in page.said or "已结束" in page.said, page.told
    assert walk.look("supervisor", "/audit").said
    assert "审计日志完好" in command("audit", "verify")


UNRATED = {VETOED, "LJ-SQ-027"}
"""The vetoed one, and the one that has too few points."""

"""The defence: timetable, sheets before and after the questions, handed in, closed by the chair."""

from __future__ import annotations

from collections import defaultdict

from person import Page
from stage_panels import DEFENDING, MEMBERS, SEATS
from walk import Walk

CHAIR = "panellist_2"


def plan_the_timetable(walk: Walk) -> None:
    """Make a timetable of two rooms on one day."""
    page = walk.look("organiser", "/defence/timetable/plan")
    page = page.send("", {"rooms": "第一会议室\n第二会议室", "days": "2027-03-09"})
    assert "时间待定的党组织" not in page.said, page.said


def hear_everything(walk: Walk) -> None:
    """Hear each case; it is closed by the chair of the panel."""
    walk.clock.go_to(2027, 3, 9)
    seats = _seats(walk)
    assert len(seats) == len(DEFENDING)
    assert {len(each) for each in seats.values()} == {SEATS}
    for case, people in seats.items():
        _hear(walk, case, people)
    states = walk.states()
    assert {code for code, state in states.items() if state == "defended"} == set(DEFENDING)


def look_at_the_agreement(walk: Walk) -> None:
    """Look at the figures that tell how far the panellists agree."""
    assert "评分一致性" in walk.look("organiser", "/defence/agreement").said


def _seats(walk: Walk) -> dict[str, list[str]]:
    """Return who sits on which case, as the pages of the panellists tell."""
    seats = defaultdict(list)
    for name in (f"panellist_{number}" for number in range(1, MEMBERS + 1)):
        for case in walk.look(name, "/defence/mine").links(r"^/defence/cases/\d+$"):
            seats[case].append(name)
    return seats


def _hear(walk: Walk, case: str, people: list[str]) -> None:
    _let(walk, case, "called", "presenting")
    for number, name in enumerate(people):
        page = walk.look(name, case)
        page.send(r"cases/\d+", _scores(page, "before-", number), press="save=1")
    _let(walk, case, "questions")
    for number, name in enumerate(people):
        _hand_in(walk.look(name, case), number)
    page = walk.look(CHAIR, case).send("close")
    assert "结束" in page.said, page.told


def _let(walk: Walk, case: str, *states: str) -> None:
    """Let the chair lead the hearing on, step by step."""
    for state in states:
        page = walk.look(CHAIR, case)
        page.send(f"cases/{case.rpartition('/')[2]}/move", press=f"to={state}")


def _hand_in(page: Page, number: int) -> None:
    """Give the second scores; one differs from the first, so that its reason is asked for."""
    scores = _scores(page, "after-", number + 1)
    wrong = page.send(r"cases/\d+", scores, press="hand_in=1", expect=422)
    assert "补填" in wrong.told, wrong.told
    page = wrong.send(r"cases/\d+", {**scores, "reason": "提问环节回答具体"}, press="hand_in=1")
    page = page.send("hand-in")
    assert "已提交" in page.said, page.told


def _scores(page: Page, start: str, number: int) -> dict[str, str]:
    names = [each for each in page.form(r"cases/\d+").names if each.startswith(start)]
    assert names, page.said
    return {each: str(85 + number) for each in names}

"""The joint check with a veto, the decision with a deviation by two organisers, the minutes."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook
from person import Page
from sample import CATEGORY
from walk import Walk

from evaluator.demonstration.papers import minutes

VETOED = "LJ-SQ-023"
DEVIATES = "LJ-SQ-029"
"""A branch a fraction below three stars, which the organisers lift."""
TOP = "LJ-SQ-001"
"""Its level is decided by a higher authority."""


def check_jointly(walk: Walk) -> None:
    """Upload the list of a department with one veto, and its evidence."""
    walk.clock.go_to(2027, 3, 23)
    organiser = walk.as_("organiser")
    template = organiser.look("/decisions/1/joint-check/template.xlsx").response.data
    page = organiser.look("/decisions/1/joint-check")
    page = page.send("", {"department": "区纪检监察工委", "file": (_list(template), "联审.xlsx")})
    assert "1" in page.said
    page = page.send(r"joint-check/\w+", {"others_clean": "y"})
    assert "中共临江新区" in page.said, page.told
    page = organiser.look(page.links(r"^/decisions/findings/\d+$")[0])
    paper = minutes("立案决定书", ("区纪检监察工委",))
    page = page.send("evidence", {"evidence-file": (paper, "决定书.pdf")})
    assert "决定书.pdf" in page.said, page.told


def propose_a_deviation(walk: Walk) -> None:
    """Propose another level than the computed one: its proposer cannot confirm it."""
    walk.clock.go_to(2027, 4, 1)
    reason = "会议研究认为该社区承担重点攻坚任务，成效突出，予以三星级"
    page = _candidate(walk, "organiser", DEVIATES)
    page = page.send("propose", {"propose-level": "three_star", "propose-reason": reason})
    assert not [form for form in page.forms() if form.action.endswith("/confirm")]
    page = _candidate(walk, "organiser_two", DEVIATES).send("confirm")
    assert reason in page.said
    assert walk.states()[DEVIATES] == "decided"


def decide_the_top_level(walk: Walk) -> None:
    """Record what the board of the department decided on the only model."""
    page = _candidate(walk, "organiser", TOP)
    page = page.send("higher", {"higher-level": "model", "higher-reason": "部务会纪要〔2027〕3号"})
    assert walk.states()[TOP] == "decided", page.told


def decide_everything_else(walk: Walk) -> None:
    """Decide all others as computed."""
    page = walk.look("organiser", "/decisions").send(f"{CATEGORY}/decide")
    assert set(walk.states().values()) == {"decided"}, page.told


def write_the_minutes(walk: Walk) -> None:
    """Write the minutes; they are a paper with the deviation in it."""
    page = walk.look("organiser", "/decisions/1/minutes")
    page = page.send("minutes", {"chair": "王部长", "present": "王部长\n李副部长\n张科长"})
    paper = walk.look("supervisor", page.links(r"minutes/\d+\.pdf$")[0]).response
    assert paper.mimetype == "application/pdf"


def close_without_a_level(walk: Walk) -> None:
    """End the round for those who were given no level, the vetoed one among them."""
    page = walk.look("organiser", "/decisions").send(f"{CATEGORY}/close")
    states = walk.states()
    assert states[VETOED] == "unrated", page.told
    assert states[DEVIATES] == "decided"


def _candidate(walk: Walk, name: str, code: str) -> Page:
    return walk.look(name, f"/decisions/participants/{walk.participants[code]}")


def _list(template: bytes) -> bytes:
    book = load_workbook(BytesIO(template))
    book.worksheets[0].append(
        [VETOED, "书记近两年受处分或被立案", "2026-11-05", "书记", "因违反工作纪律被立案审查"]
    )
    content = BytesIO()
    book.save(content)
    return content.getvalue()

"""Branches fill in, prove and submit their applications; one is appraised by ballots on paper."""

from __future__ import annotations

from person import Page
from sample import COMMITTEES, sample
from walk import Walk

from evaluator.demonstration.papers import minutes, photo

MENDED = "LJ-SQ-018"
"""A branch that corrects what the records say, and is returned its application later."""
TALLY = minutes("民主测评计票单", ("监票人签名",))


def officer_of(code: str) -> str:
    """Return the log-in name of a branch's officer."""
    return f"officer_{code[-3:]}"


def reviewer_of(code: str) -> str:
    """Return the log-in name of the reviewer of a branch's committee."""
    committee = sample()[code].organisation.committee
    short = next(key for key, name in COMMITTEES.items() if name == committee)
    return f"reviewer_{short.lower()}"


def correct_a_fact(walk: Walk) -> None:
    """Correct a recorded figure with a reason; the score so far follows."""
    walk.clock.go_to(2027, 1, 5)
    known = int(str(sample()[MENDED].facts["volunteers"]))
    page = _application(walk, MENDED)
    changed = {"f-volunteers": str(known + 1), "r-volunteers": "台账漏记1人，签到表已报党工委"}
    page = page.send(r"applications/\d+", changed, press="save=1")
    assert f'value="{known + 1}"' in page.response.text


def prove_it(walk: Walk) -> None:
    """Upload one file for the indicator, without any script; it opens again."""
    address = f"{_application(walk, MENDED).address}/evidence"
    page = walk.look(officer_of(MENDED), address)
    paper = (photo("党员志愿服务活动"), "志愿服务现场.jpg")
    page = page.send("evidence", {"files": paper, "indicator": "volunteering"}, has="indicator")
    assert "志愿服务现场.jpg" in page.said, page.told
    file = page.links(r"^/files/")[0]
    assert walk.look(officer_of(MENDED), file).response.mimetype.startswith("image/")


def submit_everything(walk: Walk) -> None:
    """Submit the application of each branch, and print its receipt."""
    for code in sample():
        page = _application(walk, code).send(r"applications/\d+", press="submit=1")
        _submit(page)
    assert set(walk.states().values()) == {"submitted"}


def submit_again(walk: Walk) -> None:
    """Mend what was returned: the list names it, the page shows it; submit again."""
    assert "请补正" in walk.look(officer_of(MENDED), "/letters").said
    page = _application(walk, MENDED)
    told = walk.look(officer_of(MENDED), page.links("/review$")[0])
    assert "补传签到表" in told.said
    known = str(sample()[MENDED].facts["volunteers"])
    changed = {"f-volunteers": known, "r-volunteers": ""}
    page = page.send(r"applications/\d+", changed, press="submit=1")
    _submit(page)


def appraise_on_paper(walk: Walk) -> None:
    """Let the committees count the ballots of each branch on paper, with the signed tally."""
    walk.clock.go_to(2027, 1, 12)
    for code, each in sample().items():
        reviewer, address = reviewer_of(code), f"/appraisals/{walk.participants[code]}"
        page = walk.look(reviewer, address)
        page = page.send(r"appraisals/\d+", {"way": "paper", "minimum": "10"})
        page = walk.look(reviewer, f"{address}/tally")
        satisfied = round(100 * float(str(each.facts["satisfaction"])))
        counts = {name: "0" for name in page.form("tally").names if "-" in name}
        best, *_, worst = [name for name in page.form("tally").filled({}) if "-" in name]
        page.send("tally", {
            **counts, "handed_out": "100", "returned": "100", best: str(satisfied),
            worst: str(100 - satisfied), "scan": (TALLY, "计票单.pdf"),
        })  # fmt: skip


def _application(walk: Walk, code: str) -> Page:
    page = walk.look(officer_of(code), "/applications")
    assert page.address == f"/applications/{walk.participants[code]}"
    return page


def _submit(page: Page) -> None:
    given = {"claimed_level": "three_star", "secretary": "李明", "declared": "y"}
    page = page.send("submission", given)
    assert "receipt" in page.address, page.told

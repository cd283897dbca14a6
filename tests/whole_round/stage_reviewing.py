"""Committees review: accept, adjust with a reason, return one to be mended, finish, recommend."""

from __future__ import annotations

import re
from typing import Any

from person import Page
from sample import COMMITTEES, sample
from stage_applying import MENDED, reviewer_of, submit_again
from walk import Walk

from evaluator.demonstration.reviewing import TO_MEND

JUDGED = {"implement": "implementation", "brand": "feature", "example": "innovation"}
"""The indicators for which the committee gives a figure of its own, with the fact that it is."""
ADJUSTED = "LJ-SQ-019"


def return_one(walk: Walk) -> None:
    """Return an application with what is to be mended, and let the branch mend it."""
    walk.clock.go_to(2027, 1, 18)
    for indicator, note in TO_MEND.items():
        page = _review(walk, MENDED, indicator)
        page.send(rf"indicators/{indicator}", {"note": note}, press="act=mend")
    page = _review(walk, MENDED)
    page.send("return", {"message": "请于三日内补正后重新提交。"})
    assert walk.states()[MENDED] == "returned"
    submit_again(walk)
    assert walk.states()[MENDED] == "submitted"


def adjust_one(walk: Walk) -> None:
    """Lower a figure: without a reason it is refused, with one it is kept."""
    page = _review(walk, ADJUSTED, "volunteering")
    lower = {"fact_0-value": str(int(str(sample()[ADJUSTED].facts["volunteers"])) - 6)}
    refused = page.send("indicators/volunteering", lower, press="act=accept", expect=422)
    assert "理由" in refused.told
    lower["fact_0-reason"] = "抽查签到表，两次活动签到不全，按实际人数核减"
    refused.send("indicators/volunteering", lower, press="act=accept")


def review_everything(walk: Walk) -> None:
    """Give the committee's own figures, accept the rest, and finish each review."""
    walk.clock.go_to(2027, 1, 26)
    for code in sample():
        _review_one(walk, code)
    assert set(walk.states().values()) == {"reviewed"}


def recommend(walk: Walk) -> None:
    """Put the first two of each committee on its list."""
    for committee, name in COMMITTEES.items():
        own = [code for code, each in sample().items() if each.organisation.committee == name]
        page = walk.look(f"reviewer_{committee.lower()}", "/reviews/recommendations")
        for code in own[:2]:
            add = f"act=add-{walk.participants[code]}"
            page = page.send(r"recommendations/\d+/\w+", press=add)
        listed = [each for each in page.form(r"recommendations/\d+/\w+").names if "level" in each]
        assert len(listed) == 2, page.told


def _review_one(walk: Walk, code: str) -> None:
    for indicator, fact in JUDGED.items():
        page = _review(walk, code, indicator)
        names = page.form(f"indicators/{indicator}").names
        [value] = [each for each in names if re.fullmatch(r"fact_\d+-value", each)]
        judged: Any = sample()[code].facts[fact]
        given = {value: judged["value"], f"{value[:-5]}reason": judged["reason"]}
        page = page.send(f"indicators/{indicator}", given, press="act=accept")
    while acceptable := [each for each in _acts(page) if "/dimensions/" in each]:
        page = page.send(acceptable[0].partition("?")[0])
    page.send("finish")


def _review(walk: Walk, code: str, indicator: str = "") -> Page:
    address = f"/reviews/{walk.participants[code]}"
    return walk.look(reviewer_of(code), f"{address}?indicator={indicator}")


def _acts(page: Page) -> list[str]:
    return [form.action for form in page.forms()]

"""Panels are composed, cases admitted and assigned, and the order of the defence is drawn."""

from __future__ import annotations

import json
from pathlib import Path

from paper_forms import Given
from person import Page
from sample import CATEGORY
from stage_setting_up import PANELLISTS, command
from walk import Walk

DEFENDING = ("LJ-SQ-001", "LJ-SQ-002", "LJ-SQ-011")
MEMBERS, SEATS = 6, 5


def enter_panellists(walk: Walk) -> None:
    """Enter the panellists, what they understand, and a tie that keeps one from a committee."""
    walk.clock.go_to(2027, 3, 1)
    organiser = walk.as_("organiser")
    for number in range(1, PANELLISTS + 1):
        page = organiser.look("/panels/panellists").send("panellists")
        words = "基层治理、党务" if number % 2 else "党务"
        page = page.send(r"panellists/\d+", {"competences": words, "most_cases": "5"})
        if number == 1:
            tie = {"organisation": DEFENDING[0], "relation": "own", "note": "在职"}
            page = page.send("ties", tie)
            assert "望潮门" in page.said


def compose_the_panel(walk: Walk) -> None:
    """Compose a panel; those who are left may handle objections later."""
    page = walk.look("organiser", "/panels/new")
    people = _panellists(page)
    chosen = [people[f"评委{number}"] for number in range(1, MEMBERS + 1)]
    given: Given = {
        "name": "第一评审组", "categories": [CATEGORY], "members": chosen, "chair": people["评委2"],
    }  # fmt: skip
    page = page.send("new", {**given, "seats": str(SEATS - 1)}, expect=422)
    page = page.send("new", {**given, "seats": str(SEATS)})
    assert "第一评审组" in page.said, page.told


def admit(walk: Walk) -> None:
    """Admit three of those that are proposed in the order of their points."""
    numbers = [str(walk.participants[code]) for code in DEFENDING]
    page = walk.look("organiser", "/panels/admission?by=points")
    page.send(f"admission/{CATEGORY}", {"participants": numbers})
    states = walk.states()
    assert {code for code, state in states.items() if state == "in_defence"} == set(DEFENDING)
    assert walk.look("organiser", "/panels/cases").links(r"^/panels/cases/\d+$")


def assign(walk: Walk) -> None:
    """Confirm the proposed assignment; the tied panellist is kept from its committee's cases."""
    walk.look("organiser", "/panels/assignment").send("assignment")
    [barred, *_] = walk.look("organiser", "/panels/cases").document.xpath(
        f"//main//tr[contains(., '{DEFENDING[0]}')]"
    )
    assert "评委2" in barred.text_content()
    assert "评委1" not in barred.text_content()


def draw(walk: Walk, folder: Path) -> None:
    """Bind to a seed, draw with a word that is called out, and check the lot as anybody can."""
    bound = walk.look("organiser", "/panels/1").send("draw")
    walk.look("organiser", "/panels/1").send(r"draw/\d+", {"word": "春分"})
    lot = walk.anybody().look(f"{bound.address}/lot.json").response.data
    assert sorted(json.loads(lot)["order"]) == sorted(DEFENDING)
    (folder / "lot.json").write_bytes(lot)
    command("draw", "verify", str(folder / "lot.json"))


def _panellists(page: Page) -> dict[str, str]:
    """Return the boxes of the members by the names beside them."""
    boxes = page.document.xpath("//input[@name='members']")
    return {
        box.xpath("string(following-sibling::label)").split()[0]: box.get("value") for box in boxes
    }

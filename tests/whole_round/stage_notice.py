"""The public notice, an objection under a real name, its handling by a second panel."""

from __future__ import annotations

import re

from sample import CATEGORY, sample
from stage_decision import DEVIATES, TOP, VETOED
from walk import Walk

HANDLERS = ("panellist_7", "panellist_8", "panellist_9")
OBJECTED = TOP


def publish_the_notice(walk: Walk) -> None:
    """Prepare the notice, read it as everybody will, publish it; no level is no news."""
    walk.clock.go_to(2027, 4, 6)
    organiser = walk.as_("organiser")
    page = organiser.look("/notices/new")
    page = page.send("new", {"categories": [CATEGORY], "office": "组织科，电话0512-00000000"})
    page = organiser.look(f"{page.address}/publish").send("publish")
    public = walk.anybody().look("/notice/1")
    assert _name(DEVIATES) in public.said
    assert _name(VETOED) not in public.said
    assert walk.states()[TOP] == "on_notice"


def object_to_one(walk: Walk) -> str:
    """Object under one's real name with a paper; nobody objects without a name."""
    anybody = walk.anybody()
    beside = f"[ancestor::*[self::li or self::tr][1][contains(., '{_name(OBJECTED)}')]]"
    public = anybody.look("/notice/1").document
    page = anybody.look(public.xpath(f"//main//a[contains(@href, 'objection')]{beside}/@href")[0])
    given = {"text": "该支部上报的志愿服务人数与实际不符，请予核实。", "truthful": "y"}
    refused = page.send(r"objection/\d+", given, expect=422)
    named = {**given, "name": "周明", "contact": "13800000000"}
    receipt = refused.send(r"objection/\d+", named)
    assert walk.states()[OBJECTED] == "objected"
    [code] = receipt.document.xpath("//*[@class='notice-code']")
    return str(code.text_content())


def handle_the_objection(walk: Walk) -> None:
    """Appoint three who did not judge the case; their majority gives the outcome."""
    walk.clock.go_to(2027, 4, 8)
    page = walk.look("organiser", "/objections/1")
    boxes = page.document.xpath("//input[@name='handlers' and not(@disabled)]")
    offered = {
        each.xpath("string(ancestor::label | following-sibling::label)"): each.get("value")
        for each in boxes
    }
    assert not [name for name in offered if "评委3" in name], offered
    wanted = [value for name, value in offered.items() if re.search("评委[789]", name)]
    page.send("panel", {"handlers": wanted})
    for name in HANDLERS:
        page = walk.look(name, "/objections/1")
        page.send("opinion", {"upholds": "no", "opinion": "经核对签到表，人数属实"})
    assert "周明" not in walk.look("supervisor", "/objections/1").said
    page = walk.look("organiser", "/objections/1")
    reason = "经第二评审组核实，志愿服务人数与签到表一致，异议不成立。"
    page.send("outcome", {"outcome": "not_upheld", "reason": reason})
    assert walk.states()[OBJECTED] == "on_notice"


def follow_the_objection(walk: Walk, code: str) -> None:
    """Read the outcome with the code of the receipt."""
    page = walk.anybody().look("/notice/objection").send("objection", {"code": code})
    assert "异议不成立" in page.said, page.told


def end_the_notice(walk: Walk) -> None:
    """Close the notice once its working days are over, not before."""
    early = walk.look("organiser", "/notices/1")
    assert not [form for form in early.forms() if form.action.endswith("close")]
    walk.clock.go_to(2027, 4, 15)
    page = walk.look("organiser", "/notices/1").send("close")
    assert "公示" in page.said, page.told


def _name(code: str) -> str:
    return sample()[code].organisation.name

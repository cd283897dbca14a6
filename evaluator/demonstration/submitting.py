"""Applications of the demonstration as their branches fill them in, prove and submit them."""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.applications.content import Declaration
from evaluator.applications.operations import save_answers
from evaluator.applications.ready import Ready, ready_for
from evaluator.applications.submissions import submit_application
from evaluator.applications.typed import Typed, as_typed
from evaluator.demonstration.papers import minutes, photo
from evaluator.demonstration.stages import OWN, Planned, Stage
from evaluator.evidence.checks.kinds import check
from evaluator.evidence.operations import add_file, storage_key
from evaluator.evidence.uploads import begin_upload
from evaluator.files import Submission
from evaluator.organisations.values import plain
from evaluator.rounds.models import Participant
from evaluator.storage import storage
from evaluator.web.errors import Refusal

CORRECTED = "volunteers"
"""A recorded fact that every rule set has, and that a branch may know better."""


def fill_in(session: Session, actor: Actor, participant: Participant, planned: Planned) -> bool:
    """Bring an application to the state that is planned; return whether it was submitted."""
    if planned.stage is Stage.NOT_BEGUN:
        return False
    ready = ready_for(session, participant)
    typed = _asked(ready, planned.submission)
    if planned.of_own_committee or planned.stage is Stage.DRAFT:
        typed |= _corrected(ready, planned)
    if typed:
        save_answers(session, actor, participant=participant, ready=ready, typed=typed)
    if planned.of_own_committee and planned.code != OWN:
        _prove(session, actor, participant)
    if planned.stage is Stage.DRAFT:
        return False
    return _submitted(session, actor, participant, ready, planned.submission)


def _asked(ready: Ready, submission: Submission) -> dict[str, Typed]:
    return {
        name: Typed(as_typed(fact, plain(submission.facts[name])))
        for name, fact in ready.rule_set.facts.items()
        if fact.source.kind == "asked" and name in submission.facts
    }


def _corrected(ready: Ready, planned: Planned) -> dict[str, Typed]:
    """Return a correction of what the records say, with its reason."""
    recorded = planned.submission.facts.get(CORRECTED)
    if recorded is None or CORRECTED not in ready.rule_set.facts:
        return {}
    reason = "台账漏记1人，活动签到表已报直属党（工）委"
    return {CORRECTED: Typed(str(int(str(recorded)) + 1), reason)}


def _submitted(
    session: Session,
    actor: Actor,
    participant: Participant,
    ready: Ready,
    submission: Submission,
) -> bool:
    declaration = Declaration("李明", submission.organisation.previous_level)
    try:
        submit_application(
            session, actor, participant=participant, ready=ready, declaration=declaration
        )
    except Refusal:
        # The workbook has organisations that lack facts; such an application stays a draft.
        return False
    return True


def _prove(session: Session, actor: Actor, participant: Participant) -> None:
    """Add evidence as a branch would: two scans, and a photo; two branches share the same one."""
    name = participant.name.removeprefix("中共临江新区")
    day = "2026年9月12日"
    lines = (f"单位：{name}", f"时间：{day}", "地点：党群服务中心二楼会议室", "应到32人，实到29人")
    papers = (
        ("主题党日会议记录.pdf", "theme_day", minutes("主题党日活动会议记录", lines)),
        ("特色品牌介绍.pdf", "brand", minutes("“一支部一特色”工作介绍", (lines[0], *_BRAND))),
        (
            "志愿服务现场.jpg",
            "volunteering",
            photo("党员志愿服务活动", int(participant.code[-3:]) % 7 * 8),
        ),
    )
    for file_name, indicator, content in papers:
        _add(session, actor, participant, file_name, indicator, content)


_BRAND = (
    "品牌：邻里红帆",
    "做法：每周三楼道议事，每月一次集中服务",
    "成效：当年解决居民急难愁盼事项46件",
)


def _add(
    session: Session,
    actor: Actor,
    participant: Participant,
    name: str,
    indicator: str,
    content: bytes,
) -> None:
    """Take in a file that was drawn a moment ago, and so may be checked in this process."""
    upload = begin_upload(
        session,
        actor,
        participant=participant,
        name=name,
        size=len(content),
        indicator=indicator,
    )
    checked = check(content)
    upload.storage_key = storage_key(checked.sha256)
    storage().put(upload.storage_key, checked.content)
    digest = sha256(content).hexdigest()
    add_file(session, actor, upload=upload, checked=checked, source_sha256=digest)

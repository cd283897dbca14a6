"""The public notice of the demonstration, and an objection against a name on it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.demonstration.clock import Clock
from evaluator.demonstration.panels import CATEGORY
from evaluator.demonstration.papers import photo
from evaluator.demonstration.people import Cast
from evaluator.evidence.checks.kinds import check
from evaluator.notices.content import Plan
from evaluator.notices.handling import appoint, give_opinion
from evaluator.notices.models import Notice, Objection
from evaluator.notices.objecting import Said, file_objection
from evaluator.notices.policy import candidates, excluded
from evaluator.notices.preparing import days_asked, prepare
from evaluator.notices.publishing import publish
from evaluator.notices.queries import find_by_code
from evaluator.panels.models import Case
from evaluator.rounds.models import Round

INTRODUCTION = (
    "经自评、初审、答辩和联审，拟命名下列党组织星级，现予公示。"
    "公示期内，任何单位和个人可以查看并提出异议。"
)
OFFICE = "区委组织部组织科，临江新区行政中心5号楼312室，电话0512-00000000，工作日9:00至17:00"
_OBJECTION = Said(
    "周明",
    "13800000000",
    "该支部上报的志愿服务人数与实际不符：三月和九月两次活动到场不足十人，请予核实。",
)
HANDLERS = 3


def publish_all(session: Session, actor: Actor, made: Round) -> Notice:
    """Put all who were given a level on public notice."""
    days = max(5, days_asked(made))
    categories = tuple(sorted(each.category for each in made.rule_sets))
    plan = Plan(f"{made.title}拟命名名单公示", INTRODUCTION, OFFICE, days, categories)
    notice = prepare(session, actor, made=made, plan=plan)
    session.flush()
    publish(session, actor, notice=notice, version=notice.version)
    session.flush()
    return notice


def object_to(session: Session, clock: Clock, cast: Cast, notice: Notice) -> str:
    """Object to a branch, and let a second panel begin; return the code by which it is followed.

    It is one that did not defend, so that every panellist may handle it; the one of the
    demonstration has still to say what it thinks.
    """
    heard = set(session.scalars(select(Case.participant_id)))
    entry = next(
        each
        for each in notice.entries
        if each.participant_id not in heard and each.participant.category == CATEGORY
    )
    checked = check(photo("现场照片", 12))
    followed_by = file_objection(
        session, notice=notice, entry=entry, said_by=_OBJECTION, files=[("现场照片.jpg", checked)]
    )
    session.flush()
    objection = find_by_code(session, followed_by)
    assert objection is not None  # noqa: S101 - it was filed a moment ago
    clock.go_on(minutes=45)
    _appoint(session, cast, objection)
    return followed_by


def _appoint(session: Session, cast: Cast, objection: Objection) -> None:
    participant = objection.entry.participant
    known = {each.id for each in candidates(session, participant)}
    kept_out = excluded(session, participant, known)
    free = [each for each in cast.panellists if each.id in known and each.id not in kept_out]
    chosen = free[:HANDLERS]
    numbers = [each.id for each in chosen]
    appoint(
        session, cast.organiser, objection=objection, account_ids=numbers,
        version=objection.version,
    )  # fmt: skip
    for each in chosen[1:]:
        session.flush()
        give_opinion(
            session,
            cast.actor(each.login_name),
            objection=objection,
            upholds=False,
            opinion="核对两次活动的签到表和照片，到场人数与上报一致。",
        )

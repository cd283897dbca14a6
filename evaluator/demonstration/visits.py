"""Appraisals and site checks of the demonstration: some over, some under way."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.appraisals.counting import BY_GRADE, GRADES, stored_questions
from evaluator.appraisals.models import Appraisal, Way
from evaluator.appraisals.operations import cast, close, make_slips, set_up
from evaluator.appraisals.paper import Scan, enter_tally, on_paper
from evaluator.demonstration.papers import minutes
from evaluator.files import Submission
from evaluator.organisations.details import today
from evaluator.organisations.values import plain
from evaluator.rounds.models import Participant, Round
from evaluator.rounds.queries import rule_set_for
from evaluator.rule_sets.reading import rule_set_of
from evaluator.site_checks.models import SiteCheck
from evaluator.site_checks.operations import add_check, draw, finish, write_findings
from evaluator.site_checks.queries import sampled_facts
from rules.numbers import read_number

MINIMUM = 10
BALLOTS = 50
PERCENT = 20


def appraise_by_codes(
    session: Session, actor: Actor, participant: Participant, ballots: int, *, ends: bool
) -> list[str]:
    """Appraise by codes, and return those that nobody has used yet."""
    appraisal = set_up(session, actor, participant=participant, way=Way.CODES, minimum=MINIMUM)
    codes = make_slips(session, actor, appraisal=appraisal, count=ballots + 6)
    session.flush()
    for number, code in enumerate(codes[:ballots]):
        cast(session, code=code, choices=_choices(appraisal, number))
    if ends:
        session.flush()
        close(session, actor, appraisal=appraisal)
    return codes[ballots:]


def appraise_on_paper(
    session: Session, actor: Actor, participant: Participant, submission: Submission
) -> None:
    """Enter the tally of an appraisal on paper where it can be one; its share is the workbook's."""
    asked = rule_set_of(rule_set_for(session, participant)).facts
    if any(each.type != "ratio" for each in asked.values() if each.source.kind == "appraisal"):
        return
    appraisal = set_up(session, actor, participant=participant, way=Way.PAPER, minimum=MINIMUM)
    if not on_paper(appraisal):
        return
    counts = {
        each.fact: _counts(plain(submission.facts.get(each.fact, "90%")))
        for each in stored_questions(appraisal.questions)
    }
    scan = Scan("民主测评计票单.pdf", "application/pdf", _tally_sheet())
    enter_tally(
        session, actor, appraisal=appraisal, handed_out=BALLOTS + 2, returned=BALLOTS,
        counts=counts, scan=scan,
    )  # fmt: skip


def visit(
    session: Session, actor: Actor, made: Round, participant: Participant, submission: Submission
) -> None:
    """Draw lots, and finish the check of one participant, whether or not the lot fell on it."""
    drawn = draw(session, actor, made=made, percent=PERCENT)
    check = next((each for each in drawn if each.participant is participant), None)
    if check is None:
        reason = "拟晋位党组织，安排现场核查"
        check = add_check(session, actor, participant=participant, reason=reason)
    _finish(session, actor, check, submission)


def _finish(session: Session, actor: Actor, check: SiteCheck, submission: Submission) -> None:
    rule_set = rule_set_of(rule_set_for(session, check.participant))
    sampled = {
        name: plain(submission.facts[name])
        for name in sampled_facts(rule_set)
        if name in submission.facts
    }
    write_findings(
        session,
        actor,
        check=check,
        visited_on=today(),
        findings={each.id: {"order": "in_order", "note": ""} for each in rule_set.dimensions},
        facts={name: str(value) for name, value in sampled.items()},
        summary="实地查看党群服务阵地和台账，入户抽查60户，情况属实。",
    )
    session.flush()
    finish(session, actor, check=check)


def _choices(appraisal: Appraisal, number: int) -> dict[str, str]:
    """Return a ballot: nine of ten are content, as far as grades are asked."""
    grade = GRADES[2] if number % 10 == 9 else GRADES[number % 2]
    return {
        each.fact: grade if each.kind == BY_GRADE else each.high
        for each in stored_questions(appraisal.questions)
    }


def _counts(share: object) -> dict[str, int]:
    """Return how many of the ballots chose each grade, so that about a share of them is content."""
    content = round(read_number(str(share)) * BALLOTS)
    satisfied = content * 3 // 4
    numbers: Iterable[int] = (satisfied, content - satisfied, BALLOTS - content, 0)
    return dict(zip(GRADES, numbers, strict=True))


def _tally_sheet() -> bytes:
    lines = (
        f"发出{BALLOTS + 2}票，收回{BALLOTS}票",
        "计票人：王芳　监票人：周强",
        "当场计票，结果见附页",
    )
    return minutes("民主测评计票单", lines)

"""The joint check and the decision of the demonstration, with what waits for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.orm import Session
from xlsxwriter import Workbook

from evaluator.access import Actor
from evaluator.decisions.board import Board
from evaluator.decisions.deciding import close_unrated, decide_as_computed
from evaluator.decisions.findings import attach
from evaluator.decisions.joint_check import preview_of
from evaluator.decisions.joint_rows import COLUMNS
from evaluator.decisions.meeting import Meeting, write_minutes_of
from evaluator.decisions.models import Basis
from evaluator.decisions.proposing import Wish, awarded, confirm, propose, record_higher
from evaluator.decisions.ready import ready_in
from evaluator.decisions.scored import board_for
from evaluator.decisions.taking_over import clear_others, take_over
from evaluator.demonstration.clock import Clock
from evaluator.demonstration.panels import CATEGORY
from evaluator.demonstration.papers import minutes
from evaluator.demonstration.people import Cast
from evaluator.demonstration.stages import OWN
from evaluator.evidence.checks.kinds import check
from evaluator.rounds.models import Participant, Round

LEFT = (CATEGORY, "non_public")
BEFORE_OTHERS = "个别党组织逾期未申报或材料未齐，经部务会研究先行审定其余党组织"
DEVIATION = "会议研究认为该党组织承担重点攻坚任务，成效突出，建议予以上一星级"
DIRECT = "本年度获省级以上表彰，表彰决定见附件"
HIGHER = "区委组织部部务会纪要〔2026〕21号"
_FOUND = ("书记近两年受处分或被立案", "书记", "因违反工作纪律被立案审查")
_PRESENT = ("王建平（部长）", "李红梅（副部长）", "张远（组织科科长）", "监督员")
Participants = Mapping[str, Participant]


def check_jointly(session: Session, clock: Clock, cast: Cast, made: Round) -> None:
    """Take over the list of a department: one veto, and nothing against all others."""
    vetoed = _to_be_vetoed(session, made)
    on = clock.day(-40).isoformat()
    with TemporaryDirectory() as folder:
        path = Path(folder, "联审.xlsx")
        path.write_bytes(_list((vetoed, _FOUND[0], on, *_FOUND[1:])))
        preview = preview_of(
            session, cast.organiser, made=made, department="区纪检监察工委", path=path
        )
        kept = take_over(
            session, cast.organiser, made=made, department="区纪检监察工委",
            file=(path.name, path), previewed=preview.digest(),
        )  # fmt: skip
    session.flush()
    clock.go_on(minutes=25)
    finding = kept.findings[0]
    paper = check(minutes("立案决定书（摘要）", ("区纪检监察工委", f"日期：{on}", _FOUND[2])))
    attach(
        session, cast.organiser, finding=finding, version=finding.version, name="立案决定书.pdf",
        checked=paper,
    )  # fmt: skip
    clear_others(session, cast.organiser, made=made)
    session.flush()


def decide_all(
    session: Session, clock: Clock, cast: Cast, made: Round, participants: Participants
) -> None:
    """Decide every category as computed, the top level by its authority, write the minutes."""
    for each in made.rule_sets:
        clock.go_on(minutes=20)
        _decide(session, cast, made, each.category, participants)
    clock.go_on(minutes=30)
    _write_minutes(session, clock, cast.organiser, made)
    for each in made.rule_sets:
        board = board_for(session, made, each.category)
        if ready_in(session, made, each.category, board).without_level:
            close_unrated(session, cast.organiser, made=made, category=each.category)
    session.flush()


def begin_deciding(
    session: Session, clock: Clock, cast: Cast, made: Round, participants: Participants
) -> None:
    """Decide half of the categories and write the minutes; a deviation waits in another one.

    Left are that of the panel, and one in which two branches share a place.
    """
    for each in made.rule_sets:
        if each.category not in LEFT:
            clock.go_on(minutes=20)
            _decide(session, cast, made, each.category, participants)
    clock.go_on(minutes=30)
    _write_minutes(session, clock, cast.organiser, made)
    propose_a_deviation(session, cast, made, participants)


def propose_a_deviation(
    session: Session, cast: Cast, made: Round, participants: Participants
) -> Participant:
    """Propose the next star for the best of those who miss it; a second person is to confirm."""
    board = board_for(session, made, CATEGORY)
    code, level = next(_next_stars(board))
    wish = Wish(level, Basis.DEVIATION, DEVIATION, accepts=True)
    propose(session, cast.organiser, participant=participants[code], wish=wish)
    session.flush()
    return participants[code]


def _next_stars(board: Board) -> Iterator[tuple[str, str]]:
    """Yield who could be lifted, with the level above its own, those without a level first."""
    for each in sorted(board.candidates, key=lambda one: (one.level, -one.total)):
        above = board.levels[each.level + 1]
        if not (each.steps or above.decided_by or each.code == OWN):
            yield each.code, above.id


def _to_be_vetoed(session: Session, made: Round) -> str:
    """Return whom the veto hits: the best of those who would rise to three stars."""
    board = board_for(session, made, CATEGORY)
    rising = [
        each.code
        for each in board.candidates
        if each.level == 0 and not each.result.organisation.previous_level
    ]
    return rising[0]


def _decide(
    session: Session, cast: Cast, made: Round, category: str, participants: Participants
) -> None:
    """Decide a category: what people decide one by one first, then all that is computed."""
    actor, board = cast.organiser, board_for(session, made, category)
    for each in board.candidates:
        participant = participants[each.code]
        level = board.levels[each.level] if each.level >= 0 else None
        if level is not None and level.decided_by:
            wish = Wish(level.id, Basis.HIGHER, HIGHER, accepts=True)
            record_higher(session, actor, participant=participant, wish=wish)
        elif each.is_direct:
            wish = Wish(awarded(board, each.code)[-1], Basis.DIRECT, DIRECT, accepts=True)
            proposed = propose(session, actor, participant=participant, wish=wish)
            confirm(session, cast.second, participant=participant, version=proposed.version)
    session.flush()
    board = board_for(session, made, category)
    if ready_in(session, made, category, board).codes:
        decide_as_computed(
            session, actor, made=made, category=category, seen=board.digest, reason=BEFORE_OTHERS
        )
    session.flush()


def _write_minutes(session: Session, clock: Clock, actor: Actor, made: Round) -> None:
    meeting = Meeting(
        held_at=clock.read(),
        chair=_PRESENT[0],
        present=_PRESENT,
        text="会议听取各类别评定情况汇报，逐一研究审定。",
    )
    write_minutes_of(session, actor, made=made, meeting=meeting)


def _list(*rows: Sequence[str]) -> bytes:
    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as made:
        sheet = made.add_worksheet("联审情况")
        for number, row in enumerate((tuple(COLUMNS.values()), *rows)):
            sheet.write_row(number, 0, row)
    return content.getvalue()

"""What the committees of the demonstration have done so far: reviews, returns, recommendations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.files import Submission
from evaluator.organisations.values import plain
from evaluator.reviews.boards import Board, find_board
from evaluator.reviews.case import Case
from evaluator.reviews.closing import finish, give_back
from evaluator.reviews.entries import Entry
from evaluator.reviews.operations import Seen, accept_rest, decide, left_to_accept, mark_to_mend
from evaluator.reviews.queries import find_case
from evaluator.reviews.recommending import Entry as Place
from evaluator.reviews.recommending import departures, order_list, taken
from evaluator.reviews.replying import answer, reply
from evaluator.reviews.units import Unit
from evaluator.rounds.models import Participant, Round
from evaluator.web.errors import Refusal

TO_MEND = {
    "theme_day": "8月主题党日无会议记录，请补传签到表或更正次数",
    "volunteering": "志愿服务人数与台账不一致，请核对后说明",
}
ANSWER = "已复核签到表原件，维持核减；补充材料可在下一轮一并提交。"
REPLY = "另有两次活动的签到表存于街道社工站，现已补报，请复核"


def review(
    session: Session, actor: Actor, participant: Participant, submission: Submission
) -> bool:
    """Review an application as it is stated; return whether nothing kept its end off."""
    case = _case(session, actor, participant)
    for unit in [each for each in case.units.values() if case.waits_for_values(each)]:
        given = {name: _given(submission, case, name) for name in case.waits_for_values(unit)}
        case = _decided(session, actor, case, unit, given)
    if case.review is None:
        case = _decided(session, actor, case, next(iter(case.units.values())), {})
    for group in case.groups:
        if left_to_accept(case, group.id):
            accept_rest(session, actor, case=case, group_id=group.id, version=case.version)
    session.flush()
    case = _case(session, actor, participant)
    try:
        finish(session, actor, case=case, version=case.version)
    except Refusal:
        # Facts that contradict each other wait for a reviewer; the review stays half done.
        return False
    return True


def review_with_a_change(
    session: Session, actor: Actor, participant: Participant, submission: Submission
) -> None:
    """Review an application, lower a fact of it, and let its branch reply to that."""
    case = _case(session, actor, participant)
    unit = case.units["volunteering"]
    lower = str(int(str(submission.facts["volunteers"])) - 6)
    entry = Entry(lower, "抽查签到表，两次活动签到不全，按实际人数核减")
    _decided(session, actor, case, unit, {"volunteers": entry})
    if review(session, actor, participant, submission):
        session.flush()
        case = _case(session, actor, participant)
        reply(session, actor, case=case, unit=case.units["volunteering"], text=REPLY)


def answer_replies(session: Session, actor: Actor, participant: Participant) -> None:
    """Answer what a branch replied to its review, as a committee does before the step ends."""
    case = _case(session, actor, participant)
    for name, each in case.replies.items():
        if each.answered_at is None:
            unit = case.units[name]
            answer(session, actor, case=case, unit=unit, version=each.version, text=ANSWER)
    session.flush()


def give_back_to_mend(session: Session, actor: Actor, participant: Participant) -> None:
    """Return an application with what its branch has to mend."""
    case = _case(session, actor, participant)
    for name, note in TO_MEND.items():
        if name in case.units:
            unit = case.units[name]
            mark_to_mend(
                session, actor, case=case, unit=unit, seen=Seen(case.submission), note=note
            )
            session.flush()
            case = _case(session, actor, participant)
    message = "请于三日内补正后重新提交，有疑问请联系党（工）委组织科。"
    give_back(session, actor, case=case, version=case.version, message=message)


def recommend(
    session: Session, actor: Actor, made: Round, choices: Iterable[tuple[int, str]]
) -> int:
    """Put the reviewed ones of some committees on their lists; return how many lists there are."""
    count = 0
    for choice in choices:
        board = find_board(session, actor, Permission.RECOMMEND, made, choice, for_change=True)
        places = _places(board)
        if places:
            order_list(session, actor, board=board, version=board.version, entries=places)
            count += 1
    return count


def _places(board: Board) -> list[Place]:
    """Return the candidates that have a level, the best first, as far as there are places."""
    rated = [each for each in board.candidates.values() if each.marks.level >= 0]
    found: list[Place] = []
    for each in sorted(rated, key=lambda one: -one.marks.total):
        level = board.levels[each.marks.level].id
        wanted = [*found, Place(each.participant.id, level)]
        if not departures(board, wanted) and all(
            taken(board, places, wanted) <= places.limit for places in board.places()
        ):
            found = wanted
    return found


def _case(session: Session, actor: Actor, participant: Participant) -> Case:
    return find_case(session, actor, Permission.REVIEW_APPLICATIONS, participant.id)


def _decided(
    session: Session, actor: Actor, case: Case, unit: Unit, entries: Mapping[str, Entry]
) -> Case:
    """Decide on an indicator, and return the application as it stands then."""
    own = case.indicators.get(unit.id)
    versions = {name: each.version for name, each in case.facts.items() if name in entries}
    seen = Seen(case.submission, own.version if own else 0, versions)
    decide(session, actor, case=case, unit=unit, seen=seen, entries=entries)
    session.flush()
    return _case(session, actor, case.participant)


def _given(submission: Submission, case: Case, name: str) -> Entry:
    """Return what the committee gives for a fact of its own, as the workbook has it."""
    known = submission.facts.get(name)
    fact = case.ready.rule_set.facts[name]
    if known is None:
        known = next(iter(fact.options), fact.min or "0")
    raw = plain(known)
    value = raw.get("value") if isinstance(raw, Mapping) else raw
    return Entry(str(value), "查阅材料并走访了解后评分")

"""What happens with appraisals: set up, slips, ballots, the count.

A ballot leaves no audit line: a line has a moment and an address, and would tell who voted. The
count at the end is in the log.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from flask_babel import gettext
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.appraisals.codes import code_digest, new_code
from evaluator.appraisals.counting import (
    Question,
    questions_of,
    refusal,
    results_of,
    stored_questions,
)
from evaluator.appraisals.models import Appraisal, AppraisalState, Ballot, BallotCode, Way
from evaluator.appraisals.policy import require_manage, require_open
from evaluator.appraisals.queries import appraisal_of
from evaluator.audit.lines import LinesAbout
from evaluator.database import now
from evaluator.records.operations import set_known_facts
from evaluator.rounds.models import Participant, Round
from evaluator.rounds.queries import rule_set_for
from evaluator.rule_sets.reading import rule_set_of
from evaluator.web.errors import Refusal

_log = LinesAbout[Appraisal]("appraisal", lambda appraisal: appraisal.participant.path)

MOST_SLIPS = 2_000
SOURCE = "appraisal"


@dataclass(frozen=True)
class UnknownCode(Exception):
    """A code that does not exist, was used, or was withdrawn; nobody is told which."""


def set_up(
    session: Session, actor: Actor, *, participant: Participant, way: Way, minimum: int
) -> Appraisal:
    """Begin the appraisal of a participant, with the questions of its rule set."""
    require_manage(actor, participant)
    hold(session, participant.round)
    if appraisal_of(session, participant) is not None:
        raise Refusal(gettext("This was changed in the meantime. Open the page anew."))
    questions = questions_of(rule_set_of(rule_set_for(session, participant)))
    if not questions:
        raise Refusal(gettext("The rule set of this category asks for no appraisal."))
    return begin(session, actor, participant, questions, way, minimum)


def hold(session: Session, made: Round) -> None:
    """Let appraisals of a round be set up, and get slips, by one person after another.

    Two who press at once would set one up twice, or give out two stacks of slips that both work.
    """
    session.execute(select(Round.id).where(Round.id == made.id).with_for_update(key_share=True))


def begin(
    session: Session,
    actor: Actor,
    participant: Participant,
    questions: Sequence[Question],
    way: Way,
    minimum: int,
) -> Appraisal:
    """Begin the appraisal of a participant with questions that are known."""
    require_manage(actor, participant)
    appraisal = Appraisal(
        participant=participant,
        way=way,
        minimum=minimum,
        questions=[each.as_dict() for each in questions],
        created_at=now(),
    )
    session.add(appraisal)
    session.flush()
    _log(session, actor, appraisal, "set_up", after={"way": way, "minimum": minimum})
    return appraisal


def make_slips(session: Session, actor: Actor, *, appraisal: Appraisal, count: int) -> list[str]:
    """Return new codes; those that were given out before and not used no longer work.

    Only digests are kept, so that slips which were lost in printing are made anew.
    """
    require_manage(actor, appraisal.participant)
    require_open(appraisal)
    hold(session, appraisal.participant.round)
    unused = (BallotCode.appraisal_id == appraisal.id) & BallotCode.used.is_(False)
    session.execute(update(BallotCode).where(unused).values(withdrawn=True))
    codes = [new_code() for _ in range(count)]
    session.add_all(
        BallotCode(appraisal_id=appraisal.id, code_hash=code_digest(code)) for code in codes
    )
    _log(session, actor, appraisal, "make_slips", after={"count": count})
    return codes


def find_open(session: Session, code: str) -> Appraisal:
    """Return the appraisal that a code opens; raises UnknownCode."""
    query = (
        select(Appraisal)
        .join(BallotCode, BallotCode.appraisal_id == Appraisal.id)
        .where(
            BallotCode.code_hash == code_digest(code),
            BallotCode.used.is_(False),
            BallotCode.withdrawn.is_(False),
            Appraisal.state == AppraisalState.OPEN,
        )
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise UnknownCode
    return found


def cast(session: Session, *, code: str, choices: Mapping[str, str]) -> None:
    """Take a ballot, and the code with it; raises UnknownCode where another was quicker."""
    appraisal = find_open(session, code)
    questions = stored_questions(appraisal.questions)
    if any(refusal(each, choices.get(each.fact, "")) for each in questions):
        raise ValueError("a choice is none that its question allows")
    taken = session.execute(
        update(BallotCode)
        .where(BallotCode.code_hash == code_digest(code), BallotCode.used.is_(False))
        .values(used=True)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined] # of a cursor
        raise UnknownCode
    kept = {each.fact: choices[each.fact] for each in questions}
    session.add(Ballot(id=uuid4().hex, appraisal_id=appraisal.id, choices=kept))


def close(session: Session, actor: Actor, *, appraisal: Appraisal) -> None:
    """End an appraisal by codes, and count: facts come of it where enough took part."""
    require_manage(actor, appraisal.participant)
    require_open(appraisal)
    query = select(Ballot.choices).where(Ballot.appraisal_id == appraisal.id)
    ballots = list(session.scalars(query))
    finish(session, actor, appraisal, len(ballots), _counted(appraisal, ballots))


def finish(
    session: Session,
    actor: Actor,
    appraisal: Appraisal,
    ballots: int,
    results: Mapping[str, object],
) -> None:
    """Keep the count of an appraisal, and its facts where there are any."""
    appraisal.state = AppraisalState.CLOSED
    appraisal.closed_at = now()
    appraisal.ballots = ballots
    appraisal.results = dict(results)
    participant = appraisal.participant
    if results:
        set_known_facts(
            session,
            actor,
            organisation_id=participant.organisation_id,
            year=participant.round.year,
            values=results,
            source=SOURCE,
            as_of=appraisal.closed_at.date(),
        )
    _log(session, actor, appraisal, "close", after={"ballots": ballots, "results": results})


def ballots_cast(session: Session, appraisal: Appraisal) -> int:
    """Return how many ballots there are; what they say stays hidden until the count."""
    query = select(func.count()).where(Ballot.appraisal_id == appraisal.id)
    return session.scalar(query) or 0


def _counted(appraisal: Appraisal, ballots: list[dict[str, str]]) -> dict[str, object]:
    questions: list[Question] = stored_questions(appraisal.questions)
    return results_of(questions, ballots, appraisal.minimum)

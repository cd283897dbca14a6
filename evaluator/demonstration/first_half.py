"""This year's round up to the committees' lists: everything that branches and committees do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from evaluator.access import Actor
from evaluator.demonstration.calendar import Step, days_at
from evaluator.demonstration.clock import Clock
from evaluator.demonstration.knowledge import bring_the_rest
from evaluator.demonstration.reviewing import (
    answer_replies,
    give_back_to_mend,
    recommend,
    review,
    review_with_a_change,
)
from evaluator.demonstration.stages import OWN, Planned, Stage
from evaluator.demonstration.submitting import fill_in
from evaluator.demonstration.visits import appraise_by_codes, appraise_on_paper, visit
from evaluator.rounds.models import Participant, Round

CAST = 24
Tell = Callable[[str], None]


class FirstHalf:
    """The round of this year while it is brought to the end of the review, or into its midst."""

    def __init__(
        self,
        session: Session,
        actor: Actor,
        clock: Clock,
        made: Round,
        plan: Sequence[Planned],
        step: Step,
    ):
        self.session, self.actor, self.clock, self.made = session, actor, clock, made
        self.plan, self.step, self.days = plan, step, days_at(step)
        self.participants = participants_of(session, made)

    def bring_on(self, tell: Tell) -> list[str]:
        """Bring every application to its state; return codes of the appraisal that runs."""
        tell("自评申报 self-assessments")
        submitted = self._submit()
        tell("民主测评与现场核查 appraisals and site checks")
        codes = self._appraise(submitted)
        self._visit()
        tell("初审 committee reviews")
        self._review_all(submitted)
        self.session.flush()
        self._recommend(submitted)
        return codes

    def _submit(self) -> list[Planned]:
        first, last = self.days["self_assessment"]
        moments = self.clock.spread(first, min(last, -6), len(self.plan))
        found = [
            each
            for each, _ in zip(self.plan, moments, strict=True)
            if fill_in(self.session, self.actor, self.participants[each.code], each)
        ]
        self.session.flush()
        return found

    def _appraise(self, submitted: Sequence[Planned]) -> list[str]:
        """Appraise those that are reviewed, on paper; by codes the own branch and one that runs."""
        self.clock.go_to(self.days["committee_review"][0])
        own, running = self.participants[OWN], None
        appraise_by_codes(self.session, self.actor, own, CAST, ends=True)
        for each in submitted:
            if each.stage is Stage.REVIEWED and each.code != OWN:
                self.clock.go_on(minutes=3)
                participant = self.participants[each.code]
                appraise_on_paper(self.session, self.actor, participant, each.submission)
            elif each.of_own_committee and each.stage is Stage.SUBMITTED:
                running = running or self.participants[each.code]
        if running is None:
            return []
        return appraise_by_codes(self.session, self.actor, running, CAST // 2, ends=False)

    def _visit(self) -> None:
        self.clock.go_to(self.days["site_check"][0])
        own = next(each for each in self.plan if each.code == OWN)
        branch = self.participants[OWN]
        visit(self.session, self.actor, self.made, branch, own.submission)
        # Without these a gate of the higher stars stays closed to whoever was reviewed.
        reviewed = [each for each in self.plan if each.stage is Stage.REVIEWED]
        bring_the_rest(self.session, self.actor, self.participants, reviewed)

    def _review_all(self, submitted: Sequence[Planned]) -> None:
        first = min(self.days["self_assessment"][1] + 2, -3)
        last = min(self.days["committee_review"][1] - 2, -1)
        waiting = [each for each in submitted if each.stage is not Stage.SUBMITTED]
        moments = self.clock.spread(first, last, len(waiting))
        for each, _ in zip(waiting, moments, strict=True):
            self._review(each)
        if self.step is not Step.REVIEW:
            self.session.flush()
            for each in [one for one in waiting if one.of_own_committee]:
                answer_replies(self.session, self.actor, self.participants[each.code])

    def _review(self, each: Planned) -> None:
        participant = self.participants[each.code]
        if each.stage is Stage.RETURNED:
            give_back_to_mend(self.session, self.actor, participant)
        elif each.stage is Stage.REVIEWED:
            own = each.of_own_committee and each.code != OWN
            act = review_with_a_change if own else review
            act(self.session, self.actor, participant, each.submission)

    def _recommend(self, submitted: Sequence[Planned]) -> None:
        """Keep lists of committees; that of the own one is left to its reviewer in the review."""
        self.clock.go_to(min(self.days["committee_review"][1] - 1, 0))
        left = self.step is Step.REVIEW
        reviewed = [
            self.participants[each.code]
            for each in submitted
            if each.stage is Stage.REVIEWED and not (left and each.of_own_committee)
        ]
        choices = list(dict.fromkeys((each.committee_id, each.category) for each in reviewed))
        recommend(self.session, self.actor, self.made, choices[::2] if left else choices)


def participants_of(session: Session, made: Round) -> Mapping[str, Participant]:
    """Return the participants of a round by code, with all that looks at them again and again."""
    query = select(Participant).where(Participant.round_id == made.id)
    loaded = query.options(joinedload(Participant.round).options(selectinload(Round.steps)))
    return {each.code: each for each in session.scalars(loaded)}

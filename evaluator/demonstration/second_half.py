"""This year's round from the panels on, brought to the step that is chosen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.applications.models import ApplicationState
from evaluator.applications.queries import application_of
from evaluator.demonstration.awarding import (
    award_all,
    plan_the_next_star,
    propose_a_demotion,
    work_on_tasks,
)
from evaluator.demonstration.calendar import Step, days_at
from evaluator.demonstration.clock import Clock
from evaluator.demonstration.deciding import begin_deciding, check_jointly, decide_all
from evaluator.demonstration.first_half import participants_of
from evaluator.demonstration.hearings import hear, look_twice
from evaluator.demonstration.letters import let_letters_go
from evaluator.demonstration.panels import (
    plan_the_hearings,
    prepare_the_defence,
)
from evaluator.demonstration.people import Cast
from evaluator.demonstration.publishing import object_to, publish_all
from evaluator.demonstration.stages import OWN
from evaluator.notices.models import Notice
from evaluator.rounds.models import Round

Tell = Callable[[str], None]


class SecondHalf:
    """The round while it is brought on, step by step, to where the demonstration begins."""

    def __init__(
        self, session: Session, actor: Actor, clock: Clock, cast: Cast, made: Round, step: Step
    ):
        self.session, self.actor, self.clock, self.cast = session, actor, clock, cast
        self.made, self.step, self.days = made, step, days_at(step)
        self.participants = participants_of(session, made)

    def bring_on(self, tell: Tell) -> list[str]:
        """Bring the round to its step; return codes by which objections are followed."""
        tell("评审组与答辩 panels and defence")
        self._defend()
        if self.step is Step.DEFENCE:
            return []
        tell("联审与审定 joint check and decision")
        self._decide()
        if self.step is Step.DECISION:
            return []
        tell("公示 public notice")
        notice = self._publish()
        if self.step is Step.NOTICE:
            return [object_to(self.session, self.clock, self.cast, notice)]
        tell("命名与后续 award and what follows")
        self._award(notice)
        return []

    def _defend(self) -> None:
        """Hear the cases today, or on the fourth day of the step where it is over."""
        first = self.days["defence"][0]
        day = 0 if self.step is Step.DEFENCE else first + 3
        panels = prepare_the_defence(self.session, self.clock, self.cast, self.made, first)
        self._let_letters_go()
        self.clock.go_to(first - 1, time(16, 0))
        plan_the_hearings(self.session, self.clock, self.cast, self.made, day)
        self.session.flush()
        over = self.step is not Step.DEFENCE
        if over:
            self.clock.go_to(day, time(9, 0))
        hear(self.session, self.clock, self.cast, panels, all_of_them=over)
        self.clock.go_on(minutes=2)
        look_twice(self.session, self.cast, self.made)
        self.session.flush()

    def _decide(self) -> None:
        self._let_letters_go()
        self.clock.go_to(self.days["joint_check"][0] + 2)
        check_jointly(self.session, self.clock, self.cast, self.made)
        self.clock.go_to(self.days["decision"][0] + 1)
        decide = begin_deciding if self.step is Step.DECISION else decide_all
        decide(self.session, self.clock, self.cast, self.made, self.participants)

    def _publish(self) -> Notice:
        self.clock.go_to(self.days["public_notice"][0])
        notice = publish_all(self.session, self.cast.organiser, self.made)
        self.clock.go_on(hours=3)
        return notice

    def _award(self, notice: Notice) -> None:
        self.clock.go_to(self.days["award"][0])
        document = f"临组通〔{self.clock.today.year}〕8号"
        awards = award_all(self.session, self.cast.organiser, self.clock, notice, document)
        self.session.flush()
        self.clock.go_to(self.days["award"][0] + 1)
        due = self.clock.day(90)
        work_on_tasks(self.session, self.cast, self.made, due, all_over=False)
        own = self.participants[OWN]
        application = application_of(self.session, own)
        if application is not None and application.state is ApplicationState.AWARDED:
            plan_the_next_star(self.session, self.cast, own, due)
        propose_a_demotion(self.session, self.cast, awards)
        self.session.flush()

    def _let_letters_go(self) -> None:
        self.clock.go_on(minutes=20)
        let_letters_go(self.session, self.cast.organiser)

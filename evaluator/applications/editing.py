"""One unit of changing answers: begun by holding the application, ended by an audit line."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.applications.facts import FactSheet, scored_organisation
from evaluator.applications.locking import hold_or_begin
from evaluator.applications.models import Answer, Application, Origin
from evaluator.applications.parts import may_be_given
from evaluator.applications.policy import is_with_the_branch
from evaluator.applications.typed import Typed, Value, as_typed, field_of, known_value, shown_mark
from evaluator.audit.operations import write_line
from evaluator.database import now
from evaluator.records.queries import known_values
from evaluator.rounds.models import Participant
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext
from rules.syntax import Fact


@dataclass(frozen=True)
class Conflict:
    """A field that somebody else changed after the page was read: both values, to choose from."""

    mine: Typed
    theirs: Value
    reason: str
    mark: str
    account_id: int | None
    at: datetime | None


@dataclass
class Editing:
    """The answers of one application while they are changed."""

    session: Session
    actor: Actor
    participant: Participant
    application: Application
    sheet: FactSheet
    answers: dict[str, Answer]
    before: dict[str, Any] = field(default_factory=dict)
    conflicts: dict[str, Conflict] = field(default_factory=dict)

    @classmethod
    def begin(cls, session: Session, actor: Actor, participant: Participant) -> Editing:
        """Hold an application for changing; raises Refusal where it is not the branch's now."""
        actor.require(Permission.FILL_APPLICATIONS, participant.path)
        # Most of the reading, done before the turn to write is taken: others wait for it.
        known = known_values(session, [participant.organisation_id], participant.round.year)
        application = hold_or_begin(session, participant)
        if not is_with_the_branch(participant, application):
            words = gettext(
                "This application cannot be changed now: it was submitted, or its time is over."
            )
            raise Refusal(words)
        answers = {each.fact: each for each in application.answers}
        organisation = scored_organisation(participant)
        sheet = FactSheet(organisation, known.get(participant.organisation_id, {}), answers)
        return cls(session, actor, participant, application, sheet, answers)

    def keep(self, name: str, fact: Fact, typed: Typed) -> None:
        """Keep what was typed for a fact, unless somebody else changed it in the meantime."""
        shown = field_of(name, fact, self.sheet)
        value, reason = as_typed(fact, typed.value), typed.reason.strip()
        mine, theirs = shown_mark(value, reason), shown.mark.partition("-")[2]
        touched = mine not in (typed.was.partition("-")[2], theirs)
        unseen = typed.was != shown.mark and (typed.was or name in self.answers)
        if touched and unseen:
            self._differ(name, typed, shown.value, shown.reason, shown.mark)
        elif touched or (typed.confirmed and self._is_copied(name)):
            self._set(name, fact, value, reason)

    def is_open(self, name: str, fact: Fact) -> bool:
        """Return whether nothing is said or known of a fact that the branch may give."""
        answer = self.answers.get(name)
        said = answer is not None and answer.value is not None
        known = known_value(name, fact, self.sheet) is not None
        return not said and not known and may_be_given(fact, known=False)

    def _is_copied(self, name: str) -> bool:
        return name in self.answers and self.answers[name].origin is Origin.COPIED

    def _differ(self, name: str, typed: Typed, value: Value, reason: str, mark: str) -> None:
        answer = self.answers.get(name)
        account, at = (answer.account_id, answer.changed_at) if answer else (None, None)
        self.conflicts[name] = Conflict(typed, value, reason, mark, account, at)

    def _set(self, name: str, fact: Fact, value: Value, reason: str) -> None:
        """Set an answer; a correction that says what is known anyway is withdrawn."""
        known = as_typed(fact, known_value(name, fact, self.sheet))
        if known is None:
            self.write(name, value, reason, Origin.GIVEN)
        elif value == known:
            self.write(name, None, "", Origin.CORRECTED)
        else:
            self.write(name, value, reason, Origin.CORRECTED)

    def write(self, name: str, value: Value, reason: str, origin: Origin) -> None:
        """Set an answer, noting what it was."""
        answer = self.answers.get(name)
        self.before.setdefault(name, _told(answer))
        if answer is None:
            answer = self.answers[name] = Answer(application=self.application, fact=name)
            self.session.add(answer)
        answer.value, answer.reason, answer.origin = value, reason, origin
        answer.changed_at, answer.account_id = now(), self.actor.account_id

    def end(self, action: str) -> None:
        """Give changed answers their versions, and write the change down."""
        if not self.before:
            return
        self.application.changed_at = now()
        self.session.flush()
        write_line(
            self.session,
            self.actor,
            action=action,
            subject="application",
            subject_id=self.application.id,
            organisation_path=self.participant.path,
            before=self.before,
            after={name: _told(self.answers[name]) for name in self.before},
        )


def _told(answer: Answer | None) -> Any:
    """Return an answer as the audit log tells it."""
    if answer is None or answer.value is None:
        return None
    told = {"value": answer.value, "origin": answer.origin}
    return {**told, "reason": answer.reason} if answer.reason else told

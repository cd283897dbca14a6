"""How a round goes from state to state."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import LazyString, lazy_gettext

from evaluator.rounds.models import Round, RoundState
from evaluator.web.errors import Refusal


@dataclass(frozen=True)
class Transition:
    """A step in the life of a round; `refused` says why it cannot be taken from another state."""

    status_from: RoundState
    status_to: RoundState
    refused: LazyString

    def check(self, made: Round) -> None:
        """Raise Refusal where the round is not in the state from which this leads."""
        if made.state is not self.status_from:
            raise Refusal(str(self.refused))

    def take(self, made: Round) -> None:
        """Bring a round to its next state; raises Refusal where it is in another one."""
        self.check(made)
        made.state = self.status_to


PLANNING = Transition(
    RoundState.PLANNED,
    RoundState.PLANNED,
    lazy_gettext("The round is open already; its rule sets and participants are frozen."),
)
OPENING = Transition(
    RoundState.PLANNED,
    RoundState.OPEN,
    lazy_gettext("Only a round that is being planned can be opened."),
)
RUNNING = Transition(
    RoundState.OPEN,
    RoundState.OPEN,
    lazy_gettext("Steps are extended or closed early only while their round is open."),
)
CLOSING = Transition(
    RoundState.OPEN, RoundState.CLOSED, lazy_gettext("Only a round that is open can be closed.")
)

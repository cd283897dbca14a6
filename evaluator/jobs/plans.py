"""What a job is: a plan that names the steps and does one of them, registered under a name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

Arguments = Mapping[str, Any]


class Plan(Protocol):
    """The steps of a job, and how one is done; both run in a process apart, in an app's context.

    Steps are done several at once and in any order, but the last one begins when all others are
    done, so that it can join what they made.
    """

    def steps(self, arguments: Arguments) -> list[str]:
        """Name the steps, no name twice; asked once, before the first is done.

        An exception here stops the job before it begins; its words are shown.
        """

    def do(self, arguments: Arguments, step: str) -> None:
        """Do a step; doing it again must give the same.

        What it stores it stores first (`storage().put`, under a key that follows from arguments and
        step), the rows that name it are written to `db.session` last: they are committed together
        with the note that the step is done, so that a step's rows are there exactly once. A
        statement that writes past the session's objects asks `take_turn` first.
        """


Made = TypeVar("Made", bound=Callable[[], Plan])
_PLANS: dict[str, Plan] = {}


def job(name: str) -> Callable[[Made], Made]:
    """Register a class of plans under the name by which its jobs are started."""

    def register(plan: Made) -> Made:
        if name in _PLANS:
            raise ValueError(f"there is a job {name} already")
        _PLANS[name] = plan()
        return plan

    return register


def plan_of(name: str) -> Plan:
    """Return the plan of a name; raises KeyError."""
    return _PLANS[name]

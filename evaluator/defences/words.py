"""What states of hearings are called on pages."""

from __future__ import annotations

from evaluator.defences.mine_page import When
from evaluator.defences.models import SittingState
from evaluator.web.wording import gettext


def sitting_words(state: SittingState | str | None) -> str:
    """Return how far a hearing is."""
    if state is None:
        return gettext("No time yet")
    return {
        SittingState.PLANNED: gettext("Waits for its turn"),
        SittingState.CALLED: gettext("Please enter"),
        SittingState.PRESENTING: gettext("Reporting"),
        SittingState.QUESTIONS: gettext("Question time"),
        SittingState.CLOSED: gettext("Over"),
    }[SittingState(state)]


def act_words(state: SittingState | None) -> str:
    """Return what a chair presses to let a hearing go on to a state; empty where it does not."""
    return {
        SittingState.CALLED: gettext("Call the organisation in"),
        SittingState.PRESENTING: gettext("The report begins"),
        SittingState.QUESTIONS: gettext("The questions begin"),
    }.get(state or SittingState.PLANNED, "")


def when_words(when: When) -> str:
    """Return the heading above a part of a panellist's cases."""
    return {
        When.FIRST: gettext("To be judged first: calibration"),
        When.TODAY: gettext("Today"),
        When.LATER: gettext("To come"),
        When.UNTIMED: gettext("Without a time"),
        When.OVER: gettext("Over"),
    }[when]

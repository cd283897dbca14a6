"""The procedure of an application in one table: from, to, who, when, and what it needs.

Every change of a state goes through `states.move`, which reads nothing but this table.
`tests/applications/test_procedure.py` walks it: no state is a dead end, no act is open to a role
that it is not meant for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from evaluator.access import Permission
from evaluator.applications.models import ApplicationState

S = ApplicationState
P = Permission


class Act(StrEnum):
    """What moves an application."""

    SUBMIT = "submit"
    RETURN = "return"
    FINISH_REVIEW = "finish_review"
    REOPEN_REVIEW = "reopen_review"
    ADMIT = "admit"
    DISMISS = "dismiss"
    CLOSE_CASE = "close_case"
    REOPEN_CASE = "reopen_case"
    DECIDE = "decide"
    RECONSIDER = "reconsider"
    RECONSIDER_DEFENDED = "reconsider_defended"
    PUBLISH = "publish"
    CLOSE_UNRATED = "close_unrated"
    OBJECT = "object"
    DISMISS_OBJECTION = "dismiss_objection"
    UPHOLD_OBJECTION = "uphold_objection"
    AWARD = "award"


class Need(StrEnum):
    """What an act must have; the operation that acts has checked it and says so."""

    COMPLETE = "complete"
    """Every fact that is asked for is there, or its absence is confirmed."""
    DECLARATION = "declaration"
    LIST_TO_MEND = "list_to_mend"
    ALL_INDICATORS_DECIDED = "all_indicators_decided"
    SHEETS_HANDED_IN = "sheets_handed_in"
    LEVEL_CONFIRMED = "level_confirmed"
    """A level as computed, or another one with a reason and a second person."""
    NO_LEVEL_CONFIRMED = "no_level_confirmed"
    NOTICE_PUBLISHED = "notice_published"
    REAL_NAME = "real_name"
    HANDLED_BY_SECOND_PANEL = "handled_by_second_panel"
    NOTICE_OVER = "notice_over"


@dataclass(frozen=True, kw_only=True)
class Transition:
    """One way from a state to another.

    `who` is the permission that it takes; None is anybody, who need not even be signed in. `step`
    names the step of the round during which it is done; none is at any time of an open round.
    """

    origins: frozenset[ApplicationState]
    to: ApplicationState
    who: Permission | None
    step: str = ""
    needs: tuple[Need, ...] = ()
    asks_reason: bool = False


def _way(
    origins: ApplicationState | tuple[ApplicationState, ...],
    to: ApplicationState,
    who: Permission | None,
    step: str = "",
    *needs: Need,
    asks_reason: bool = False,
) -> Transition:
    found = frozenset(origins if isinstance(origins, tuple) else (origins,))
    return Transition(
        origins=found, to=to, who=who, step=step, needs=needs, asks_reason=asks_reason
    )


N = Need
PROCEDURE: Mapping[Act, Transition] = {
    # The branch, and its committee. Their deadlines are in `policy.ends_at` and `reviews.policy`:
    # what was returned may be mended after the self-assessment has closed.
    Act.SUBMIT: _way(
        (S.DRAFT, S.RETURNED), S.SUBMITTED, P.SUBMIT_APPLICATIONS, "", N.COMPLETE, N.DECLARATION
    ),
    Act.RETURN: _way(
        S.SUBMITTED, S.RETURNED, P.REVIEW_APPLICATIONS, "", N.LIST_TO_MEND, asks_reason=True
    ),
    Act.FINISH_REVIEW: _way(
        S.SUBMITTED, S.REVIEWED, P.REVIEW_APPLICATIONS, "", N.ALL_INDICATORS_DECIDED
    ),
    Act.REOPEN_REVIEW: _way(S.REVIEWED, S.SUBMITTED, P.REVIEW_APPLICATIONS, asks_reason=True),
    # The defence.
    Act.ADMIT: _way(S.REVIEWED, S.IN_DEFENCE, P.MANAGE_PANELS),
    Act.DISMISS: _way(S.IN_DEFENCE, S.REVIEWED, P.MANAGE_PANELS, asks_reason=True),
    Act.CLOSE_CASE: _way(S.IN_DEFENCE, S.DEFENDED, P.JUDGE, "defence", N.SHEETS_HANDED_IN),
    Act.REOPEN_CASE: _way(S.DEFENDED, S.IN_DEFENCE, P.MANAGE_PANELS, asks_reason=True),
    # The decision.
    Act.DECIDE: _way((S.REVIEWED, S.DEFENDED), S.DECIDED, P.DECIDE, "decision", N.LEVEL_CONFIRMED),
    Act.RECONSIDER: _way(S.DECIDED, S.REVIEWED, P.DECIDE, asks_reason=True),
    Act.RECONSIDER_DEFENDED: _way(S.DECIDED, S.DEFENDED, P.DECIDE, asks_reason=True),
    Act.CLOSE_UNRATED: _way(S.DECIDED, S.UNRATED, P.DECIDE, "", N.NO_LEVEL_CONFIRMED),
    # The notice. Anybody may object; what is upheld is decided anew.
    Act.PUBLISH: _way(S.DECIDED, S.ON_NOTICE, P.PUBLISH_NOTICES, "", N.NOTICE_PUBLISHED),
    Act.OBJECT: _way((S.ON_NOTICE, S.OBJECTED), S.OBJECTED, None, "", N.REAL_NAME),
    Act.DISMISS_OBJECTION: _way(
        S.OBJECTED, S.ON_NOTICE, P.HANDLE_OBJECTIONS, "", N.HANDLED_BY_SECOND_PANEL,
        asks_reason=True,
    ),
    Act.UPHOLD_OBJECTION: _way(
        S.OBJECTED, S.DECIDED, P.HANDLE_OBJECTIONS, "", N.HANDLED_BY_SECOND_PANEL,
        asks_reason=True,
    ),
    Act.AWARD: _way(S.ON_NOTICE, S.AWARDED, P.AWARD, "", N.NOTICE_OVER),
}  # fmt: skip

FINAL = frozenset({S.AWARDED, S.UNRATED})
"""Where a round ends for an application. What becomes of an award is a matter of `awards`."""

REVIEWED_OR_LATER = frozenset(S) - {S.DRAFT, S.SUBMITTED, S.RETURNED}

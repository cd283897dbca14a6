"""Who may do what with a sheet and a sitting, as sentences.

Which cases are there for somebody at all is a matter of `panels.queries.visible_cases`. A sheet is
its panellist's alone until it is handed in; then the panel reads it, each member once its own
sheet is handed in, and whoever sees panels at the place of the case.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evaluator.applications.models import Application, ApplicationState
from evaluator.defences.models import ScoreSheet, Sitting, SittingState
from evaluator.defences.rubric import Criterion
from evaluator.panels.models import Case
from evaluator.panels.queries import live_seats
from evaluator.rounds.models import RoundState
from evaluator.web.languages import language
from evaluator.web.wording import gettext

QUESTIONS_BEGUN = frozenset({SittingState.QUESTIONS, SittingState.CLOSED})
NEXT: dict[SittingState, SittingState] = {
    SittingState.PLANNED: SittingState.CALLED,
    SittingState.CALLED: SittingState.PRESENTING,
    SittingState.PRESENTING: SittingState.QUESTIONS,
}
BACK: dict[SittingState, SittingState] = {after: before for before, after in NEXT.items()}


def why_not_write(
    application: Application | None, sheet: ScoreSheet | None, calibration_open: bool
) -> str:
    """Return in words why a panellist cannot write into a sheet now; empty where it can."""
    if sheet is not None and sheet.handed_in_at is not None:
        return gettext("This sheet is handed in; it stays as it is.")
    if application is None or application.state is not ApplicationState.IN_DEFENCE:
        return gettext("This case is not being heard now; its sheets stay as they are.")
    if application.participant.round.state is not RoundState.OPEN:
        return gettext("The round is closed; its sheets stay as they are.")
    if calibration_open:
        return gettext("Judge the calibration case of your panel first, and hand in its sheet.")
    return ""


def first_stands(sitting: Sitting | None) -> bool:
    """Return whether first scores stand: once the questions have begun they are not changed."""
    return sitting is not None and sitting.state in QUESTIONS_BEGUN


def lacking(case: Case, sheets: Iterable[ScoreSheet]) -> list[str]:
    """Return the names of those who judge a case and have not handed in their sheets."""
    given = {each.seat_id for each in sheets if each.handed_in_at is not None}
    return [each.panellist.account.name for each in live_seats(case) if each.id not in given]


def too_few(case: Case, rubric: Iterable[Criterion]) -> str:
    """Return why a case cannot be scored by those who judge it now; empty where it can.

    Whoever withdraws may leave fewer scores than the rule set takes a mean of.
    """
    judging = len(live_seats(case))
    short = [each for each in rubric if judging < each.fewest]
    if not short:
        return ""
    strictest = max(short, key=lambda each: each.fewest)
    return gettext(
        "%(judging)s panellists judge this case, and the rule set asks for %(fewest)s scores for "
        "“%(criterion)s”: without them the case cannot be scored, nor closed. Ask the organiser to "
        "seat another panellist, of another panel too; where nobody can be found, the organiser "
        "decides whether the case is dismissed from the defence.",
        judging=judging,
        fewest=strictest.fewest,
        criterion=strictest.fact.label.say(language()),
    )


def readable(sheets: Iterable[ScoreSheet], own: ScoreSheet | None) -> Sequence[ScoreSheet]:
    """Return the sheets that a panellist reads beside its own: none before it has handed in."""
    if own is None or own.handed_in_at is None:
        return []
    return [each for each in sheets if each.handed_in_at is not None and each.id != own.id]

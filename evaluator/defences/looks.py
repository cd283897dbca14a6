"""Second looks: scores that stand out are flagged by figures and settled by people, in words.

A look changes no score. Where it shows a mistake, the organiser opens the case again and gives the
sheet back to its panellist.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor, NotAllowed, Permission
from evaluator.audit.operations import write_line
from evaluator.database import now, take_turn
from evaluator.defences.agreement import PanelAgreement
from evaluator.defences.models import Look, ScoreSheet
from evaluator.defences.rubric import Criterion
from evaluator.panels.models import Case
from evaluator.panels.policy import require_manager
from evaluator.rounds.models import Round
from evaluator.scoring.agreement import Flag
from evaluator.web.errors import Refusal
from evaluator.web.languages import language
from evaluator.web.wording import gettext
from rules.numbers import fraction_text

PLACES = 2


@dataclass(frozen=True)
class ShownLook:
    """A look with whom and what it is about."""

    look: Look
    case: Case
    panellist: str
    criterion: str
    words: str


def flag(
    session: Session, actor: Actor, *, made: Round, found: Iterable[PanelAgreement]
) -> Sequence[Look]:
    """Flag the scores that stand out and were not flagged yet."""
    require_manager(session, actor)
    take_turn(session)
    flagged = []
    for agreement, each, sheet in unflagged(session, found):
        look = Look(
            sheet_id=sheet.id,
            fact=agreement.criterion.name,
            figures=_figures(each),
            flagged_at=now(),
        )
        flagged.append(look)
    session.add_all(flagged)
    session.flush()
    told = {"looks": sorted(each.id for each in flagged)}
    write_line(
        session, actor, action="second_look.flag", subject="round", subject_id=made.id, after=told
    )
    return flagged


def unflagged(
    session: Session, found: Iterable[PanelAgreement]
) -> list[tuple[PanelAgreement, Flag, ScoreSheet]]:
    """Return the scores that stand out and were not flagged yet."""
    standing_out = [
        (agreement, each, agreement.sheets[each.rating.case, each.rating.panellist])
        for agreement in found
        for each in agreement.figures.outliers.flags
    ]
    query = select(Look.sheet_id, Look.fact).where(
        Look.sheet_id.in_([sheet.id for _, _, sheet in standing_out])
    )
    there = {(sheet, fact) for sheet, fact in session.execute(query)}
    return [
        (agreement, each, sheet)
        for agreement, each, sheet in standing_out
        if (sheet.id, agreement.criterion.name) not in there
    ]


def settle(session: Session, actor: Actor, *, look: Look, case: Case, outcome: str) -> None:
    """Say what came of a second look; the score stays as it is."""
    actor.require(Permission.MANAGE_PANELS, case.participant.path)
    take_turn(session)
    session.refresh(look)
    if look.settled_at is not None:
        raise Refusal(gettext("This look was settled already; its outcome stays as it is."))
    look.outcome, look.settled_at, look.settled_by = outcome.strip(), now(), actor.account_id
    session.flush()
    write_line(
        session,
        actor,
        action="second_look.settle",
        subject="defence_case",
        subject_id=case.id,
        organisation_path=case.participant.path,
        after={"looks": [look.id]},
        reason=look.outcome,
    )


def find_look(session: Session, look_id: int) -> tuple[Look, int]:
    """Return a look and the number of its case; the caller checks who may see that case."""
    look = session.get(Look, look_id)
    sheet = session.get(ScoreSheet, look.sheet_id) if look else None
    if look is None or sheet is None:
        raise NotAllowed(Permission.MANAGE_PANELS)
    return look, sheet.seat.case_id


def _figures(found: Flag) -> dict[str, Any]:
    return {
        "value": _text(found.rating.value),
        "others": _text(found.rating.others),
        "deviations": _text(found.deviations),
    }


def figures_words(figures: dict[str, Any]) -> str:
    """Return why a score stands out."""
    return gettext(
        "Gave %(value)s where the middle of the others is %(others)s: %(deviations)s times the "
        "usual distance.",
        value=figures["value"],
        others=figures["others"],
        deviations=figures["deviations"].removeprefix("-"),
    )


def shown_look(
    look: Look, case: Case, sheets: Sequence[ScoreSheet], rubric: Sequence[Criterion]
) -> ShownLook:
    """Return a look as pages show it."""
    sheet = next(each for each in sheets if each.id == look.sheet_id)
    labels = {each.name: each.fact.label.say(language()) for each in rubric}
    name = sheet.seat.panellist.account.name
    return ShownLook(
        look, case, name, labels.get(look.fact, look.fact), figures_words(look.figures)
    )


def _text(value: Fraction) -> str:
    return fraction_text(value, PLACES)

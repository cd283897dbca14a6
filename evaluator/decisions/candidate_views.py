"""Pages of one candidate: everything its level rests on, and what people decide about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs

from evaluator.access import Permission, confirmed, current_actor, needs
from evaluator.database import db
from evaluator.decisions import proposing
from evaluator.decisions.blueprint import blueprint
from evaluator.decisions.board import Board
from evaluator.decisions.case import Case, case_of
from evaluator.decisions.deciding import reconsider
from evaluator.decisions.models import Basis
from evaluator.decisions.policy import require_deciding
from evaluator.decisions.proposing import Wish
from evaluator.decisions.words import BASES, STATES
from evaluator.organisations.form_pages import attempt, status_of
from evaluator.rounds.models import Participant
from evaluator.rounds.queries import find_participant
from evaluator.web.languages import language
from evaluator.web.wording import gettext
from forms.decisions import ActForm, HigherForm, LevelForm, ReasonForm
from rules.numbers import decimal_text

P = Permission
Forms = dict[str, Any]


@blueprint.get("/decisions/participants/<int:participant_id>")
@needs(P.SEE_DECISIONS)
def candidate(participant_id: int) -> str:
    """Show what the level of a candidate rests on."""
    return _shown(_participant(participant_id, P.SEE_DECISIONS))


@blueprint.post("/decisions/participants/<int:participant_id>/propose")
@needs(P.DECIDE)
@confirmed
def propose(participant_id: int) -> ResponseReturnValue:
    """Propose a deviation or a direct award."""
    return _given(participant_id, "propose", proposing.propose)


@blueprint.post("/decisions/participants/<int:participant_id>/higher")
@needs(P.DECIDE)
@confirmed
def record_higher(participant_id: int) -> ResponseReturnValue:
    """Record what a higher authority decided."""
    return _given(participant_id, "higher", proposing.record_higher)


@blueprint.post("/decisions/participants/<int:participant_id>/confirm")
@needs(P.DECIDE)
@confirmed
def confirm(participant_id: int) -> ResponseReturnValue:
    """Confirm what another organiser proposed."""
    participant, form = _deciding(participant_id), ActForm(prefix="confirm")

    def act() -> object:
        version = form.version.data or 0
        return proposing.confirm(
            db.session, current_actor(), participant=participant, version=version
        )

    return _answer(participant, "confirm", form, act, gettext("The proposal is confirmed."))


@blueprint.post("/decisions/participants/<int:participant_id>/refuse")
@needs(P.DECIDE)
@confirmed
def refuse(participant_id: int) -> ResponseReturnValue:
    """Refuse a proposal, or withdraw one's own."""
    participant, form = _deciding(participant_id), ReasonForm(prefix="refuse")

    def act() -> bool:
        proposing.refuse(
            db.session,
            current_actor(),
            participant=participant,
            version=form.version.data or 0,
            reason=form.reason.data or "",
        )
        return True

    return _answer(participant, "refuse", form, act, gettext("The proposal is taken back."))


@blueprint.post("/decisions/participants/<int:participant_id>/reconsider")
@needs(P.DECIDE)
@confirmed
def decide_anew(participant_id: int) -> ResponseReturnValue:
    """Take a decision back, so that it is made anew."""
    participant, form = _deciding(participant_id), ReasonForm(prefix="anew")

    def act() -> bool:
        reconsider(
            db.session,
            current_actor(),
            participant=participant,
            version=form.version.data or 0,
            reason=form.reason.data or "",
        )
        return True

    return _answer(participant, "anew", form, act, gettext("The decision is taken back."))


def _participant(participant_id: int, permission: Permission) -> Participant:
    return find_participant(db.session, current_actor(), permission, participant_id)


def _deciding(participant_id: int) -> Participant:
    participant = _participant(participant_id, P.DECIDE)
    require_deciding(db.session, current_actor())
    return participant


def _given(participant_id: int, name: str, operation: Callable[..., object]) -> ResponseReturnValue:
    participant = _deciding(participant_id)
    form = (HigherForm if name == "higher" else LevelForm)(prefix=name)
    _offer(form, case_of(db.session, current_actor(), participant).board)

    def act() -> object:
        wish = Wish(
            level=form.level.data or "",
            basis=Basis.DIRECT if form.basis.data == Basis.DIRECT else Basis.DEVIATION,
            reason=form.reason.data or "",
            accepts=bool(form.accepts.data),
        )
        return operation(db.session, current_actor(), participant=participant, wish=wish)

    return _answer(participant, name, form, act, gettext("It is noted."))


def _answer(
    participant: Participant, name: str, form: Any, act: Callable[[], object], words: str
) -> ResponseReturnValue:
    participant_id = participant.id
    done = attempt(form, act) if form.validate() else None
    if done is None:
        status = status_of(form)
        return _shown(_participant(participant_id, P.DECIDE), {name: form}), status
    flash(words)
    return redirect(url_for("decisions.candidate", participant_id=participant_id))


def _offer(form: LevelForm, board: Board) -> None:
    """Fill in the levels, the highest first, and none."""
    levels = [SelectChoice(each.id, each.title.say(language())) for each in reversed(board.levels)]
    form.level.choices = [*levels, SelectChoice("", board.title("").say(language()))]


def _forms(case: Case) -> Forms:
    """Return the forms of a candidate as they begin."""
    version = case.row.decision.version if case.row.decision else 0
    made: Forms = {
        "propose": LevelForm(prefix="propose", formdata=None),
        "higher": HigherForm(prefix="higher", formdata=None),
        "confirm": ActForm(prefix="confirm", formdata=None),
        "refuse": ReasonForm(prefix="refuse", formdata=None),
        "anew": ReasonForm(prefix="anew", formdata=None),
    }
    for name in ("propose", "higher"):
        _offer(made[name], case.board)
        made[name].level.data = case.computed
    for name in ("confirm", "refuse", "anew"):
        made[name].version.data = version
    made["propose"].basis.data = Basis.DEVIATION.value
    return made


def _shown(participant: Participant, typed: Forms | None = None) -> str:
    case = case_of(db.session, current_actor(), participant)
    return render_template(
        "decisions/candidate.html",
        case=case,
        row=case.row,
        board=case.board,
        forms={**_forms(case), **(typed or {})},
        states=STATES,
        bases=BASES,
        spoken=language(),
        decimal_text=decimal_text,
    )

"""The page of an award: its whole history, and what organisers do with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from sqlalchemy import select

from evaluator.access import Permission, confirmed, current_actor, needs
from evaluator.accounts.models import Account
from evaluator.awards.blueprint import blueprint
from evaluator.awards.changing import (
    confirm,
    find_change,
    propose,
    rules_for,
    withdraw,
)
from evaluator.awards.listing_views import titles
from evaluator.awards.models import Award, AwardChange
from evaluator.awards.policy import is_pending, may_change, may_confirm, sees_proposals
from evaluator.awards.queries import find_award, superseded_among
from evaluator.awards.re_audits import enter_passed
from evaluator.awards.task_queries import WantedTasks, is_overdue, wanted_tasks
from evaluator.awards.validity import level_of, lower_levels, opens_on
from evaluator.awards.words import KINDS, standing_words
from evaluator.database import db, now
from evaluator.notices.calendar import day_of
from evaluator.web.languages import language
from evaluator.web.wording import gettext
from forms.awards import ProposalForm, ReasonForm, ReAuditForm, VersionForm

P = Permission
NONE = "none"
"""How the form calls that no level is left; an empty choice is none made."""


@blueprint.get("/awards/<int:award_id>")
@needs(P.SEE_AWARDS)
def page(award_id: int) -> str:
    """Show an award with its history."""
    return _page(find_award(db.session, current_actor(), P.SEE_AWARDS, award_id), {})


@blueprint.post("/awards/<int:award_id>/changes")
@needs(P.AWARD)
@confirmed
def suggest(award_id: int) -> ResponseReturnValue:
    """Propose a demotion or a revocation."""
    award = _managed(award_id)
    form = _proposal_form(award, ProposalForm(prefix="propose-"))

    def act() -> None:
        to_level = "" if form.to_level.data == NONE else form.to_level.data
        propose(
            db.session,
            current_actor(),
            award=award,
            to_level=to_level or "",
            reason=form.reason.data or "",
            version=form.version.data or 0,
        )

    words = gettext("Proposed. It holds when another organiser has confirmed it.")
    return _done(award, "propose", form, act, words)


@blueprint.post("/awards/<int:award_id>/changes/<int:change_id>/confirm")
@needs(P.AWARD)
@confirmed
def agree(award_id: int, change_id: int) -> ResponseReturnValue:
    """Confirm a proposal as the second person."""
    award, form = _managed(award_id), VersionForm(prefix="confirm-")
    change = find_change(db.session, award, change_id)

    def act() -> None:
        version = form.version.data or 0
        confirm(db.session, current_actor(), award=award, change=change, version=version)

    return _done(award, "confirm", form, act, gettext("Confirmed; it holds from now on."))


@blueprint.post("/awards/<int:award_id>/changes/<int:change_id>/withdraw")
@needs(P.AWARD)
def take_back(award_id: int, change_id: int) -> ResponseReturnValue:
    """Withdraw a proposal, or refuse it."""
    award, form = _managed(award_id), ReasonForm(prefix="withdraw-")
    change = find_change(db.session, award, change_id)

    def act() -> None:
        withdraw(
            db.session,
            current_actor(),
            award=award,
            change=change,
            reason=form.reason.data or "",
            version=form.version.data or 0,
        )

    return _done(award, "withdraw", form, act, gettext("The proposal is taken back."))


@blueprint.post("/awards/<int:award_id>/re-audit")
@needs(P.AWARD)
def audit_again(award_id: int) -> ResponseReturnValue:
    """Enter a re-audit that was passed."""
    award, form = _managed(award_id), ReAuditForm(prefix="audit-")

    def act() -> None:
        enter_passed(
            db.session,
            current_actor(),
            award=award,
            findings=form.findings.data or "",
            version=form.version.data or 0,
        )

    return _done(award, "audit", form, act, gettext("The re-audit is entered."))


def _managed(award_id: int) -> Award:
    return find_award(db.session, current_actor(), P.AWARD, award_id)


def _done(
    award: Award, name: str, form: FlaskForm, act: Callable[[], None], words: str
) -> ResponseReturnValue:
    """Do what a valid form asks for; show the page with what is wrong in any other."""
    if not form.validate():
        return _page(award, {name: form}), 422
    act()
    flash(words)
    return redirect(url_for("awards.page", award_id=award.id))


def _page(award: Award, given: Mapping[str, FlaskForm]) -> str:
    actor, rule_set = current_actor(), rules_for(db.session, award)
    told = sees_proposals(actor, award.participant.path)
    superseded = bool(superseded_among(db.session, [award]))
    pending = next((each for each in award.changes if is_pending(each)), None)
    tasks = wanted_tasks(actor, WantedTasks(participant=award.participant_id))
    due = award.re_audit_due
    level = level_of(rule_set, award.level)
    return render_template(
        "awards/page.html",
        award=award,
        titles=titles(),
        stars=level.stars if level else 0,
        standing=standing_words(award, superseded),
        changes=_history(award, told),
        people=_people(award.changes) if told else {},
        kinds=KINDS,
        pending=pending if told else None,
        may_change=may_change(actor, award) and bool(award.level) and not superseded,
        may_confirm=pending is not None and may_confirm(actor, pending),
        is_due=due is not None and opens_on(due) <= day_of(now()),
        opens=opens_on(due) if due else None,
        tasks=db.session.scalars(tasks).unique().all(),
        is_overdue=is_overdue,
        may_add=actor.may(P.AWARD, award.participant.path),
        forms={**_forms(award), **given},
    )


def _history(award: Award, told: bool) -> list[AwardChange]:
    """Return what became of an award; what was withdrawn is for those who see proposals."""
    return [
        each
        for each in award.changes
        if each.confirmed_at is not None or (told and each.withdrawn_at is not None)
    ]


def _forms(award: Award) -> dict[str, FlaskForm]:
    known = {"version": award.version}
    proposal = ProposalForm(formdata=None, prefix="propose-", data=known)
    return {
        "propose": _proposal_form(award, proposal),
        "confirm": VersionForm(formdata=None, prefix="confirm-", data=known),
        "withdraw": ReasonForm(formdata=None, prefix="withdraw-", data=known),
        "audit": ReAuditForm(formdata=None, prefix="audit-", data=known),
    }


def _proposal_form(award: Award, form: ProposalForm) -> ProposalForm:
    lower = lower_levels(rules_for(db.session, award), award.level)
    form.to_level.choices = [
        ("", gettext("Choose")),
        *((each.id, each.title.say(language())) for each in lower),
        (NONE, gettext("none: the level is revoked")),
    ]
    return form


def _people(changes: list[AwardChange]) -> dict[int, str]:
    numbers = {each.proposed_by for each in changes} | {each.confirmed_by for each in changes}
    query = select(Account.id, Account.name).where(Account.id.in_(numbers - {None}))
    return dict(db.session.execute(query).all())

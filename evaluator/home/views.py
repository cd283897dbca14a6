"""The start page."""

from __future__ import annotations

from datetime import datetime
from itertools import chain

from flask import Blueprint, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from evaluator.access import Actor, Permission, public
from evaluator.accounts.sessions import current_sign_in, wants_second_factor
from evaluator.database import db, now
from evaluator.home.awards import award_tasks, decision_tasks, follow_up_tasks
from evaluator.home.branches import Own, own_tasks
from evaluator.home.certificates import certificate_tasks
from evaluator.home.committees import result_tasks, review_tasks, visit_tasks
from evaluator.home.deciding import deciding_tasks, notice_tasks
from evaluator.home.defence import defence_tasks
from evaluator.home.district import district_tasks
from evaluator.home.letters import letter_tasks
from evaluator.home.oversight import latest_changes, oversight_tasks
from evaluator.home.panellists import defence_to_come, objection_tasks, sheet_tasks
from evaluator.home.people import account_tasks, own_account_tasks
from evaluator.home.standing import dated_steps, whole_of
from evaluator.home.tasks import Task
from evaluator.progress.overview import Line
from evaluator.progress.queries import STAGES
from evaluator.progress.words import stage_words
from evaluator.rounds.models import Round
from evaluator.rounds.queries import current_round
from evaluator.web.views import blueprint as web

blueprint = Blueprint("home", __name__, template_folder="templates")


@web.get("/")
@public
def start() -> ResponseReturnValue:
    """Show what waits for whoever is signed in; to anybody else the way in."""
    actor: Actor | None = g.get("actor")
    if actor is None:
        return render_template("home/welcome.html")
    # The page is open to everybody, so that nothing else sends them to what must be done first.
    if current_sign_in().account.must_change_password:
        return redirect(url_for("accounts.change_password"))
    if wants_second_factor():
        return redirect(url_for("accounts.set_up_second_factor"))
    return _shown(actor)


def _shown(actor: Actor) -> str:
    made, at = current_round(db.session), now()
    made = made if actor.may(Permission.SEE_ROUNDS) else None
    whole = whole_of(db.session, actor, made)
    own = _own(actor, made, at)
    found = [*(own.tasks if own else ()), *_tasks(actor, made, whole, at)]
    return render_template(
        "home/start.html",
        actor=actor,
        grants=current_sign_in().account.grants,
        made=made,
        own=own,
        tasks=[each for each in found if each.waits],
        standing=[each for each in found if not each.waits],
        steps=dated_steps(made, at),
        whole=whole,
        stages=STAGES,
        stage_words=stage_words(made, at),
        changes=latest_changes(db.session, actor),
    )


def _own(actor: Actor, made: Round | None, at: datetime) -> Own | None:
    if made is None or not actor.may(Permission.FILL_APPLICATIONS):
        return None
    return own_tasks(db.session, actor, made, at)


def _tasks(actor: Actor, made: Round | None, whole: Line | None, at: datetime) -> list[Task]:
    """Return what waits beside the own applications, what presses first."""
    of_round = (
        chain(
            review_tasks(db.session, actor, made, at),
            visit_tasks(db.session, actor, made, at),
            defence_to_come(db.session, actor, made, at),
            sheet_tasks(db.session, actor, made, at),
            defence_tasks(db.session, actor, made, at),
            deciding_tasks(db.session, actor, made, at),
            notice_tasks(db.session, actor, made, at),
            result_tasks(db.session, actor, made),
        )
        if made
        else ()
    )
    found = chain(
        of_round,
        objection_tasks(db.session, actor),
        decision_tasks(db.session, actor),
        letter_tasks(db.session, actor),
        follow_up_tasks(db.session, actor),
        award_tasks(db.session, actor),
        certificate_tasks(db.session, actor, made),
        district_tasks(db.session, actor, made, whole, at),
        oversight_tasks(db.session, actor, at),
        account_tasks(db.session, actor, made, at),
        own_account_tasks(db.session, current_sign_in()),
    )
    return sorted(found, key=lambda each: not each.urgent)

"""The page of the work queue."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from evaluator.access import Permission, current_actor, needs
from evaluator.database import db, now
from evaluator.reviews.blueprint import blueprint
from evaluator.reviews.policy import STEP, answers_for
from evaluator.reviews.queue import (
    Asked,
    Waiting,
    counts,
    days_left,
    groups_seen,
    lines,
    not_submitted,
    queue,
)
from evaluator.reviews.words import WAITING_WORDS, category_titles
from evaluator.rounds.models import Round
from evaluator.rounds.queries import current_round, open_step
from evaluator.web.languages import language
from evaluator.web.pages import page_of
from evaluator.web.wording import gettext
from forms.reviews import QueueForm


@blueprint.get("/reviews", endpoint="queue")
@needs(Permission.SEE_REVIEWS)
def show_queue() -> ResponseReturnValue:
    """Show what waits for the committees of the caller, the most urgent first."""
    made = current_round(db.session)
    if made is None:
        return render_template("reviews/no_round.html")
    actor, moment = current_actor(), now()
    titles = category_titles(db.session, made, language())
    form = _form(made, titles)
    page = page_of(db.session, queue(actor, made, _asked(form)))
    return render_template(
        "reviews/queue.html",
        round=made,
        step=made.step(STEP),
        is_open=open_step(made, STEP, moment) is not None,
        days_left=days_left,
        now=moment,
        form=form,
        page=page,
        lines=lines(db.session, page.rows),
        counts=counts(db.session, actor, made),
        missing=not_submitted(db.session, actor, made),
        waiting=Waiting,
        words=WAITING_WORDS,
        titles=titles,
        own=lambda participant: answers_for(actor, participant.path),
    )


def _form(made: Round, titles: dict[str, str]) -> QueueForm:
    categories, committees = groups_seen(db.session, current_actor(), made)
    form = QueueForm(request.args)
    everything = ("", gettext("All"))
    states = [(each.value, str(words)) for each, words in WAITING_WORDS.items()]
    form.state.choices = [everything, *states]
    form.category.choices = [everything, *((each, titles.get(each, each)) for each in categories)]
    form.committee.choices = [everything, *((str(number), name) for number, name in committees)]
    return form


def _asked(form: QueueForm) -> Asked:
    """Return what is asked for; what is no choice of this caller is not looked for."""
    form.validate()
    given = {name: "" if form[name].errors else form[name].data or "" for name in form.data}
    return Asked(**given)

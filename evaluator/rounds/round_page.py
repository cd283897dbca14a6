"""The page of a round, with the forms that plan it while it is planned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from flask import render_template
from flask_babel import gettext

from evaluator.access import current_actor
from evaluator.database import db, now
from evaluator.organisations.catalogue import catalogue
from evaluator.rounds.calendar import KINDS, ZONE, PlannedStep, step_title, warnings
from evaluator.rounds.models import Round, RoundState
from evaluator.rounds.policy import manages_rounds
from evaluator.rounds.queries import calendar_changes, participant_counts
from evaluator.rounds.state_words import step_state
from evaluator.rule_sets.queries import published_rule_sets
from evaluator.rule_sets.reading import rule_set_of
from evaluator.web.languages import language
from forms.rounds import ActForm, CalendarForm, RenameForm, calendar_form, choice_form

PREFIX = "rule_set_"


def shown(made: Round, **filled: Any) -> str:
    """Return the page of a round for who asks; `filled` are forms of planning as they were sent."""
    actor, moment = current_actor(), now()
    manages = manages_rounds(db.session, actor)
    planned = made.state is RoundState.PLANNED
    return render_template(
        "rounds/page.html",
        made=made,
        manages=manages,
        steps=[(each, step_state(each, moment)) for each in made.steps],
        counts=participant_counts(db.session, actor, made),
        changes=[] if planned else calendar_changes(db.session, made),
        catalogue=catalogue(db.session),
        spoken=language(),
        act=ActForm(formdata=None, data={"version": made.version}),
        planning=_planning(made, **filled) if planned and manages else None,
    )


def _planning(made: Round, **filled: Any) -> Mapping[str, Any]:
    """Return what the page needs to plan a round; `filled` are forms as they were sent."""
    version = {"version": made.version}
    steps = [PlannedStep(each.step, each.opens_at, each.closes_at) for each in made.steps]
    about = {**version, "year": made.year, "title": made.title}
    return {
        "renaming": RenameForm(formdata=None, data=about),
        "choosing": _filled_choice(made),
        "calendar": _filled_calendar(made),
        "kinds": [(kind, step_title(kind)) for kind in KINDS],
        "warnings": [*warnings(steps), *_other_years(made)] if steps or made.rule_sets else [],
        "prefix": PREFIX,
        **filled,
    }


def _other_years(made: Round) -> list[str]:
    return [
        gettext(
            "“%(title)s” rates %(period)s, the round %(year)s.",
            title=each.stored.title,
            period=f"{period.from_.isoformat()} – {period.to.isoformat()}",
            year=made.year,
        )
        for each in made.rule_sets
        for period in (rule_set_of(each.stored).period,)
        if not period.from_.year <= made.year <= period.to.year
    ]


def sent_choice() -> ActForm:
    """Return the choice of rule sets as it was sent."""
    return _choice_form()()


def sent_calendar() -> CalendarForm:
    """Return the calendar as it was sent."""
    return _calendar_form()()


def _filled_choice(made: Round) -> ActForm:
    chosen = {f"{PREFIX}{each.category}": str(each.stored_rule_set_id) for each in made.rule_sets}
    return _choice_form()(formdata=None, data={"version": made.version, **chosen})


def _choice_form() -> type[ActForm]:
    choices: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for each in published_rule_sets(db.session):
        choices[each.category].append((str(each.id), f"{each.title} · {each.release}"))
    known = catalogue(db.session)
    return choice_form({name: known.title(name, language()) for name in choices}, choices)


def _calendar_form() -> type[CalendarForm]:
    return calendar_form((kind, step_title(kind)) for kind in KINDS)


def _filled_calendar(made: Round) -> CalendarForm:
    data: dict[str, Any] = {"version": made.version}
    for each in made.steps:
        data[f"{each.step}_opens_at"] = each.opens_at.astimezone(ZONE)
        data[f"{each.step}_closes_at"] = each.closes_at.astimezone(ZONE)
    return _calendar_form()(formdata=None, data=data)

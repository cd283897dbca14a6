"""A form that rests on what others changed: nothing typed is lost, and what they did is told."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext
from wtforms import Field, SelectField

from evaluator.audit.newest import LastChange, LastChanges, last_changes
from evaluator.audit.words import action_words
from evaluator.database import db
from evaluator.organisations.models import Organisation
from evaluator.web.showing import moment
from forms.organisations import ATTRIBUTE, ActForm, DetailsForm

KEPT_OUT = ("on", "reason", "version", "opened", "seen", "csrf_token")


@dataclass(frozen=True)
class Meanwhile:
    """A field that somebody else changed and the reader did not: what it was and what it is."""

    label: str
    before: str
    after: str
    by: str


def seen_in(form: DetailsForm) -> str:
    """Return what the fields of a form hold when its page is opened."""
    return json.dumps({field.name: _held(field) for field in _details(form)}, ensure_ascii=False)


def refresh(form: ActForm, organisation: Organisation) -> str:
    """Let a form that was refused go on from how things are now; return who changed them last."""
    form.version.data = str(organisation.version)
    newest = _changes(form, organisation).newest
    if newest is None:
        return ""
    words: str = gettext(
        "Last change: %(action)s, %(by)s", action=action_words(newest.action), by=_by(newest)
    )
    return words


def take_in(form: DetailsForm, now: DetailsForm, organisation: Organisation) -> list[Meanwhile]:
    """Put what others changed beside what was typed; `now` is the form as it would open now.

    A field that the reader left alone takes over what it is now, and is returned. One that both
    changed keeps what was typed, and says at the field what it is now.
    """
    seen, changes = _seen(form), _changes(form, organisation)
    taken: list[Meanwhile] = []
    for field, current in zip(_details(form), _details(now), strict=True):
        typed, held, was = _typed(field), _held(current), seen.get(field.name)
        if held in (typed, was):
            continue
        by = _by(changes.by_value.get(_named(field)))
        if typed == was:
            taken.append(Meanwhile(field.label.text, _said(field, typed), _said(field, held), by))
            field.raw_data, field.data = None, current.data
        else:
            field.errors = [*field.errors, _told(_said(field, held), by)]
    form.seen.data = seen_in(now)
    return taken


def _told(value: str, by: str) -> str:
    words: str = (
        gettext("It is now “%(value)s” (%(by)s).", value=value, by=by)
        if by
        else gettext("Somebody else changed this: it is now “%(value)s”.", value=value)
    )
    return words


def _by(change: LastChange | None) -> str:
    return f"{change.who} {moment(change.at)}" if change else ""


def _details(form: DetailsForm) -> list[Field]:
    return [field for field in form if field.name not in KEPT_OUT]


def _named(field: Field) -> str:
    """Return the name under which the log tells of a field."""
    name: str = field.name
    return f"attributes.{name.removeprefix(ATTRIBUTE)}" if name.startswith(ATTRIBUTE) else name


def _held(field: Field) -> str:
    return "" if field.data is None else str(field.data)


def _typed(field: Field) -> str:
    return str(field.raw_data[0]).strip() if field.raw_data else ""


def _said(field: Field, value: str) -> str:
    """Return a value as the field shows it."""
    if isinstance(field, SelectField):
        labels = {str(key): str(label) for key, label, *_rest in field.iter_choices()}
        value = labels.get(value, value)
    return value or "—"


def _seen(form: DetailsForm) -> dict[str, str]:
    """Return what the fields held when the page was opened; nothing where that is lost."""
    try:
        seen = json.loads(form.seen.data or "")
    except json.JSONDecodeError:
        return {}
    return seen if isinstance(seen, dict) else {}


def _changes(form: ActForm, organisation: Organisation) -> LastChanges:
    """Return who changed the organisation since the page was opened."""
    try:
        since = datetime.fromisoformat(form.opened.data or "")
    except ValueError:
        since = None
    if since is not None and since.tzinfo is None:
        since = None
    return last_changes(db.session, "organisation", organisation.id, since)

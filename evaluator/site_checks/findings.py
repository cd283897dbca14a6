"""Between the form of a check and what is kept of it."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import ValidationError

from evaluator.access import Actor
from evaluator.evidence.checks.verdict import IMAGES, Refused
from evaluator.evidence.isolation import check_apart
from evaluator.evidence.words import refused_words
from evaluator.scoring.reading import Unreadable, reader_of
from evaluator.site_checks.models import SiteCheck
from evaluator.site_checks.operations import add_photo
from evaluator.site_checks.queries import rules_for, sampled_facts
from evaluator.web.languages import language
from forms.site_checks import PhotoForm, findings_form
from rules.syntax import Fact, RuleSet


def filled_form(session: Session, check: SiteCheck) -> FlaskForm:
    """Return the form of a check with what is kept of it; sampled facts are read exactly."""
    rule_set = rules_for(session, check)
    sampled = sampled_facts(rule_set)
    form = findings_form(rule_set, sampled, language())(data=_data(check))
    for name, fact in sampled.items():
        form[f"fact-{name}"].validators = [*form[f"fact-{name}"].validators, _readable(fact)]
    return form


def found_in(form: FlaskForm, rule_set: RuleSet) -> dict[str, Any]:
    """Return what a form says, as `write_findings` takes it."""
    return {
        "version": int(form["version"].data or 0),
        "visited_on": form["visited_on"].data,
        "summary": form["summary"].data or "",
        "facts": {name: form[f"fact-{name}"].data for name in sampled_facts(rule_set)},
        "findings": {
            each.id: {
                "order": form[f"order-{each.id}"].data or "",
                "note": form[f"note-{each.id}"].data or "",
            }
            for each in rule_set.dimensions
        },
    }


def keep_photo(session: Session, actor: Actor, check: SiteCheck, form: PhotoForm) -> bool:
    """Keep an uploaded picture; False with words at the field where it is none."""
    try:
        checked = check_apart(form.photo.data.read())
    except Refused as refused:
        form.photo.errors = [refused_words(refused)]
        return False
    if checked.media_type not in IMAGES:
        form.photo.errors = [gettext("Send a picture: JPEG, PNG or WebP.")]
        return False
    add_photo(session, actor, check=check, checked=checked)
    return True


def _data(check: SiteCheck) -> dict[str, Any]:
    data: dict[str, Any] = {
        "version": check.version,
        "visited_on": check.visited_on,
        "summary": check.summary,
    }
    data |= {f"fact-{name}": value for name, value in check.facts.items()}
    for dimension, found in check.findings.items():
        data[f"order-{dimension}"] = found.get("order", "")
        data[f"note-{dimension}"] = found.get("note", "")
    return data


def _readable(fact: Fact) -> Any:
    read = reader_of(fact)

    def check(_form: FlaskForm, field: Any) -> None:
        if not field.data:
            return
        try:
            read(field.data)
        except Unreadable as error:
            words = error.zh if language() == "zh" else error.en
            raise ValidationError(words) from error

    return check

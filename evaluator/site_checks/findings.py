"""Between the form of a check and what is kept of it."""

from __future__ import annotations

from contextlib import closing
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
from evaluator.site_checks.merging import SEEN, marks_of
from evaluator.site_checks.models import SiteCheck
from evaluator.site_checks.operations import add_photo
from evaluator.site_checks.queries import rules_for, sampled_facts
from evaluator.web.errors import Refusal
from evaluator.web.languages import language
from forms.site_checks import PhotoForm, findings_form
from rules.syntax import Fact, RuleSet


def filled_form(session: Session, check: SiteCheck, **more: Any) -> FlaskForm:
    """Return the form of a check with what is kept of it, under what was sent.

    Sampled facts are read exactly; `formdata=None` leaves out what was sent.
    """
    rule_set = rules_for(session, check)
    sampled = sampled_facts(rule_set)
    values = values_of(check, rule_set)
    form = findings_form(rule_set, sampled, language())(
        data={**values, SEEN: marks_of(values)}, **more
    )
    for name, fact in sampled.items():
        form[f"fact-{name}"].validators = [*form[f"fact-{name}"].validators, _readable(fact)]
    return form


def found_in(form: FlaskForm, rule_set: RuleSet) -> dict[str, Any]:
    """Return what a form says, as `write_findings` takes it."""
    return {
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


def keep_photos(session: Session, actor: Actor, check: SiteCheck, form: PhotoForm) -> bool:
    """Keep the uploaded pictures; False with words at the field where one of them is not kept."""
    wrong = []
    for sent in form.photos.data:
        with closing(sent):
            flaw = _kept(session, actor, check, sent.read())
        if flaw:
            wrong.append(f"{sent.filename}: {flaw}")
    form.photos.errors = wrong
    return not wrong


def _kept(session: Session, actor: Actor, check: SiteCheck, content: bytes) -> str:
    """Keep a picture; return why it is not kept, empty where it is."""
    try:
        checked = check_apart(content)
        if checked.media_type not in IMAGES:
            return str(gettext("Send a picture: JPEG, PNG or WebP."))
        add_photo(session, actor, check=check, checked=checked)
    except Refused as refused:
        return refused_words(refused)
    except Refusal as refusal:
        return str(refusal.words)
    return ""


def values_of(check: SiteCheck, rule_set: RuleSet) -> dict[str, Any]:
    """Return what is kept of a check, by the fields of its form."""
    values: dict[str, Any] = {"visited_on": check.visited_on, "summary": check.summary}
    values |= {f"fact-{name}": check.facts.get(name, "") for name in sampled_facts(rule_set)}
    for dimension in rule_set.dimensions:
        found = check.findings.get(dimension.id, {})
        values[f"order-{dimension.id}"] = found.get("order", "")
        values[f"note-{dimension.id}"] = found.get("note", "")
    return values


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

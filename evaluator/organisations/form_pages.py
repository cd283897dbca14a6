"""What the pages with forms share: fill in choices, do what was asked, show what is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, TypeVar

from flask_babel import gettext
from wtforms import Field, FieldList, FormField

from evaluator.database import db, now
from evaluator.organisations.catalogue import Catalogue
from evaluator.organisations.details import Mistakes, today
from evaluator.organisations.models import Tier
from evaluator.organisations.tree import KINDS_OF_TIER
from evaluator.organisations.words import KINDS
from evaluator.web.errors import Refusal
from evaluator.web.languages import language
from forms.organisations import ActForm, DetailsForm, choices_of

Result = TypeVar("Result")


def attempt(form: Any, act: Callable[[], Result]) -> Result | None:
    """Do what a form asks and return what it gives.

    Where the form holds mistakes, or what it asks cannot be done now, all is taken back and None
    is returned: mistakes are shown at their fields, a refusal above them. The page is then shown
    again with what was typed, and answers `status_of` the form.
    """
    try:
        return act()
    except Mistakes as error:
        db.session.rollback()
        show_mistakes(form, error)
    except Refusal as error:
        db.session.rollback()
        form.refused = error.words
    return None


def status_of(form: Any) -> int:
    """Return the status of a page that shows a form again."""
    return 409 if form.refused else 422


def show_mistakes(form: Any, error: Mistakes) -> None:
    """Put the words of mistakes to their fields, those of no field to the reason's."""
    fields = {field.name: field for field in _fields(form)}
    for name, words in error.by_field.items():
        field = fields.get(name, form.reason)
        field.errors = [*field.errors, words.say(language())]


def _fields(form: object) -> Iterator[Field]:
    for field in form:  # type: ignore[attr-defined]
        yield field
        if isinstance(field, FieldList):
            for entry in field:
                yield from _fields(entry.form if isinstance(entry, FormField) else [entry])


def version_in(form: ActForm) -> int:
    """Return the version that a form was filled in from; one that never was where it is lost."""
    given = form.version.data or ""
    return int(given) if given.isdecimal() else -1


def day_of(form: ActForm) -> date:
    """Return the day of the change."""
    return form.on.data or today()


def reason_of(form: ActForm) -> str:
    """Return why it was done."""
    return (form.reason.data or "").strip()


def begin(form: ActForm, version: int) -> None:
    """Fill in what a form begins with when its page is opened."""
    form.version.data = str(version)
    form.opened.data = now().isoformat()
    form.on.data = today()


def offer_details(form: DetailsForm, tier: Tier, known: Catalogue) -> None:
    """Fill in the kinds and categories that fit a tier."""
    said = language()
    form.kind.choices = choices_of(
        (each.value, KINDS[each].say(said)) for each in KINDS_OF_TIER[tier]
    )
    categories = [(key, each.say(said)) for key, each in known.categories.items()]
    nothing = ("", gettext("None: not rated"))
    form.category.choices = choices_of([nothing, *(categories if tier is Tier.BRANCH else ())])

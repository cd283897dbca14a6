"""Forms of the register: search, details, move, merger, split, end, import."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileAllowed, FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    Field,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SearchField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from rules.syntax import Fact, Words

PARTS = 6
ATTRIBUTE = "attribute_"
_YES_NO = (("true", Words("是", "Yes")), ("false", Words("否", "No")))


def choices_of(pairs: Iterable[tuple[str, object]]) -> list[SelectChoice]:
    """Return the choices of a field from values and their words."""
    return [SelectChoice(value, words) for value, words in pairs]


class ActForm(FlaskForm):  # type: ignore[misc] # the package is not typed
    """What every change of the register asks: the version that was read, a day and a reason."""

    refused = ""
    """Why what was asked cannot be done now, shown above what was typed."""
    version = HiddenField()
    opened = HiddenField()
    """When the page was opened, to tell what others have done since."""
    on = DateField(lazy_gettext("Date of the change"), [InputRequired()])
    reason = TextAreaField(
        lazy_gettext("Reason"),
        [InputRequired(), Length(max=500)],
        description=lazy_gettext("Such as the document that it rests on; kept in the history."),
        render_kw={"rows": 2},
    )


class DetailsForm(ActForm):
    """The details of an organisation; `seen` holds them as they were when the page was opened."""

    seen = HiddenField()
    name = StringField(
        lazy_gettext("Full name of the organisation"), [InputRequired(), Length(max=120)]
    )
    sort_key = StringField(
        lazy_gettext("Pinyin"),
        [Optional(), Length(max=840)],
        description=lazy_gettext(
            "Sorts the lists. Leave it empty to have it made from the name; mend it where a "
            "character is read otherwise."
        ),
    )
    kind = SelectField(lazy_gettext("Kind"))
    category = SelectField(lazy_gettext("Category"))
    members = IntegerField(
        lazy_gettext("Party members"),
        [InputRequired(), NumberRange(min=0)],
        render_kw={"inputmode": "numeric"},
    )
    founded = DateField(lazy_gettext("Founded on"), [Optional()])
    secretary = StringField(lazy_gettext("Secretary"), [Optional(), Length(max=60)])


class NewForm(DetailsForm):
    """The details of an organisation that is entered, with the code that it keeps."""

    code = StringField(
        lazy_gettext("Organisation code"),
        [InputRequired(), Length(max=40)],
        description=lazy_gettext("Letters, digits and . _ - ; it cannot be changed later."),
    )


def details_form(facts: Mapping[str, Fact], language: str) -> type[DetailsForm]:
    """Return the form of details with a field for each attribute of a category."""
    fields = {f"{ATTRIBUTE}{name}": _field(fact, language) for name, fact in facts.items()}
    return type("DetailsWithAttributesForm", (DetailsForm,), fields)


class MoveForm(ActForm):
    """Where an organisation goes."""

    parent = SelectField(lazy_gettext("New place: below"), validate_choice=False)


_ONLY_NEW = lazy_gettext("Leave it empty where this organisation goes on.")


class MergeForm(ActForm):
    """Which organisations join, and what they go on as; `q` searches for more of them."""

    q = SearchField(lazy_gettext("Name, number or pinyin"), [Length(max=100)])
    others = SelectMultipleField(
        lazy_gettext("Organisations that join it"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    after = RadioField(
        lazy_gettext("They go on as"),
        choices=[
            SelectChoice("lead", lazy_gettext("this organisation, with its own code")),
            SelectChoice("new", lazy_gettext("a new organisation, with the history of this one")),
        ],
        default="lead",
    )
    code = StringField(
        lazy_gettext("Code of the new organisation"), [Length(max=40)], description=_ONLY_NEW
    )
    name = StringField(
        lazy_gettext("Name of the new organisation"), [Length(max=120)], description=_ONLY_NEW
    )


class PartForm(FlaskForm):  # type: ignore[misc]
    """One new organisation of a split; rows without code and name are left out."""

    class Meta:
        """The form around it holds the token."""

        csrf = False

    code = StringField(lazy_gettext("Organisation code"), [Length(max=40)])
    name = StringField(lazy_gettext("Full name of the organisation"), [Length(max=120)])
    members = IntegerField(
        lazy_gettext("Party members"),
        [Optional(), NumberRange(min=0)],
        render_kw={"inputmode": "numeric"},
    )
    secretary = StringField(lazy_gettext("Secretary"), [Length(max=60)])
    heir = BooleanField(lazy_gettext("goes on with the level held so far"))


class SplitForm(ActForm):
    """What becomes of an organisation that is split."""

    goes_on = RadioField(
        lazy_gettext("The organisation itself"),
        choices=[
            SelectChoice("no", lazy_gettext("ends; the new ones take its place")),
            SelectChoice("yes", lazy_gettext("goes on with the members that are left")),
        ],
        default="no",
    )
    parts = FieldList(FormField(PartForm), min_entries=PARTS, max_entries=PARTS)


class ImportForm(FlaskForm):  # type: ignore[misc]
    """A workbook with the register."""

    file = FileField(
        lazy_gettext("Workbook (.xlsx)"),
        [
            FileRequired(lazy_gettext("Choose a file.")),
            FileAllowed(["xlsx"], lazy_gettext("Choose a workbook that ends in .xlsx.")),
        ],
        render_kw={"accept": ".xlsx"},
    )


class ConfirmImportForm(ActForm):
    """The confirmation of exactly what a preview showed; `version` is the digest of that."""


def _field(fact: Fact, language: str) -> Field:
    """Return the field of an attribute, which may stay empty; its exact reader checks it later."""
    label = fact.label.say(language)
    unit = fact.unit.say(language) if fact.unit else ""
    shown = (f"{label}（{unit}）" if language == "zh" else f"{label} ({unit})") if unit else label
    more: dict[str, Any] = {"description": fact.help.say(language) if fact.help else ""}
    empty = ("", "—")
    if fact.type == "boolean":
        choices = [empty, *((value, words.say(language)) for value, words in _YES_NO)]
        return SelectField(shown, choices=choices_of(choices), **more)
    if fact.type == "choice":
        options = ((value, words.say(language)) for value, words in fact.options.items())
        return SelectField(shown, choices=choices_of([empty, *options]), **more)
    if fact.type == "date":
        return DateField(shown, [Optional()], **more)
    mode = {"integer": "numeric", "decimal": "decimal"}.get(fact.type)
    return StringField(shown, render_kw={"inputmode": mode} if mode else None, **more)

"""Forms of records: which year is looked at, and a workbook that is brought in."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileAllowed, FileField, FileRequired
from wtforms import DateField, Form, HiddenField, SearchField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs
from wtforms.validators import DataRequired, InputRequired, Length


def year_choices(years: Iterable[int]) -> list[SelectChoice]:
    """Return the choices of a field of years."""
    return [SelectChoice(str(each), str(each)) for each in years]


class YearForm(Form):
    """Whose records of which year are listed; sent by GET."""

    year = SelectField(lazy_gettext("Year"), validate_choice=False)
    q = SearchField(lazy_gettext("Name, number or pinyin"))


class ImportForm(FlaskForm):  # type: ignore[misc] # the package is not typed
    """A workbook with facts of a year."""

    year = SelectField(lazy_gettext("Year"))
    file = FileField(
        lazy_gettext("Workbook (.xlsx)"),
        [
            FileRequired(lazy_gettext("Choose a file.")),
            FileAllowed(["xlsx"], lazy_gettext("Choose a workbook that ends in .xlsx.")),
        ],
        render_kw={"accept": ".xlsx"},
    )


class ConfirmForm(FlaskForm):  # type: ignore[misc]
    """The confirmation of exactly what a preview showed."""

    refused = ""
    """Why what was asked cannot be done now, shown above what was typed."""
    version = HiddenField()
    as_of = DateField(
        lazy_gettext("As of"),
        [InputRequired()],
        description=lazy_gettext("The day to which these records go."),
    )
    reason = TextAreaField(
        lazy_gettext("Reason"),
        [InputRequired(), Length(max=500)],
        description=lazy_gettext("Such as the ledger that the figures come from."),
        render_kw={"rows": 2},
    )


class WithdrawForm(FlaskForm):  # type: ignore[misc]
    """Why a value is to be known no more."""

    refused = ""
    seen = HiddenField()
    reason = TextAreaField(
        lazy_gettext("Reason"),
        [DataRequired(), Length(max=500)],
        description=lazy_gettext("Such as a value that belongs to another branch."),
        render_kw={"rows": 2},
    )

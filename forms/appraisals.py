"""Forms of appraisals: setting one up, its slips, a ballot, the tally on paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, IntegerField, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs
from wtforms.validators import InputRequired, NumberRange, Regexp

MOST = 10_000


class _WayForm(FlaskForm):  # type: ignore[misc] # the package is not typed
    """How people appraise."""

    way = RadioField(
        lazy_gettext("How people appraise"),
        choices=[
            SelectChoice(
                "codes", lazy_gettext("With a one-time code on a slip, by phone or computer")
            ),
            SelectChoice("paper", lazy_gettext("With ballots on paper")),
        ],
        default="codes",
    )


class SetUpForm(_WayForm):
    """One appraisal, and from how many ballots on there is a result."""

    minimum = IntegerField(
        lazy_gettext("Fewest ballots for a result"),
        [InputRequired(), NumberRange(3, MOST)],
        default=10,
        description=lazy_gettext("At least 3: from fewer everybody could tell who chose what."),
    )


class SetUpAllForm(_WayForm):
    """All appraisals that are missing; how many ballots make a result follows from the members."""

    share = IntegerField(
        lazy_gettext("Per cent of the members that must vote for a result"),
        [InputRequired(), NumberRange(1, 100)],
        default=50,
        description=lazy_gettext("At least 3 ballots each: from fewer one could tell who chose."),
    )


class SlipsForm(FlaskForm):  # type: ignore[misc]
    """How many slips are printed."""

    count = IntegerField(
        lazy_gettext("Number of slips"), [InputRequired(), NumberRange(1, 2_000)], default=30
    )


class AllSlipsForm(FlaskForm):  # type: ignore[misc]
    """Slips for all appraisals by codes that have none."""

    anew = BooleanField(
        lazy_gettext("Also where nobody has voted yet: slips made before no longer work")
    )


class CodeForm(FlaskForm):  # type: ignore[misc]
    """The code of a slip, typed."""

    code = StringField(lazy_gettext("Code on your slip"), [InputRequired()])


class ActForm(FlaskForm):  # type: ignore[misc]
    """A button alone."""


def ballot_form(
    questions: Iterable[Mapping[str, Any]], grades: list[tuple[str, Any]], language: str
) -> type[FlaskForm]:
    """Return the form of a ballot: a field for each question, grades to choose or a number."""
    members: dict[str, Any] = {}
    for each in questions:
        label = each["zh"] if language == "zh" else each["en"]
        if each["kind"] == "grade":
            choices = [SelectChoice(*grade) for grade in grades]
            members[each["fact"]] = RadioField(label, [InputRequired()], choices=choices)
        else:
            members[each["fact"]] = StringField(
                label,
                [InputRequired(), Regexp(r"\s*\d{1,6}(\.\d{1,6})?\s*")],
                description=f"{each['low']} – {each['high']}",
                render_kw={"inputmode": "decimal"},
                filters=[lambda text: (text or "").strip()],
            )
    return type("BallotForm", (FlaskForm,), members)


def tally_form(
    questions: Iterable[Mapping[str, Any]], grades: list[tuple[str, Any]], language: str
) -> type[FlaskForm]:
    """Return the form of a tally: a count for each grade of each question, and the scan."""
    number = [InputRequired(), NumberRange(0, MOST)]
    members: dict[str, Any] = {
        "handed_out": IntegerField(lazy_gettext("Ballots handed out"), number),
        "returned": IntegerField(lazy_gettext("Ballots returned"), number),
    }
    for each in questions:
        asked = each["zh"] if language == "zh" else each["en"]
        for grade, words in grades:
            members[f"{each['fact']}-{grade}"] = IntegerField(
                f"{asked}：{words}", number, default=0
            )
    members["scan"] = FileField(
        lazy_gettext("Scan of the signed tally"),
        [FileRequired()],
        description=lazy_gettext("PDF or picture"),
    )
    return type("TallyForm", (FlaskForm,), members)

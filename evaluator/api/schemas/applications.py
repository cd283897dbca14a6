"""Applications: how they stand, their answers, what was submitted, evidence."""

from __future__ import annotations

import marshmallow as ma

from evaluator.api.fields import FactValue, text
from evaluator.api.schemas.lists import Given
from evaluator.applications.typed import LONGEST


class Points(ma.fields.String):
    """Points as an exact decimal text."""

    def __init__(self, what: str, **more: bool):
        super().__init__(required=True, metadata={"description": what}, **more)  # type: ignore[arg-type]


class Level(ma.Schema):
    """A level: its name in the rule set, its title, its stars."""

    id = ma.fields.String(required=True)
    title = ma.fields.String(required=True)
    stars = ma.fields.Integer(required=True)


class IndicatorPoints(ma.Schema):
    """The points of an indicator so far; null while something for it is not known."""

    indicator = ma.fields.String(required=True)
    title = ma.fields.String(required=True)
    points = Points("What it has so far; null while it is not known.", allow_none=True)
    most = Points("What it can have.")


class Open(ma.Schema):
    """A fact that the branch has to see to before it can submit."""

    fact = ma.fields.String(required=True)
    label = ma.fields.String(required=True)
    flaw = ma.fields.String(required=True)


class NextLevel(ma.Schema):
    """The next level, and in words what is missing for it."""

    title = ma.fields.String(required=True)
    missing = ma.fields.List(ma.fields.String(), required=True)


class Application(ma.Schema):
    """How an application stands."""

    participant_id = ma.fields.Integer(required=True)
    round_id = ma.fields.Integer(required=True)
    organisation_id = ma.fields.Integer(required=True)
    code = ma.fields.String(required=True)
    state = ma.fields.String(required=True)
    editable_until = ma.fields.AwareDateTime(required=True, allow_none=True)
    submitted_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    claimed_level = ma.fields.String(required=True)
    rule_set_digest = ma.fields.String(required=True)
    points = Points("The points so far in all.")
    most = Points("What they can come to.")
    level = ma.fields.Nested(Level, required=True, allow_none=True)
    next_level = ma.fields.Nested(NextLevel, required=True, allow_none=True)
    indicators = ma.fields.List(ma.fields.Nested(IndicatorPoints), required=True)
    open = ma.fields.List(ma.fields.Nested(Open), required=True)


class Answer(ma.Schema):
    """A fact: what the branch says of it, and what is known without the branch.

    `mark` tells this state of the fact from any other; a change may name it as `was`.
    """

    fact = ma.fields.String(required=True)
    value = ma.fields.Raw(required=True, allow_none=True)
    reason = ma.fields.String(required=True)
    origin = ma.fields.String(required=True, allow_none=True)
    known = ma.fields.Raw(required=True, allow_none=True)
    source = ma.fields.String(required=True)
    can_be_given = ma.fields.Boolean(required=True)
    mark = ma.fields.String(required=True)


class Answers(ma.Schema):
    """All facts of an application; the ETag of this is what a change names in `If-Match`."""

    participant_id = ma.fields.Integer(required=True)
    state = ma.fields.String(required=True)
    answers = ma.fields.List(ma.fields.Nested(Answer), required=True)


class GivenAnswer(Given):
    """What the branch says of a fact; null takes it back."""

    value = FactValue(required=True, allow_none=True)
    reason = text(0, LONGEST, load_default="")
    was = text(1, 80, metadata={"description": "The mark that was read; for `If-Match: *`."})
    confirmed = ma.fields.Boolean(
        truthy={True},
        falsy={False},
        load_default=False,
        metadata={"description": "Confirms an answer that was copied from last year."},
    )


class AnswersGiven(Given):
    """Answers by fact; those that are left out stay as they are."""

    facts = ma.fields.Dict(keys=text(1, 80), values=ma.fields.Nested(GivenAnswer), required=True)


class Declaration(Given):
    """What the branch declares when it submits: that everything is true, signed by name."""

    secretary = text(1, 60, required=True)
    declared = ma.fields.Boolean(truthy={True}, falsy={False}, required=True)
    claimed_level = text(1, 40, metadata={"description": "Where the rule set asks for one."})


class Submission(ma.Schema):
    """The receipt of what was submitted; the digest is that of its whole content."""

    participant_id = ma.fields.Integer(required=True)
    number = ma.fields.Integer(required=True)
    at = ma.fields.AwareDateTime(required=True)
    secretary = ma.fields.String(required=True)
    digest = ma.fields.String(required=True)


class Submissions(ma.Schema):
    """Everything that was submitted of an application, the newest first."""

    rows = ma.fields.List(ma.fields.Nested(Submission), required=True)

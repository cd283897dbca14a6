"""Committee reviews and lists of recommendation, without words of any language."""

from __future__ import annotations

import marshmallow as ma

from evaluator.api.fields import FactValue, choice, number, text
from evaluator.api.schemas.applications import Points
from evaluator.api.schemas.lists import Given

LONGEST = 2_000
ACCEPT, TO_MEND = "accept", "to_mend"


class IndicatorStanding(ma.Schema):
    """Where an indicator stands in the review."""

    indicator = ma.fields.String(required=True)
    standing = ma.fields.String(required=True)
    points = Points("After review; null while it is not known.", allow_none=True)


class Review(ma.Schema):
    """An application as its committee reviews it; its ETag is what ending a review names."""

    participant_id = ma.fields.Integer(required=True)
    state = ma.fields.String(required=True)
    submission = ma.fields.Integer(
        required=True, metadata={"description": "The number of the submission under review."}
    )
    version = ma.fields.Integer(required=True)
    stated = Points("Points of the self-assessment.")
    reviewed = Points("Points after review so far.")
    indicators = ma.fields.List(ma.fields.Nested(IndicatorStanding), required=True)
    open = ma.fields.List(
        ma.fields.String(),
        required=True,
        metadata={"description": "Indicators that keep the review from being finished."},
    )


class ReviewedFact(ma.Schema):
    """A fact of an indicator: what the branch states, what is known, what the review made of it."""

    fact = ma.fields.String(required=True)
    stated = ma.fields.Raw(required=True, allow_none=True)
    known = ma.fields.Raw(required=True, allow_none=True)
    reviewed = ma.fields.Raw(required=True, allow_none=True)
    reason = ma.fields.String(required=True)
    can_be_changed = ma.fields.Boolean(required=True)


class ReviewedIndicator(ma.Schema):
    """An indicator under review; its ETag is what a decision on it names."""

    participant_id = ma.fields.Integer(required=True)
    indicator = ma.fields.String(required=True)
    submission = ma.fields.Integer(required=True)
    version = ma.fields.Integer(required=True)
    standing = ma.fields.String(required=True)
    note = ma.fields.String(required=True)
    facts = ma.fields.List(ma.fields.Nested(ReviewedFact), required=True)
    waits_for = ma.fields.List(
        ma.fields.String(),
        required=True,
        metadata={"description": "Facts that only the committee gives, and has not given yet."},
    )
    evidence = ma.fields.List(
        ma.fields.Integer(), required=True, metadata={"description": "Numbers of its files."}
    )


class ReviewedValue(Given):
    """The value that the committee gives to a fact, and why it differs from the stated one."""

    value = FactValue(required=True)
    reason = text(0, LONGEST, load_default="")


class Decision(Given):
    """What the committee makes of an indicator; facts that are left out stand as stated."""

    decision = choice((ACCEPT, TO_MEND), required=True)
    facts = ma.fields.Dict(
        keys=text(1, 80), values=ma.fields.Nested(ReviewedValue), load_default=dict
    )
    note = text(
        0, LONGEST, load_default="", metadata={"description": "What the branch has to mend."}
    )


class GivenBack(Given):
    """What the branch is told beside the list of what it has to mend."""

    message = text(0, LONGEST, load_default="")


class Reopened(Given):
    """Why a finished review is taken up again."""

    reason = text(1, LONGEST, required=True)


class ListChoice(ma.Schema):
    """A list that there may be."""

    committee_id = ma.fields.Integer(required=True)
    committee = ma.fields.String(required=True)
    category = ma.fields.String(required=True)


class ListChoices(ma.Schema):
    """The lists of a round that the caller may see."""

    rows = ma.fields.List(ma.fields.Nested(ListChoice), required=True)


class Place(ma.Schema):
    """One place of a list."""

    participant_id = ma.fields.Integer(required=True)
    level = ma.fields.String(required=True)
    note = ma.fields.String(required=True)


class Candidate(ma.Schema):
    """A reviewed application of the category, by name; the points are no ranking."""

    participant_id = ma.fields.Integer(required=True)
    points = Points("Points after review so far.")
    level = ma.fields.String(required=True, allow_none=True)


class Quota(ma.Schema):
    """How many places there are for a level, and how many the list takes."""

    level = ma.fields.String(required=True)
    places = ma.fields.Integer(required=True)
    taken = ma.fields.Integer(required=True)


class RecommendationList(ma.Schema):
    """Whom a committee recommends in a category, the best first."""

    round_id = ma.fields.Integer(required=True)
    committee_id = ma.fields.Integer(required=True)
    category = ma.fields.String(required=True)
    version = ma.fields.Integer(required=True)
    entries = ma.fields.List(ma.fields.Nested(Place), required=True)
    candidates = ma.fields.List(ma.fields.Nested(Candidate), required=True)
    quotas = ma.fields.List(ma.fields.Nested(Quota), required=True)


class GivenPlace(Given):
    """A place as it is wanted; a departure from the points asks for a note."""

    participant_id = number(1, required=True)
    level = text(1, 40, required=True)
    note = text(0, LONGEST, load_default="")


class Order(Given):
    """The whole list as it is wanted, the best first."""

    entries = ma.fields.List(ma.fields.Nested(GivenPlace), required=True)

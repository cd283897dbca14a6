"""Known facts."""

from __future__ import annotations

import marshmallow as ma

from evaluator.api.fields import FactValue, text
from evaluator.api.schemas.lists import Given

MOST_TOGETHER = 500


class KnownFact(ma.Schema):
    """A fact that the platform knows, and where it comes from."""

    fact = ma.fields.String(required=True)
    value = ma.fields.Raw(required=True)
    source = ma.fields.String(required=True)
    as_of = ma.fields.Date(required=True)
    brought_at = ma.fields.AwareDateTime(required=True)


class KnownFacts(ma.Schema):
    """What is known of an organisation in a year."""

    organisation_id = ma.fields.Integer(required=True)
    code = ma.fields.String(required=True)
    year = ma.fields.Integer(required=True)
    facts = ma.fields.List(ma.fields.Nested(KnownFact), required=True)


class _Brought(Given):
    """As of which day facts are known, and on what they rest."""

    as_of = ma.fields.Date(
        required=True, metadata={"description": "The day on which they were so; not to come."}
    )
    reason = text(0, 500, load_default="", metadata={"description": "For the audit log."})


def _facts() -> ma.fields.Dict:
    return ma.fields.Dict(
        keys=text(1, 80),
        values=FactValue(),
        required=True,
        metadata={"description": "Values by fact; facts that are left out stay as they are."},
    )


class BroughtFacts(_Brought):
    """Facts of the organisation of the address."""

    facts = _facts()


class OrganisationFacts(Given):
    """Facts of one organisation among several."""

    code = text(1, 40, required=True)
    facts = _facts()


class BroughtTogether(_Brought):
    """Facts of several organisations: all of it is taken over, or nothing."""

    organisations = ma.fields.List(
        ma.fields.Nested(OrganisationFacts),
        required=True,
        metadata={"maxItems": MOST_TOGETHER, "minItems": 1},
    )


class TakenOver(ma.Schema):
    """What came of it."""

    year = ma.fields.Integer(required=True)
    organisations = ma.fields.Integer(
        required=True, metadata={"description": "Of how many something was not known so before."}
    )
    new = ma.fields.Integer(required=True, metadata={"description": "Facts not known before."})
    changed = ma.fields.Integer(required=True, metadata={"description": "Facts known otherwise."})


class BringableFact(ma.Schema):
    """A fact that the rule sets of a year take from others than the branch."""

    fact = ma.fields.String(required=True)
    label = ma.fields.String(required=True)
    type = ma.fields.String(required=True)
    unit = ma.fields.String(required=True)
    source = ma.fields.String(required=True)
    options = ma.fields.List(ma.fields.String(), required=True)
    columns = ma.fields.List(
        ma.fields.String(), required=True, metadata={"description": "Of a list of events."}
    )


class BringableFacts(ma.Schema):
    """The facts that can be brought of the organisations of a category."""

    category = ma.fields.String(required=True)
    facts = ma.fields.List(ma.fields.Nested(BringableFact), required=True)


class FactsOfYear(ma.Schema):
    """The facts that can be brought for a year."""

    year = ma.fields.Integer(required=True)
    categories = ma.fields.List(ma.fields.Nested(BringableFacts), required=True)

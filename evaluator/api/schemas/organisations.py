"""Organisations of the register."""

from __future__ import annotations

import marshmallow as ma

from evaluator.api.fields import Scalar, asked_number, choice, number, text
from evaluator.api.schemas.lists import Given, Listing
from evaluator.organisations.details import LONGEST, LONGEST_KEY, MOST_MEMBERS
from evaluator.organisations.models import Kind, Status, Tier


class Organisation(ma.Schema):
    """A party organisation of the register."""

    id = ma.fields.Integer(required=True)
    code = ma.fields.String(required=True)
    name = ma.fields.String(required=True)
    sort_key = ma.fields.String(required=True)
    tier = ma.fields.String(required=True)
    kind = ma.fields.String(required=True)
    category = ma.fields.String(required=True, allow_none=True)
    parent_id = ma.fields.Integer(required=True, allow_none=True)
    committee_id = ma.fields.Integer(required=True, allow_none=True)
    members = ma.fields.Integer(required=True)
    founded = ma.fields.Date(required=True, allow_none=True)
    secretary = ma.fields.String(required=True)
    status = ma.fields.String(required=True)
    attributes = ma.fields.Dict(keys=ma.fields.String(), required=True)
    version = ma.fields.Integer(required=True)


class OrganisationsWanted(Listing):
    """What a list of organisations is narrowed to."""

    q = text(most=100, load_default="", metadata={"description": "Part of a name, code or pinyin."})
    code = text(most=40, metadata={"description": "The whole code of one organisation."})
    below = asked_number(metadata={"description": "This organisation and all that stand below it."})
    tier = choice(Tier)
    category = text(most=40, load_default="")
    status = choice(Status)


class Act(Given):
    """When something happened to an organisation, and what it rests on."""

    on = ma.fields.Date(metadata={"description": "Day of the change; today by default."})
    reason = text(1, 500, required=True)


class OrganisationEdit(Act):
    """Details of an organisation; those that are left out stay as they are."""

    name = text(1, LONGEST)
    kind = choice(Kind)
    category = text(1, 40, allow_none=True)
    members = number(0, MOST_MEMBERS)
    founded = ma.fields.Date(allow_none=True)
    secretary = text(0, 60)
    sort_key = text(0, LONGEST_KEY, metadata={"description": "Pinyin; made from the name."})
    attributes = ma.fields.Dict(
        keys=text(1, 80),
        values=Scalar(allow_none=True),
        metadata={"description": "What rule sets ask for; null takes one away."},
    )


class NewOrganisation(OrganisationEdit):
    """An organisation that is entered below another; its tier follows from that one."""

    code = text(1, 40, required=True)
    parent_id = number(1, required=True)
    name = text(1, LONGEST, required=True)
    kind = choice(Kind, required=True)


class Move(Act):
    """The new place of an organisation."""

    parent_id = number(1, required=True)


class Successor(Given):
    """What organisations go on as."""

    code = text(1, 40, required=True)
    name = text(1, LONGEST, required=True)


class Part(Successor):
    """One new organisation of a split."""

    members = number(0, MOST_MEMBERS, load_default=0)
    secretary = text(0, 60, load_default="")
    heir = ma.fields.Boolean(truthy={True}, falsy={False}, load_default=False)


class Merger(Act):
    """Which organisations join the one of the address; without a successor that one goes on."""

    others = ma.fields.List(number(1), required=True)
    successor = ma.fields.Nested(Successor, load_default=None, allow_none=True)


class Split(Act):
    """What comes of an organisation; with `goes_on` it stays beside the new ones."""

    parts = ma.fields.List(ma.fields.Nested(Part), required=True)
    goes_on = ma.fields.Boolean(truthy={True}, falsy={False}, load_default=False)


class SplitDone(ma.Schema):
    """A split organisation and what came of it."""

    organisation = ma.fields.Nested(Organisation, required=True)
    parts = ma.fields.List(ma.fields.Nested(Organisation), required=True)

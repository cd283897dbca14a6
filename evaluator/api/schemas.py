"""What the interface sends and takes; numbers of points are decimal texts, never fractions."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import validate

SIZE = 100


class Listing(ma.Schema):
    """Which part of a list is asked for."""

    after = ma.fields.Integer(
        load_default=0,
        validate=validate.Range(0, 2**31 - 1),
        metadata={"description": "Number of the last row that was read; 0 for the first rows."},
    )
    limit = ma.fields.Integer(
        load_default=SIZE,
        validate=validate.Range(1, SIZE),
        metadata={"description": f"How many rows at most, up to {SIZE}."},
    )


class Problem(ma.Schema):
    """What went wrong, as RFC 9457 has it."""

    type = ma.fields.String()
    title = ma.fields.String()
    status = ma.fields.Integer()
    detail = ma.fields.String()
    errors = ma.fields.Raw(metadata={"description": "What was wrong, by the place it stands at."})


def listing_of(row: ma.Schema) -> type[ma.Schema]:
    """Return the schema of a part of a list of rows."""
    fields: dict[str, Any] = {
        "rows": ma.fields.List(ma.fields.Nested(row)),
        "next": ma.fields.Integer(
            allow_none=True,
            metadata={"description": "What to send as `after` for the next rows; null at the end."},
        ),
    }
    return type(f"{type(row).__name__}Listing", (ma.Schema,), fields)


class Organisation(ma.Schema):
    """A party organisation of the register."""

    id = ma.fields.Integer()
    code = ma.fields.String()
    name = ma.fields.String()
    tier = ma.fields.String()
    kind = ma.fields.String()
    category = ma.fields.String(allow_none=True)
    parent_id = ma.fields.Integer(allow_none=True)
    members = ma.fields.Integer()
    founded = ma.fields.Date(allow_none=True)
    secretary = ma.fields.String()
    status = ma.fields.String()
    attributes = ma.fields.Dict(keys=ma.fields.String())
    version = ma.fields.Integer()


class Step(ma.Schema):
    """A step of a round with its first and last moment."""

    step = ma.fields.String()
    opens_at = ma.fields.AwareDateTime()
    closes_at = ma.fields.AwareDateTime()


class Round(ma.Schema):
    """A rating round."""

    id = ma.fields.Integer()
    year = ma.fields.Integer()
    title = ma.fields.String()
    state = ma.fields.String()
    steps = ma.fields.List(ma.fields.Nested(Step))


class Participant(ma.Schema):
    """An organisation as it stands frozen in a round."""

    id = ma.fields.Integer()
    round_id = ma.fields.Integer()
    organisation_id = ma.fields.Integer()
    code = ma.fields.String()
    name = ma.fields.String()
    category = ma.fields.String()
    committee = ma.fields.String()
    members = ma.fields.Integer()
    previous_level = ma.fields.String()

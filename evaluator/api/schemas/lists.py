"""Lists by parts, and problems."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from evaluator.api.fields import LARGEST, asked_number

SIZE = 100


class Given(ma.Schema):
    """What a program sends: a name that is not asked for is refused."""

    class Meta:
        """What marshmallow asks for."""

        unknown = ma.RAISE


class Listing(Given):
    """Which part of a list is asked for."""

    after = asked_number(
        0,
        LARGEST,
        load_default=0,
        metadata={"description": "Number of the last row that was read; 0 for the first rows."},
    )
    limit = asked_number(
        1,
        SIZE,
        load_default=SIZE,
        metadata={"description": f"How many rows at most, up to {SIZE}."},
    )


class Problem(ma.Schema):
    """What went wrong, as RFC 9457 has it."""

    type = ma.fields.String(required=True)
    title = ma.fields.String(required=True)
    status = ma.fields.Integer(required=True)
    detail = ma.fields.String(required=True)
    errors = ma.fields.Raw(metadata={"description": "What was wrong, by the place it stands at."})


def listing_of(row: type[ma.Schema]) -> type[ma.Schema]:
    """Return the schema of a part of a list of rows."""
    fields: dict[str, Any] = {
        "rows": ma.fields.List(ma.fields.Nested(row), required=True),
        "next": ma.fields.Integer(
            required=True,
            allow_none=True,
            metadata={"description": "What to send as `after` for the next rows; null at the end."},
        ),
    }
    return type(f"{row.__name__}Listing", (ma.Schema,), fields)

"""Evidence."""

from __future__ import annotations

import marshmallow as ma

from evaluator.api.fields import text
from evaluator.api.schemas.lists import Given


class Evidence(ma.Schema):
    """A file that proves indicators; `content` is where it is read, with the same token."""

    id = ma.fields.Integer(required=True)
    participant_id = ma.fields.Integer(required=True)
    name = ma.fields.String(required=True)
    media_type = ma.fields.String(required=True)
    size = ma.fields.Integer(required=True)
    sha256 = ma.fields.String(required=True)
    evidence_date = ma.fields.Date(required=True, allow_none=True)
    uploaded_at = ma.fields.AwareDateTime(required=True)
    taken_out = ma.fields.List(ma.fields.String(), required=True)
    indicators = ma.fields.List(ma.fields.String(), required=True)
    content = ma.fields.String(required=True)
    version = ma.fields.Integer(required=True)


class EvidenceList(ma.Schema):
    """The files of an application."""

    rows = ma.fields.List(ma.fields.Nested(Evidence), required=True)


class Upload(Given):
    """What an uploaded file is called, and which indicator it proves."""

    name = text(1, 200, required=True)
    indicator = text(0, 80, load_default="")


class EvidenceEdit(Given):
    """When what a file shows took place, and what it proves; what is left out stays."""

    evidence_date = ma.fields.Date(allow_none=True)
    indicators = ma.fields.List(text(1, 80))

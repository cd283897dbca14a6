"""What was typed into a form field, and words at a field that was well-formed but wrong."""

from __future__ import annotations

from wtforms import Field, StringField


def text(field: StringField) -> str:
    """Return what was typed into a field."""
    return field.data or ""


def refuse(field: Field, words: str) -> None:
    """Show words at a field that was well-formed but wrong."""
    field.errors = [*field.errors, words]

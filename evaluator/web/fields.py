"""What ties a form field to its hint and its errors for those who hear a page."""

from __future__ import annotations

from wtforms import Field


def described(field: Field) -> dict[str, str]:
    """Return the attributes of a field that name its hint and its errors."""
    parts = [f"{field.id}-hint"] if field.description else []
    if field.errors:
        parts.append(f"{field.id}-errors")
    attributes = {"aria-describedby": " ".join(parts)} if parts else {}
    return {**attributes, "aria-invalid": "true"} if field.errors else attributes

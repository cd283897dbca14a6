"""Fields of what programs send: strict, and of nothing that a database could not keep."""

from __future__ import annotations

from base64 import b64decode
from typing import Any

import marshmallow as ma
from flask_babel import gettext, lazy_gettext
from marshmallow import validate

LARGEST = 2**31 - 1
_KINDS = {"type": ["string", "integer", "boolean"]}
_EVENT = {"type": "object", "additionalProperties": _KINDS}


class Text(ma.fields.String):
    """A text without what no text holds: the zero character, halves of characters."""

    def _deserialize(self, value: Any, *args: Any, **more: Any) -> Any:
        return _checked(super()._deserialize(value, *args, **more))


def text(least: int = 0, most: int = 120, **more: Any) -> Text:
    """Return the field of a text of bounded length."""
    words = lazy_gettext("Send {min} to {max} characters.")
    return Text(validate=validate.Length(least, most, error=words), **more)


def number(least: int = 0, most: int = LARGEST, **more: Any) -> ma.fields.Integer:
    """Return the field of a whole number in JSON; `1.0` and `"1"` are none."""
    return ma.fields.Integer(strict=True, validate=bounds(least, most), **more)


def asked_number(least: int = 1, most: int = LARGEST, **more: Any) -> ma.fields.Integer:
    """Return the field of a whole number in an address."""
    return ma.fields.Integer(validate=bounds(least, most), **more)


def bounds(least: int, most: int) -> validate.Range:
    """Return the check that a number lies between two others."""
    return validate.Range(least, most, error=lazy_gettext("Send a number from {min} to {max}."))


def choice(options: Any, **more: Any) -> Text:
    """Return the field of one word among several."""
    words = lazy_gettext("Send one of: {choices}.")
    return Text(validate=validate.OneOf([str(each) for each in options], error=words), **more)


class Content(ma.fields.Field[Any]):
    """The bytes of a file in base64."""

    def __init__(self, **more: Any):
        kind = {"type": "string", "contentEncoding": "base64", "minLength": 1}
        super().__init__(metadata={**kind, **more.pop("metadata", {})}, **more)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> bytes:
        try:
            content = b64decode(value, validate=True) if isinstance(value, str) else b""
        except ValueError:
            content = b""
        if not content:
            raise ma.ValidationError(gettext("Send the bytes of a file in base64."))
        return content


class Scalar(ma.fields.Field[Any]):
    """A text, a whole number or a truth; numbers with decimals come as text, to stay exact."""

    def __init__(self, **more: Any):
        super().__init__(metadata={**_KINDS, **more.pop("metadata", {})}, **more)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        return _scalar(value)


class FactValue(ma.fields.Field[Any]):
    """The value of a fact: one scalar, a list of them, or a list of events."""

    def __init__(self, **more: Any):
        among = [_KINDS, {"type": "array", "items": {"anyOf": [_KINDS, _EVENT]}}]
        super().__init__(metadata={"anyOf": among, **more.pop("metadata", {})}, **more)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if isinstance(value, list):
            return [_entry(each) for each in value]
        return _scalar(value)


def _entry(value: Any) -> Any:
    if isinstance(value, dict):
        return {_checked(name): _scalar(each) for name, each in value.items()}
    return _scalar(value)


def _scalar(value: Any) -> Any:
    if isinstance(value, str):
        return _checked(value)
    if isinstance(value, int):
        return value
    raise ma.ValidationError(
        gettext("Send a text, a whole number, true or false; a number with decimals as text.")
    )


def _checked(value: str) -> str:
    if "\x00" in value or any("\ud800" <= each <= "\udfff" for each in value):
        raise ma.ValidationError(gettext("This holds characters that no text has."))
    return value

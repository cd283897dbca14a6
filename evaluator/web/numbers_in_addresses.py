"""Numbers in addresses: as large as a row's number can be, and no larger."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1


class RowNumber(IntegerConverter):
    """The number of a row; a larger one is an address that does not exist, not an error."""

    def __init__(self, url_map: Map, *args: Any, **more: Any):
        super().__init__(url_map, *args, **{"max": LARGEST, **more})


def set_up_numbers(app: Flask) -> None:
    """Let `<int:…>` in the addresses of an app stand for numbers of rows."""
    app.url_map.converters["int"] = RowNumber


def beyond_all_rows(path: str) -> bool:
    """Return whether an address holds a number that no row can have."""
    return any(part.isdecimal() and int(part) > LARGEST for part in path.split("/"))

"""Bringing facts by workbook, as a browser does."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

from flask.testing import FlaskClient

YEAR = 2026


def uploaded(client: FlaskClient, path: Path) -> tuple[str, dict[str, str]]:
    """Upload a workbook and return the address of its preview and the form that confirms it."""
    data = {"year": str(YEAR), "file": (BytesIO(path.read_bytes()), "facts.xlsx")}
    address = client.post("/records/import", data=data).headers["Location"]
    page = client.get(address).get_data(as_text=True)
    version = re.search(r'name="version"[^>]* value="([0-9a-f]*)"', page)
    return address, {
        "version": version[1] if version else "",
        "as_of": "2026-01-31",
        "reason": "年度台账",
    }

"""Formulas without a result, which a reader of values would take for empty cells.

An empty cell means that a fact is missing, and a rule may be lenient about that; `#N/A` is a
mistake of the workbook and must not pass as one. So the sheets are looked through once more.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections import defaultdict
from pathlib import Path

Broken = tuple[int, int, str]
"""Row counted from 1, column counted from 0, and what stands there."""

NOT_CALCULATED = "not calculated"
"""What is said to stand where a formula was never worked out."""
_SHEET = re.compile(r"<(?:\w+:)?sheet\b([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b([^>]*)>")
_CELL = re.compile(r"<(?:\w+:)?c\b([^>]*)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_EMPTY_CELL = re.compile(r"<(?:\w+:)?c\b[^>]*/>")
_VALUE = re.compile(r"<(?:\w+:)?v[^>/]*>([^<]+)</")
_FORMULA = re.compile(r"<(?:\w+:)?f\b")
_REFERENCE = re.compile(r"([A-Z]+)([0-9]+)")


def broken_cells(path: Path) -> dict[str, list[Broken]]:
    """Return the formulas of each sheet that have an error or no result."""
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        return {
            sheet: found
            for sheet, part in _parts(archive).items()
            if part in names
            if (found := _broken(archive.read(part).decode("utf-8", "replace")))
        }


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the file of each sheet inside the workbook."""
    workbook = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    targets = {
        _attribute("Id", each): _attribute("Target", each) for each in _RELATION.findall(relations)
    }
    found: dict[str, str] = defaultdict(str)
    for each in _SHEET.findall(workbook):
        target = targets.get(_attribute(r"\w+:id", each), "")
        found[_attribute("name", each)] = (
            target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        )
    return found


def _attribute(name: str, text: str) -> str:
    match = re.search(rf"""\b{name}\s*=\s*(?:"([^"]*)"|'([^']*)')""", text)
    return html.unescape(match[1] or match[2] or "") if match else ""


def _broken(sheet: str) -> list[Broken]:
    if 't="e"' not in sheet and "t='e'" not in sheet and not _FORMULA.search(sheet):
        return []
    found = []
    for attributes, inner in _CELL.findall(_EMPTY_CELL.sub("", sheet)):
        value = _VALUE.search(inner)
        failed = _attribute("t", attributes) == "e"
        if failed or (_FORMULA.search(inner) and value is None):
            row, column = _place(_attribute("r", attributes))
            found.append((row, column, value[1] if value else NOT_CALCULATED))
    return found


def _place(reference: str) -> tuple[int, int]:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return 1, 0
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column - 1

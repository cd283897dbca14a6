"""Colours and cell formats of the template: one colour for each source of facts."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from rules.syntax import EventField, Fact

COLOURS = {
    "identity": ("#37474F", "#E3E8EA"),
    "organisation": ("#5D4037", "#EEE6E3"),
    "asked": ("#B71C1C", "#FBE4E2"),
    "record": ("#2E6B34", "#E2F0E3"),
    "appraisal": ("#6A1B9A", "#EEE4F4"),
    "review": ("#1551A0", "#E1EBF8"),
    "office": ("#006A75", "#DDF0F2"),
    "panel": ("#9C1050", "#F8E2EC"),
    "mutual": ("#4E5B00", "#EEF1D8"),
    "sample": ("#8A5A00", "#FAEED8"),
    "imported": ("#3F4A9A", "#E6E8F5"),
}
"""The strong colour of a group's header, and the light one of its labels."""

_FONT = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "vcenter"}


class Styles:
    """Makes each format once."""

    def __init__(self, workbook: Workbook):
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def _format(self, **properties: Any) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(_FONT | properties)
        return self._made[key]

    def group(self, group: str) -> Format:
        """Return the header of a group of columns."""
        return self._format(
            bold=True,
            font_color="#FFFFFF",
            bg_color=COLOURS[group][0],
            align="left",
            border=1,
            border_color="#FFFFFF",
        )

    def label(self, group: str) -> Format:
        """Return the label of a column."""
        return self._format(
            bold=True,
            bg_color=COLOURS[group][1],
            text_wrap=True,
            align="center",
            border=1,
            border_color="#BDBDBD",
        )

    def key(self) -> Format:
        """Return the small grey row of keys that the reader uses."""
        return self._format(
            font_size=8, font_color="#757575", align="center", bottom=1, border_color="#757575"
        )

    def cell(self, fact: Fact | EventField | None) -> Format:
        """Return the cells of a column, shown as its type."""
        if fact is None or fact.type in ("text", "ratings"):
            return self._format(num_format="@")
        if fact.type == "ratio":
            places = 2 if fact.places is None else fact.places
            return self._format(num_format=f"0.{'0' * places}%" if places else "0%")
        shown = {"integer": "0", "date": "yyyy-mm-dd"}
        return self._format(num_format=shown.get(fact.type, "General"))

    def number(self) -> Format:
        """Return cells of whole numbers."""
        return self._format(num_format="0")

    def heading(self) -> Format:
        """Return a heading of the notes."""
        return self._format(bold=True, font_size=16, font_color=COLOURS["asked"][0])

    def text(self) -> Format:
        """Return a paragraph of the notes."""
        return self._format(text_wrap=True, valign="top")

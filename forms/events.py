"""A field for a list of events: a small table that also works without scripts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wtforms import Field
from wtforms.form import BaseForm

Row = dict[str, str]


class EventsField(Field):
    """Rows of text fields; `data` is a list of rows, or None where nothing is said.

    The inputs are called NAME-ROW-COLUMN. That there was nothing is said by NAME-none, so that an
    empty table is not taken for it.
    """

    def __init__(self, label: str, columns: Mapping[str, Any], **more: Any):
        super().__init__(label, **more)
        self.columns = columns

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take the rows from what was posted, or from given data."""
        self.process_errors: list[str] = []
        self.object_data = data
        self.data: list[Row] | str | None = self._posted(formdata) if formdata else data

    def rows(self, blank: int = 1) -> Iterator[tuple[int, BaseForm]]:
        """Yield each row with its number as fields to show, and so many empty ones."""
        given = self.data if isinstance(self.data, list) else []
        for number, row in enumerate([*given, *({} for _ in range(blank))]):
            shown = BaseForm(self.columns, prefix=f"{self.name}-{number}")
            shown.process(data=row)
            yield number, shown

    @property
    def says_none(self) -> bool:
        """Return whether it is said that there was nothing."""
        return self.data == []

    def _posted(self, formdata: Any) -> list[Row] | None:
        numbers = sorted(
            {
                int(parts[0])
                for key in formdata
                if key.startswith(f"{self.name}-")
                and (parts := key.removeprefix(f"{self.name}-").split("-"))[0].isdecimal()
                and len(parts[0]) < 6
            }
        )
        rows = [
            {column: formdata.get(f"{self.name}-{number}-{column}", "") for column in self.columns}
            for number in numbers
        ]
        kept = [row for row in rows if any(each.strip() for each in row.values())]
        return kept or ([] if f"{self.name}-none" in formdata else None)

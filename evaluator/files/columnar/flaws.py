"""What is wrong with a file that is read in parts, told in the words of the reader of rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from evaluator.files.columnar.frames import Frame
from evaluator.files.organisation_rows import OrganisationRows
from evaluator.files.submissions import TableErrors, TableProblem
from evaluator.files.tables import Row, Table
from evaluator.scoring.columnar.arrays import Bools
from rules.syntax import RuleSet

MOST_SHOWN = 1_000
"""So many rows are shown with all that is wrong with them; the others are counted."""


@dataclass(frozen=True)
class Flaws:
    """The flawed rows of a part: how many, and the first of them as they stand in the file.

    `ended` says why nothing could be read from some row on.
    """

    count: int = 0
    rows: Sequence[tuple[int, Row]] = field(default=(), repr=False)
    ended: TableErrors | None = None

    @property
    def is_none(self) -> bool:
        """Return whether all rows are good and were read to the end."""
        return self.count == 0 and self.ended is None


def flaws_of(frame: Frame, flawed: Bools, ended: TableErrors | None) -> Flaws:
    """Return the flaws of a part; a cell in a column without a key is told once a column."""
    for index in range(len(frame.columns)):
        if index >= len(frame.keys) or not frame.keys[index]:
            given = frame.given(index)
            if given.any():
                flawed[np.argmax(given)] = True
    places = np.flatnonzero(flawed)
    shown = frame.rows(places[:MOST_SHOWN]) if len(places) else []
    return Flaws(len(places), shown, ended)


def errors_of(
    table: Table,
    rule_sets: Mapping[str, RuleSet],
    flaws: Sequence[Flaws],
    doubled: Sequence[tuple[int, Row]],
) -> list[TableProblem]:
    """Return everything that is wrong, in reading order.

    `doubled` are rows whose numbers stand twice, the first of each with the others.
    """
    rows = dict(doubled)
    rows.update(each for part in flaws for each in part.rows)
    shown = sorted(rows.items(), key=lambda each: each[0])[:MOST_SHOWN]
    table.rows = iter(shown)
    table.problems.clear()
    for _ in OrganisationRows(table, rule_sets, {}):
        pass
    count = sum(each.count for each in flaws)
    if count > len(shown):
        table.problems.append(_more(table, count, len(shown)))
    return table.problems + [
        problem for each in flaws if each.ended for problem in each.ended.problems
    ]


def _more(table: Table, count: int, shown: int) -> TableProblem:
    return TableProblem(
        table.place(table.key_row),
        "",
        f"共{count}行有误，以上只列出其中{shown}行；请先改正这些",
        f"{count} rows are wrong, of which {shown} are shown above; mend these first",
    )

"""Cases and panellists taken apart by least squares, whoever sat with whom.

A rating is taken as case + panellist + error. Cases are eliminated first: with n(c) ratings of a
case, the panellists' effects s solve A s = b, where A has the number of cases of a panellist on
its diagonal, less 1 / n(c) for each case that two panellists share (and each with itself), and b
is how far a panellist's ratings lie from the means of the cases, added up (S. R. Searle,
Linear Models, 1971, chapter 7). Panellists who are not linked by shared cases, not even through
others, cannot be compared; effects add up to zero among those who are. All of it is exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from evaluator.scoring.agreement.linear import inverse
from evaluator.scoring.agreement.ratings import Table, mean, square_sum


@dataclass(frozen=True)
class Effects:
    """Least squares of case + panellist.

    `shift` is how much higher a panellist rates than those it is linked with, `weight` what the
    variance of the error is multiplied by for the variance of a shift, `groups` who is linked.
    `explained` is the sum of squares of panellists beyond cases, `rest` that of the errors, and
    `freedom` its degrees of freedom.
    """

    shift: Mapping[str, Fraction]
    weight: Mapping[str, Fraction]
    groups: tuple[tuple[str, ...], ...]
    explained: Fraction
    rest: Fraction
    freedom: int


def effects(table: Table) -> Effects:
    """Return the effects of a table in which every case has two ratings or more."""
    off = _distances_from_means(table)
    groups = linked(table)
    shift: dict[str, Fraction] = {}
    weight: dict[str, Fraction] = {}
    for group in groups:
        solved = _inverse_of_group(table, group)
        for one, row in zip(group, solved, strict=True):
            shift[one] = sum(
                (a * off[other] for a, other in zip(row, group, strict=True)), Fraction()
            )
            weight[one] = row[group.index(one)]
    within = sum((square_sum(row.values()) for row in table.cells.values()), Fraction())
    explained = sum((shift[each] * off[each] for each in shift), Fraction())
    freedom = table.number - len(table.cells) - len(table.panellists) + len(groups)
    return Effects(shift, weight, groups, explained, within - explained, freedom)


def _distances_from_means(table: Table) -> dict[str, Fraction]:
    off = dict.fromkeys(table.panellists, Fraction())
    for row in table.cells.values():
        centre = mean(row.values())
        for panellist, value in row.items():
            off[panellist] += value - centre
    return off


def _inverse_of_group(table: Table, group: tuple[str, ...]) -> list[list[Fraction]]:
    """Return the generalised inverse of A for linked panellists, whose rows add up to zero.

    A is singular: adding the same to all changes nothing. With one added to each of its
    elements it is not, and the inverse of that exceeds the wanted one by 1 / size² throughout.
    """
    size, place = len(group), {name: number for number, name in enumerate(group)}
    rows = [row for row in table.cells.values() if not place.keys().isdisjoint(row)]
    scale = lcm(*(len(row) for row in rows))
    matrix = [[scale] * size for _ in group]
    for row in rows:
        seats, share = [place[each] for each in row], scale // len(row)
        for one in seats:
            matrix[one][one] += scale
            for other in seats:
                matrix[one][other] -= share
    more = Fraction(1, size * size)
    return [[scale * each - more for each in row] for row in inverse(matrix)]


def linked(table: Table) -> tuple[tuple[str, ...], ...]:
    """Return the panellists in groups that shared cases link, each in the order of names."""
    groups: list[set[str]] = []
    for row in table.cells.values():
        joined = set(row)
        for group in [each for each in groups if not each.isdisjoint(joined)]:
            groups.remove(group)
            joined |= group
        groups.append(joined)
    return tuple(sorted(map(_in_order, groups)))


def _in_order(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names))

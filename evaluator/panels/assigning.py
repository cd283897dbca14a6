"""Who judges which case: an exact minimum-cost flow.

It knows numbers alone, neither tables nor pages. What it promises: as few seats as possible stay
empty; then the load is as even as it can be (a panellist's k-th case costs 2k - 1, so that the
cost of n cases is n squared); then as few seats as possible change. Fixed seats stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from evaluator.panels.network import Network

ANY = ""
"""The competence of a seat that needs none."""


@dataclass(frozen=True)
class Judge:
    """A panellist: what it understands, and how many cases it takes at most."""

    number: int
    competences: frozenset[str] = frozenset()
    most: int | None = None


@dataclass(frozen=True)
class Hearing:
    """A case: its seats, how many of them want which competence, and who may sit on it.

    `barred` are those of its panel who may not, each with a reason; `fixed` sit on it whatever is
    proposed, `now` are all who sit on it now.
    """

    number: int
    seats: int
    panel: tuple[int, ...]
    wanted: Mapping[str, int] = field(default_factory=dict)
    barred: Mapping[int, str] = field(default_factory=dict)
    fixed: frozenset[int] = frozenset()
    now: frozenset[int] = frozenset()

    @property
    def candidates(self) -> list[int]:
        """Return who may sit on it, by number."""
        return sorted((set(self.panel) - set(self.barred)) | self.fixed)

    def groups(self) -> list[tuple[str, int]]:
        """Return how many seats there are for each wanted competence, and for none."""
        wanted = [(name, count) for name, count in sorted(self.wanted.items()) if count > 0]
        taken = sum(count for _, count in wanted)
        return [*wanted, (ANY, max(0, self.seats - taken, len(self.fixed) - taken))]


@dataclass(frozen=True)
class Shortage:
    """Seats of a case that nobody is left for.

    `occupied`: the seats are filled, but those fixed on them lack the competence. `full` are the
    panellists who could sit there, directly or in exchange, and have all taken as many cases as
    they may; `cases` are those that compete for them.
    """

    case: int
    competence: str
    seats: int
    occupied: bool = False
    full: tuple[int, ...] = ()
    cases: tuple[int, ...] = ()


@dataclass(frozen=True)
class Assignment:
    """Who sits where: for each case its panellists, each with the competence it is there for."""

    seats: Mapping[int, Mapping[int, str]]
    shortages: tuple[Shortage, ...] = ()

    @property
    def load(self) -> Mapping[int, int]:
        """Return how many cases each panellist has who has any."""
        found: dict[int, int] = {}
        for seated in self.seats.values():
            for number in seated:
                found[number] = found.get(number, 0) + 1
        return MappingProxyType(found)

    @property
    def cost(self) -> int:
        """Return how uneven the load is: the sum of its squares."""
        return sum(count * count for count in self.load.values())


def assign(judges: Iterable[Judge], hearings: Iterable[Hearing]) -> Assignment:
    """Return the best assignment; the same in whichever order judges and hearings come."""
    by_number = {each.number: each for each in sorted(judges, key=lambda each: each.number)}
    ordered = sorted(hearings, key=lambda each: each.number)
    if not ordered:
        return Assignment({})
    return _Problem(by_number, ordered).solve()


class _Problem:
    """The network of one assignment.

    Seats of a case that want the same flow to pairs of case and panellist, each of which passes
    one; from there to the panellist, and out by arcs of rising cost. What finds no way leaves by
    arcs of its case, which cost more than any way.
    """

    def __init__(self, judges: Mapping[int, Judge], hearings: Sequence[Hearing]):
        self.judges, self.hearings = judges, hearings
        self.network = Network()
        self.out = self.network.node()
        self.nodes = {number: self.network.node() for number in judges}
        self.groups: dict[int, tuple[Hearing, str]] = {}
        self.ways: list[tuple[int, Hearing, str, int]] = []
        self.left: list[tuple[int, int]] = []
        self.ways_out = {self.out}
        """Where units leave: by no such node does one case compete with another."""
        sizes = [sum(count for _, count in each.groups()) for each in hearings]
        self.gap = sum(sizes) + 1
        """One step of empty seats on the same case outweighs a change of every seat."""
        self.step = self.gap * (sum(size * size for size in sizes) + 1)
        """One step of load outweighs all steps of empty seats."""
        self.dear = self.step * (2 * len(hearings) + 2)
        """A seat that stays empty outweighs the last case of the busiest panellist."""

    def solve(self) -> Assignment:
        for each in self.hearings:
            self._add(each)
        self._add_loads()
        self.network.solve()
        seats: dict[int, dict[int, str]] = {each.number: {} for each in self.hearings}
        for arc, hearing, competence, number in self.ways:
            if self.network.flow(arc):
                seats[hearing.number][number] = competence
        shortages = [*self._empty(), *self._occupied()]
        shortages.sort(key=lambda each: (len(each.cases), each.case, each.competence))
        return Assignment(seats, tuple(shortages))

    def _add(self, hearing: Hearing) -> None:
        pairs = {number: self._pair(hearing, number) for number in hearing.candidates}
        empty = self.network.node()
        self.ways_out.add(empty)
        for taken in range(sum(count for _, count in hearing.groups())):
            self.network.arc(empty, self.out, 1, self.dear + (2 * taken + 1) * self.gap)
        for competence, count in hearing.groups():
            if not count:
                continue
            group = self.network.node(supply=count)
            self.network.supply(self.out, -count)
            self.groups[group] = hearing, competence
            for number, pair in pairs.items():
                suits = not competence or competence in self.judges[number].competences
                if suits or number in hearing.fixed:
                    arc = self.network.arc(group, pair, 1, 0 if suits else self.dear)
                    self.ways.append((arc, hearing, competence, number))
            self.left.append((self.network.arc(group, empty, count, 0), group))

    def _pair(self, hearing: Hearing, number: int) -> int:
        """Return the node of a case and a panellist, whose one unit must come where it is fixed."""
        pair = self.network.node()
        if number in hearing.fixed:
            self.network.supply(pair, -1)
            self.network.supply(self.nodes[number], 1)
        else:
            changes = 0 if number in hearing.now else 1
            self.network.arc(pair, self.nodes[number], 1, changes)
        return pair

    def _add_loads(self) -> None:
        could: dict[int, int] = dict.fromkeys(self.judges, 0)
        fixed: dict[int, int] = dict.fromkeys(self.judges, 0)
        for each in self.hearings:
            for number in each.candidates:
                could[number] += 1
                fixed[number] += number in each.fixed
        for number, judge in self.judges.items():
            most = could[number] if judge.most is None else min(judge.most, could[number])
            for taken in range(max(most, fixed[number])):
                self.network.arc(self.nodes[number], self.out, 1, (2 * taken + 1) * self.step)

    def _empty(self) -> Iterable[Shortage]:
        """Yield the seats that stay empty, with the narrow place that keeps them so."""
        numbers = {node: number for number, node in self.nodes.items()}
        for arc, group in self.left:
            count = self.network.flow(arc)
            if count:
                hearing, competence = self.groups[group]
                reached = self.network.reached(group, but=self.ways_out)
                full = sorted(numbers[node] for node in reached if node in numbers)
                cases = {self.groups[node][0].number for node in reached if node in self.groups}
                yield Shortage(
                    hearing.number, competence, count, full=tuple(full), cases=tuple(sorted(cases))
                )

    def _occupied(self) -> Iterable[Shortage]:
        counts: dict[tuple[int, str], int] = {}
        for arc, hearing, competence, _number in self.ways:
            if self.network.cost(arc) and self.network.flow(arc):
                key = hearing.number, competence
                counts[key] = counts.get(key, 0) + 1
        for (case, competence), count in counts.items():
            yield Shortage(case, competence, count, occupied=True, cases=(case,))

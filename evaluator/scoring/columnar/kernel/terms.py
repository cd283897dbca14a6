"""Sums of whole numbers times atoms: the form in which a plan is simplified before it is run.

An atom is an operation that is worked out for every organisation. Points are nearly always an
offset plus a factor times a narrow atom (`40000 - 5000 * meetings`), so that what is worked out
stays within 8 or 16 bits and factors and offsets are applied once, after everything was added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import gcd
from typing import Literal, TypeVar

from rules.integers import Nested, in_order

WIDEST = 2**63 - 1
"""No value that is worked out may be further from 0 than this."""

AtomOp = Literal[
    "const", "slot", "sum", "mul", "gate", "min", "max", "div", "lt", "ge", "eq", "ne", "and", "or",
    "not",
]  # fmt: skip


@dataclass(frozen=True, eq=False, slots=True)
class Atom:
    """A value worked out for every organisation; equal atoms are the same object.

    `value` holds a constant, the index of a slot or the offset of a sum, `factors` one factor for
    each argument of a sum. A gate is its second argument where the first, a mask, is 1, else 0.
    Masks are atoms from 0 to 1. `number` is the order of making.
    """

    op: AtomOp
    args: tuple[Atom, ...]
    low: int
    high: int
    value: int
    factors: tuple[int, ...]
    number: int

    @property
    def is_const(self) -> bool:
        """Whether the atom is a constant."""
        return self.op == "const"


class Atoms:
    """Makes atoms, each once."""

    def __init__(self) -> None:
        self._made: dict[tuple[object, ...], Atom] = {}

    def make(
        self,
        op: AtomOp,
        args: tuple[Atom, ...] = (),
        low: int = 0,
        high: int = 1,
        value: int = 0,
        factors: tuple[int, ...] = (),
    ) -> Atom:
        """Return the atom of an operation; the bounds must hold, however loose they are."""
        key = (op, *(each.number for each in args), value, factors)
        found = self._made.get(key)
        if found is None:
            found = Atom(op, args, low, high, value, factors, len(self._made))
            self._made[key] = found
        return found

    def const(self, value: int) -> Atom:
        """Return the atom of a constant."""
        return self.make("const", (), value, value, value)

    def pair(self, op: AtomOp, a: Atom, b: Atom, low: int = 0, high: int = 1) -> Atom:
        """Return the atom of an operation whose arguments may be exchanged."""
        return self.make(op, (a, b) if a.number <= b.number else (b, a), low, high)


@dataclass(frozen=True, slots=True)
class Linear:
    """An offset plus factors times atoms; `low` and `high` bound the whole value."""

    offset: int
    terms: Mapping[Atom, int]
    low: int
    high: int

    @property
    def is_const(self) -> bool:
        """Whether the value is the same for every organisation."""
        return not self.terms

    def within(self, low: int, high: int) -> Linear:
        """Return the same value with bounds that are known to hold as well."""
        low, high = max(low, self.low), min(high, self.high)
        return constant(low) if low == high else Linear(self.offset, self.terms, low, high)

    def plus(self, other: Linear, factor: int = 1) -> Linear:
        """Return this plus another value times a factor."""
        terms = dict(self.terms)
        for atom, times in other.terms.items():
            terms[atom] = terms.get(atom, 0) + factor * times
        terms = {atom: times for atom, times in terms.items() if times}
        ends = sorted((factor * other.low, factor * other.high))
        offset = self.offset + factor * other.offset
        return _bounded(offset, terms, self.low + ends[0], self.high + ends[1])

    def times(self, factor: int) -> Linear:
        """Return the value times a factor."""
        return constant(0).plus(self, factor)

    def divided(self, factor: int) -> Linear:
        """Return the value divided by what surely divides its offset and its factors."""
        terms = {atom: times // factor for atom, times in self.terms.items()}
        low, high = (self.low, self.high) if factor > 0 else (self.high, self.low)
        return _bounded(self.offset // factor, terms, -(-low // factor), high // factor)

    def content(self) -> int:
        """Return the greatest number that divides the offset and every factor."""
        return gcd(self.offset, *self.terms.values())


def summed(offset: int, terms: Mapping[Atom, int]) -> Linear:
    """Return an offset plus factors times atoms, bounded by what the atoms can be."""
    least = most = offset
    for atom, times in terms.items():
        least += times * (atom.low if times > 0 else atom.high)
        most += times * (atom.high if times > 0 else atom.low)
    return constant(least) if least == most else Linear(offset, terms, least, most)


def _bounded(offset: int, terms: Mapping[Atom, int], low: int, high: int) -> Linear:
    """Return a sum with the tighter of the given bounds and those of its terms."""
    return summed(offset, terms).within(low, high)


def constant(value: int) -> Linear:
    """Return a value that is the same for every organisation."""
    return Linear(value, {}, value, value)


def of_atom(atom: Atom) -> Linear:
    """Return an atom as a sum; what is negated is 1 minus what it negates, which comes free."""
    return constant(atom.value) if atom.is_const else Linear(0, {atom: 1}, atom.low, atom.high)


def fits(low: int, high: int) -> bool:
    """Whether values between these bounds may be worked out at all."""
    return low >= -WIDEST and high <= WIDEST


def exact(value: Linear, atoms: Atoms) -> Atom:
    """Return an atom of exactly this value."""
    if value.is_const:
        return atoms.const(value.offset)
    if value.offset == 0 and list(value.terms.values()) == [1]:
        return next(iter(value.terms))
    args = tuple(sorted(value.terms, key=lambda each: each.number))
    factors = tuple(value.terms[each] for each in args)
    return atoms.make("sum", args, value.low, value.high, value.offset, factors)


def pinned(value: Linear, atoms: Atoms) -> Linear:
    """Return the same value with one term at most, adding its terms up in their common unit."""
    if len(value.terms) < 2:
        return value
    unit = gcd(*value.terms.values())
    if value.terms[min(value.terms, key=lambda each: each.number)] < 0:
        unit = -unit
    sum_ = Linear(0, value.terms, value.low - value.offset, value.high - value.offset)
    if not fits(sum_.low, sum_.high):
        atom = exact(value, atoms)
        return Linear(0, {atom: 1}, value.low, value.high)
    atom = exact(sum_.divided(unit), atoms)
    return constant(value.offset).plus(of_atom(atom), unit).within(value.low, value.high)


Node = TypeVar("Node", bound=Nested)


def post_order(roots: Iterable[Node]) -> Iterator[Node]:
    """Yield everything below the roots and the roots, arguments first, each once."""
    seen: set[int] = set()
    for root in roots:
        yield from in_order(root, seen)

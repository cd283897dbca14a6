"""The operations of the integer form on sums, each in the cheapest exact way that is known.

Every function returns a value that is equal for every organisation, never only nearly so. Where a
cheaper way could leave 64 bits before the end, the plain one is taken.
"""

from __future__ import annotations

from math import gcd
from typing import Literal

from evaluator.scoring.columnar.kernel.comparisons import under, with_bound
from evaluator.scoring.columnar.kernel.masks import conjunction, is_mask, linear_of, negation
from evaluator.scoring.columnar.kernel.terms import (
    Atom,
    Atoms,
    Linear,
    constant,
    exact,
    fits,
    of_atom,
    pinned,
    summed,
)

Extreme = Literal["min", "max"]


def mask_of(value: Linear, atoms: Atoms) -> Atom:
    """Return a condition as a mask: 1 where the value is not 0."""
    if value.is_const:
        return atoms.const(int(value.offset != 0))
    (atom, factor), *more = value.terms.items()
    if not more and is_mask(atom):
        if (value.offset, factor) == (0, 1):
            return atom
        if (value.offset, factor) == (1, -1):
            return negation(atom, atoms)
    return with_bound("ne", exact(value, atoms), 0, atoms)


def where(condition: Linear, a: Linear, b: Linear, atoms: Atoms) -> Linear:
    """Return a where the condition holds, else b, as b plus their difference where it holds."""
    mask = mask_of(condition, atoms)
    if mask.is_const:
        return a if mask.value else b
    otherwise = negation(mask, atoms)
    if not _known(mask, b, atoms):
        if _known(otherwise, a, atoms):
            mask, otherwise, a, b = otherwise, mask, b, a
        else:
            b = pinned(b, atoms)
    apart = a.plus(b, -1)
    if fits(apart.low, apart.high):
        chosen = b.plus(gated(mask, apart, atoms))
    else:
        chosen = gated(mask, a, atoms).plus(gated(otherwise, b, atoms))
    return chosen.within(min(a.low, b.low), max(a.high, b.high))


def _known(mask: Atom, value: Linear, atoms: Atoms) -> bool:
    """Whether a value times a mask takes no operation of its own."""
    return all(under(mask, atom, atoms) is not None for atom in value.terms)


def gated(mask: Atom, value: Linear, atoms: Atoms) -> Linear:
    """Return a value where the mask is 1, else 0."""
    found = linear_of(mask, atoms).times(value.offset)
    unknown = {}
    for atom, factor in value.terms.items():
        known = under(mask, atom, atoms)
        if known is None:
            unknown[atom] = factor
        else:
            found = found.plus(known, factor)
    rest = summed(0, unknown)
    if not fits(rest.low, rest.high):
        found, rest = constant(0), value
    rest = pinned(rest, atoms)
    found = found.plus(linear_of(mask, atoms), rest.offset)
    for atom, factor in rest.terms.items():
        found = found.plus(_gate(mask, atom, atoms), factor)
    return found.within(min(0, value.low), max(0, value.high))


def _gate(mask: Atom, atom: Atom, atoms: Atoms) -> Linear:
    if is_mask(atom):
        return linear_of(conjunction(mask, atom, atoms), atoms)
    return of_atom(atoms.make("gate", (mask, atom), min(0, atom.low), max(0, atom.high)))


def product(a: Linear, b: Linear, atoms: Atoms) -> Linear:
    """Return a times b."""
    for one, other in ((a, b), (b, a)):
        if one.is_const:
            return other.times(one.offset)
        if one.low >= 0 and one.high <= 1:
            return gated(mask_of(one, atoms), other, atoms)
    units = a.content(), b.content()
    left, right = exact(a.divided(units[0]), atoms), exact(b.divided(units[1]), atoms)
    corners = [x * y for x in (left.low, left.high) for y in (right.low, right.high)]
    atom = atoms.pair("mul", left, right, min(corners), max(corners))
    return of_atom(atom).times(units[0] * units[1])


def quotient(a: Linear, b: Linear, atoms: Atoms) -> Linear:
    """Return a / b rounded down, whatever divides both taken out of both first."""
    if b.is_const:
        return _divided(a, b.offset, atoms)
    unit = gcd(a.content(), b.content())
    left, right = exact(a.divided(unit), atoms), exact(b.divided(unit), atoms)
    corners = [x // y for x in (left.low, left.high) for y in (right.low, right.high)]
    high = min(max(corners), _most_times(a.divided(unit), b.divided(unit), max(corners)))
    return of_atom(atoms.make("div", (left, right), min(corners), high))


def _most_times(a: Linear, b: Linear, most: int) -> int:
    """Return how often b goes into a at most, where a is bounded by a multiple of b.

    A share that is cut off at its full measure goes into its points so often that a narrow
    number holds it, however large what is shared.
    """
    if b.offset or len(b.terms) != 1:
        return most
    ((part, divisor),) = b.terms.items()
    if part.low <= 0 or divisor < 0:
        return most
    times, rest = 0, a.offset
    for atom, factor in a.terms.items():
        multiple = _multiple_above(atom, part) if factor > 0 else None
        if multiple is None:
            rest += max(factor * atom.low, factor * atom.high)
        else:
            times += factor * multiple
    return (times * part.low + max(rest, 0)) // (divisor * part.low)


def _multiple_above(atom: Atom, part: Atom) -> int | None:
    """Return by what a part can be multiplied to be as high as an atom, as far as that is seen."""
    if atom is part:
        return 1
    if atom.op == "sum" and atom.args == (part,) and atom.value == 0:
        return atom.factors[0]
    if atom.op == "min":
        return next((n for n in (_multiple_above(each, part) for each in atom.args) if n), None)
    return None


def _divided(a: Linear, by: int, atoms: Atoms) -> Linear:
    """Divide by a constant: multiples of it leave the division, what divides all shortens it."""
    whole = summed(a.offset // by, {k: f // by for k, f in a.terms.items() if f % by == 0})
    rest = a.plus(whole, -by)
    if not fits(rest.low, rest.high):
        whole, rest = constant(0), a
    unit = gcd(by, *rest.terms.values())
    terms = {atom: factor // unit for atom, factor in rest.terms.items()}
    inner = summed(rest.offset // unit, terms).within(rest.low // unit, rest.high // unit)
    return whole.plus(_floor(inner, by // unit, atoms)).within(a.low // by, a.high // by)


def _floor(value: Linear, by: int, atoms: Atoms) -> Linear:
    if by == 1 or value.is_const:
        return value if by == 1 else constant(value.offset // by)
    low, high = value.low // by, value.high // by
    if low == high:
        return constant(low)
    return of_atom(atoms.make("div", (exact(value, atoms), atoms.const(by)), low, high))


def extreme(which: Extreme, a: Linear, b: Linear, atoms: Atoms) -> Linear:
    """Return the lower or the higher of two values."""
    if a.high <= b.low or b.high <= a.low:
        return a if (a.high <= b.low) == (which == "min") else b
    pick = min if which == "min" else max
    if a.is_const or b.is_const:
        value, bound = (b, a.offset) if a.is_const else (a, b.offset)
        found = _kept_beside(which, value, bound, atoms)
    else:
        found = _extreme_of_two(which, a, b, atoms)
    return found.within(pick(a.low, b.low), pick(a.high, b.high))


def _kept_beside(which: Extreme, value: Linear, bound: int, atoms: Atoms) -> Linear:
    """Bound a value by a constant; what is added or multiplied afterwards moves the constant."""
    value = pinned(value, atoms)
    ((atom, factor),) = value.terms.items()
    base = value.offset
    if (bound - base) % factor:
        moved = value.plus(constant(bound), -1)
        base, moved = (bound, moved) if fits(moved.low, moved.high) else (0, value)
        factor = gcd(moved.content(), bound - base)
        atom = exact(moved.divided(factor), atoms)
    which = which if factor > 0 else ("max" if which == "min" else "min")
    limit = (bound - base) // factor
    pick = min if which == "min" else max
    low, high = pick(atom.low, limit), pick(atom.high, limit)
    kept = atoms.make(which, (atom, atoms.const(limit)), low, high)
    return constant(base).plus(of_atom(kept), factor)


def _extreme_of_two(which: Extreme, a: Linear, b: Linear, atoms: Atoms) -> Linear:
    base = b.offset
    moved = [each.plus(constant(base), -1) for each in (a, b)]
    if not all(fits(each.low, each.high) for each in moved):
        base, moved = 0, [a, b]
    unit = gcd(*(each.content() for each in moved))
    left, right = (exact(each.divided(unit), atoms) for each in moved)
    if left is right or (left.op == which and right in left.args):
        return a
    if right.op == which and left in right.args:
        return b
    pick = min if which == "min" else max
    bounds = pick(left.low, right.low), pick(left.high, right.high)
    return constant(base).plus(of_atom(atoms.pair(which, left, right, *bounds)), unit)

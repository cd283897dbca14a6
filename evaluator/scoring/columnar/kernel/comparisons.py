"""Comparisons of sums: factors and offsets move to the constant side, so that atoms stay narrow."""

from __future__ import annotations

from math import gcd
from typing import Literal

from evaluator.scoring.columnar.kernel.masks import (
    excludes,
    implies,
    interval,
    is_mask,
    linear_of,
    negation,
)
from evaluator.scoring.columnar.kernel.terms import (
    Atom,
    AtomOp,
    Atoms,
    Linear,
    constant,
    exact,
    fits,
    of_atom,
    summed,
)

Comparison = Literal["lt", "le", "eq"]
_DEPTH = 3


def compared(op: Comparison, a: Linear, b: Linear, atoms: Atoms) -> Atom:
    """Return the mask of a < b, a ≤ b or a = b."""
    apart = a.plus(b, -1)
    if apart.is_const:
        return atoms.const(int(_holds(op, apart.offset)))
    if not fits(apart.low, apart.high):
        return _of_two(op, exact(a, atoms), exact(b, atoms), atoms)
    unit = gcd(*apart.terms.values())
    if op == "eq" and apart.offset % unit:
        return atoms.const(0)
    above = {atom: factor // unit for atom, factor in apart.terms.items() if factor > 0}
    below = {atom: -factor // unit for atom, factor in apart.terms.items() if factor < 0}
    # a - b is the offset plus unit * (above - below), so that a < b is above - below < limit.
    limit = -((apart.offset - (op == "le")) // unit)
    if above and below:
        return _both_sides(op, (a, b), (summed(0, above), summed(limit, below)), atoms)
    rest = apart.plus(constant(apart.offset), -1)
    if above:
        return with_bound(
            "eq" if op == "eq" else "lt", exact(rest.divided(unit), atoms), limit, atoms
        )
    negative = exact(rest.divided(-unit), atoms)
    if op == "eq":
        return with_bound("eq", negative, -limit, atoms)
    return with_bound("ge", negative, 1 - limit, atoms)


def _holds(op: Comparison, apart: int) -> bool:
    return apart == 0 if op == "eq" else apart < (1 if op == "le" else 0)


def _of_two(op: Comparison, a: Atom, b: Atom, atoms: Atoms) -> Atom:
    if op == "eq":
        return atoms.pair("eq", a, b)
    return atoms.make("lt", (a, b)) if op == "lt" else atoms.make("ge", (b, a))


def _both_sides(
    op: Comparison, whole: tuple[Linear, Linear], sides: tuple[Linear, Linear], atoms: Atoms
) -> Atom:
    """Compare what is added with what is taken off, so that neither has to be subtracted."""
    above, below = sides
    if not all(fits(each.low, each.high) for each in sides):
        return _of_two(op, exact(whole[0], atoms), exact(whole[1], atoms), atoms)
    if op != "eq" and below.offset == 1:
        unmoved = summed(0, below.terms)
        return _of_two("le", exact(above, atoms), exact(unmoved, atoms), atoms)
    return _of_two("eq" if op == "eq" else "lt", exact(above, atoms), exact(below, atoms), atoms)


def with_bound(op: AtomOp, atom: Atom, bound: int, atoms: Atoms) -> Atom:
    """Return the mask of an atom compared with a constant: lt, ge, eq or ne."""
    if op in ("ge", "ne"):
        return negation(with_bound("lt" if op == "ge" else "eq", atom, bound, atoms), atoms)
    if op == "eq":
        return _equal_to(atom, bound, atoms)
    if bound <= atom.low or bound > atom.high:
        return atoms.const(int(bound > atom.high))
    if is_mask(atom):
        return negation(atom, atoms)
    if atom.args and atom.args[-1].is_const and atom.op in ("min", "max", "div"):
        # The lower of a and 9 is below 5 where a is; so is a // 10 where a is below 50.
        inner = bound * atom.args[1].value if atom.op == "div" else bound
        return with_bound("lt", atom.args[0], inner, atoms)
    return atoms.make("lt", (atom, atoms.const(bound)))


def _equal_to(atom: Atom, bound: int, atoms: Atoms) -> Atom:
    """Compare with a constant; at an end of the range a threshold says the same."""
    if not atom.low <= bound <= atom.high:
        return atoms.const(0)
    if bound == atom.low:
        return with_bound("lt", atom, bound + 1, atoms)
    if bound == atom.high:
        return with_bound("ge", atom, bound, atoms)
    return atoms.make("eq", (atom, atoms.const(bound)))


def under(mask: Atom, atom: Atom, atoms: Atoms) -> Linear | None:
    """Return what an atom times a mask is, where that takes no operation of its own."""
    if is_mask(atom):
        if implies(mask, atom):
            return linear_of(mask, atoms)
        if implies(atom, mask):
            return linear_of(atom, atoms)
        return constant(0) if excludes(mask, atom) else None
    if atom.op == "gate" and implies(atom.args[0], mask):
        return of_atom(atom)
    if atom.op == "gate" and excludes(atom.args[0], mask):
        return constant(0)
    if mask.op in ("lt", "ge", "eq") and mask.args[1].is_const:
        bounds = interval(mask)
        low, high = _range_under(atom, mask.args[0], bounds or (0, 1), _DEPTH)
        if low == high:
            return linear_of(mask, atoms).times(low)
    return None


def _range_under(atom: Atom, known: Atom, bounds: tuple[int, int], depth: int) -> tuple[int, int]:
    """Return the bounds of an atom where another one is known to lie between its own."""
    if atom is known:
        return bounds
    if atom.op not in ("min", "max") or depth == 0:
        return atom.low, atom.high
    (low, high), (least, most) = (
        _range_under(each, known, bounds, depth - 1) for each in atom.args
    )
    pick = min if atom.op == "min" else max
    return pick(low, least), pick(high, most)

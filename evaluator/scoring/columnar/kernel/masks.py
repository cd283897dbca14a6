"""Conditions of a plan: what follows from what, so that ladders of thresholds become plain sums."""

from __future__ import annotations

from evaluator.scoring.columnar.kernel.terms import Atom, AtomOp, Atoms, Linear, constant, of_atom

_FLIPPED: dict[AtomOp, AtomOp] = {"lt": "ge", "ge": "lt", "eq": "ne", "ne": "eq"}
_DEPTH = 5
"""How deep conditions are compared; what is nested deeper counts as unrelated, which is safe."""


def is_mask(atom: Atom) -> bool:
    """Whether an atom is known to be 0 or 1."""
    return atom.low >= 0 and atom.high <= 1


def linear_of(mask: Atom, atoms: Atoms) -> Linear:
    """Return a mask as a sum; of a condition and its negation only one is ever added."""
    if mask.op in ("lt", "ne", "not"):
        return constant(1).plus(of_atom(negation(mask, atoms)), -1)
    return of_atom(mask)


def negation(mask: Atom, atoms: Atoms) -> Atom:
    """Return 1 where a mask is 0."""
    if mask.is_const:
        return atoms.const(1 - mask.value)
    if mask.op == "not":
        return mask.args[0]
    if mask.op in _FLIPPED:
        return atoms.make(_FLIPPED[mask.op], mask.args)
    return atoms.make("not", (mask,))


def conjunction(a: Atom, b: Atom, atoms: Atoms) -> Atom:
    """Return 1 where both masks are 1."""
    if implies(a, b):
        return a
    if implies(b, a):
        return b
    return atoms.const(0) if excludes(a, b) else atoms.pair("and", a, b)


def disjunction(a: Atom, b: Atom, atoms: Atoms) -> Atom:
    """Return 1 where one of two masks is 1."""
    if implies(a, b):
        return b
    return a if implies(b, a) else atoms.pair("or", a, b)


def implies(a: Atom, b: Atom, depth: int = _DEPTH) -> bool:
    """Whether it is known that b is 1 wherever a is 1."""
    if a is b or (a.is_const and not a.value) or (b.is_const and b.value):
        return True
    if depth == 0 or a.is_const or b.is_const:
        return False
    if b.op == "not":
        return excludes(a, b.args[0], depth - 1)
    if a.op == "or":
        return all(implies(each, b, depth - 1) for each in a.args)
    if b.op == "and":
        return all(implies(a, each, depth - 1) for each in b.args)
    if a.op == "and" and any(implies(each, b, depth - 1) for each in a.args):
        return True
    if b.op == "or":
        return any(implies(a, each, depth - 1) for each in b.args)
    return _same(a, b) and _inside(a, b)


def excludes(a: Atom, b: Atom, depth: int = _DEPTH) -> bool:
    """Whether it is known that no organisation has 1 in both masks."""
    if depth == 0 or a.is_const or b.is_const:
        return (a.is_const and not a.value) or (b.is_const and not b.value)
    for one, other in ((a, b), (b, a)):
        if one.op == "not":
            return implies(other, one.args[0], depth - 1)
        if one.op == "or":
            return all(excludes(each, other, depth - 1) for each in one.args)
    for one, other in ((a, b), (b, a)):
        if one.op == "and" and any(excludes(each, other, depth - 1) for each in one.args):
            return True
    return _same(a, b) and _apart(a, b)


def _same(a: Atom, b: Atom) -> bool:
    """Whether both compare the same value with a constant each."""
    return all(each.op in _FLIPPED for each in (a, b)) and (
        a.args[0] is b.args[0] and a.args[1].is_const and b.args[1].is_const
    )


def interval(mask: Atom) -> tuple[int, int] | None:
    """Return the lowest and highest value of what a mask compares, where it is 1."""
    value, bound = mask.args
    if mask.op == "lt":
        return value.low, bound.value - 1
    if mask.op == "ge":
        return bound.value, value.high
    return (bound.value, bound.value) if mask.op == "eq" else None


def _inside(a: Atom, b: Atom) -> bool:
    inner, outer = interval(a), interval(b)
    if inner is None:
        return False
    if outer is None:
        return not inner[0] <= b.args[1].value <= inner[1]
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _apart(a: Atom, b: Atom) -> bool:
    one, other = interval(a), interval(b)
    if one is None:
        return other is not None and other[0] == other[1] == a.args[1].value
    if other is None:
        return one[0] == one[1] == b.args[1].value
    return one[1] < other[0] or other[1] < one[0]

"""Which facts a formula needs: not those that given() guards on the way to them."""

from __future__ import annotations

from collections.abc import Iterator

from rules.formula import Expression

_Names = frozenset[str]


def needed_names(
    expression: Expression, guarded: _Names = frozenset()
) -> Iterator[tuple[str, _Names]]:
    """Yield each name that is looked at, with the facts that given() has found on the way to it.

    Under `x if given(x) else 0` the fact x is looked at only where it has a value.
    """
    if expression.kind == "name":
        yield str(expression.value), guarded
    elif expression.kind == "if":
        condition, then, otherwise = expression.args
        yield from needed_names(condition, guarded)
        yield from needed_names(then, guarded | _given_where(condition, holds=True))
        yield from needed_names(otherwise, guarded | _given_where(condition, holds=False))
    elif expression.kind in ("and", "or"):
        for each in expression.args:
            yield from needed_names(each, guarded)
            guarded |= _given_where(each, holds=expression.kind == "and")
    elif not (expression.kind == "call" and expression.value == "given"):
        for each in expression.args:
            yield from needed_names(each, guarded)


def _given_where(condition: Expression, holds: bool) -> _Names:
    """Return the names that surely have a value where a condition holds, or where it does not."""
    if condition.kind == "call" and condition.value == "given":
        return frozenset(condition.args[0].names()) if holds else frozenset()
    if condition.kind == "not":
        return _given_where(condition.args[0], not holds)
    if condition.kind == ("and" if holds else "or"):
        return frozenset[str]().union(*(_given_where(each, holds) for each in condition.args))
    return frozenset()

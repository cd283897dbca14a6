"""A schedule as C: loops over short blocks that the compiler turns into vector instructions.

The source holds nothing but whole numbers, numbered arrays and operators; no text of a rule set
reaches it. Whole numbers wrap in the same way as NumPy's (`-fwrapv`), so that both engines follow
one schedule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evaluator.scoring.columnar.kernel.registers import Move, Place, Schedule

ROWS = 2048
"""Rows of a block: its arrays stay in the first-level cache."""
MOST_MOVES = 64
"""Operations in one loop: few enough that most of what they need stays in vector registers."""
_MOST_BITS = 96
"""A quotient of so many bits, times the bytes of an element, is soonest found bit by bit."""

_HEAD = """\
#include <stdint.h>
typedef int8_t i1;
typedef int16_t i2;
typedef int32_t i4;
typedef int64_t i8;
"""
_INFIX = {
    "add": "{} + {}",
    "sub": "{} - {}",
    "mul": "{} * {}",
    "lt": "{} < {}",
    "ge": "{} >= {}",
    "eq": "{} == {}",
    "ne": "{} != {}",
    "and": "{} & {}",
    "or": "{} | {}",
    "not": "{} ^ 1",
    "cast": "{}",
    "min": "{0} < {1} ? {0} : {1}",
    "max": "{0} > {1} ? {0} : {1}",
}


def source_of(schedule: Schedule, slots: Sequence[int]) -> str:
    """Return C for `run(slots, wanted, start, stop)`; `slots` are the slots in their order.

    There must be `ROWS` rows at least: the last block begins so early that it is full, and works
    some rows out again, so that every loop has a known length.
    """
    order = {slot: number for number, slot in enumerate(slots)}
    places = {place for move in schedule.moves for place in (*move.sources, move.target)}
    pointers = sorted(
        _pointer(place, order) for place in places if place.kind in ("slot", "wanted")
    )
    buffers = [f"i{size} b{n}[{ROWS}];" for n, size in enumerate(schedule.buffers)]
    groups = list(_groups(schedule.moves))
    kept = _kept(groups)
    loops = [
        line for group, stored in zip(groups, kept, strict=True) for line in _loop(group, stored)
    ]
    quotients = sorted({_bits(each) for each in schedule.moves if _is_long(each)})
    body = [
        *buffers,
        f"for (i8 at = start; at < stop; at += {ROWS}) {{",
        f"if (at > stop - {ROWS}) at = stop - {ROWS};",
        *pointers,
        *loops,
        "}",
    ]
    head = "void run(void *const *slots, void *const *wanted, i8 start, i8 stop) {\n"
    return _HEAD + "".join(map(_long_division, quotients)) + head + "\n".join(body) + "\n}\n"


def _pointer(place: Place, order: dict[int, int]) -> str:
    if place.kind == "slot":
        size, slot = place.size, place.number
        return f"const i{size} *restrict s{slot} = (const i{size} *)slots[{order[slot]}] + at;"
    size, number = place.size, place.number
    return f"i{size} *restrict w{number} = (i{size} *)wanted[{number}] + at;"


def _groups(moves: Sequence[Move]) -> Iterator[list[Move]]:
    """Split the moves into loops; a division without vectors stands alone, or it spoils others."""
    group: list[Move] = []
    for move in moves:
        alone = _is_by_column(move) and not _is_long(move)
        if group and (alone or len(group) == MOST_MOVES):
            yield group
            group = []
        group.append(move)
        if alone:
            yield group
            group = []
    if group:
        yield group


def _kept(groups: Sequence[Sequence[Move]]) -> list[set[Place]]:
    """Return for each loop which of the places that it fills are read after it."""
    kept: list[set[Place]] = []
    read: set[Place] = set()
    for group in reversed(groups):
        made = {move.target for move in group}
        kept.append({each for each in made if each.kind == "wanted" or each in read})
        for move in reversed(group):
            read.discard(move.target)
            read.update(move.sources)
    return kept[::-1]


def _loop(group: Sequence[Move], stored: set[Place]) -> Iterator[str]:
    """Write one loop; what is made and used inside it needs no array, only a name."""
    names: dict[Place, str] = {}
    # Elements of one row alone meet: the compiler need not prove it, array by array.
    yield "#pragma GCC ivdep"
    yield f"for (int i = 0; i < {ROWS}; i++) {{"
    for number, move in enumerate(group):
        values = [_value(each, names) for each in move.sources]
        yield f"const i{move.step.result} t{number} = {_expression(move, values)};"
        names[move.target] = f"t{number}"
    for place, name in names.items():
        if place in stored:
            yield f"{_element(place)} = {name};"
    yield "}"


def _value(place: Place, names: dict[Place, str]) -> str:
    if place.kind == "const":
        return _number(place)
    return names.get(place) or _element(place)


def _element(place: Place) -> str:
    return f"{place.kind[0]}{place.number}[i]"


def _number(place: Place) -> str:
    """Write a constant; the lowest number of 64 bits cannot be written as one."""
    if place.number == -(2**63):
        return "INT64_MIN"
    return f"(i{place.size})({place.number}{'LL' if place.size == 8 else ''})"


def _expression(move: Move, values: Sequence[str]) -> str:
    step = move.step
    if step.op != "div":
        return f"(i{step.result})({_INFIX[step.op].format(*values)})"
    a, b = values
    if _is_long(move):
        size, bits = _bits(move)
        return f"(i{step.result})quotient{size}_{bits}({a}, {b})"
    if _is_by_column(move):
        # Divisors are positive; a slot that breaks its bounds must not end the process.
        b = f"({b} > 0 ? {b} : 1)"
    if step.value:
        return f"(i{step.result})({a} / {b})"
    sign = f"({a} >> {8 * step.size - 1})"
    # What is negative is divided as -1 - a, which rounds down where C would round to 0.
    return f"(i{step.result})((({a} ^ {sign}) / {b}) ^ {sign})"


def _is_by_column(move: Move) -> bool:
    return move.step.op == "div" and move.sources[1].kind != "const"


def _is_long(move: Move) -> bool:
    size, bits = _bits(move)
    return _is_by_column(move) and 0 < size * bits <= _MOST_BITS


def _bits(move: Move) -> tuple[int, int]:
    """Return the bytes of an element, and the most bits that a quotient has."""
    return move.step.size, move.step.value


def _long_division(kind: tuple[int, int]) -> str:
    """Write a division bit by bit, highest first: processors divide no vectors of whole numbers."""
    size, bits = kind
    lines = [
        f"static inline __attribute__((always_inline)) i{size} quotient{size}_{bits}"
        f"(i{size} a, i{size} b) {{",
        f"i{size} q = 0, fits;",
        *(
            f"fits = (a >> {bit}) >= b; a -= fits ? b << {bit} : 0; q += fits << {bit};"
            for bit in reversed(range(bits))
        ),
        "return q;\n}\n",
    ]
    return "\n".join(lines)

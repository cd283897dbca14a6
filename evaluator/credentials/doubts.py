"""Which character of a mistyped serial is doubtful, so that a person looks there first."""

from __future__ import annotations

from dataclasses import dataclass

from evaluator.credentials.serials import is_well_formed, normal

_SHAPE = ("0123456789",) * 4 + ("GSCNX", "0123456789M") + ("0123456789",) * 5
_LOOK_ALIKE = ("0DQ", "1T7", "2Z", "3B8E", "4AH", "5S", "6G", "CG", "VYU", "MN", "PR", "KX", "VW")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A character to look at again: its place in the printed serial, counted from 1."""

    place: int
    found: str
    perhaps: tuple[str, ...]


def doubts(text: str) -> tuple[Doubt, ...]:
    """Return the characters that are wrong or may be; none for a sound serial or another text.

    A letter where a digit belongs is certain. Otherwise the check character tells only that
    something is wrong: those places are named where one look-alike would mend all.
    """
    serial = normal(text)
    if serial.count("-") != 3 or is_well_formed(serial):
        return ()
    certain = _out_of_shape(serial)
    return certain or _mended_by_one(serial)


def _out_of_shape(serial: str) -> tuple[Doubt, ...]:
    places = [at for at, character in enumerate(serial) if character != "-"]
    return tuple(
        Doubt(at + 1, serial[at], tuple(c for c in _alike(serial[at]) if c in allowed))
        for at, allowed in zip(places, _SHAPE, strict=False)
        if serial[at] not in allowed
    )


def _mended_by_one(serial: str) -> tuple[Doubt, ...]:
    found = []
    for at, character in enumerate(serial):
        tried = ((c, serial[:at] + c + serial[at + 1 :]) for c in _alike(character))
        if mending := tuple(c for c, other in tried if is_well_formed(other)):
            found.append(Doubt(at + 1, character, mending))
    return tuple(found)


def _alike(character: str) -> list[str]:
    groups = "".join(group for group in _LOOK_ALIKE if character in group)
    return sorted(set(groups) - {character})

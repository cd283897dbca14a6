"""The check character of a serial: ISO/IEC 7064, the pure system MOD 37-2.

Its hybrid sister MOD 37,36 lets some exchanges of neighbours pass (12 for 21, where the sum before
them is an unlucky one). The pure system finds every single wrong character and every exchange of
neighbours; the price is a 37th check character, "*", which serials pass over.
"""

from __future__ import annotations

CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"
_VALUES = {character: value for value, character in enumerate(CHARACTERS)}
_MODULUS = len(CHARACTERS)


def check_character(plain: str) -> str:
    """Return the character that follows these; raises ValueError for what has no value."""
    total = 0
    for character in plain:
        if character not in _VALUES or character == "*":
            raise ValueError(f"{character!r} cannot stand in a serial number")
        total = (total + _VALUES[character]) * 2 % _MODULUS
    return CHARACTERS[(1 - total) % _MODULUS]

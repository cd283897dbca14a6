"""The lot for the order of the defence, pure: anybody can work it out with SHA-256 alone.

First `commitment` is published, then a word is called out where all can hear it, then the seed is
published. Nobody can choose an order: whoever knows the seed does not know the word yet, and
whoever knows the word can no longer choose another seed. The page of a lot says how to check it
by hand.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

FORMAT = "evaluator draw 1"
RECIPE = r"""import hashlib, json, pathlib
lot = json.loads(pathlib.Path("FILE").read_text("utf-8"))
sha = lambda *lines: hashlib.sha256("\n".join(lines).encode()).hexdigest()
print(sha(lot["seed"], *sorted(lot["cases"])) == lot["commitment"])
print(sorted(lot["cases"], key=lambda code: sha(lot["seed"], lot["word"], code)) == lot["order"])
"""
"""How anybody checks a lot in Python without anything of ours; it prints True twice."""


class Unreadable(Exception):
    """A file that holds no lot; its words say what was found."""


@dataclass(frozen=True)
class Lot:
    """A lot as its public file tells it; `order` is empty until it is drawn."""

    commitment: str
    cases: tuple[str, ...]
    seed: str = ""
    word: str = ""
    order: tuple[str, ...] = ()


def commitment(seed: str, codes: Iterable[str]) -> str:
    """Return what binds to a seed and to the cases: SHA-256 of both, a line each, codes sorted."""
    return hashlib.sha256("\n".join([seed, *sorted(codes)]).encode()).hexdigest()


def drawn_order(seed: str, word: str, codes: Iterable[str]) -> list[str]:
    """Return the codes in the order of SHA-256(seed, word, code), a line each."""
    return sorted(codes, key=lambda code: _lot(seed, word, code))


def problems(lot: Lot, known: str = "") -> list[tuple[str, str]]:
    """Return what is wrong with a lot, in Chinese and English; nothing where it holds.

    `known` is the commitment as somebody noted it before the lot was drawn.
    """
    found = []
    if known and known.lower() != lot.commitment:
        found.append(("承诺值与事先记下的不同", "the commitment is not the one noted before"))
    if not lot.seed:
        return [*found, ("种子尚未公布", "the seed is not published yet")]
    if len(set(lot.cases)) < len(lot.cases):
        found.append(("有重复的编码", "a code stands there twice"))
    if commitment(lot.seed, lot.cases) != lot.commitment:
        found.append(
            ("种子和名单与承诺值不符", "seed and cases are not those that were committed to")
        )
    if list(lot.order) != drawn_order(lot.seed, lot.word, lot.cases):
        found.append(("顺序与种子不符", "the order does not follow from the seed"))
    return found


def as_file(lot: Lot, about: Mapping[str, str]) -> str:
    """Return the public file of a lot; `about` tells what it was drawn for."""
    values = {
        "format": FORMAT,
        **about,
        "commitment": lot.commitment,
        "cases": list(lot.cases),
        "seed": lot.seed,
        "word": lot.word,
        "order": list(lot.order),
    }
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def read_file(text: str) -> Lot:
    """Return the lot of a public file; raises Unreadable."""
    try:
        values = json.loads(text)
    except ValueError as error:
        raise Unreadable(f"this is no JSON: {error}") from None
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise Unreadable(f"this is no file of a lot; its format must be “{FORMAT}”")
    words = {name: _text(values, name) for name in ("commitment", "seed", "word")}
    return Lot(**words, cases=_codes(values, "cases"), order=_codes(values, "order"))


def _text(values: Mapping[str, Any], name: str) -> str:
    found = values.get(name)
    if not isinstance(found, str):
        raise Unreadable(f"`{name}` must be a text, but is {json.dumps(found)[:40]}")
    return found


def _codes(values: Mapping[str, Any], name: str) -> tuple[str, ...]:
    found = values.get(name)
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise Unreadable(f"`{name}` must be a list of codes, but is {json.dumps(found)[:40]}")
    return tuple(found)


def _lot(seed: str, word: str, code: str) -> bytes:
    return hashlib.sha256(f"{seed}\n{word}\n{code}".encode()).digest()

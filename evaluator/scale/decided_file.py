"""What a part of a round came to, on disk: a round that was interrupted goes on from there."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from evaluator.results.whole_file import whole_file
from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.columns import Group
from evaluator.scoring.columnar.outcome import Decided

_PLAIN = ("applied", "refused", "assessed", "decided", "rated", "total", "level", "awarded")


def save_decided(part: Decided, path: Path) -> None:
    """Write a part, complete or not at all; nothing in the file can be run when it is read."""
    arrays: dict[str, Any] = {name: getattr(part, name) for name in _PLAIN}
    arrays["size"] = np.array(part.size)
    arrays |= {f"below/{name}": each for name, each in part.below.items()}
    arrays |= {f"points/{name}": each for name, each in part.points.items()}
    arrays |= {f"steps/{number}": each for number, each in enumerate(part.steps)}
    for name, pairs in part.ties.items():
        arrays[f"ties/{name}"] = np.array(len(pairs))
        for number, (over, under) in enumerate(pairs):
            arrays[f"over/{name}/{number}"], arrays[f"under/{name}/{number}"] = over, under
    for name, group in part.groups.items():
        arrays[f"groups/{name}"] = group.codes
        arrays[f"words/{name}"] = np.array(json.dumps(list(group.words)))
    with whole_file(path) as partial, partial.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)


def load_decided(path: Path, points: bool = True) -> Decided:
    """Return a part, without the points of indicators where they are not asked for.

    Raises OSError, EOFError, ValueError, KeyError or BadZipFile where the file is damaged.
    """
    with path.open("rb") as file, np.load(file, allow_pickle=False) as found:
        names = [each for each in found.files if points or not each.startswith("points/")]
        arrays: dict[str, Array] = {name: found[name] for name in names}
    plain: dict[str, Any] = {name: arrays[name] for name in _PLAIN}
    return Decided(
        size=int(arrays["size"]),
        below=_named("below", arrays),
        ties={name: _pairs(name, int(n), arrays) for name, n in _named("ties", arrays).items()},
        groups={
            name: Group(codes, json.loads(str(arrays[f"words/{name}"])))
            for name, codes in _named("groups", arrays).items()
        },
        steps=_numbered("steps", arrays),
        points=_named("points", arrays),
        **plain,
    )


def _named(kind: str, arrays: Mapping[str, Array]) -> dict[str, Array]:
    start = f"{kind}/"
    return {name[len(start) :]: each for name, each in arrays.items() if name.startswith(start)}


def _numbered(kind: str, arrays: Mapping[str, Array]) -> list[Array]:
    found = _named(kind, arrays)
    return [found[str(number)] for number in range(len(found))]


def _pairs(name: str, number: int, arrays: Mapping[str, Array]) -> Sequence[tuple[Array, Array]]:
    return [(arrays[f"over/{name}/{n}"], arrays[f"under/{name}/{n}"]) for n in range(number)]

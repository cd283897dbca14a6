"""Drawing lots: the same seed always draws the same, so that a drawing can be checked."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

from evaluator.rounds.models import Participant


def draw_lots(participants: Iterable[Participant], percent: int, seed: str) -> list[Participant]:
    """Return who is drawn: of each committee that share, rounded up, and so at least one.

    Everybody is put in the order of SHA-256(seed, code); the first of each committee are drawn.
    Nothing but the seed and the codes decides, whatever the order of the list.
    """
    by_committee: dict[int, list[Participant]] = defaultdict(list)
    for participant in participants:
        by_committee[participant.committee_id].append(participant)
    return [
        each
        for committee in sorted(by_committee)
        for each in _first(by_committee[committee], percent, seed)
    ]


def _first(members: Sequence[Participant], percent: int, seed: str) -> list[Participant]:
    wanted = -(-len(members) * percent // 100)
    return sorted(members, key=lambda each: _lot(seed, each.code))[:wanted]


def _lot(seed: str, code: str) -> bytes:
    return hashlib.sha256(f"{seed}\n{code}".encode()).digest()

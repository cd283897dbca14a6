"""Where the results of steps are kept: few arrays, used again as soon as nothing needs them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from evaluator.scoring.columnar.kernel.terms import post_order
from evaluator.scoring.columnar.kernel.typed_steps import Step


@dataclass(frozen=True, slots=True)
class Place:
    """Where the values of a step are: in a slot, a wanted array, a buffer, or a constant."""

    kind: Literal["slot", "wanted", "buffer", "const"]
    number: int
    size: int


@dataclass(frozen=True, slots=True)
class Move:
    """One step with the places of its arguments and of its result."""

    step: Step
    sources: tuple[Place, ...]
    target: Place


@dataclass(frozen=True, slots=True)
class Schedule:
    """All moves in order; `buffers` holds the size in bytes of an element of each buffer.

    `constants` are the wanted arrays that have one value for every organisation.
    """

    moves: Sequence[Move]
    buffers: Sequence[int]
    constants: dict[int, int]


def scheduled(wanted: Sequence[Step]) -> Schedule:
    """Return the moves that make the wanted steps, each in its own array."""
    roots: list[Step] = []
    for step in wanted:
        if step.op == "slot" or step in roots:
            step = Step("cast", (step,), step.result, step.result)
        roots.append(step)
    return _Scheduling(roots).run()


class _Scheduling:
    def __init__(self, roots: Sequence[Step]):
        self.roots = {step: number for number, step in enumerate(roots) if step.op != "const"}
        self.constants = {n: step.value for n, step in enumerate(roots) if step.op == "const"}
        self.order = list(post_order(self.roots))
        self.left = Counter(each for step in self.order for each in step.args)
        self.places: dict[Step, Place] = {}
        self.free: dict[int, list[Place]] = {}
        self.buffers: list[int] = []

    def run(self) -> Schedule:
        moves = [self.move(step) for step in self.order if step.op not in ("const", "slot")]
        return Schedule(moves, self.buffers, self.constants)

    def move(self, step: Step) -> Move:
        sources = tuple(self.source(each) for each in step.args)
        for each in set(step.args):
            self.left[each] -= step.args.count(each)
            if not self.left[each] and self.places[each].kind == "buffer":
                self.free.setdefault(each.result, []).append(self.places[each])
        self.places[step] = self.target(step)
        return Move(step, sources, self.places[step])

    def source(self, step: Step) -> Place:
        if step.op in ("const", "slot"):
            self.places[step] = Place(
                "const" if step.op == "const" else "slot", step.value, step.result
            )
        return self.places[step]

    def target(self, step: Step) -> Place:
        """Return the wanted array itself, or the buffer that was used last and is free again."""
        if step in self.roots:
            return Place("wanted", self.roots[step], step.result)
        if self.free.get(step.result):
            return self.free[step.result].pop()
        self.buffers.append(step.result)
        return Place("buffer", len(self.buffers) - 1, step.result)

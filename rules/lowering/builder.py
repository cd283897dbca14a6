"""Gathers the outputs of a program, and every problem on the way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rules import integers
from rules.integers import Int, MayOverflow
from rules.lowering.names import Names
from rules.lowering.program import Demand, Key, Output, Reader
from rules.problems import Problem, RuleErrors
from rules.quotients import Quotient
from rules.syntax import Node, RuleSet


@dataclass
class Builder:
    """What the lowering of one rule set has come to so far."""

    rule_set: RuleSet
    names: Names
    outputs: list[Output] = field(default_factory=list)
    index: dict[Key, int] = field(default_factory=dict)
    readers: list[Reader] = field(default_factory=list)
    demands: list[Demand] = field(default_factory=list)
    vetoes: dict[str, Int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _applies: dict[int, int] = field(default_factory=dict)

    def output(self, value: Int, *key: str) -> Int:
        """Name a value as an output, and return the reference to it."""
        self.index[key] = len(self.outputs)
        self.outputs.append(Output(key, value))
        return integers.output(self.index[key], value.low, value.high)

    def quotient(self, value: Quotient, *key: str) -> None:
        """Name a quotient as two outputs, its numerator and its denominator."""
        self.output(value.num, *key)
        self.output(value.den, *key, "denominator")

    def reads(self, reader: Reader) -> None:
        """Note who reads which facts."""
        self.readers.append(reader)

    def applies(self, condition: Int) -> int | None:
        """Return the output that says whether a reader applies; None where it always does."""
        if condition.is_const:
            return None
        if id(condition) not in self._applies:
            self.output(condition, "reads", str(len(self.outputs)))
            self._applies[id(condition)] = len(self.outputs) - 1
        return self._applies[id(condition)]

    @contextmanager
    def gathering(self, node: Node) -> Iterator[None]:
        """Keep the problems of one part of the rule set and go on with the next."""
        try:
            yield
        except RuleErrors as error:
            self.problems.extend(error.problems)
        except RecursionError:
            message = "its formulas and measures are nested too deep; write some of them flatter."
            self.problems.append(Problem(node.where, "too-deep", message))
        except MayOverflow as error:
            self.problems.append(
                Problem(
                    node.where,
                    "overflow",
                    f"its points may grow to {error}, beyond the 18 digits "
                    "that are kept exact; lower the `max` of the facts it reads.",
                )
            )

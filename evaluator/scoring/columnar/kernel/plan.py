"""A plan: wanted expressions simplified once, each value worked out once and narrowly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evaluator.scoring.columnar.kernel.algebra import extreme, mask_of, product, quotient, where
from evaluator.scoring.columnar.kernel.comparisons import compared
from evaluator.scoring.columnar.kernel.masks import conjunction, disjunction, linear_of, negation
from evaluator.scoring.columnar.kernel.terms import Atoms, Linear, constant, of_atom, pinned
from rules.integers import Int, in_order


@dataclass(frozen=True)
class Plan:
    """Wanted values as an offset plus a factor times one atom each, in the order asked for."""

    values: Sequence[Linear]
    atoms: Atoms


def planned(definitions: Sequence[Int], wanted: Sequence[Int], known: Mapping[int, int]) -> Plan:
    """Return the plan of expressions; raises ValueError where a known value is out of bounds.

    Outputs that nothing wanted refers to are left out. An output may refer to earlier ones alone.
    """
    return _Planner(definitions, known).plan(wanted)


class _Planner:
    def __init__(self, definitions: Sequence[Int], known: Mapping[int, int]):
        self.definitions = definitions
        self.known = known
        self.atoms = Atoms()
        self.outputs: dict[int, Linear] = {}
        self.made: dict[int, Linear] = {}
        self.seen: set[int] = set()
        self.uses: Counter[int] = Counter()

    def plan(self, wanted: Sequence[Int]) -> Plan:
        needed = self._needed(wanted)
        self.uses.update(map(id, wanted))
        for number in sorted(needed):
            self.outputs[number] = self._value(self.definitions[number])
        values = [pinned(self._value(each), self.atoms) for each in wanted]
        return Plan(values, self.atoms)

    def _needed(self, wanted: Sequence[Int]) -> set[int]:
        """Return the outputs that are referred to, counting how often each node is used."""
        needed: set[int] = set()
        seen: set[int] = set()
        waiting = list(wanted)
        while waiting:
            for node in in_order(waiting.pop(), seen):
                self.uses.update(map(id, node.args))
                if node.op == "output":
                    definition = self.definitions[node.value]
                    self.uses[id(definition)] += 1
                    if node.value not in needed:
                        needed.add(node.value)
                        waiting.append(definition)
        return needed

    def _value(self, root: Int) -> Linear:
        for node in in_order(root, self.seen):
            value = self._operation(node).within(node.low, node.high)
            if self.uses[id(node)] > 1:
                # What is used again is added up once, not by each of its users.
                value = pinned(value, self.atoms)
            self.made[id(node)] = value
        return self.made[id(root)]

    def _operation(self, node: Int) -> Linear:
        if node.op == "const":
            return constant(node.value)
        if node.op == "output":
            return self.outputs[node.value]
        if node.op == "slot":
            return self._slot(node)
        args = [self.made[id(each)] for each in node.args]
        if node.op in ("and", "or", "not"):
            return self._of_masks(node, args)
        return self._arithmetic(node, args)

    def _slot(self, node: Int) -> Linear:
        if node.value not in self.known:
            return of_atom(self.atoms.make("slot", (), node.low, node.high, node.value))
        value = self.known[node.value]
        if not node.low <= value <= node.high:
            raise ValueError(f"slot {node.value} cannot be {value}")
        return constant(value)

    def _of_masks(self, node: Int, args: list[Linear]) -> Linear:
        masks = [mask_of(each, self.atoms) for each in args]
        if node.op == "not":
            return linear_of(negation(masks[0], self.atoms), self.atoms)
        join = conjunction if node.op == "and" else disjunction
        return linear_of(join(masks[0], masks[1], self.atoms), self.atoms)

    def _arithmetic(self, node: Int, args: list[Linear]) -> Linear:
        op = node.op
        if op == "add":
            return args[0].plus(args[1])
        if op == "sub":
            return args[0].plus(args[1], -1)
        if op == "mul":
            return product(args[0], args[1], self.atoms)
        if op == "floordiv":
            return quotient(args[0], args[1], self.atoms)
        if op == "min" or op == "max":
            return extreme(op, args[0], args[1], self.atoms)
        if op == "lt" or op == "le" or op == "eq":
            return linear_of(compared(op, args[0], args[1], self.atoms), self.atoms)
        return where(args[0], args[1], args[2], self.atoms)

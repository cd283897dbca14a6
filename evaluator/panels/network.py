"""A flow through a network of least cost, solved exactly by OR-Tools over integers."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow


class Unsolvable(Exception):
    """A network whose supplies find no way; ours always leave one."""


class Network:
    """Nodes that supply or want units, and arcs with a capacity and a cost of each unit."""

    def __init__(self) -> None:
        self._supplies: list[int] = []
        self._tails: list[int] = []
        self._heads: list[int] = []
        self._capacities: list[int] = []
        self._costs: list[int] = []
        self._flows: list[int] = []
        self._neighbours: dict[int, list[int]] = {}

    def node(self, supply: int = 0) -> int:
        """Add a node and return its number."""
        self._supplies.append(supply)
        return len(self._supplies) - 1

    def supply(self, node: int, more: int) -> None:
        """Let a node supply more units, or want them where the number is negative."""
        self._supplies[node] += more

    def arc(self, tail: int, head: int, capacity: int, cost: int) -> int:
        """Add an arc and return its number."""
        self._tails.append(tail)
        self._heads.append(head)
        self._capacities.append(capacity)
        self._costs.append(cost)
        return len(self._tails) - 1

    def cost(self, arc: int) -> int:
        """Return what a unit on an arc costs."""
        return self._costs[arc]

    def flow(self, arc: int) -> int:
        """Return how many units go along an arc."""
        return self._flows[arc]

    def solve(self) -> None:
        """Find the flow of least cost; the same for the same network."""
        solver = SimpleMinCostFlow()
        arcs = solver.add_arcs_with_capacity_and_unit_cost(
            np.array(self._tails, np.int32),
            np.array(self._heads, np.int32),
            np.array(self._capacities, np.int64),
            np.array(self._costs, np.int64),
        )
        nodes = np.arange(len(self._supplies), dtype=np.int32)
        solver.set_nodes_supplies(nodes, np.array(self._supplies, np.int64))
        status = solver.solve()
        if status != solver.OPTIMAL:
            raise Unsolvable(status)
        self._flows = np.asarray(solver.flows(np.asarray(arcs, np.int32))).tolist()

    def reached(self, start: int, but: Collection[int]) -> set[int]:
        """Return the nodes to which a unit could still be moved from one, by changing others.

        Where nothing more can flow out, they are one side of a narrowest cut.
        """
        found, waiting = {start}, deque([start])
        while waiting:
            for each in self._next(waiting.popleft()):
                if each not in but and each not in found:
                    found.add(each)
                    waiting.append(each)
        return found

    def _next(self, node: int) -> list[int]:
        if not self._neighbours:
            ways = defaultdict(list)
            for tail, head, capacity, flow in zip(
                self._tails, self._heads, self._capacities, self._flows, strict=True
            ):
                if flow < capacity:
                    ways[tail].append(head)
                if flow:
                    ways[head].append(tail)
            self._neighbours = ways
        return self._neighbours.get(node, [])

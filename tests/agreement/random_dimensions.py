"""Random dimensions and blocks, slots of alternatives, facts that count once."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from chances import Plain, written
from random_formulas import Formulas
from random_indicators import any_indicator

POINTS: tuple[int | Fraction, ...] = (
    10,
    5,
    1,
    20,
    2,
    10,
    5,
    3,
    40,
    100,
    Fraction(5, 2),
    Fraction(1, 100),
)
ODD_POINTS: tuple[int | Fraction, ...] = (Fraction(1, 3), 1_000, 10_000, Fraction(1, 10_000))
WEIGHTS = ("20%", "50%", "12.5%", "100%", "0.3", "200%", "33%", "70%")
_ADDITIVE = ("deduct", "award", "adjust")


@dataclass
class Base:
    """The dimensions and blocks of a rule set, with the points of each."""

    formulas: Formulas
    dimensions: list[Plain] = field(default_factory=list)
    blocks: list[Plain] = field(default_factory=list)
    sizes: dict[str, Fraction] = field(default_factory=dict)
    caps: dict[str, Fraction] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)

    @property
    def total(self) -> Fraction:
        """Return the points of the base; dimensions of one slot count once."""
        slots: dict[str, Fraction] = {}
        for each in self.dimensions:
            if each.get("counts", "true") == "true":
                share = self.sizes[each["id"]] * _weight(each.get("weight", "1"))
                slots[str(each.get("alternative", each["id"]))] = share
        return sum(slots.values(), Fraction(0))

    @property
    def indicators(self) -> list[Plain]:
        """Return all indicators."""
        return [each for group in (*self.dimensions, *self.blocks) for each in group["indicators"]]

    def add_dimensions(self) -> None:
        """Add one to four dimensions; two of them may replace each other."""
        chances = self.formulas.chances
        for _ in range(chances.one((2, 1, 3))):
            self._add_dimension({})
        if chances.maybe(15):
            when, other = _split(self.formulas)
            first = self._add_dimension({"alternative": "s_dimension", "applies_when": when})
            keys: Plain = {
                key: first[key] for key in ("weight", "counts", "alternative") if key in first
            }
            self._add_dimension({**keys, "applies_when": other}, self.sizes[first["id"]])

    def _add_dimension(self, keys: Plain, points: Fraction | None = None) -> Plain:
        chances = self.formulas.chances
        name = f"d{len(self.dimensions)}"
        count = 1 if points else chances.one((2, 1, 3, 4))
        made = [self._indicator(points or any_points(self.formulas)) for _ in range(count)]
        size = sum((Fraction(each["points"]) for each in made), Fraction(0))
        if chances.maybe(20) and not points:
            pair = self._pair()
            made = [*made, *pair]
            size += Fraction(pair[0]["points"])
        self.sizes[name] = size
        dimension = {"id": name, "title": name, "points": written(size), **keys}
        if not keys and chances.maybe(20):
            dimension |= {"applies_when": self.formulas.truth(1)}
            made[0] |= chances.given(40, missing="peers_mean")
        if "weight" not in keys and points is None:
            dimension |= chances.given(30, weight=chances.one(WEIGHTS))
            dimension |= chances.given(15, counts=chances.one(("false", "true")))
        dimension["indicators"] = made
        self.dimensions.append(dimension)
        return dimension

    def _indicator(self, points: Fraction) -> Plain:
        name = f"i{len(self.ids)}"
        made = any_indicator(self.formulas, name, self.ids, points)
        self.ids.append(name)
        return made

    def _pair(self) -> list[Plain]:
        """Return two indicators of one slot."""
        points = any_points(self.formulas)
        slot = f"s{len(self.ids)}"
        pair = [self._indicator(points), self._indicator(points)]
        for each, when in zip(pair, _split(self.formulas), strict=True):
            each.pop("otherwise", None)
            each |= {"applies_when": when, "alternative": slot}
        return pair

    def add_blocks(self) -> None:
        """Add bonus and deduction blocks, or none."""
        chances = self.formulas.chances
        for number in range(chances.one((0, 1, 2))):
            name, cap = f"b{number}", any_points(self.formulas)
            made = [self._indicator(any_points(self.formulas)) for _ in range(chances.whole(1, 2))]
            kind = chances.one(("bonus", "deduction"))
            block = {"id": name, "title": name, "kind": kind, "cap": written(cap)}
            self.blocks.append({**block, "indicators": made})
            self.caps[name] = min(
                cap, sum((Fraction(each["points"]) for each in made), Fraction(0))
            )

    def count_once(self, vetoes: list[Plain]) -> list[Plain]:
        """Return a fact that counts once among rules of parts and vetoes, or nothing."""
        chances, declared = self.formulas.chances, self.formulas.declared
        additive = [each for each in self.indicators if set(each["rule"]) & set(_ADDITIVE)]
        flags = [each for each in declared.truths if each in declared.facts]
        whole = [each.text for each in declared.numbers if each.is_whole and each.top <= 10**6]
        counted = [each for each in whole if each in declared.facts]
        if not additive or not (flags or counted) or chances.maybe(65):
            return []
        chosen = chances.some(additive, 1, 3)
        fact = chances.one(flags or counted)
        for each in chosen:
            _read(each, fact, "when" if flags else "each", chances.one(("1", "2", "0.5")))
        among = [*(each["id"] for each in chosen), *(each["id"] for each in vetoes[:1])]
        return [{"fact": fact, "among": chances.mixed(among)}]


def _read(indicator: Plain, fact: str, way: str, points: str) -> None:
    """Add a part that reads a fact."""
    (kind,) = indicator["rule"]
    indicator["rule"][kind].append({way: fact, "points": points})
    if kind != "award":
        indicator.setdefault("floor", "0")


def any_points(formulas: Formulas) -> Fraction:
    """Return points that can be written with four decimal places."""
    odd = formulas.chances.maybe(4)
    value = Fraction(formulas.chances.one(ODD_POINTS if odd else POINTS))
    return Fraction(int(value * 10_000), 10_000)


def _split(formulas: Formulas) -> tuple[str, str]:
    """Return two conditions of which exactly one holds; at times both do, or none."""
    when = formulas.truth(1)
    if formulas.chances.maybe(15):
        return when, formulas.truth(1)
    return when, f"not ({when})"


def _weight(text: str) -> Fraction:
    return Fraction(text.rstrip("%")) / (100 if text.endswith("%") else 1)

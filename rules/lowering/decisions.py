"""Conditions on totals and facts that decide the level, as outputs of the program."""

from __future__ import annotations

from rules import integers, quotients
from rules.integers import Int, const
from rules.lowering.builder import Builder
from rules.lowering.expressions import lower_number, lower_truth
from rules.lowering.parts import error
from rules.lowering.program import Reader
from rules.problems import listed, nearest
from rules.quotients import Quotient, constant, whole
from rules.syntax import POINT, Formula, Gate, Level, Levels


def lower_vetoes(build: Builder) -> None:
    """Write whether each veto falls; known before the indicators, so that facts can count once."""
    for veto in build.rule_set.vetoes:
        with build.gathering(veto):
            build.vetoes[veto.id] = _condition(build, veto.when, "veto", veto.id)


def _condition(build: Builder, formula: Formula, *key: str) -> Int:
    bit = build.output(lower_truth(formula, build.names), *key)
    build.reads(Reader(key, build.names.facts_of(formula)))
    return bit


def lower_eligibility(build: Builder) -> None:
    """Write whether each condition for being rated holds."""
    organisations = build.rule_set.organisations
    founded = organisations.founded
    if organisations.part_year != "in_full" and founded in build.rule_set.facts:
        build.reads(Reader(("organisations",), frozenset({founded})))
    for number, entry in enumerate(build.rule_set.eligibility):
        with build.gathering(entry):
            _condition(build, entry.require, "eligible", str(number))


def lower_levels(build: Builder) -> None:
    """Write stars, bands, gates, caps, direct awards and the leave to skip a level."""
    levels = build.rule_set.levels
    if levels.stars:
        with build.gathering(levels.stars):
            _stars(levels, build)
    for level in levels.from_low_to_high:
        with build.gathering(level):
            _level(level, build)
    for number, cap in enumerate(levels.caps):
        with build.gathering(cap):
            _condition(build, cap.when, "cap", str(number))
    if levels.skip_when:
        with build.gathering(levels):
            _condition(build, levels.skip_when, "skip")


def _stars(levels: Levels, build: Builder) -> None:
    assert levels.stars is not None  # noqa: S101
    share = lower_number(levels.stars.won_at, build.names)
    build.reads(Reader(("stars",), build.names.facts_of(levels.stars.won_at)))
    count = const(0)
    for dimension in build.rule_set.dimensions:
        if dimension.counts:
            needed = quotients.mul(share, constant(dimension.points))
            points = Quotient(_reference(build, "dimension", dimension.id), const(1))
            won = build.output(quotients.at_most(needed, points), "star", dimension.id)
            count = integers.add(count, won)
    stars = build.output(count, "stars")
    build.names.totals["stars"] = whole(stars)


def _reference(build: Builder, *key: str) -> Int:
    value = build.outputs[build.index[key]].value
    return integers.output(build.index[key], value.low, value.high)


def _level(level: Level, build: Builder) -> None:
    measured = band_measure(level, build)
    build.output(quotients.half_up(measured), "measured", level.id)
    build.output(quotients.at_most(constant(level.at_least), measured), "band", level.id)
    for number, gate in enumerate(level.gates):
        with build.gathering(gate):
            _gate(gate, build, level.id, str(number))
    for number, award in enumerate(level.direct):
        with build.gathering(award):
            _condition(build, award.when, "direct", level.id, str(number))


def band_measure(level: Level, build: Builder) -> Quotient:
    """Return what a band is compared with, in 1/10,000: exact, or rounded once as declared."""
    levels = build.rule_set.levels
    of = "stars" if levels.stars and level.of == "total" else level.of
    if of not in build.names.totals:
        known = list(build.names.totals)
        raise error(
            level.where,
            f'of: "{of}" is no total or dimension; allowed are '
            f"{listed(known)}.{nearest(of, known)}",
            "unknown-name",
        )
    points = quotients.mul(build.names.totals[of], constant(POINT))
    places = levels.measured_on.rounded
    if places is None:
        return points
    return whole(quotients.rounded(points, 10 ** (4 - places)))


def _gate(gate: Gate, build: Builder, *place: str) -> None:
    if gate.require:
        _condition(build, gate.require, "gate", *place)
    elif gate.every_dimension:
        build.reads(Reader(("gate", *place), build.names.facts_of(gate.every_dimension)))
        share = lower_number(gate.every_dimension, build.names)
        build.output(_every_dimension(share, build, place), "gate", *place)


def _every_dimension(share: Quotient, build: Builder, place: tuple[str, ...]) -> Int:
    reached = const(1)
    for dimension in build.rule_set.dimensions:
        if dimension.counts:
            points = Quotient(_reference(build, "dimension", dimension.id), const(1))
            enough = quotients.at_most(quotients.mul(share, constant(dimension.points)), points)
            absent = integers.negated(_reference(build, "present", dimension.id))
            here = build.output(integers.either(enough, absent), "gate", *place, dimension.id)
            reached = integers.both(reached, here)
    return reached


def lower_tie_breaks(build: Builder) -> None:
    """Write the values by which a quota breaks ties, as numerator and denominator."""
    for quota in build.rule_set.quotas:
        if quota.among in build.rule_set.facts:
            build.reads(Reader(("quota", quota.id), frozenset({quota.among})))
        for number, formula in enumerate(quota.tie_break):
            with build.gathering(quota):
                value = lower_number(formula, build.names)
                build.quotient(value, "tie", quota.id, str(number))
                build.reads(Reader(("tie", quota.id), build.names.facts_of(formula)))

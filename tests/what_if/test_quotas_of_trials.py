"""Quotas that look only at whoever is near them come to the same as quotas over everybody."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_round import columns_by, engine

from evaluator.scoring.columnar.awards import award, score
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.kernel import Engine as KernelName
from evaluator.what_if.memory import Memory
from evaluator.what_if.names import both_called
from evaluator.what_if.near import Near, few_numbers
from evaluator.what_if.plain_quotas import are_plain
from evaluator.what_if.trial import Trial

KERNELS: list[KernelName] = ["numpy", "native", "auto"]
COMMITTEES = ("share: 20%, of: rated,", "share: 20%, of: rated, among: committee,")
BESIDE = ("direct_awards: counted", "direct_awards: beside")
AT_LEAST = ("kind: at_most, direct_awards: counted, share: 20%", "kind: at_least, share: 60%")
NO_AWARDS = ("      direct: [{when: honoured, because: 受表彰}]\n", "")
TWO_LIMITS = (
    "kind: target, counts: and_above, share: 40%",
    "kind: at_most, counts: and_above, share: 40%, direct_awards: counted, ties: exclude",
)
SHARE = "share: 20%, of: rated,\n     rounding: up, ties: exclude"
PLAIN = ((NO_AWARDS,), (NO_AWARDS, TWO_LIMITS))
MOVES = {
    "more reach the highest": ("at_least: 24", "at_least: 20"),
    "fewer reach it": ("at_least: 24", "at_least: 27"),
    "all stay": ("title: 三星级", "title: 三颗星"),
}


@pytest.mark.parametrize("what", MOVES)
@pytest.mark.parametrize("rules", [(), (COMMITTEES,), (BESIDE,), (AT_LEAST,), *PLAIN])
def test_levels_and_reports_are_those_of_a_whole_pass(
    what: str, rules: tuple[tuple[str, str], ...]
) -> None:
    old, new = MOVES[what]
    ends = [("below: 24", new.replace("at_least", "below"))] if "at_least" in new else []
    changed = engine(*rules, (old, new), *ends)
    everyone = columns_by(*rules)
    outcome, reports = score(changed, everyone)
    found, quotas = Trial(Memory(engine(*rules), everyone), changed).score()
    assert np.array_equal(found.final, outcome.final)
    assert quotas == reports
    for mine, whole in zip(found.stages, outcome.stages, strict=True):
        assert np.array_equal(mine, whole)


@pytest.mark.parametrize("rules", PLAIN)
def test_quotas_without_direct_awards_are_plain(rules: tuple[tuple[str, str], ...]) -> None:
    assert are_plain(engine(*rules).category.rule_set)


@pytest.mark.parametrize("rules", [(), (NO_AWARDS, COMMITTEES), (NO_AWARDS, AT_LEAST)])
def test_quotas_of_groups_and_lower_ones_are_not(rules: tuple[tuple[str, str], ...]) -> None:
    assert not are_plain(engine(*rules).category.rule_set)


@given(
    reached=st.tuples(st.integers(19, 28), st.integers(19, 28)),
    limits=st.tuples(st.integers(0, 99), st.integers(0, 99)),
    counts=st.sampled_from(["this_level", "and_above"]),
    ties=st.sampled_from(["include", "exclude"]),
    kernel=st.sampled_from(KERNELS),
)
def test_limits_tried_at_once_come_to_those_of_a_whole_pass(
    reached: tuple[int, int], limits: tuple[int, int], counts: str, ties: str, kernel: KernelName
) -> None:
    sides = [
        engine(
            NO_AWARDS,
            ("at_least: 24", f"at_least: {least}"),
            ("below: 24", f"below: {least}"),
            (SHARE, f"number: {limit}, ties: {ties}"),
            (TWO_LIMITS[0], f"kind: at_most, counts: {counts}, share: 40%, ties: {ties}"),
        )
        for least, limit in zip(reached, limits, strict=True)
    ]
    changed = Engine(sides[1].category, kernel=kernel)
    everyone = columns_by(NO_AWARDS)
    trial = Trial(Memory(sides[0], everyone), changed)
    outcome, reports = score(changed, everyone)
    found, quotas = trial.score()
    assert trial.at_once.serves == (reached[0] != reached[1])
    assert np.array_equal(found.final, outcome.final)
    assert np.array_equal(found.decided.total, outcome.decided.total)
    assert quotas == reports
    for mine, whole in zip(found.stages, outcome.stages, strict=True):
        assert np.array_equal(mine, whole)


def test_only_those_near_a_quota_are_looked_at() -> None:
    made = engine()
    memory = Memory(made, columns_by())
    near = Near(memory.decided)
    outcome = near.award(made, memory.decided)[0]
    assert np.array_equal(outcome.final, award(made, memory.decided)[0].final)
    held = memory.decided.rated & (memory.decided.level >= 1)
    assert len(near._rows(1, memory.decided.level)) == np.count_nonzero(held)


@pytest.mark.parametrize("step", [1, 2, 50, 1000])
def test_few_numbers_are_all_of_them(step: int) -> None:
    truths = np.zeros(1003, np.bool_)
    truths[::step] = True
    truths[-1] = True
    assert np.array_equal(few_numbers(truths), np.flatnonzero(truths))


def test_different_rules_are_called_differently() -> None:
    pairs = [("x/a", "x/b"), ("old/soe.yaml", "new/soe.yaml"), ("a", "a")]
    found = [both_called(Path("/" + one), Path("/" + other)) for one, other in pairs]
    assert found == [("a", "b"), ("old/soe.yaml", "new/soe.yaml"), ("a", "a")]

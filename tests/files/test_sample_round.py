"""The committed sample round is what its generator gives, and shows whatever can happen."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from evaluator.files import Submission, load_folder, read_round
from evaluator.scoring.round import Category, RoundResult, score_round
from rules.lowering import indicators_of
from rules.syntax import RuleSet

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "examples" / "2026" / "round.xlsx"
RULES = ROOT / "rules" / "2026"


@cache
def rule_sets() -> dict[str, RuleSet]:
    return load_folder(RULES)


@cache
def submissions() -> list[Submission]:
    return read_round(SAMPLE, rule_sets())


@cache
def scored() -> RoundResult:
    categories = {name: Category(rule_set) for name, rule_set in rule_sets().items()}
    return score_round(categories, [(each.organisation, each.facts) for each in submissions()])


def contents(workbook: Path) -> dict[str, bytes]:
    """Return the parts of a workbook; how they are packed differs between versions of zlib."""
    with zipfile.ZipFile(workbook) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_sample_is_what_the_generator_gives(tmp_path: Path) -> None:
    made = tmp_path / "round.xlsx"
    script = ROOT / "examples" / "2026" / "make_round.py"
    subprocess.run([sys.executable, script, "--out", made], check=True, capture_output=True)
    if contents(made) != contents(SAMPLE):
        pytest.fail("the rule sets have changed: run `python examples/2026/make_round.py`")


def test_sample_has_120_organisations_under_19_committees_in_four_categories() -> None:
    organisations = [each.organisation for each in submissions()]
    assert len({each.id for each in organisations}) == len(organisations) == 120
    assert len({each.committee for each in organisations}) == 19
    assert Counter(each.category for each in organisations) == {
        "community": 30,
        "government": 30,
        "non_public": 35,
        "soe": 25,
    }


def test_sample_is_small_and_has_long_and_rare_names() -> None:
    names = [each.organisation.name for each in submissions()]
    assert SAMPLE.stat().st_size <= 400_000
    assert max(map(len, names)) == 60
    assert [any(rare in name for name in names) for rare in "㛃䶮𬭎"] == [True] * 3


def test_no_organisation_is_refused() -> None:
    assert scored().refused == []


def test_every_level_is_reached() -> None:
    levels = {each.decision.index for each in scored().results if each.decision}
    assert levels == {-1, 0, 1, 2, 3}


def test_every_veto_effect_changes_a_level() -> None:
    shown = {
        veto.effect.kind
        for each in scored().results
        if each.assessment and each.decision
        for veto in each.assessment.fallen_vetoes
        if any(veto.title.zh in step.zh for step in each.decision.steps)
    }
    declared = {veto.effect.kind for each in rule_sets().values() for veto in each.vetoes}
    assert shown == declared


def test_every_policy_for_missing_data_is_needed() -> None:
    declared, shown = set(), set()
    for result in scored().results:
        for indicator in indicators_of(result.category.rule_set):
            if indicator.missing.kind == "error":
                continue
            declared.add(indicator.missing.kind)
            reads = result.category.scorer.program.facts_of[indicator.id]
            if result.assessment and reads & result.assessment.inputs.missing:
                shown.add(indicator.missing.kind)
    assert shown == declared


def test_some_did_not_apply_and_some_tie() -> None:
    away = [each for each in scored().results if not each.organisation.applied]
    totals = Counter(
        (each.organisation.category, each.assessment.total)
        for each in scored().results
        if each.assessment and not each.assessment.fallen_vetoes
    )
    assert (len(away), [each.assessment for each in away]) == (8, [None] * 8)
    assert max(totals.values()) == 2

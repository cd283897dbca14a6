"""Stored YAML to rule sets and to what scores by them; each is read once and kept for a while."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from evaluator.rule_sets.models import StoredRuleSet
from evaluator.scoring.explain import Scorer
from evaluator.scoring.levels import LevelRules
from rules.describe.words import Labels
from rules.loader import load_rule_set
from rules.syntax import RuleSet

KEPT = 64


@dataclass(frozen=True)
class Scoring:
    """A rule set with what scores by it."""

    rule_set: RuleSet
    scorer: Scorer
    levels: LevelRules


def rule_set_of(stored: StoredRuleSet) -> RuleSet:
    """Return the rule set that is stored, its meaning not checked; raises RuleErrors."""
    return read_files(stored.main, stored.files)


def scoring_of(stored: StoredRuleSet) -> Scoring:
    """Return what scores by a stored rule set that passed its checks."""
    return _scoring(stored.main, tuple(sorted(stored.files.items())))


def read_files(main: str, files: Mapping[str, str]) -> RuleSet:
    """Return the rule set of texts by file name; `main` may extend the others."""
    return _rule_set(main, tuple(sorted(files.items())))


@lru_cache(KEPT)
def _scoring(main: str, files: tuple[tuple[str, str], ...]) -> Scoring:
    rule_set = _rule_set(main, files)
    return Scoring(rule_set, Scorer(rule_set), LevelRules(Labels(rule_set)))


@lru_cache(KEPT)
def _rule_set(main: str, files: tuple[tuple[str, str], ...]) -> RuleSet:
    """Read files where the loader can follow `extends`; names hold no folders, see the upload."""
    with TemporaryDirectory() as folder:
        for name, text in files:
            (Path(folder) / Path(name).name).write_text(text, encoding="utf-8")
        return load_rule_set(Path(folder) / Path(main).name)

"""Random rule sets hold the whole language, and the language takes most of them."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from random import Random

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from occurring import constructs_of, scoring_constructs
from random_organisations import organisations
from random_rule_sets import accepted, rule_set_text, seeded, tried
from trials import trials

from evaluator.scoring.compiled import compile_outputs
from evaluator.scoring.inputs import FactErrors
from evaluator.scoring.interpreted import evaluate
from evaluator.scoring.round import Category, Entry, score_round

SEEDS_FOR_EVERY_CONSTRUCT = 250


def test_every_construct_occurs_within_250_seeds() -> None:
    left = scoring_constructs()
    for seed in range(SEEDS_FOR_EVERY_CONSTRUCT):
        left -= constructs_of(accepted(seeded(seed))[1].rule_set)
        if not left:
            break
    assert left == set()


def test_most_rule_sets_are_accepted() -> None:
    made = [category for _, category in islice(tried(seeded(1)), 30)]
    assert sum(category is not None for category in made) > 20


@settings(max_examples=5)
@given(st.integers(0, 2**32))
def test_same_seed_brings_the_same_rule_set(seed: int) -> None:
    assert rule_set_text(seeded(seed)) == rule_set_text(seeded(seed))


@settings(max_examples=15)
@given(st.randoms(use_true_random=False))
def test_rule_sets_of_hypothesis_are_yaml(random: Random) -> None:
    assert yaml.safe_load(rule_set_text(random))["rule_set"] == "random"


def test_organisations_meet_every_outcome() -> None:
    met: Counter[str] = Counter()
    for seed in range(12):
        trial = next(trials(seed, (60,)))
        results = score_round({"demo": trial.category}, trial.entries).results
        for each in results:
            met["refused"] += each.refused is not None
            met["absent"] += not each.organisation.applied
            met["unrated"] += bool(each.decision and not each.decision.rated)
            met["rated"] += bool(each.decision and each.decision.rated)
            met["holds a level"] += bool(each.decision and each.decision.index >= 0)
            met["moved by steps"] += bool(each.decision and each.decision.steps)
            met["awarded"] += bool(each.decision and each.decision.awarded)
    assert min(met.values()) > 10


def is_readable(category: Category, entry: Entry) -> bool:
    try:
        category.scorer.read(*entry)
    except FactErrors:
        return False
    return True


def test_compiled_and_interpreted_outputs_agree() -> None:
    for seed in range(6):
        random = seeded(seed)
        text, category = accepted(random)
        program = category.scorer.program
        run = compile_outputs([each.value for each in program.outputs], len(program.slots))
        entries = organisations(category, text, random, 6)
        readable = [each for each in entries if is_readable(category, each)]
        for who, facts in readable:
            slots = category.scorer.read(who, facts).slots
            found: list[int] = []
            for output in program.outputs:
                found.append(evaluate(output.value, slots, found))
            assert [int(each) for each in run(slots)] == found

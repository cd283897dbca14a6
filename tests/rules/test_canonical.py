"""A rule set is written as YAML that means the same: same tree, same digest."""

import dataclasses
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from language import SMALL, small
from trees import nodes

from rules.canonical import digest, write_yaml
from rules.loader import is_shared, load_rule_set, load_text, read_file
from rules.schema import plain, read_node
from rules.syntax import Dimension, Fact, Indicator, Levels, Measure, Quota, RuleSet, Veto
from rules.testing import is_case_file
from rules.yaml_reader import read_yaml

ROOT = Path(__file__).parents[2]
PUBLISHED = [
    path
    for folder in (ROOT / "rules" / "2026", ROOT / "examples" / "schemes")
    for path in sorted(folder.rglob("*.yaml"))
    if not is_shared(read_file(path)) and not is_case_file(path)
]


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
def test_published_rule_set_comes_back_with_the_same_digest(path):
    rule_set = load_rule_set(path)
    again = load_text(write_yaml(rule_set))
    assert again == rule_set
    assert digest(again) == digest(rule_set)


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(nodes(RuleSet))
def test_any_rule_set_comes_back_with_the_same_digest(rule_set):
    again = load_text(write_yaml(rule_set))
    assert again == rule_set
    assert digest(again) == digest(rule_set)


@pytest.mark.parametrize(
    "node",
    [Fact, Measure, Indicator, Dimension, Levels, Veto, Quota],
    ids=lambda each: each.__name__,
)
def test_any_part_of_a_rule_set_comes_back_the_same(node):
    @settings(suppress_health_check=list(HealthCheck))
    @given(nodes(node))
    def comes_back(value):
        text = yaml.dump(plain(value), allow_unicode=True, sort_keys=False)
        assert read_node(node, read_yaml(text)) == value

    comes_back()


def test_digest_does_not_depend_on_places_spaces_and_comments():
    spaced = SMALL.replace("\n", "  # note\n").replace("{when: elected,", "{when:   elected ,")
    assert digest(load_text(spaced)) == digest(small())


def test_digest_does_not_depend_on_what_is_written_though_it_is_the_default():
    written = SMALL.replace("type: ratio}", "type: ratio, source: asked, reason: none}")
    assert digest(load_text(written)) == digest(small())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("max: 60", "max: 61"),
        ("points: 10}]", "points: 9}]"),
        ("人数", "党员数"),
        ("2026.1", "2026.2"),
    ],
)
def test_digest_depends_on_everything_that_has_a_meaning(old, new):
    text = SMALL.replace('"1"', '"2026.1"')
    assert digest(load_text(text.replace(old, new))) != digest(load_text(text))


def test_digest_of_a_rule_set_stays_what_it_was():
    """It is printed on results: a change of this value breaks their proof."""
    assert digest(small()) == "0fcbbb69b55a508cc695809b3fc5eca3aaa0a5e9309a0b0bbb9c26254e76d391"


def test_order_of_facts_is_kept_since_people_read_them_in_order():
    rule_set = small()
    turned = dataclasses.replace(rule_set, facts=dict(reversed(rule_set.facts.items())))
    assert digest(turned) != digest(rule_set)
    assert list(load_text(write_yaml(turned)).facts) == list(turned.facts)

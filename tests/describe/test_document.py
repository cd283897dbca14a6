"""The document of a rule set: read once by a person, kept as a file, compared here.

After a wanted change, look at the difference and renew the files:
`evaluator rules describe tests/describe/files/everything.yaml --lang zh > …/everything.zh.md`.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from click.testing import CliRunner
from language_nodes import nodes_below

from evaluator.commands.rules import rules
from rules.describe.document import document
from rules.loader import load_rule_set
from rules.syntax import RuleSet

FILES = Path(__file__).parent / "files"
ROOT = Path(__file__).parents[2]
REAL = sorted(
    [*(ROOT / "rules" / "2026").glob("*.yaml"), *(ROOT / "examples" / "schemes").glob("*.yaml")]
)


def rule_sets() -> list[Path]:
    return [
        path
        for path in REAL
        if not {"\nshared:", "\ncases:"} & {f"\n{line.split(':')[0]}:" for line in
                                            path.read_text(encoding="utf-8").splitlines()}
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["everything", "stars"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_document_is_the_kept_one(name: str, language: str) -> None:
    kept = (FILES / f"{name}.{language}.md").read_text(encoding="utf-8")
    assert document(load_rule_set(FILES / f"{name}.yaml"), language) == kept


def test_sample_files_use_every_key_of_the_language() -> None:
    written = "".join((FILES / name).read_text() for name in ("everything.yaml", "stars.yaml"))
    keys = {
        str(each.metadata.get("key", each.name))
        for node in nodes_below(RuleSet, {}).values()
        for each in dataclasses.fields(node)
        if each.name != "where"
    }
    assert sorted(key for key in keys if f"{key}:" not in written) == []


@pytest.mark.parametrize("path", rule_sets(), ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_document_names_all_that_a_rule_set_holds(path: Path, language: str) -> None:
    rule_set = load_rule_set(path)
    said = document(rule_set, language)
    groups = (*rule_set.dimensions, *rule_set.blocks)
    titles = [
        *(group.title for group in groups),
        *(indicator.title for group in groups for indicator in group.indicators),
        *(fact.label for fact in rule_set.facts.values()),
        *(veto.title for veto in rule_set.vetoes),
        *(level.title for level in rule_set.levels.from_low_to_high),
        *(entry.group for entry in rule_set.follow_up),
    ]
    assert [each for each in titles if each.say(language) not in said] == []


def test_describe_command_prints_the_document() -> None:
    path = FILES / "everything.yaml"
    result = CliRunner().invoke(rules, ["describe", str(path), "--lang", "en"])
    assert (result.exit_code, result.output) == (0, document(load_rule_set(path), "en"))


def test_describe_command_shows_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text("rule_set: wrong\nfloor: 3\n", encoding="utf-8")
    result = CliRunner().invoke(rules, ["describe", str(path)])
    assert (result.exit_code, "wrong.yaml:2:1: error[unknown-key]" in result.output) == (1, True)


def test_describe_command_refuses_a_rule_set_without_meaning(tmp_path: Path) -> None:
    path = tmp_path / "wrong.yaml"
    text = (FILES / "stars.yaml").read_text(encoding="utf-8").replace("served * 10", "serve * 10")
    path.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(rules, ["describe", str(path)])
    assert (result.exit_code, 'Did you mean "served"?' in result.output) == (1, True)

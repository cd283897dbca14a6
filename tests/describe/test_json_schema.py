"""The JSON Schema takes what the loader takes, and refuses what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from evaluator.commands.rules import rules
from rules.json_schema import json_schema

ROOT = Path(__file__).parents[2]
FOLDERS = [ROOT / "rules" / "2026", ROOT / "examples" / "schemes", Path(__file__).parent / "files"]


class TextDates(yaml.SafeLoader):
    """Reads YAML as editors do: numbers and truth are typed, dates are text."""


TextDates.yaml_implicit_resolvers = {
    first: [entry for entry in entries if entry[0] != "tag:yaml.org,2002:timestamp"]
    for first, entries in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def rule_set_files() -> list[Path]:
    files = sorted(path for folder in FOLDERS for path in folder.glob("*.yaml"))
    return [path for path in files if "\ncases:" not in path.read_text(encoding="utf-8")]


def read(path: Path, loader: Any) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    return Draft202012Validator(json_schema())


@pytest.fixture
def whole() -> dict[str, Any]:
    """A rule set file that is complete in itself."""
    value: dict[str, Any] = read(Path(__file__).parent / "files" / "everything.yaml", TextDates)
    return value


def test_schema_is_valid_against_its_metaschema() -> None:
    Draft202012Validator.check_schema(json_schema())


def test_schema_command_prints_the_schema() -> None:
    result = CliRunner().invoke(rules, ["schema"])
    assert (result.exit_code, json.loads(result.output)) == (0, json_schema())


@pytest.mark.parametrize("path", rule_set_files(), ids=lambda path: path.name)
@pytest.mark.parametrize("loader", [TextDates, yaml.BaseLoader], ids=["typed", "text"])
def test_rule_set_file_is_accepted(
    path: Path, loader: Any, validator: Draft202012Validator
) -> None:
    assert [each.json_path for each in validator.iter_errors(read(path, loader))] == []


def test_every_description_of_a_key_is_given() -> None:
    keys = [
        (name, key, each.get("description", ""))
        for name, node in json_schema()["$defs"].items()
        for key, each in node.get("properties", {}).items()
    ]
    assert [key for key in keys if not key[2]] == []


def test_unknown_key_is_refused(whole: dict[str, Any], validator: Draft202012Validator) -> None:
    whole["dimensions"][0]["indicators"][0]["pionts"] = 5
    assert not validator.is_valid(whole)


def test_missing_key_is_refused(whole: dict[str, Any], validator: Draft202012Validator) -> None:
    del whole["levels"]["promotion"]
    assert not validator.is_valid(whole)


def test_missing_key_is_accepted_where_another_file_is_extended(
    whole: dict[str, Any], validator: Draft202012Validator
) -> None:
    del whole["levels"]["promotion"]
    assert validator.is_valid({**whole, "extends": "shared.yaml"})


def test_change_of_an_indicator_by_its_id_is_accepted(validator: Draft202012Validator) -> None:
    indicator = {"id": "election", "points": 6}
    child = {
        "extends": "shared.yaml",
        "remove": ["taste"],
        "dimensions": [{"id": "basic", "indicators": [indicator]}],
    }
    assert validator.is_valid(child)
    del indicator["id"]
    assert not validator.is_valid(child)


def test_two_ways_at_once_are_refused(
    whole: dict[str, Any], validator: Draft202012Validator
) -> None:
    rule = whole["dimensions"][0]["indicators"][0]["rule"]
    rule["formula"] = "1"
    assert not validator.is_valid(whole)


def test_rule_without_a_way_is_refused(
    whole: dict[str, Any], validator: Draft202012Validator
) -> None:
    whole["dimensions"][0]["indicators"][0]["rule"] = {}
    assert not validator.is_valid(whole)


@pytest.mark.parametrize(
    ("part", "accepted"),
    [
        ({"when": "not a", "points": 1}, True),
        ({"when": "not a", "each": "b", "points": 1}, True),
        ({"each": "b", "points": [0.5, "all"]}, True),
        ({"points": 1}, False),
        ({"each": "b", "discretion": {"fact": "c", "from": 0, "to": 1}}, False),
        ({"when": "not a", "points": "some"}, False),
        ({"when": "not a", "points": "0.12345"}, False),
    ],
)
def test_part_is_accepted_as_the_loader_does(
    part: dict[str, Any], accepted: bool, whole: dict[str, Any], validator: Draft202012Validator
) -> None:
    whole["dimensions"][0]["indicators"][0]["rule"] = {"deduct": [part]}
    assert validator.is_valid(whole) is accepted


@pytest.mark.parametrize("name", ["换届", "a1", "_x"])
def test_short_name_of_any_script_is_accepted(
    name: str, whole: dict[str, Any], validator: Draft202012Validator
) -> None:
    whole["facts"][name] = {"label": "名", "type": "boolean"}
    assert validator.is_valid(whole)


@pytest.mark.parametrize("name", ["1a", "a b", "a-b", "a.b", ""])
def test_short_name_with_signs_is_refused(
    name: str, whole: dict[str, Any], validator: Draft202012Validator
) -> None:
    whole["facts"][name] = {"label": "名", "type": "boolean"}
    assert not validator.is_valid(whole)

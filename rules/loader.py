"""Files to rule sets: YAML, `extends`, schema; every problem with its file, line and column."""

from __future__ import annotations

from pathlib import Path

from rules.inheritance import merged
from rules.problems import Position, Problem, RuleErrors, listed, nearest
from rules.schema import read_node
from rules.syntax import RuleSet
from rules.yaml_reader import Mapping, Text, Value, read_yaml

MAX_PARENTS = 8


def load_rule_set(path: Path) -> RuleSet:
    """Return the rule set of a file, its meaning not yet checked; raises RuleErrors."""
    return rule_set_of(load_merged(path))


def load_text(text: str, file: str = "<text>") -> RuleSet:
    """Return the rule set of a text that extends nothing; raises RuleErrors."""
    value = _mapping(read_yaml(text, file), Position(file))
    if "extends" in value:
        raise RuleErrors(
            [
                Problem(
                    value.keys_at["extends"],
                    "extends",
                    "a text without a file cannot extend another.",
                )
            ]
        )
    return rule_set_of(value)


def rule_set_of(value: Mapping) -> RuleSet:
    """Return the rule set of merged values; raises RuleErrors."""
    return read_node(RuleSet, value)


def load_merged(path: Path, children: tuple[Path, ...] = ()) -> Mapping:
    """Return the values of a file, laid over those that it extends."""
    value = _mapping(read_file(path), Position(str(path)))
    value.pop("shared", None)
    parent = value.pop("extends", None)
    if parent is None:
        return value
    where = value.keys_at["extends"]
    if not isinstance(parent, Text):
        raise RuleErrors(
            [
                Problem(
                    where,
                    "extends",
                    "allowed is the name of one file beside "
                    "this one, such as `extends: shared.yaml`.",
                )
            ]
        )
    parent_path = _parent_path(path, parent, (*children, path))
    return merged(load_merged(parent_path, (*children, path)), value)


def read_file(path: Path) -> Value:
    """Return the values of one YAML file; raises RuleErrors also where it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise RuleErrors(
            [
                Problem(
                    Position(str(path)),
                    "encoding",
                    f"the file is not UTF-8 from byte {error.start} on; save it as UTF-8.",
                )
            ]
        ) from error
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise RuleErrors([Problem(Position(str(path)), "file", f"{reason}.")]) from error
    return read_yaml(text, str(path))


def is_shared(value: Value) -> bool:
    """Return whether a file is only there to be extended (`shared: true`)."""
    return isinstance(value, Mapping) and value.get("shared") == "true"


def _mapping(value: Value, start: Position) -> Mapping:
    if not isinstance(value, Mapping):
        raise RuleErrors(
            [
                Problem(
                    start,
                    "empty",
                    "the file holds no rule set; a rule set is a "
                    "mapping that begins with `rule_set: NAME`.",
                )
            ]
        )
    return value


def _parent_path(path: Path, parent: Text, children: tuple[Path, ...]) -> Path:
    where = parent.where
    found = (path.parent / parent).resolve()
    if not found.is_relative_to(path.parent.resolve().parent):
        raise RuleErrors(
            [
                Problem(
                    where,
                    "extends",
                    f'"{parent}" lies outside the folder of the '
                    "rule sets; a file may extend one beside it.",
                )
            ]
        )
    if not found.is_file():
        beside = sorted(each.name for each in path.parent.glob("*.yaml") if each != path)
        raise RuleErrors(
            [
                Problem(
                    where,
                    "extends",
                    f'"{parent}" does not exist; beside this file '
                    f"are {listed(beside)}.{nearest(parent, beside)}",
                )
            ]
        )
    if found in {child.resolve() for child in children} or len(children) > MAX_PARENTS:
        raise RuleErrors(
            [Problem(where, "extends", f'"{parent}" extends this file in turn; break the circle.')]
        )
    return found

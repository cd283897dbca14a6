"""YAML 1.2 text to plain values that remember where they stand.

Every scalar stays the text that was written: numbers are parsed by whoever knows their type, so
that no float ever comes between the file and the score. Booleans are `true` and `false` alone
(YAML 1.2), duplicate keys and tags are refused, and both the size of a file and what its aliases
expand to are bounded.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from rules.problems import Position, Problem, RuleErrors

MAX_BYTES = 2_000_000
MAX_NODES = 50_000
MAX_DEPTH = 40
MOST_SAFE = 2_000


class Text(str):
    """A scalar as it was written, with its place."""

    where: Position

    def __new__(cls, value: str, where: Position) -> Text:
        """Return the text with its place."""
        text = super().__new__(cls, value)
        text.where = where
        return text


class Mapping(dict[str, "Value"]):
    """A mapping with its own place and the place of each key."""

    def __init__(self, where: Position):
        super().__init__()
        self.where = where
        self.keys_at: dict[str, Position] = {}


class Sequence(list["Value"]):
    """A list with its place and the place of each item."""

    def __init__(self, where: Position):
        super().__init__()
        self.where = where
        self.items_at: list[Position] = []


Value = Text | Mapping | Sequence | None


def read_yaml(text: str, file: str = "<text>") -> Value:
    """Return the values of one YAML document; raises RuleErrors naming line and column."""
    start = Position(file)
    _check_size(text, start)
    try:
        _check_depth(text, file)
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        raise RuleErrors([_syntax_problem(error, file)]) from error
    except yaml.YAMLError as error:
        message = " ".join(str(error).split())
        raise RuleErrors([Problem(start, "yaml", f"this is not YAML: {message}")]) from error
    if node is None:
        return None
    builder = _Builder(file)
    value = builder.build(node, 0)
    if builder.problems:
        raise RuleErrors(builder.problems)
    return value


def _check_size(text: str, start: Position) -> None:
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        raise RuleErrors(
            [
                Problem(
                    start,
                    "encoding",
                    f"character {error.start} is half of a pair and stands for nothing; remove it.",
                )
            ]
        ) from None
    if size > MAX_BYTES:
        raise RuleErrors([Problem(start, "too-large", _size_message(size))])


def _check_depth(text: str, file: str) -> None:
    """Refuse deep nesting before composing, which would run out of the stack of the C library.

    Depth is counted only where a file holds enough brackets or columns to be deep at all.
    """
    brackets = text.count("[") + text.count("{")
    columns = max(map(len, text.splitlines()), default=0)
    if brackets + 2 * columns < MOST_SAFE:
        return
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise RuleErrors(
                    [
                        Problem(
                            _place(event.start_mark, file), "too-large", _expansion_message(depth)
                        )
                    ]
                )
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _place(mark: Any, file: str) -> Position:
    return Position(file, mark.line + 1, mark.column + 1)


@dataclass
class _Builder:
    file: str
    problems: list[Problem] = field(default_factory=list)
    nodes: int = 0

    def build(self, node: yaml.Node, depth: int) -> Value:
        self.nodes += 1
        where = self.place(node)
        if self.nodes > MAX_NODES or depth > MAX_DEPTH:
            raise RuleErrors([Problem(where, "too-large", _expansion_message(depth))])
        if node.tag.startswith(("!", "tag:")) and node.tag not in _PLAIN_TAGS:
            self.problems.append(Problem(where, "tag", _tag_message(node.tag)))
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, where, depth)
        if isinstance(node, yaml.SequenceNode):
            return self.sequence(node, where, depth)
        assert isinstance(node, yaml.ScalarNode)  # noqa: S101 - there are three kinds of nodes
        return self.scalar(node, where)

    def place(self, node: yaml.Node) -> Position:
        return _place(node.start_mark, self.file)

    def mapping(self, node: yaml.MappingNode, where: Position, depth: int) -> Mapping:
        mapping = Mapping(where)
        for key_node, value_node in node.value:
            key = key_node.value
            place = self.place(key_node)
            if not isinstance(key, str):
                self.problems.append(Problem(place, "key", "a key must be plain text."))
            elif key == "<<":
                self.problems.append(Problem(place, "merge-key", _MERGE_MESSAGE))
            elif key in mapping:
                self.problems.append(self._duplicate(key, place, mapping.keys_at[key]))
            else:
                mapping.keys_at[key] = place
                mapping[key] = self.build(value_node, depth + 1)
        return mapping

    def _duplicate(self, key: str, place: Position, first: Position) -> Problem:
        return Problem(
            place,
            "duplicate-key",
            f'"{key}" is written twice; it stands on line {first.line} already. '
            "A key may stand once: remove or rename one of them.",
        )

    def sequence(self, node: yaml.SequenceNode, where: Position, depth: int) -> Sequence:
        sequence = Sequence(where)
        for item in node.value:
            sequence.items_at.append(self.place(item))
            sequence.append(self.build(item, depth + 1))
        return sequence

    def scalar(self, node: yaml.ScalarNode, where: Position) -> Text | None:
        if not node.style and node.value in ("", "~", "null"):
            return None
        quoted = 1 if node.style in ("'", '"') else 0
        return Text(node.value, where.shifted(quoted))


_PLAIN_TAGS = {"tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map", "!"}


_MERGE_MESSAGE = (
    "YAML 1.2 has no merge keys (<<). Write the keys out, or share them by `extends:`; case files "
    "share facts under `defaults:`."
)


def _size_message(size: int) -> str:
    return (
        f"the file has {size:,} bytes; at most {MAX_BYTES:,} are read. "
        "Split it, and share the parts by `extends:`."
    )


def _expansion_message(depth: int) -> str:
    if depth > MAX_DEPTH:
        return f"values are nested more than {MAX_DEPTH} deep; write them flatter."
    return (
        f"aliases expand the file to more than {MAX_NODES:,} values; "
        "write the repeated parts out, or share them by `extends:`."
    )


def _tag_message(tag: str) -> str:
    return f"the tag {tag} is not allowed; a rule file holds plain values only. Remove the tag."


def _syntax_problem(error: yaml.MarkedYAMLError, file: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    where = _place(mark, file) if mark else Position(file)
    found = " ".join(filter(None, (error.context, error.problem)))
    return Problem(
        where,
        "yaml",
        f"this is not valid YAML: {found}. Mind the indentation, the space after each colon, "
        'and put text that contains ": " or " #" between quotes.',
    )

"""YAML to plain values that remember where they stand, and how they are asked for."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import yaml
from reportlab.lib.colors import Color, HexColor

from reports.certificate.templates.problems import Position, Problem, TemplateErrors, allowed

MAX_BYTES = 100_000
DEEPEST = 12  # of values within values; a template needs four
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_NOTHING = HexColor("#000000")
_ABSENT = "absent"  # the tag of a part that is not in the file
Kind = TypeVar("Kind", bound=str)


@dataclass(slots=True)
class Source:
    """A file and what is wrong with it so far."""

    file: str
    problems: list[Problem]

    def place(self, node: yaml.Node) -> Position:
        """Tell where a value begins."""
        return Position(self.file, node.start_mark.line + 1, node.start_mark.column + 1)

    def blame(self, node: yaml.Node, code: str, **values: object) -> None:
        """Keep what is wrong with a value."""
        self.problems.append(Problem.of(self.place(node), code, values))


def parsed(text: str, file: str) -> tuple[Source, yaml.Node]:
    """Give the top of a YAML document; raises TemplateErrors where it is none."""
    start = Position(file)
    if len(text.encode()) > MAX_BYTES:
        raise _refused(start, "too-large", most=f"{MAX_BYTES:,}")
    try:
        _look_through(text, start)
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        where = _at(error.problem_mark or error.context_mark, start)
        found = " ".join(filter(None, (error.context, error.problem)))
        raise _refused(where, "yaml", found=found) from error
    except yaml.YAMLError as error:
        raise _refused(start, "yaml", found=" ".join(str(error).split())) from error
    if node is None:
        raise _refused(start, "empty")
    return Source(file, []), node


def _look_through(text: str, start: Position) -> None:
    """Refuse what would be dear to put together, before anything is."""
    depth = 0
    for event in yaml.parse(text, yaml.CBaseLoader):
        if isinstance(event, yaml.AliasEvent):
            raise _refused(_at(event.start_mark, start), "alias")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise _refused(_at(event.start_mark, start), "too-deep", most=DEEPEST)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _at(mark: Any, start: Position) -> Position:
    return Position(start.file, mark.line + 1, mark.column + 1) if mark else start


def _refused(where: Position, code: str, **values: object) -> TemplateErrors:
    return TemplateErrors([Problem.of(where, code, values)])


class Part:
    """A mapping of the file, asked key by key; what is wrong is kept and the reading goes on."""

    def __init__(
        self, source: Source, node: yaml.Node, keys: Sequence[str], base: Part | None = None
    ) -> None:
        self.source = source
        self.absent = not isinstance(node, yaml.MappingNode)
        self.node = node
        self.colours: dict[str, Color] = base.colours if base else {}
        self.values: dict[str, yaml.Node] = {}
        if not isinstance(node, yaml.MappingNode):
            if node.tag != _ABSENT:
                source.blame(node, "table", **allowed("", keys))
            return
        for key, value in node.value:
            name = str(key.value)
            if name not in keys:
                source.blame(key, "unknown-key", name=name, **allowed(name, keys))
            elif name in self.values:
                source.blame(key, "duplicate-key", name=name)
            else:
                self.values[name] = value

    def blame(self, key: str, code: str, **values: object) -> None:
        """Keep what is wrong with a key's value, or with the whole where it is missing."""
        if key in self.values or not self.absent:  # one error for a part that is missing whole
            self.source.blame(self.values.get(key, self.node), code, **values)

    def part(self, key: str, keys: Sequence[str]) -> Part:
        """Give the mapping under a key."""
        node = self.values.get(key)
        if node is None:
            self.blame(key, "missing-part", name=key, **allowed("", keys))
            node = yaml.ScalarNode(_ABSENT, "", self.node.start_mark, self.node.end_mark)
        return Part(self.source, node, keys, self)

    def parts(self, key: str, keys: Callable[[yaml.Node], Sequence[str]]) -> list[Part]:
        """Give the mappings that are listed under a key."""
        node = self.values.get(key)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.blame(key, "list", name=key)
            return []
        return [Part(self.source, item, keys(item), self) for item in node.value]

    def text(self, key: str, default: str | None = None) -> str:
        """Give a text."""
        node = self.values.get(key)
        if node is None:
            if default is None:
                self.blame(key, "missing-key", name=key)
            return default or ""
        if isinstance(node, yaml.ScalarNode):
            return str(node.value)
        self.blame(key, "text", name=key)
        return ""

    def number(self, key: str, low: float, high: float, default: float | None = None) -> float:
        """Give a number between two others."""
        if key not in self.values and default is not None:
            return default
        written = self.text(key)
        try:
            value = float(written)
        except ValueError:
            value = math.nan
        if low <= value <= high:
            return value
        if key in self.values:
            bounds = {"low": f"{low:g}", "high": f"{high:g}"}
            self.blame(key, "number", name=key, found=written, **bounds)
        return default if default is not None else low

    def choice(self, key: str, among: Sequence[Kind], default: Kind | None = None) -> Kind:
        """Give one of several words."""
        written = self.text(key, default)
        for word in among:
            if word == written:
                return word
        if key in self.values:
            self.blame(key, "choice", name=key, found=written, **allowed(written, among))
        return among[0]

    def colour(self, key: str, default: Color | None = None) -> Color:
        """Give a colour, by its name in the template or as #RRGGBB."""
        if key not in self.values and default is not None:
            return default
        written = self.text(key)
        if written in self.colours:
            return self.colours[written]
        if _COLOUR.fullmatch(written):
            return HexColor(written)
        if key in self.values:
            names = ", ".join(self.colours) or "none yet"
            self.blame(key, "colour", found=written, names=names)
        return _NOTHING

    def finish(self) -> None:
        """Stop if anything was wrong."""
        if self.source.problems:
            raise TemplateErrors(self.source.problems)


def scalars(node: yaml.Node, key: str) -> Iterable[str]:
    """Give what is written under a key of a mapping, before its keys are checked."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == key and isinstance(value, yaml.ScalarNode):
                yield str(value.value)

"""Which actions the subjects write into the log, found in their source.

Most are constants. Where a function hands its action, or the verb of it, on to `write_line`, the
calls of that function are looked at, and so forth. `LinesAbout` is handed a verb by each call.
"""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from enum import Enum
from functools import cached_property
from itertools import product
from pathlib import Path

import evaluator

ROOT = Path(evaluator.__file__).parents[1]
WRITER, WRITERS = "write_line", "LinesAbout"
VERB = 3
"""The place of the verb among what a writer made by `LinesAbout` is called with."""
Function = ast.FunctionDef | ast.AsyncFunctionDef


class Unknown(Exception):
    """An action that the source does not tell; say it as a constant where it is written."""


class Module:
    """A module of a subject: its tree, and which function each call stands in."""

    def __init__(self, path: Path):
        self.path = path
        self.tree = ast.parse(path.read_text("utf-8"))
        self.name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        self.subject = path.relative_to(ROOT).parts[1]

    @cached_property
    def calls(self) -> list[tuple[ast.Call, Function | None]]:
        """Return every call with the innermost function around it."""
        return list(_calls(self.tree, None))

    def value(self, dotted: ast.expr) -> str:
        """Return what a name such as `ApplicationState.RETURNED` stands for."""
        parts = ast.unparse(dotted).split(".")
        found: object = importlib.import_module(self.name)
        try:
            for part in parts:
                found = getattr(found, part)
        except AttributeError:
            raise Unknown(f"{self.path}:{dotted.lineno}: {ast.unparse(dotted)}") from None
        found = found.value if isinstance(found, Enum) else found
        if not isinstance(found, str):
            raise Unknown(f"{self.path}:{dotted.lineno}: {ast.unparse(dotted)}")
        return found


def modules() -> list[Module]:
    """Return the modules of the service."""
    return [Module(path) for path in sorted((ROOT / "evaluator").rglob("*.py"))]


def written_actions(found: list[Module]) -> dict[str, str]:
    """Return every action with the place that writes it; raises Unknown."""
    actions: dict[str, str] = {}
    for module in found:
        for call, function in module.calls:
            if _called(call) == WRITER and module.name != "evaluator.audit.lines":
                for action in _texts(_argument(call, "action", None), function, module, found):
                    actions[action] = f"{module.path}:{call.lineno}"
        for name, subject in writers(module):
            for verb in _given(name, "verb", VERB, None, module, found):
                actions[f"{subject}.{verb}"] = str(module.path)
    return actions


def writers(module: Module) -> list[tuple[str, str]]:
    """Return the names of the writers that a module makes by `LinesAbout`, and their subjects."""
    return [
        (ast.unparse(node.targets[0]), node.value.args[0].value)
        for node in module.tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Call)
        and ast.unparse(node.value.func).startswith(f"{WRITERS}[")
        and isinstance(node.value.args[0], ast.Constant)
    ]


def _texts(
    given: ast.expr | None, function: Function | None, module: Module, all_of: list[Module]
) -> set[str]:
    """Return every text that an expression can be."""
    match given:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp(body=body, orelse=other):
            return _texts(body, function, module, all_of) | _texts(other, function, module, all_of)
        case ast.JoinedStr(values=parts):
            texts = [_texts(each, function, module, all_of) for each in parts]
            return {"".join(each) for each in product(*texts)}
        case ast.FormattedValue(value=value) | ast.Attribute(value=value, attr="value"):
            return _texts(value, function, module, all_of)
        case ast.Name(id=name) if function is not None:
            return _named(name, function, module, all_of)
        case ast.Attribute():
            return {module.value(given)}
    raise Unknown(f"{module.path}: {ast.unparse(given) if given else 'no action'}")


def _named(name: str, function: Function, module: Module, all_of: list[Module]) -> set[str]:
    """Return every text that a name can be inside a function: assigned there, or given to it."""
    assigned = [
        each.value
        for each in ast.walk(function)
        if isinstance(each, ast.Assign) and ast.unparse(each.targets[0]) == name
    ]
    if assigned:
        texts = (_texts(each, function, module, all_of) for each in assigned)
        return {text for each in texts for text in each}
    given = (*function.args.args, *function.args.kwonlyargs)
    places = [each.arg for each in given if each.arg not in ("self", "cls")]
    if name not in places:
        return {module.value(ast.Name(id=name, lineno=function.lineno))}
    default = _default(function, name)
    return _given(function.name, name, places.index(name), default, module, all_of)


def _given(
    callee: str,
    name: str,
    position: int,
    default: ast.expr | None,
    module: Module,
    all_of: list[Module],
) -> set[str]:
    """Return every text that calls of a function of a module give to one of its parameters."""
    return {
        text
        for other in all_of
        if other is module or not (callee.startswith("_") or other.subject != module.subject)
        for call, around in other.calls
        if _called(call) == callee
        for text in _texts(_argument(call, name, position) or default, around, other, all_of)
    }


def _default(function: Function, name: str) -> ast.expr | None:
    """Return what a parameter is where a call leaves it out."""
    given = function.args
    placed = [each.arg for each in given.args]
    defaults = dict(zip(reversed(placed), reversed(given.defaults), strict=False))
    named = [each.arg for each in given.kwonlyargs]
    return (defaults | dict(zip(named, given.kw_defaults, strict=True))).get(name)


def _argument(call: ast.Call, name: str, position: int | None) -> ast.expr | None:
    for each in call.keywords:
        if each.arg == name:
            return each.value
    if position is None or position >= len(call.args):
        return None
    return call.args[position]


def _called(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


def _calls(node: ast.AST, function: Function | None) -> Iterator[tuple[ast.Call, Function | None]]:
    for child in ast.iter_child_nodes(node):
        inner = child if isinstance(child, Function) else function
        if isinstance(child, ast.Call):
            yield child, function
        yield from _calls(child, inner)

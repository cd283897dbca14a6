"""How the code is laid out: short files, short functions, and who may import whom."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from factories import ROOT

PACKAGES = ("evaluator", "rules", "forms", "reports")
MOST_LINES_OF_A_FILE = 300
MOST_LINES_OF_A_FUNCTION = 40
FILES = [path for name in PACKAGES for path in sorted((ROOT / name).rglob("*.py"))]


def test_every_package_has_files() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in FILES} == set(PACKAGES)


def test_no_file_is_longer_than_300_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in FILES
        if (lines := len(path.read_text("utf-8").splitlines())) > MOST_LINES_OF_A_FILE
    }
    assert long == {}


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Yield each function with its lines from `def` to the last one, its docstring apart."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            first = node.body[0]
            documented = (
                isinstance(first, ast.Expr)
                and isinstance(first.value, ast.Constant)
                and isinstance(first.value.value, str)
            )
            words = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
            yield node.name, node.end_lineno - node.lineno + 1 - words


def test_no_function_is_longer_than_40_lines() -> None:
    # A migration lists the columns of its tables, once and for ever.
    long = {
        f"{path.relative_to(ROOT)}:{name}": lines
        for path in FILES
        if path.parent.name != "versions"
        for name, lines in functions(path)
        if lines > MOST_LINES_OF_A_FUNCTION
    }
    assert long == {}


@pytest.mark.parametrize("package", ["rules", "evaluator/scoring"])
def test_no_binary_fraction_where_points_are_worked_out(package: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted((ROOT / package).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and _of_numbers(node))
        or (isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("float", "round"))
    ]
    assert found == []


def _of_numbers(node: ast.BinOp) -> bool:
    """Whether a division is no path: paths are divided by texts and by names of files."""
    return isinstance(node.right, ast.Constant) and isinstance(node.right.value, int)


def test_import_law_is_kept() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [str(program), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "0 broken" in done.stdout) == (0, True), done.stdout

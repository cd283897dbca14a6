"""No float ever stands between a file and a score: the code itself is searched for them."""

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
AGREEMENT = ROOT / "evaluator" / "scoring" / "agreement"
"""Figures about panellists: exact fractions too, but they divide, and no score comes from them."""
SEARCHED = [*(ROOT / "rules").rglob("*.py"), *(ROOT / "evaluator" / "scoring").rglob("*.py")]
EXACT = sorted(each for each in SEARCHED if AGREEMENT not in each.parents)
PATHS = {
    "evaluator/scoring/columnar/kernel/native.py",
    "rules/inheritance.py",
    "rules/loader.py",
    "rules/testing.py",
}
"""Modules whose `/` joins paths; they hold no arithmetic."""
FRACTIONS = {
    "rules/numbers.py": 1,
    "rules/quotients.py": 2,
    "rules/checks/alternatives.py": 1,
}
"""Divisions of fractions.Fraction, which are exact; more of them must be looked at."""


@cache
def trees():
    return [(str(path.relative_to(ROOT)), ast.parse(path.read_text())) for path in EXACT]


def found(wanted):
    return [
        f"{name}:{node.lineno}" for name, tree in trees() for node in ast.walk(tree) if wanted(node)
    ]


def is_division(node: ast.AST) -> bool:
    return isinstance(node, (ast.BinOp, ast.AugAssign)) and isinstance(node.op, ast.Div)


def test_there_is_something_to_search():
    assert len(EXACT) > 50


def test_no_score_knows_how_far_panellists_agree():
    named = "evaluator.scoring.agreement"
    imports = found(
        lambda node: isinstance(node, ast.ImportFrom) and (node.module or "").startswith(named)
    )
    assert imports == []


def test_no_float_is_written():
    assert found(lambda node: isinstance(node, ast.Constant) and type(node.value) is float) == []


def test_no_complex_number_is_written():
    assert found(lambda node: isinstance(node, ast.Constant) and type(node.value) is complex) == []


def test_nothing_is_made_a_float():
    names = ("float", "float16", "float32", "float64", "true_divide", "divide", "mean")
    assert (
        found(
            lambda node: (
                isinstance(node, ast.Call)
                and (
                    (isinstance(node.func, ast.Name) and node.func.id in names)
                    or (isinstance(node.func, ast.Attribute) and node.func.attr in names)
                )
            )
        )
        == []
    )


def test_true_division_stands_where_it_joins_paths_or_divides_fractions():
    counted: dict[str, int] = {}
    for name, tree in trees():
        count = sum(map(is_division, ast.walk(tree)))
        if count and name not in PATHS:
            counted[name] = count
    assert counted == FRACTIONS


def test_power_with_a_negative_exponent_cannot_arise():
    """`10 ** (4 - places)` would be a float for more than four places."""
    from rules.loader import load_text
    from rules.problems import RuleErrors

    text = "rule_set: x\nscale: {total: 1, places: 5}\n"
    with pytest.raises(RuleErrors) as caught:
        load_text(text)
    assert 'found "5"; allowed is a whole number from 0 to 4.' in str(caught.value)


@pytest.mark.parametrize("module", ["math", "statistics", "random", "decimal"])
def test_modules_that_compute_with_floats_are_used_for_whole_numbers_alone(module):
    used = {
        alias.name
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == module
        for alias in node.names
    }
    imported = found(
        lambda node: isinstance(node, ast.Import) and module in [each.name for each in node.names]
    )
    assert used <= {"gcd", "isqrt", "prod", "lcm"}
    assert imported == []

"""Files of cases: which rule set they may name."""

from pathlib import Path

import pytest
from language import SMALL

from rules.problems import RuleErrors
from rules.testing import load_cases

CASES = "rule_set: %s\ncases:\n  - {name: 一, facts: {elected: true}, expect: {total: 10}}\n"


def case_file(folder: Path, name: str) -> Path:
    path = folder / "cases" / "tests" / "small.yaml"
    path.parent.mkdir(parents=True)
    for each in (folder, path.parent.parent, path.parent):
        (each / "rules.yaml").write_text(SMALL)
    path.write_text(CASES % name)
    return path


@pytest.mark.parametrize("name", ["rules.yaml", "../rules.yaml"])
def test_rule_set_beside_the_cases_or_one_folder_above_is_read(tmp_path, name):
    rule_set, cases = load_cases(case_file(tmp_path, name))
    assert (rule_set.rule_set, [each.name for each in cases]) == ("small", ["一"])


@pytest.mark.parametrize("name", ["../../rules.yaml", "/etc/passwd", "../../../etc/passwd", "[a]"])
def test_rule_set_further_away_is_not_opened(tmp_path, name):
    path = case_file(tmp_path, name)
    with pytest.raises(RuleErrors) as caught:
        load_cases(path)
    (problem,) = caught.value.problems
    assert (problem.code, problem.where.line, problem.where.column) == ("cases", 1, 1)
    assert "is no file beside the cases or in the folder above" in problem.message

"""`evaluator score RULE_SET FACTS`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import BRANCH, FACTS, run


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "facts.yaml"
    path.write_text(FACTS, "utf-8")
    return path


def test_table_in_chinese_shows_total_level_and_reasons(facts: Path) -> None:
    result = run("score", BRANCH, facts)
    assert result.exit_code == 0
    assert result.output.splitlines()[:2] == ["甲支部", "总分 18.00  星级 五星级"]
    assert "缺少支委会" in result.output
    assert result.output.splitlines()[-1] == "已达到最高星级。"


def test_table_in_english(facts: Path) -> None:
    result = run("score", BRANCH, facts, "--lang", "en")
    assert result.output.splitlines()[:2] == ["甲支部", "Total 18.00  Level Five-star"]
    assert result.output.splitlines()[-1] == "The highest level is reached."


def test_table_says_what_the_next_level_needs(facts: Path) -> None:
    facts.write_text(FACTS.replace("90%", "72%").replace("meetings: 10", "meetings: 12"), "utf-8")
    result = run("score", BRANCH, facts)
    assert result.output.splitlines()[1] == "总分 18.00  星级 三星级"
    assert "距离“五星级”还差：\n  · 满意度不低于80%（满意度：72%）" in result.output


def test_table_shows_a_veto(facts: Path) -> None:
    facts.write_text(FACTS.replace("violations: 0", "violations: 2"), "utf-8")
    lines = run("score", BRANCH, facts).output.splitlines()
    assert lines[1:4] == [
        "总分 18.00  星级 未评星级",
        "· 一票否决“违纪”：不评星级",
        "一票否决: 违纪",
    ]


def test_json_holds_decimals_as_text(facts: Path) -> None:
    result = run("score", BRANCH, facts, "--format", "json")
    report = json.loads(result.output)
    assert (result.exit_code, report["total"], report["level"]) == (0, "18.00", "five_star")
    assert [each["points"] for each in report["indicators"]] == ["4.00", "5.00", "5.00", "4.00"]


def test_facts_in_json_are_read_alike(facts: Path, tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    given = {
        "organisation": {"name": "甲支部", "id": "a1"},
        "facts": {
            "elected": True,
            "meetings": 10,
            "satisfaction": 0.9,
            "taste": {"value": 4.0, "reason": "有特色"},
            "violations": 0,
        },
    }
    path.write_text(json.dumps(given), "utf-8-sig")
    from_json, from_yaml = (
        run("score", BRANCH, each, "--format", "json") for each in (path, facts)
    )
    assert from_json.output == from_yaml.output


def test_organisation_without_a_name_is_called_by_its_file(tmp_path: Path) -> None:
    path = tmp_path / "南湖支部.yaml"
    path.write_text(FACTS.replace("{name: 甲支部, id: a1}", "{}"), "utf-8")
    assert run("score", BRANCH, path).output.splitlines()[0] == "南湖支部"


@pytest.mark.parametrize(
    ("before", "after", "zh", "en"),
    [
        (
            "meetings: 10, ",
            "",
            "甲支部：meetings：缺少数据，请补充。",
            "甲支部: meetings: is missing; give it a value.",
        ),
        (
            "meetings: 10",
            "meetings: 61",
            "甲支部：meetings：填写的是“61”，应在0至60之间。",
            '甲支部: meetings: found "61"; allowed is 0 to 60.',
        ),
        (
            "violations: 0",
            "violations: 无",
            "甲支部：violations：填写的是“无”，应填整数。",
            '甲支部: violations: found "无"; allowed is a whole number.',
        ),
        (
            "{value: 4, reason: 有特色}",
            "{value: 4}",
            "甲支部：taste：打分须写明理由（value 与 reason 一并填写）。",
            "甲支部: taste: needs a reason; write {value: …, reason: …}.",
        ),
        (
            "id: a1",
            "id: a1, category: shop",
            "甲支部：category：该组织属“shop”类，此规则集评定“branch”类；请换用对应的规则集。",
            '甲支部: category: found "shop"; this rule set rates "branch": '
            "take the rule set of its category.",
        ),
    ],
)
def test_facts_that_cannot_be_used_are_refused(
    facts: Path, before: str, after: str, zh: str, en: str
) -> None:
    facts.write_text(FACTS.replace(before, after), "utf-8")
    for language, said in (("zh", zh), ("en", en)):
        result = run("score", BRANCH, facts, "--lang", language)
        assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"Error: {said}\n")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("facts.yaml", "facts: {a: [1\n", "facts.yaml:2:1: error[yaml]: "),
        (
            "facts.yaml",
            "- a\n- b\n",
            "facts.yaml:1:1: error[facts]: a facts file holds `organisation:` and `facts:`",
        ),
        ("facts.yaml", "organisation: {}\n", "facts.yaml:1:1: error[facts]: "),
        ("facts.yaml", "facts: 3\n", "facts.yaml:1:1: error[facts]: "),
        (
            "facts.yaml",
            "facts: {}\nfact: {}\n",
            'facts.yaml:1:1: error[unknown-key]: found "fact"; allowed here are',
        ),
        ("facts.yaml", "facts: {}\npeers: 3\n", 'facts.yaml:1:1: error[facts]: "peers" must be'),
        ("facts.yaml", "facts: {a: 1}\nfacts: {a: 2}\n", "facts.yaml:2:1: error["),
        (
            "facts.json",
            '{\n "facts": {"a": }\n}',
            "facts.json:2:17: error[json]: this is not valid JSON: ",
        ),
        (
            "facts.json",
            '{"facts": {"a": 1, "a": 2}}',
            'facts.json:1:1: error[json]: "a" is written twice in one object',
        ),
        ("facts.json", "[" * 100_000, "facts.json:1:1: error[json]: is nested too deep for facts."),
        ("facts.json", "[]", "facts.json:1:1: error[facts]: "),
        (
            "facts.json",
            '{"facts": {"meetings": ' + "9" * 5_000 + "}}",
            "facts.json:1:1: error[json]: ",
        ),
    ],
)
def test_file_of_facts_that_cannot_be_read_is_refused(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    result = run("score", BRANCH, path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"Error: {tmp_path}/{said}")


def test_file_of_facts_that_is_no_utf_8_is_refused(tmp_path: Path) -> None:
    for name in ("facts.yaml", "facts.json"):
        path = tmp_path / name
        path.write_bytes('{"facts": {"a": "好"}}'.encode("gb18030"))
        assert run("score", BRANCH, path).exit_code == 1


def test_binary_numbers_of_json_are_refused_as_facts(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    path.write_text('{"facts": {"meetings": NaN}}', "utf-8")
    result = run("score", BRANCH, path, "--lang", "en")
    assert 'meetings: found "nan"; allowed is a whole number.' in result.stderr


def test_rule_set_that_is_wrong_is_refused(facts: Path, tmp_path: Path) -> None:
    path = tmp_path / "branch.yaml"
    path.write_text(BRANCH.read_text("utf-8").replace("points: 6", "points: 7"), "utf-8")
    result = run("score", path, facts)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"Error: {path}:")


def test_facts_in_the_place_of_the_rule_set_are_refused(facts: Path) -> None:
    result = run("score", facts, facts)
    assert (result.exit_code, result.stdout) == (1, "")


def test_score_runs_as_a_program(facts: Path) -> None:
    program = str(Path(sys.executable).with_name("evaluator"))
    done = subprocess.run(
        [program, "score", str(BRANCH), str(facts), "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, json.loads(done.stdout)["total"], done.stderr) == (0, "18.00", "")


def test_example_of_the_readme_is_scored() -> None:
    root = Path(__file__).parents[2]
    rule_set, facts = root / "rules/2026/government.yaml", root / "examples/2026/facts.yaml"
    result = run("score", rule_set, facts, "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.output)["organisation"]["id"] == "LJ-JG-012"


YOUNG = """
rule_set: young
category: demo
version: "1"
title: 新成立的不评
period: {from: 2026-01-01, to: 2026-12-31}
organisations: {part_year: not_rated, founded: born, merged: mean}
scale: {total: 10}
facts:
  born: {label: 成立日期, type: date}
  n: {label: 次数, type: integer, max: 10}
dimensions:
  - id: d
    title: 维度
    points: 10
    indicators: [{id: x, title: 一, points: 10, rule: {formula: n}}]
levels:
  measured_on: unrounded
  promotion: any
  from_low_to_high: [{id: one, title: 一星, at_least: 5}]
"""


def test_organisation_that_is_not_rated_need_not_give_every_fact(tmp_path: Path) -> None:
    rule_set, facts = tmp_path / "young.yaml", tmp_path / "facts.yaml"
    rule_set.write_text(YOUNG, "utf-8")
    facts.write_text("organisation: {name: 甲支部}\nfacts: {born: 2026-05-01}\n", "utf-8")
    table = run("score", rule_set, facts)
    assert table.output.splitlines() == [
        "甲支部",
        "总分 —  星级 未评星级",
        "· 评定周期内新成立，本轮不参加评定",
    ]
    report = json.loads(run("score", rule_set, facts, "--format", "json").output)
    assert (report["total"], report["level"], report["rated"]) == (None, None, False)

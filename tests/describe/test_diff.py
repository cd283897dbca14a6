"""What changed in meaning, and what did not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from evaluator.commands.rules import rules
from rules.diff import Change, compare
from rules.loader import load_rule_set, load_text
from rules.syntax import RuleSet

FILES = Path(__file__).parent / "files"
TEXT = (FILES / "everything.yaml").read_text(encoding="utf-8")


def changed(old: str, new: str) -> RuleSet:
    """Return the sample rule set with one text replaced, which must be there."""
    assert old in TEXT
    return load_text(TEXT.replace(old, new))


def brief(change: Change) -> tuple[str, str, str, str, str, str]:
    return (change.kind, change.part, change.id, change.aspect, change.old.zh, change.new.zh)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("points: 10\n        floor: 0\n        rule:\n          deduct:\n            - {when: not",
         "points: 12\n        floor: 0\n        rule:\n          deduct:\n            - {when: not",
         ("changed", "indicator", "election", "points", "10分", "12分")),
        ("scale: {total: 100, ceiling: 108,", "scale: {total: 100, ceiling: 110,",
         ("changed", "rule_set", "", "ceiling", "108分", "110分")),
        ("max: 500\n", "max: 800\n", ("changed", "fact", "member_count", "max", "500", "800")),
        ("source: {record: visits}", "source: asked",
         ("changed", "fact", "visits", "source", "平台台账自动取数 [visits]", "支部填报")),
        ("effect: {down: 1}", "effect: no_level",
         ("changed", "veto", "v_complaint", "effect", "降1级", "不评定任何等级")),
        ("when: satisfaction < 60%, effect", "when: satisfaction < 65%, effect",
         ("changed", "veto", "v_cap", "when", "群众满意度低于60%", "群众满意度低于65%")),
        ("every_dimension: 60%", "every_dimension: 70%",
         ("changed", "gate", "five_star", "whole",
          "每个维度的得分率不低于60%", "每个维度的得分率不低于70%")),
        ("        - require: satisfaction >= 80%\n", "",
         ("removed", "gate", "five_star", "", "群众满意度不低于80%", "")),
        ("share: 10%\n", "share: 15%\n",
         ("changed", "quota", "q_five", "share", "10%", "15%")),
        ("number: 12}", "number: 10}",
         ("changed", "quota", "q_four", "number", "12", "10")),
        ("to: 2027-01-15", "to: 2027-01-31",
         ("changed", "step", "", "whole",
          "支部自评 [2027年1月1日至2027年1月15日；支部自报等级；书记签字]",
          "支部自评 [2027年1月1日至2027年1月31日；支部自报等级；书记签字]")),
        ("at_least: 75\n", "at_least: 76\n",
         ("changed", "level", "four_star", "at_least", "75分", "76分")),
        ("promotion: one_step", "promotion: any",
         ("changed", "rule_set", "", "promotion", "one_step", "any")),
        ("missing: peers_mean", "missing: full",
         ("changed", "indicator", "satisfied", "missing", "取同类组织本项的平均分", "得满分")),
        ("    cap: 8\n", "    cap: 9\n", ("changed", "block", "bonus", "cap", "8分", "9分")),
        ("share: 60%, by: 2028", "share: 70%, by: 2028",
         ("changed", "target", "", "whole", "到2028年，四星及以上达到60%（只供掌握）",
          "到2028年，四星及以上达到70%（只供掌握）")),
        ("tolerance: 5 days", "tolerance: 9 days",
         ("changed", "measure", "meetings_missed", "way",
          "“支委会会议”（“有无记录”为“是”的）每月至少1次，统计缺少的次数，提前或推迟5天以内的仍算数",
          "“支委会会议”（“有无记录”为“是”的）每月至少1次，统计缺少的次数，提前或推迟9天以内的仍算数")),
        ("{at_least: 40, points: 10}", "{at_least: 45, points: 10}",
         ("changed", "indicator", "training", "rule",
          "按走访时长分档：不低于40小时的得10分；高于20小时、低于40小时的得6分；其余得2分。",
          "按走访时长分档：不低于45小时的得10分；高于20小时、低于45小时的得6分；其余得2分。")),
        ("levels: [five_star], actions", "levels: [four_star], actions",
         ("changed", "follow_up", "", "whole",
          "**示范组**（五星）：总结经验", "**示范组**（四星）：总结经验")),
        ("{zh: 派指导员, en: send an instructor}, ", "",
         ("changed", "follow_up", "", "whole",
          "**整顿组**（未评定等级）：派指导员；限期整改", "**整顿组**（未评定等级）：限期整改")),
        ("years_between(founded_on, period_end) >= 1", "years_between(founded_on, period_end) >= 2",
         ("changed", "eligibility", "", "whole",
          "须满足：从成立日期到评定周期末日满1年；否则（成立不满一年）不参加评定",
          "须满足：从成立日期到评定周期末日满2年；否则（成立不满一年）不参加评定")),
    ],
)  # fmt: skip
def test_one_change_is_said_once(
    old: str, new: str, expected: tuple[str, ...], everything: RuleSet
) -> None:
    found = [brief(each) for each in compare(everything, changed(old, new))]
    assert found == [expected]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("satisfaction >= 80%", "satisfaction>=80.0%"),
        ("rhythm: yearly\n", ""),
        ("share: 10%\n", "share: 10.0%\n"),
        ("    - {id: three_star,", "    # the lowest\n    - {id: three_star,"),
        ("type: integer\n    max: 500\n", "max: 500\n    type: integer\n"),
        ("ratio(attended, expected, 0)", "ratio(attended,expected,0)"),
        ('kind == "office"', "kind == 'office'"),
    ],
)
def test_spelling_is_no_change_of_meaning(old: str, new: str, everything: RuleSet) -> None:
    assert compare(everything, changed(old, new)) == []


def test_order_of_facts_is_no_change_of_meaning(everything: RuleSet) -> None:
    line = "  pledged: {label: {zh: 有承诺书, en: Has pledges}, type: boolean}\n"
    moved = TEXT.replace(line, "").replace("facts:\n", "facts:\n" + line, 1)
    assert compare(everything, load_text(moved)) == []


def test_order_of_levels_is_a_change(everything: RuleSet) -> None:
    start = TEXT.index("    - {id: three_star,")
    end = TEXT.index("    - id: four_star")
    stop = TEXT.index("    - id: five_star")
    moved = TEXT[:start] + TEXT[end:stop] + TEXT[start:end] + TEXT[stop:]
    found = [brief(each) for each in compare(everything, load_text(moved))]
    orders = "three_star、four_star、five_star", "four_star、three_star、five_star"
    assert found == [("changed", "level", "", "order", *orders)]


def test_order_of_steps_is_a_change(everything: RuleSet) -> None:
    last = "  - {step: award}\n"
    moved = TEXT.replace(last, "").replace("procedure:\n", "procedure:\n" + last)
    (found,) = compare(everything, load_text(moved))
    assert (found.part, found.aspect, found.new.zh.split("、")[0]) == ("step", "order", "命名")


def test_indicator_added_and_removed_is_said_with_its_points_and_rule(everything: RuleSet) -> None:
    start = TEXT.index("      - id: fire_office")
    end = TEXT.index("      - id: fire_shop")
    without = load_text(TEXT[:start] + TEXT[end:])
    text = "5分；“消防台账齐全”为“是”，加5分。"
    removed = brief(compare(everything, without)[0])
    added = brief(compare(without, everything)[0])
    assert removed == ("removed", "indicator", "fire_office", "", text, "")
    assert added == ("added", "indicator", "fire_office", "", "", text)


def test_indicator_that_moves_is_not_removed_and_added(everything: RuleSet) -> None:
    start = TEXT.index("      - id: fire_office")
    end = TEXT.index("      - id: fire_shop")
    stop = TEXT.index("  - id: checklist")
    pairing = TEXT.index("      - id: pairing")
    moved = TEXT[:start] + TEXT[end:pairing] + TEXT[start:end] + TEXT[pairing:]
    assert stop < pairing
    found = [brief(each) for each in compare(everything, load_text(moved))]
    groups = ("工作实绩", "五星清单")
    assert found == [("changed", "indicator", "fire_office", "group", *groups)]


def test_change_without_a_difference_in_words_shows_what_was_written(everything: RuleSet) -> None:
    twin = "  fire2: {label: {zh: 消防台账齐全, en: Fire ledger complete}, type: boolean}\n"
    text = TEXT.replace("facts:\n", "facts:\n" + twin, 1).replace("{when: fire,", "{when: fire2,")
    first = next(each for each in compare(everything, load_text(text)) if each.part == "indicator")
    assert (first.old.zh, first.new.zh) == (
        '{"rule": {"award": [{"when": "fire", "points": "5"}]}}',
        '{"rule": {"award": [{"when": "fire2", "points": "5"}]}}',
    )


@pytest.mark.parametrize("name", ["government", "soe", "community", "non_public"])
def test_rule_set_does_not_differ_from_itself(name: str) -> None:
    path = Path(__file__).parents[2] / "rules" / "2026" / f"{name}.yaml"
    assert compare(load_rule_set(path), load_rule_set(path)) == []


def test_two_categories_differ_in_every_part_that_is_not_shared() -> None:
    folder = Path(__file__).parents[2] / "rules" / "2026"
    found = compare(load_rule_set(folder / "government.yaml"), load_rule_set(folder / "soe.yaml"))
    parts = {"rule_set", "dimension", "indicator", "fact", "measure"}
    assert parts <= {each.part for each in found}
    assert all(line.strip() for each in found for line in each.lines("zh"))


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(rules, ["diff", *arguments])
    return result.exit_code, result.output


def test_diff_command_of_equal_files_exits_0() -> None:
    path = str(FILES / "everything.yaml")
    assert run(path, path) == (0, "含义没有变化。\n")
    assert run(path, path, "--lang", "en") == (0, "No change in meaning.\n")


@pytest.fixture
def newer(tmp_path: Path) -> str:
    path = tmp_path / "new.yaml"
    text = TEXT.replace("effect: {down: 1}", "effect: no_level").replace(
        "{at_least: 40, points: 10}", "{at_least: 45, points: 10}"
    )
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_diff_command_of_different_files_exits_1_and_says_what(newer: str) -> None:
    assert run(str(FILES / "everything.yaml"), newer) == (1, """\
~ 指标“教育培训”（training） 计分办法
    原: 按走访时长分档：不低于40小时的得10分；高于20小时、低于40小时的得6分；其余得2分。
    新: 按走访时长分档：不低于45小时的得10分；高于20小时、低于45小时的得6分；其余得2分。
~ 一票否决“信访查实”（v_complaint） 后果
    降1级 → 不评定任何等级
共2处变化。
""")  # fmt: skip


def test_diff_command_prints_json(newer: str) -> None:
    code, output = run(str(FILES / "everything.yaml"), newer, "--lang", "en", "--format", "json")
    assert code == 1
    assert json.loads(output)[1] == {
        "kind": "changed", "part": "veto", "id": "v_complaint", "title": "Complaint verified",
        "aspect": "effect", "old": "1 level(s) down", "new": "no level",
    }  # fmt: skip


def test_diff_command_in_trouble_exits_2(tmp_path: Path) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text("rule_set: wrong\n", encoding="utf-8")
    assert run(str(path), str(FILES / "everything.yaml"))[0] == 2

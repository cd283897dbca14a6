"""The board: levels after quotas as the scoring gives them, cut lines, ties and their keys."""

from __future__ import annotations

from typing import Any

from deciding_round import DECIDED_RULES

from evaluator.decisions.board import Board, board_of
from evaluator.scoring.inputs import Organisation
from evaluator.scoring.round import Category
from rules.loader import load_text

BASE: dict[str, Any] = {
    "meetings": "4",
    "brand": "true",
    "satisfied": "100%",
    "honoured": "false",
    "violations": [],
    "services": "10",
}


def entry(code: str, quality: int, committee: str = "东", **facts: Any) -> Any:
    judged = {"value": str(quality), "reason": "已核"}
    who = Organisation(code, f"{code}支部", "community", committee)
    return who, {**BASE, "attitude": judged, **facts}


def board(*entries: Any, rules: str = DECIDED_RULES) -> Board:
    return board_of(Category(load_text(rules)), "community", entries)


def levels(found: Board) -> dict[str, str]:
    return {each.code: found.level_id(each.level) for each in found.candidates}


def test_ranking_follows_levels_after_quotas() -> None:
    found = board(entry("A", 12), entry("B", 14), entry("C", 0, "西"))
    assert levels(found) == {"B": "five_star", "A": "four_star", "C": "four_star"}
    assert [(each.number, each.code, each.total) for each in found.candidates] == [
        (1, "B", 940_000),
        (2, "A", 920_000),
        (3, "C", 800_000),
    ]
    moved = found.by_code["A"]
    assert found.level_id(moved.own) == "five_star"
    assert [step.zh for step in moved.steps] == [
        "名额限制：五星级不超过1个，按总分择优，未进入名额，评定为四星级"
    ]


def test_tie_is_told_apart_by_the_key_of_the_rule_set() -> None:
    found = board(entry("A", 14), entry("B", 14, meetings="5"))
    cut = found.cut("five:")
    assert cut is not None
    assert [(each.code, each.number, each.stays, each.is_tied) for each in cut.places] == [
        ("B", 1, True, False),
        ("A", 2, False, False),
    ]
    assert [each.told_apart for each in cut.places] == [0, 0]
    assert [list(map(int, each.ties)) for each in cut.places] == [[5], [4]]
    assert (cut.line, list(cut.at_line)) == (1, [])


def test_tie_after_all_keys_is_shown_and_leaves_nobody() -> None:
    found = board(entry("A", 14), entry("B", 14), entry("C", 12, "西"))
    cut = found.cut("five:")
    assert cut is not None
    assert [(each.code, each.number, each.stays) for each in cut.at_line] == [
        ("A", 1, False),
        ("B", 1, False),
    ]
    assert cut.line == 0
    assert cut.report.held == 0


def test_tie_after_all_keys_stays_where_the_rule_set_includes_it() -> None:
    included = DECIDED_RULES.replace(
        "number: 1, ties: exclude, tie", "number: 1, ties: include, tie"
    )
    found = board(entry("A", 14), entry("B", 14), rules=included)
    cut = found.cut("five:")
    assert cut is not None
    assert [each.stays for each in cut.at_line] == [True, True]
    assert (cut.line, cut.report.held, cut.report.limit) == (2, 2, 1)


def test_cut_lines_are_drawn_for_each_committee() -> None:
    found = board(entry("A", 4), entry("B", 3), entry("C", 2, "西"))
    held = [(each.key, each.report.limit, each.line, len(each.places)) for each in found.cuts]
    assert held == [("five:", 1, 0, 0), ("fours:东", 1, 1, 2), ("fours:西", 1, 1, 1)]
    assert levels(found) == {"A": "four_star", "C": "four_star", "B": "three_star"}


def test_order_of_a_lower_quota_begins_with_the_weakest() -> None:
    lower = DECIDED_RULES.replace(
        "quotas:\n",
        "quotas:\n  - {id: weak, level: three_star, kind: at_least, number: 1, ties: exclude}\n",
    )
    found = board(entry("A", 14), entry("B", 4), entry("C", 3, "西"), rules=lower)
    cut = found.cut("weak:")
    assert cut is not None
    assert [(each.code, each.stays) for each in cut.places] == [
        ("C", False),
        ("B", True),
        ("A", True),
    ]
    assert (cut.line, list(cut.at_line)) == (1, [])
    assert levels(found)["C"] == "three_star"


def test_who_cannot_be_scored_or_did_not_apply_stands_apart() -> None:
    who, facts = entry("B", 14)
    lacking = {name: value for name, value in facts.items() if name != "services"}
    outside = Organisation("C", "C支部", "community", "东", applied=False)
    found = board(entry("A", 14), (who, lacking), (outside, facts))
    assert list(levels(found)) == ["A"]
    assert [each.organisation.id for each in found.refused] == ["B"]
    assert found.outside == 1


def test_quotas_that_people_break_are_named() -> None:
    found = board(entry("A", 14), entry("B", 12), entry("C", 2, "西"))
    assert found.broken_by({}) == []
    broken = found.broken_by({"B": "five_star"})
    assert [(each.quota.id, each.held, each.limit) for each in broken] == [("five", 2, 1)]
    assert found.broken_by({"B": "three_star"}) == []


def test_gate_that_keeps_from_a_level_is_named() -> None:
    gated = DECIDED_RULES.replace(
        "      at_least: 90\n", "      at_least: 90\n      gates: [{require: meetings >= 6}]\n"
    )
    found = board(entry("A", 14), entry("B", 2, "西"), rules=gated)
    assert [each.level for each in found.missed_gates(found.by_code["A"])] == ["five_star"]
    assert found.missed_gates(found.by_code["B"]) == []


def test_digest_tells_another_outcome() -> None:
    one, same = board(entry("A", 14)), board(entry("A", 14))
    assert one.digest == same.digest
    assert one.digest != board(entry("A", 13)).digest

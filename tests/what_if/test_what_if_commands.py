"""`evaluator what-if`, `sensitivity` and `thresholds` as a shell runs them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result
from small_round import TEXT, rules, submissions

from evaluator.cli import main
from evaluator.files.flat_writers import write_csv, write_parquet
from evaluator.files.workbook import write_workbook

OTHER = (("at_least: 24", "at_least: 26"), ("below: 24", "below: 26"), ("share: 20%", "share: 5%"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hold both rule sets, each in a folder of its own, and the round in every kind of file."""
    made = tmp_path_factory.mktemp("round")
    other = TEXT
    for old, new in OTHER:
        other = other.replace(old, new)
    for name, text in (("a", TEXT), ("b", other)):
        (made / name).mkdir()
        (made / name / "branch.yaml").write_text(text, "utf-8")
    given = {"branch": rules()}
    write_csv(given, made / "round.csv", submissions())
    write_parquet(given, made / "round.parquet", submissions())
    write_workbook(given, made / "round.xlsx", submissions())
    return made


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(main, [str(each) for each in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@cache
def what_if(folder: Path, data: str, *more: object) -> Any:
    result = run("what-if", folder / "a", folder / "b", folder / data, "--json", *more)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.parametrize("data", ["round.csv", "round.parquet"])
def test_files_read_as_columns_come_to_the_same_as_a_workbook(folder: Path, data: str) -> None:
    assert what_if(folder, data) == what_if(folder, "round.xlsx")


def test_moves_quotas_and_changes_are_told(folder: Path) -> None:
    found = what_if(folder, "round.csv")
    moves = found["all"]["moves"]
    assert (moves["organisations"], moves["fall"] > 0, moves["other"]) == (300, True, 0)
    assert sum(each["fall"] for each in found["committees"]) == moves["fall"]
    assert sum(map(sum, found["all"]["matrix"]["counts"])) == 300
    fives = found["categories"][0]["quotas"][0]
    assert [fives[side]["amount"] for side in ("before", "after")] == ["20%", "5%"]
    said = [line for each in found["changes"] for line in each["lines"]["zh"]]
    assert "    24分 → 26分" in said


def test_text_names_the_changes_and_whoever_moved(folder: Path) -> None:
    result = run("what-if", folder / "a", folder / "b", folder / "round.csv")
    moves = what_if(folder, "round.csv")["all"]["moves"]
    assert "  ~ 名额“五星级”（fives） 比例" in result.output
    assert f"支部：共300个，下降{moves['fall']}，上升{moves['rise']}" in result.output


def test_one_file_is_compared_with_another(folder: Path) -> None:
    files = [folder / name / "branch.yaml" for name in ("a", "b")]
    found = json.loads(run("what-if", *files, folder / "round.csv", "--json").stdout)
    assert found == what_if(folder, "round.csv")


def test_same_rules_move_nobody(folder: Path) -> None:
    result = run("what-if", folder / "a", folder / "a", folder / "round.csv", "--json")
    found = json.loads(result.stdout)
    assert (found["changes"], found["all"]["moves"]["stay"]) == ([], 300)


def test_files_hold_whoever_would_lose_a_level(folder: Path, tmp_path: Path) -> None:
    moves = what_if(folder, "round.parquet", "--out", tmp_path)["all"]["moves"]
    losers = pq.read_table(tmp_path / "losers.parquet").to_pylist()
    assert len(losers) == moves["fall"]
    order = ["", "three_star", "four_star", "five_star"]
    for each in losers:
        after = each["after"] if each["after"] in order else ""
        assert order.index(after) < order.index(each["before"])
        assert each["reason_zh"]
    assert pq.read_table(tmp_path / "movers.parquet").num_rows == moves["fall"] + moves["rise"]
    text = (tmp_path / "losers.csv").read_text("utf-8-sig").splitlines()
    assert (text[0].split(",")[0], len(text)) == ('"id"', moves["fall"] + 1)
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        *("committees.csv", "flow.pdf", "flow.svg", "losers.csv", "losers.parquet"),
        *("movers.parquet", "what-if.html", "what-if.json"),
    ]


def test_page_escapes_names_and_needs_no_script(folder: Path, tmp_path: Path) -> None:
    what_if(folder, "round.csv", "--out", tmp_path)
    page = (tmp_path / "what-if.html").read_text("utf-8")
    assert ("<script" in page, "http" in page.replace("http://www.w3.org", "")) == (False, False)
    loser = pq.read_table(tmp_path / "losers.parquet").to_pylist()[0]
    assert f"<td>{loser['name']}</td>" in page


@pytest.mark.parametrize("data", ["round.csv", "round.xlsx"])
def test_fact_that_one_side_needs_and_nobody_has_is_named(
    folder: Path, tmp_path: Path, data: str
) -> None:
    other = tmp_path / "other.yaml"
    fact = "facts:\n  visits: {label: 走访, type: integer, max: 4}\n"
    text = TEXT.replace("facts:\n", fact).replace("each: lessons", "each: visits")
    other.write_text(text.replace("lessons > 0", "lessons > 1"), "utf-8")
    result = run("what-if", folder / "a" / "branch.yaml", other, folder / data)
    assert "暂不能计分；数据中无人填写：“走访”（visits）。" in result.output


def test_rules_of_other_categories_are_refused(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "shop.yaml"
    other.write_text(TEXT.replace("category: branch", "category: shop"), "utf-8")
    result = run("what-if", folder / "a", other, folder / "round.csv")
    assert (result.exit_code, "a category that both rate" in result.output) == (1, True)


@pytest.mark.parametrize("data", ["round.csv", "round.xlsx"])
def test_sensitivity_ranks_every_indicator(folder: Path, tmp_path: Path, data: str) -> None:
    out = ("--out", tmp_path)
    result = run("sensitivity", folder / "a", folder / data, "--json", *out)
    (found,) = json.loads(result.stdout)
    assert found["indicators"][0]["indicator"] == "meetings"
    assert {each["indicator"] for each in found["indicators"]} == {
        *("meetings", "lessons", "satisfaction", "deeds", "faults")
    }
    assert (tmp_path / "sensitivity.html").is_file()
    shown = run("sensitivity", folder / "a", folder / data).output
    assert "支部：参加评定" in shown


def test_thresholds_print_what_to_write(folder: Path) -> None:
    arguments = ("thresholds", folder / "a", folder / "round.csv", "--target", "four_star=40%")
    (found,) = json.loads(run(*arguments, "--json").stdout)
    level = found["levels"][0]
    assert f"          at_least: {level['at_least']}  # 18" in run(*arguments).output
    assert "写入branch.yaml（只改动本类别）" in run(*arguments).output
    own = run("thresholds", folder / "a", folder / "round.csv", "--json")
    assert json.loads(own.stdout) == [found]


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--target", "four_star", "a level and a share"),
        ("--target", "four_star=140%", "a level and a share"),
        ("--target", "fuor_star=40%", "four_star"),
        ("--step", "0", "points above 0"),
        ("--step", "x", "points above 0"),
    ],
)
def test_wrong_target_or_step_is_refused(folder: Path, option: str, value: str, said: str) -> None:
    result = run("thresholds", folder / "a", folder / "round.csv", option, value)
    assert (result.exit_code, said in result.output) == (2, True)

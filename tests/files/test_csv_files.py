"""CSV as offices write it: every encoding they use, labels above the keys, broken quotes."""

from __future__ import annotations

from pathlib import Path

import pytest
from round_samples import errors_of, firm, office, rule_sets, told

from evaluator.files import read_round, write_csv

SUBMISSIONS = [office(), firm(), office("JG-2", taste=None)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encoding_is_found_out(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "round.csv"
    write_csv(rule_sets(), path, SUBMISSIONS, encoding)
    assert ("䶮" in path.read_text(encoding=encoding), told(read_round(path, rule_sets()))) == (
        True,
        told(SUBMISSIONS),
    )


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ("category,id".encode("utf-16"), 'is no text in UTF-8 or GB18030; save it as "CSV UTF-8"'),
        (b"category,id\n\xff\xff", 'is neither UTF-8 nor GB18030; save it as "CSV UTF-8"'),
        (
            "类别,编号\noffice,1".encode(),
            'no row of keys with "id" within the first 10 lines; keep that row as in the template',
        ),
        (
            b"",
            'no row of keys with "id" within the first 10 lines; keep that row as in the template',
        ),
    ],
)
def test_file_that_cannot_be_read_is_refused(content: bytes, error: str, tmp_path: Path) -> None:
    path = tmp_path / "round.csv"
    path.write_bytes(content)
    assert errors_of(path) == [f"round.csv: {error}"]


def test_sheet_saved_as_csv_keeps_its_rows_of_labels(tmp_path: Path) -> None:
    path = tmp_path / "round.csv"
    lines = [
        "基本信息,,,",
        "类别,编号,名称,党委",
        "category,id,name,committee",
        "firm,1,甲,乙",
        ",,,",
    ]
    path.write_text("\r\n".join(lines), encoding="gb18030")
    [read] = read_round(path, rule_sets())
    assert (read.organisation.id, read.where) == ("1", "round.csv line 4")


def test_row_says_on_which_line_it_begins(tmp_path: Path) -> None:
    path = tmp_path / "round.csv"
    path.write_text(
        'category,id,name,committee\nfirm,1,"甲\n支部",乙\n\nfirm,2,丙,乙', encoding="utf-8"
    )
    read = read_round(path, rule_sets())
    assert [(each.organisation.name, each.where) for each in read] == [
        ("甲\n支部", "round.csv line 2"),
        ("丙", "round.csv line 5"),
    ]


def test_every_line_of_a_long_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "round.csv"
    numbers = [f"JG-{number}" for number in range(30)]
    write_csv(rule_sets(), path, [office(number) for number in numbers])
    assert [each.organisation.id for each in read_round(path, rule_sets())] == numbers


def test_broken_quotes_are_told_with_what_was_found_before(tmp_path: Path) -> None:
    path = tmp_path / "round.csv"
    good = [f"firm,{number},甲,乙" for number in range(11)]
    lines = ["category,id,name,committee", "firm,,甲,乙", *good, 'firm,99,"甲"丙,乙']
    path.write_text("\n".join(lines), encoding="utf-8")
    assert errors_of(path) == [
        "round.csv line 2, column id: is empty; give it a value",
        "round.csv line 14: quotes or commas are wrong (',' expected after '\"'); save it again "
        "from a spreadsheet",
    ]

"""Any text is cut into the same records by both readers, wherever a part of it ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from columnar_rounds import by_columns, by_rows
from hypothesis import given, settings
from hypothesis import strategies as st
from round_samples import firm, named, office, rule_sets

from evaluator.files import TableErrors, write_csv
from evaluator.files.columnar.csv_blocks import blocks_of, lines_of
from evaluator.files.columnar.csv_parts import CsvParts

HEADER = "category,id,name,committee"


def same(path: Path, most: int) -> list[object]:
    """Return what both readers make of a file, which is the same: organisations, or errors."""
    found: list[list[object]] = []
    for read in (by_rows, lambda path, rules: by_columns(path, rules, most)):
        try:
            found.append(list(read(path, rule_sets())))
        except TableErrors as error:
            found.append([str(each) for each in error.problems])
    assert found[0] == found[1]
    return found[1]


@settings(max_examples=150)
@given(
    lines=st.lists(
        st.lists(
            st.sampled_from(
                ["firm", "1", "2", "甲", '"', '""', '"甲"', ",", ",", "'=", " ", "\r", "\n"]
            ),
            max_size=9,
        ).map("".join),
        max_size=5,
    ),
    good=st.integers(0, 3),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]),
    most=st.integers(1, 4),
)
def test_any_text_is_read_or_refused_alike(
    lines: list[str],
    good: int,
    end: str,
    encoding: str,
    most: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.mktemp("round") / "round.csv"
    records = [f'firm,N{number},"甲,{end}""乙""",丙' for number in range(good)]
    text = end.join([HEADER, *records, *lines, *records[:1]])
    path.write_bytes(text.encode(encoding))
    same(path, most)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encoding_of_the_whole_file_is_found_out(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "round.csv"
    several = [named(office(f"JG-{number}"), "ascii") for number in range(5)]
    write_csv(rule_sets(), path, [*several, firm()], encoding)
    assert [len(same(path, most)) for most in (1, 2, 100)] == [6, 6, 6]


def test_quotes_and_ends_of_lines_in_cells_split_no_record(tmp_path: Path) -> None:
    path = tmp_path / "round.csv"
    names = ['甲\n"乙"', "甲\r\n乙", '"', '""', ",", "\n", "甲"]
    rows = [named(firm(f"LX-{number}"), name) for number, name in enumerate(names)]
    write_csv(rule_sets(), path, rows)
    blocks = blocks_of(path, 1)[1]
    assert ([each.records for each in blocks], {each.is_regular for each in blocks}) == (
        [1] * 8,
        {True},
    )
    assert [blocks[number].line for number in (0, 1, 2, 3)] == [1, 2, 4, 6]
    assert len(same(path, 3)) == 7


def test_quote_inside_a_cell_makes_only_its_own_block_slow(tmp_path: Path) -> None:
    path = tmp_path / "round.csv"
    lines = [HEADER, *(f"firm,{number},甲,乙" for number in range(9))]
    lines[5] = 'firm,4,5" 管,乙'
    path.write_text("\n".join(lines), encoding="utf-8")
    # Of one window all is slow, and what follows the block is looked at anew.
    assert [each.is_regular for each in blocks_of(path, 3)[1]] == [False, False, True, True]
    assert [len(same(path, most)) for most in (1, 3, 100)] == [9, 9, 9]


def test_blocks_end_where_the_window_or_the_number_of_records_does(tmp_path: Path) -> None:
    path = tmp_path / "round.csv"
    path.write_text("\n".join([HEADER, *(f"firm,{number},甲,乙" for number in range(30))]), "utf-8")
    for most, window in ((1, 1), (4, 64), (100, 50), (100, 10_000)):
        encoding, blocks = blocks_of(path, most, window)
        assert (encoding, sum(each.records for each in blocks)) == ("utf-8", 31)
        assert [each.end for each in blocks[:-1]] == [each.start for each in blocks[1:]]
        assert (blocks[0].start, blocks[-1].end) == (0, path.stat().st_size)
        assert max(each.records for each in blocks) <= most


def test_records_of_different_lengths_are_read_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "round.csv"
    lines = [f"{HEADER},minutes,growth", "office,1,甲,乙", "office,2,甲,乙,3,,", "office,3,甲,乙,3"]
    path.write_text("\n".join([*lines, "", " ", ",,,,,,,"]), encoding="utf-8")
    assert [len(same(path, most)) for most in (1, 2, 100)] == [3, 3, 3]
    assert CsvParts(path, 100).frame(0).spelling == "plain"


@pytest.mark.parametrize(
    ("content", "ends", "records", "is_regular"),
    [
        (b"", [], [], True),
        (b"a", [1], [1], True),
        (b"a\nb\r\nc\rd", [2, 5, 7, 8], [2, 5, 7, 8], True),
        (b'"a\nb",c\n', [3, 8], [8], True),
        (b'"a""b"\n""\n', [7, 10], [7, 10], True),
        (b'a"b\nc"d\n', [4, 8], [8], False),
        (b'"a"b\n', [5], [5], False),
        (b' "a"\n', [5], [5], False),
        (b'"a\n', [3], [], False),
    ],
)
def test_lines_and_records_are_told_apart(
    content: bytes, ends: list[int], records: list[int], is_regular: bool
) -> None:
    found = lines_of(content)
    assert (found.ends.tolist(), found.records.tolist(), found.is_regular) == (
        ends,
        records,
        is_regular,
    )

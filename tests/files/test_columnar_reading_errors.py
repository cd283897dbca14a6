"""Both readers refuse the same files, in the same words."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from columnar_rounds import refused_by_columns
from round_samples import errors_of, firm, office, rule_sets

from evaluator.files import write_parquet
from evaluator.files.columnar import RoundParts, count_rows
from evaluator.files.submissions import TableErrors

HEADER = "category,id,name,committee"
KEYS = "category,id,name,committee,previous_level,years_at_level,applied,founded,members"
EVENT = '{""date"": ""2026-01-02"", ""giver"": ""city"", ""matter"": ""x"", ""winners"": 3}'


def written(folder: Path, lines: tuple[str, ...]) -> Path:
    path = folder / "round.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "lines",
    [
        (f"{HEADER},minutes", "office,1,甲,乙,12.5", "office,2,甲,乙,61", "office,3,甲,乙,many"),
        (f"{HEADER},growth", "office,1,甲,乙,0.12345", "office,2,甲,乙,2026-03-05"),
        (f"{HEADER},satisfaction", "office,1,甲,乙,95.5", "office,2,甲,乙,95.5%"),
        (f"{HEADER},elected", "office,1,甲,乙,maybe", "office,2,甲,乙,"),
        (f"{HEADER},founded", "office,1,甲,乙,2026/1/5", "office,2,甲,乙,2026-02-30"),
        (f"{HEADER},previous_level", "office,1,甲,乙,四颗星", "office,2,甲,乙,四星级"),
        (f"{HEADER},years_at_level", "office,1,甲,乙,-1", "office,2,甲,乙,100"),
        (f"{HEADER},applied", "office,1,甲,乙,也许"),
        (HEADER, "office,,甲,乙", "office,2, ,乙", "office,3,甲,"),
        (f"{HEADER},taste,taste.reason", "office,1,甲,乙,3,", "office,2,甲,乙,,好"),
        (f"{HEADER},taste.reason", "office,1,甲,乙,好"),
        (HEADER, "office,A-1,甲,乙", "firm,B-1,甲,乙", "firm,A-1,甲,乙", "office,A-1,甲,乙"),
        (f"{HEADER},minutes", "offic,A-1,甲,乙,3", "office,A-1,甲,乙,3", "office,A-1,甲,乙,61"),
        (HEADER, "office,3.20506199001011e+17,甲,乙", "office,3.20506199001011e+17,甲,乙"),
        (f"{HEADER},minuts,", "office,1,甲,乙,3,"),
        (f"{HEADER},minuts", "office,1,甲,乙,3", "office,,甲,乙,3"),
        (f"{HEADER},minutes,minutes", "office,1,甲,乙,3,4"),
        ("id,name,taste", "1,甲,3"),
        (HEADER, "office,1,甲,乙,x,y", "office,2,甲,乙,x"),
        (f"{HEADER},,minutes", "office,1,甲,乙,,3", "office,2,甲,乙,x,3", "office,3,甲,乙,x,3"),
        (HEADER, "offices,1,甲,乙", ",2,甲,乙", ",,,"),
        (f"{HEADER},kind", "office,1,甲,乙,shop", "firm,2,甲,乙,shop", "firm,3,甲,乙,shopp"),
        (f"{HEADER},defence", "firm,1,甲,乙,90; 101", 'firm,2,甲,乙,"90、8,x"'),
        (f"{HEADER},honours.date", "office,1,甲,乙,2026-01-01"),
        (HEADER,),
        (HEADER, "", ",,,"),
    ],
)
@pytest.mark.parametrize("most", [2, 1_000])
def test_cells_that_are_wrong_are_told_alike(
    lines: tuple[str, ...], most: int, tmp_path: Path
) -> None:
    path = written(tmp_path, lines)
    assert refused_by_columns(path, rule_sets(), most) == errors_of(path)


@pytest.mark.parametrize(
    "events",
    [
        '[{""date"": ""2026-01-02"", ""giver"": ""city"", ""matter"": ""x""}]',
        '[{""day"": ""2026-01-02""}]',
        '[{""date"": ""2026-01-32""}]',
        "3",
        "[",
        "[{}, {}, {}, {}]",
        f"[{EVENT}, {EVENT}, {EVENT}, {EVENT}]",
        f"[{EVENT},]",
        f"[{EVENT.replace('3', '03')}]",
        f"[{EVENT.replace('3', '101')}]",
        f"[{EVENT[:-1]}.5}}]",
        f"[{EVENT[:-1]}e1}}]",
        f"[{EVENT.replace('3', 'true')}]",
        f"[{EVENT.replace('3', 'null')}]",
        f"[{EVENT.replace('x', '')}]",
        f"[{EVENT.replace('city', 'City ')}, {EVENT.replace('city', 'town')}]",
        f"[{EVENT[:-1]}, foo: 1}}}}]",
    ],
)
def test_events_that_are_wrong_are_told_alike(events: str, tmp_path: Path) -> None:
    lines = (f"{HEADER},honours", f'office,1,甲,乙,"[{EVENT}]"', f'office,2,甲,乙,"{events}"')
    path = written(tmp_path, lines)
    assert refused_by_columns(path, rule_sets()) == errors_of(path)


@pytest.mark.parametrize(
    "content",
    [
        "category,id".encode("utf-16"),
        b"category,id\n\xff\xff",
        "类别,编号\noffice,1".encode(),
        b"",
        f'{HEADER}\noffice,"1'.encode(),
    ],
)
def test_file_that_is_no_table_is_told_alike(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "round.csv"
    path.write_bytes(content)
    assert refused_by_columns(path, rule_sets()) == errors_of(path)


def test_broken_quotes_are_told_with_what_was_found_before(tmp_path: Path) -> None:
    good = [f"firm,{number},甲,乙" for number in range(11)]
    path = written(tmp_path, (HEADER, "firm,,甲,乙", *good, 'firm,99,"甲"丙,乙', "firm,,甲,乙"))
    for most in (2, 5, 1_000):
        assert refused_by_columns(path, rule_sets(), most) == errors_of(path)


def test_damaged_parquet_is_told_alike(tmp_path: Path) -> None:
    path = tmp_path / "round.parquet"
    path.write_bytes(b"not at all what the name says")
    assert refused_by_columns(path, rule_sets()) == errors_of(path)
    with pytest.raises(TableErrors):
        count_rows(path)


def test_damage_inside_a_parquet_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "round.parquet"
    write_parquet(rule_sets(), path, [office(), firm()])
    content = bytearray(path.read_bytes())
    content[4:40] = bytes(36)
    path.write_bytes(content)
    [error] = refused_by_columns(path, rule_sets())
    assert error.startswith("round.parquet: is no Parquet file, or a damaged one (")


def test_bytes_that_are_no_text_are_damage(tmp_path: Path) -> None:
    path = tmp_path / "round.parquet"
    wrong = pa.array([b"\xff"], pa.binary()).view(pa.string())
    standing = {"category": ["office"], "id": ["1"], "name": wrong, "committee": ["乙"]}
    pq.write_table(pa.table(standing), path)
    [error] = refused_by_columns(path, rule_sets())
    assert error.startswith("round.parquet: is no Parquet file, or a damaged one (")


def test_of_very_many_flawed_rows_the_first_are_shown_and_all_counted(tmp_path: Path) -> None:
    rows = [f"office,{number},甲,乙,x" for number in range(2_500)]
    path = written(tmp_path, (f"{HEADER},minutes", *rows))
    errors = refused_by_columns(path, rule_sets(), 700)
    assert errors[:-1] == errors_of(path)[:1_000]
    assert errors[-1] == (
        "round.csv line 1: 2500 rows are wrong, of which 1000 are shown above; mend these first"
    )


def test_part_without_flaws_is_no_use_in_a_file_with_unknown_keys(tmp_path: Path) -> None:
    path = written(tmp_path, (f"{HEADER},minuts", "office,1,甲,乙,3"))
    assert RoundParts(path, rule_sets()).read(0).categories == {}

"""A small round of two categories as a CSV file."""

from __future__ import annotations

from pathlib import Path

HEAD = (
    "id,name,committee,category,previous_level,years_at_level,applied,"
    "elected,meetings,satisfaction,taste,taste.reason,violations,visits"
)
ROWS = [
    "a1,甲支部,机关工委,branch,none,0,是,是,12,90%,4,有特色,0,",  # 19
    "a2,乙支部,机关工委,branch,none,0,是,是,12,90%,3.5,有亮点,0,",  # 18.5: beyond the quota
    "a3,丙支部,机关工委,branch,none,0,是,否,12,89.9%,2.255,较平常,0,",  # 6 + 4.99 + 2.26
    "a4,丁支部,机关工委,branch,none,0,是,是,12,100%,5,突出,1,",  # veto
    "a5,戊支部,机关工委,branch,none,0,否,,,,,,,",
    "b1,己支部,两新工委,shop,none,0,是,,,,,,,7",
]


def write_round(folder: Path, *rows: str) -> Path:
    """Write the rows, those of the usual round where none are given."""
    path = folder / "round.csv"
    path.write_text("\n".join([HEAD, *(rows or ROWS)]) + "\n", "utf-8")
    return path

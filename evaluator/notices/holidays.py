"""The holidays of the State Council: of a package that is kept up, and of files in YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from chinese_calendar import constants

from evaluator.notices.calendar import WorkingCalendar, Year

OURS = Path(__file__).with_name("holidays.yaml")
_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
}
_FIELDS = {"published", "document", "free", "worked"}
_LONGEST = 31


class HolidayFileError(ValueError):
    """A file of holidays that says something it cannot mean; the words name file, year, value."""


def working_calendar(further: Path | None = None) -> WorkingCalendar:
    """Return the calendar of all known years; a further file replaces those that it names."""
    files = [OURS, *([further] if further is not None and further.is_file() else [])]
    return _calendar(tuple((each, each.stat().st_mtime_ns) for each in files))


@lru_cache(8)
def _calendar(files: tuple[tuple[Path, int], ...]) -> WorkingCalendar:
    read = [_read(path) for path, _ in files]
    orders = {year: words for content in read for year, words in content["orders"].items()}
    years = {year: _of_package(year, orders.get(year, "")) for year in _known_years()}
    for (path, _), content in zip(files, read, strict=True):
        for year, given in content["years"].items():
            years[year] = _year(f"{path.name}, {year}", year, given)
    return WorkingCalendar(years)


def _known_years() -> list[int]:
    return sorted({day.year for day in constants.holidays})


def _of_package(year: int, document: str) -> Year:
    off = {
        day: _NAMES.get(name, name) for day, name in constants.holidays.items() if day.year == year
    }
    worked = frozenset(day for day in constants.workdays if day.year == year)
    return Year(off, worked, document)


def _read(path: Path) -> dict[str, dict[int, Any]]:
    try:
        content = yaml.safe_load(path.read_text("utf-8")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise HolidayFileError(f"{path.name}: {error}") from error
    if not isinstance(content, dict) or set(content) - {"orders", "years"}:
        raise HolidayFileError(f"{path.name}: expected orders and years, nothing else")
    found = {key: content.get(key) or {} for key in ("orders", "years")}
    for key, values in found.items():
        if not isinstance(values, dict) or not all(isinstance(year, int) for year in values):
            raise HolidayFileError(f"{path.name}: {key} must name years, such as 2027")
    return found


def _year(where: str, year: int, given: Any) -> Year:
    if not isinstance(given, dict) or set(given) - _FIELDS:
        raise HolidayFileError(f"{where}: allowed are {', '.join(sorted(_FIELDS))}")
    off: dict[date, str] = {}
    for row in given.get("free") or []:
        if not isinstance(row, dict) or not row.get("name"):
            raise HolidayFileError(f"{where}: {row!r} must be {{from, to, name}} or {{day, name}}")
        off.update(dict.fromkeys(_row(where, row), str(row["name"])))
    worked = frozenset(_date(where, each) for each in given.get("worked") or [])
    _check(where, year, off, worked)
    published = given.get("published", True)
    if not isinstance(published, bool):
        raise HolidayFileError(f"{where}: published must be true or false, not {published!r}")
    return Year(off, worked, str(given.get("document") or ""), published)


def _row(where: str, row: Mapping[str, Any]) -> Iterator[date]:
    first = _date(where, row.get("from", row.get("day")))
    last = _date(where, row.get("to", first))
    if not first <= last <= first + timedelta(days=_LONGEST):
        raise HolidayFileError(f"{where}: {first} to {last} is no row of days")
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def _date(where: str, value: Any) -> date:
    if type(value) is not date:
        raise HolidayFileError(f"{where}: {value!r} is no day, write it as 2027-02-05")
    return value


def _check(where: str, year: int, off: Mapping[date, str], worked: frozenset[date]) -> None:
    for day in sorted({*off, *worked}):
        if day.year != year:
            raise HolidayFileError(f"{where}: {day} lies in another year")
    for day in sorted(worked):
        if day.weekday() < 5 or day in off:
            raise HolidayFileError(f"{where}: {day} is worked anyway, or stands under free as well")

"""A report as a table in the terminal."""

from __future__ import annotations

from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

_WORDS = {
    "zh": {
        "total": "总分",
        "level": "星级",
        "none": "未评星级",
        "indicator": "指标",
        "points": "得分",
        "reason": "说明",
        "next": "距离“{}”还差：",
        "veto": "一票否决",
        "top": "已达到最高星级。",
        "gain": "可得{}分",
        "out": "不计",
    },
    "en": {
        "total": "Total",
        "level": "Level",
        "none": "no level",
        "indicator": "Indicator",
        "points": "Points",
        "reason": "Reason",
        "next": 'Missing for "{}":',
        "veto": "Veto",
        "top": "The highest level is reached.",
        "gain": "+{}",
        "out": "–",
    },
}


def print_report(report: dict[str, Any], language: str) -> None:
    """Print one organisation's report: the result, each indicator, what the next level needs."""
    console = Console(highlight=False, markup=False)
    words = _WORDS[language]
    level = report["level_title"][language] if report["level"] else words["none"]
    console.print(report["organisation"]["name"] or report["organisation"]["id"], style="bold")
    console.print(f"{words['total']} {report['total'] or '—'}  {words['level']} {level}")
    for step in report["level_steps"]:
        console.print(f"· {step[language]}")
    for veto in report["vetoes"]:
        console.print(f"{words['veto']}: {veto['title'][language]}", style="red")
    if not report["indicators"]:
        return
    console.print(_indicators(report, language))
    for line in _next_level(report["next_level"], language):
        console.print(line)


def _indicators(report: dict[str, Any], language: str) -> Table:
    words = _WORDS[language]
    table = Table(box=box.SIMPLE, pad_edge=False)
    table.add_column(words["indicator"], max_width=28, overflow="fold")
    table.add_column(words["points"], justify="right", no_wrap=True)
    table.add_column(words["reason"], ratio=1, overflow="fold")
    for each in report["indicators"]:
        best = "0.00" if each["deducts"] else each["max"]
        full = each["points"] == best or not each["counts"]
        points = f"{each['points']} / {each['max']}" if each["counts"] else words["out"]
        table.add_row(
            each["title"][language],
            points,
            each["reason"][language],
            style="" if full else "yellow",
        )
    return table


def _next_level(above: dict[str, Any] | None, language: str) -> list[str]:
    words = _WORDS[language]
    if above is None:
        return [words["top"]]
    lines = [words["next"].format(above["title"][language])]
    for missing in above["missing"]:
        lines.append(f"  · {missing['text'][language]}")
        for chance in missing.get("cheapest", []):
            gain = words["gain"].format(chance["gain"])
            lines.append(f"      {chance['title'][language]}  {gain}  {chance['how'][language]}")
    return lines

"""A what-if in the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_SHOWN = 10
Json = dict[str, Any]


def lines(found: Json) -> Iterator[str]:
    """Yield what a what-if comes to, line by line."""
    yield "调整了什么："
    for change in found["changes"]:
        yield from (f"  {line}" for line in change["lines"]["zh"])
    if not found["changes"]:
        yield "  两套规则含义相同。"
    for category in found["categories"]:
        yield f"{category['title']['zh']}：{_moves(category['moves'])}"
        yield from _matrix(category["matrix"])
        yield from _quotas(category["quotas"])
        yield from _refused(category["refused"])
    if len(found["categories"]) > 1:
        yield f"全部：{_moves(found['all']['moves'])}"
        yield from _matrix(found["all"]["matrix"])
    yield from _committees(found["committees"])
    for side, where in (("only_before", "调整前"), ("only_after", "调整后")):
        for name in found[side]:
            yield f"“{name}”类只在{where}的规则中，未比较。"


def _moves(moves: Json) -> str:
    text = f"共{moves['organisations']}个，下降{moves['fall']}，上升{moves['rise']}"
    text += f"，不变{moves['stay']}"
    return text + (f"，无星级而情形改变{moves['other']}" if moves["other"] else "")


def _matrix(matrix: Json) -> Iterator[str]:
    """Yield who moved, from the highest level down."""
    titles = [state["title"]["zh"] for state in matrix["states"]]
    for old, row in zip(titles, matrix["counts"], strict=True):
        moved = [
            f"{new} {count}" for new, count in zip(titles, row, strict=True) if count and new != old
        ]
        if sum(row):
            to = f"；转为 {'、'.join(moved)}" if moved else ""
            yield f"  {old}：{sum(row)} → {_column(matrix, titles.index(old))}{to}"
        else:
            yield f"  {old}：0 → {_column(matrix, titles.index(old))}"


def _column(matrix: Json, place: int) -> int:
    return sum(row[place] for row in matrix["counts"])


def _refused(refused: Json) -> Iterator[str]:
    """Yield why facts cannot be used, where a side needs what the data do not have."""
    for side, when in (("before", "调整前"), ("after", "调整后")):
        facts = [f"“{each['label']['zh']}”（{each['fact']}）" for each in refused[side]["absent"]]
        if facts:
            count = refused[side]["organisations"]
            yield f"  {when}的规则下{count}个暂不能计分；数据中无人填写：{'、'.join(facts)}。"


def _quotas(quotas: list[Json]) -> Iterator[str]:
    for quota in quotas:
        sides = [_side(quota[side]) for side in ("before", "after")]
        if sides[0] != sides[1]:
            group = f"（{quota['group']}）" if quota["group"] else ""
            title = (quota["after"] or quota["before"])["title"]["zh"]
            yield f"  名额 {title}{group}：{sides[0]} → {sides[1]}"


def _side(quota: Json | None) -> str:
    if quota is None:
        return "无"
    word = {"at_most": "不超过", "at_least": "不少于", "target": "目标"}[quota["kind"]]
    return f"{word}{quota['limit']}个，实有{quota['held']}个{'' if quota['met'] else '（未达到）'}"


def _committees(committees: list[Json]) -> Iterator[str]:
    touched = [each for each in committees if each["fall"] or each["rise"]]
    if touched:
        yield "变化最多的直属党（工）委："
    for each in touched[:_SHOWN]:
        yield f"  {each['committee'] or '（未填写）'}：{_moves(each)}"
    if len(touched) > _SHOWN:
        yield f"  另有{len(touched) - _SHOWN}个，见文件（--out）。"

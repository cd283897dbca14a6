"""Those who would move, as a table: a row for each, made column by column."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from evaluator.scoring.columnar.arrays import Array
from evaluator.what_if.ladder import State, ladder_of
from evaluator.what_if.rounds import CategoryRound
from evaluator.what_if.standings import Standings
from evaluator.what_if.study import Study
from rules.numbers import decimal_text

POINTS = pa.decimal128(16, 4)


def losers(study: Study) -> pa.Table:
    """Return everyone who would lose a level, by category, in the order of the round."""
    found = [
        _rows(study, name, study.comparison.categories[name].losing) for name in study.categories
    ]
    return pa.concat_tables(found)


def movers(study: Study) -> pa.Table:
    """Return everyone who would come to something else, by category, in the order of the round."""
    found = [
        _rows(study, name, study.comparison.categories[name].moving) for name in study.categories
    ]
    return pa.concat_tables(found)


def _rows(study: Study, category: str, rows: Array) -> pa.Table:
    before, after, roster = study.before[category], study.after[category], study.rosters[category]
    ladder = ladder_of(before.rule_set, after.rule_set)
    committees = [str(each or "") for each in roster.committees.words]
    chosen = roster.committees.codes[rows]
    old, new = (
        each.standings.at(rows).states(places, slice(None))
        for each, places in ((before, ladder.before), (after, ladder.after))
    )
    steps = [pa.array(list(side.steps(rows)), pa.string()) for side in (before, after)]
    return pa.table(
        {
            "id": roster.id.take(pa.array(rows)),
            "name": roster.name.take(pa.array(rows)),
            "committee": _named(committees, chosen),
            "category": pa.repeat(pa.scalar(category), len(rows)),
            "category_zh": pa.repeat(pa.scalar(study.title(category).zh), len(rows)),
            **_states("before", ladder.states, old),
            **_states("after", ladder.states, new),
            "total_before": points_of(before.standings, rows),
            "total_after": points_of(after.standings, rows),
            "steps_before_zh": steps[0],
            "steps_after_zh": steps[1],
            "reason_zh": pa.array(_reasons(before, after, rows, steps[1].to_pylist()), pa.string()),
        }
    )


def _named(words: Sequence[str], codes: Array) -> pa.Array:
    return pa.array(words, pa.string()).take(pa.array(codes))


def _states(side: str, states: Sequence[State], codes: Array) -> dict[str, pa.Array]:
    return {
        side: _named([each.id for each in states], codes),
        f"{side}_zh": _named([each.title.zh for each in states], codes),
    }


def points_of(standings: Standings, rows: Array) -> pa.Array:
    """Return totals as exact decimals, null for whoever has none.

    A decimal of 128 bits is the whole number and, above it, its sign.
    """
    whole = standings.total[rows].astype(np.int64)
    halves = np.column_stack([whole, whole >> 63]).astype("<i8")
    known = pa.array(standings.assessed[rows])
    return pa.Array.from_buffers(
        POINTS, len(rows), [known.buffers()[1], pa.py_buffer(halves.tobytes())]
    )


def _reasons(
    before: CategoryRound, after: CategoryRound, rows: Array, steps: Sequence[str]
) -> list[str]:
    """Return in a few words why each of some rows comes to what it comes to."""
    sides = before.standings, after.standings
    totals = zip(*(each.total[rows].tolist() for each in sides), strict=True)
    known = zip(*(each.assessed[rows].tolist() for each in sides), strict=True)
    refused = after.standings.refused[rows].tolist()
    return [
        "数据缺失或有误" if wrong else step or _by_points(total if all(both) else None)
        for step, total, both, wrong in zip(steps, totals, known, refused, strict=True)
    ]


def _by_points(totals: tuple[int, int] | None) -> str:
    if totals is None:
        return ""
    old, new = totals
    if old == new:
        return f"总分{decimal_text(new)}不变，等级标准或名额改变"
    return f"总分由{decimal_text(old)}变为{decimal_text(new)}"

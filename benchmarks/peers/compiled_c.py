"""The near limit: the same rules by hand in C, one loop over the columns, a thread a core.

All points are hundredths in int32; the compiler may turn the loop into vector instructions. The
quota is a histogram of totals and, for those that tie there, one of the tie breaker.
"""

from __future__ import annotations

import ctypes
import subprocess
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.nation.facts import FACTS
from benchmarks.nation.lines import (
    DIMENSIONS,
    GATE_FACT,
    HUNDREDTHS,
    LEVELS,
    LINES,
    QUOTA_PERCENT,
    TIE_BREAK,
    TOP,
    VETO,
    least,
)
from benchmarks.nation.population import THREADS, Columns
from benchmarks.nation.scores import Scores

NAME = "C by hand, gcc -O3"

KINDS = """
#include <stdint.h>
#include <string.h>
static inline int least_of(int a, int b) { return a < b ? a : b; }
static inline int most_of(int a, int b) { return a > b ? a : b; }
static inline int deduct(int late, int incomplete) {
    return 400 - (late ? 200 : 0) - (incomplete ? 150 : 0);
}
static inline int missed(int meetings) {
    return most_of(500 - 50 * most_of(12 - meetings, 0), 0);
}
static inline int ladder(int cover) {
    return cover >= 95 ? 100 : cover >= 90 ? 50 : cover < 80 ? -100 : 0;
}
static inline int share(int attended, int expected) {
    /* A quotient of doubles is exact enough to cut: vectors have no division of whole numbers. */
    return least_of((double)(2000 * attended + 3 * expected) / (6 * expected), 300);
}
static inline int capped(int meetings, int cover) {
    return least_of(50 * most_of(meetings - 12, 0), 100) + (cover >= 98 ? 100 : 0);
}
static inline int once(int site, int account) { return (site | account) ? 100 : 0; }
static inline int options(int word) {
    return word == 0 ? 400 : word == 1 ? 300 : word == 2 ? 200 : 0;
}
static inline int per(int age) { return most_of(300 - 30 * most_of(age - 48, 0), 0); }
static inline int proportional(int done) { return least_of((5 * done + 1) / 2, 300); }
static inline int cases(int income, int growth) {
    return (income >= 5500) | (growth > 17) ? 250
         : (income >= 4500) | (growth > 15) ? 200
         : (income >= 2300) | (growth > 13) ? 150 : 50;
}
static inline int formula(int panel, int rate) { return (6 * panel + 4 * rate + 5) / 10; }
static inline int pro_rata(int rate) {
    return most_of((801 - 5 * most_of(950 - rate, 0)) / 2, 0);
}
static inline int repeat(int findings) { return findings == 0 ? 150 : findings == 1 ? 100 : 0; }
"""

QUOTA = """
#define MOST 32768
void best(int64_t rows, int64_t limit, const int16_t *total, const int16_t *breaker,
          const int8_t *level, const int8_t *below, int8_t *final) {
    int64_t totals[MOST] = {0}, breakers[MOST] = {0}, kept = 0;
    int cut = MOST - 1, tie = MOST - 1;
    for (int64_t i = 0; i < rows; i++)
        if (level[i] == TOP) totals[total[i]]++;
    while (cut >= 0 && kept + totals[cut] <= limit) kept += totals[cut--];
    for (int64_t i = 0; i < rows; i++)
        if (level[i] == TOP && total[i] == cut) breakers[breaker[i]]++;
    while (tie >= 0 && kept + breakers[tie] <= limit) kept += breakers[tie--];
    for (int64_t i = 0; i < rows; i++) {
        int stays = (total[i] > cut) | ((total[i] == cut) & (breaker[i] > tie));
        final[i] = (level[i] == TOP) & !stays ? below[i] : level[i];
    }
}
"""


def source() -> str:
    """Return the program: the kinds, one loop that calls each for its facts, and the quota."""
    pointers = "\n".join(
        f"    const {fact.dtype}_t *restrict {fact.name} = columns[{number}];"
        for number, fact in enumerate(FACTS)
    )
    sums = "\n".join(f"        int {name} = {_sum(name)};" for name in DIMENSIONS)
    return f"""{KINDS}
#define TOP {TOP}
void score(const void **columns, int64_t from, int64_t to, int16_t *restrict totals,
           int16_t *restrict breakers, int8_t *restrict levels, int8_t *restrict belows) {{
{pointers}
    for (int64_t i = from; i < to; i++) {{
{sums}
        int total = {" + ".join(DIMENSIONS)};
        int below = {_levels(TOP)};
        int level = {_reached(TOP)} ? {TOP} : below;
        totals[i] = total;
        breakers[i] = {TIE_BREAK};
        levels[i] = {VETO}[i] ? -1 : level;
        belows[i] = below;
    }}
}}
{QUOTA}"""


def _sum(dimension: str) -> str:
    return " + ".join(
        f"{line.kind}({', '.join(f'{fact}[i]' for fact in line.facts)})"
        for line in LINES
        if line.dimension == dimension
    )


def _levels(count: int) -> str:
    """Return the highest of the lowest levels that is reached."""
    written = "-1"
    for number in range(count):
        written = f"{_reached(number)} ? {number} : ({written})"
    return written


def _reached(number: int) -> str:
    level = LEVELS[number]
    conditions = [f"(total >= {level.at_least * HUNDREDTHS})"]
    if level.rate:
        conditions.append(f"({GATE_FACT}[i] >= {level.rate * 10})")
    if level.dimensions_percent:
        conditions += [f"({name} >= {least(name, level)})" for name in DIMENSIONS]
    return "(" + " & ".join(conditions) + ")"


def library() -> ctypes.CDLL:
    """Compile the program with the C compiler of the machine and load it."""
    with tempfile.TemporaryDirectory() as directory:
        written, made = Path(directory, "rules.c"), Path(directory, "rules.so")
        written.write_text(source(), encoding="utf-8")
        options = ["-O3", "-march=native", "-shared", "-fPIC", "-o", str(made), str(written)]
        subprocess.run(["cc", *options], check=True)  # noqa: S603, S607 - our own text
        return ctypes.CDLL(str(made))


def prepare(columns: Columns) -> Callable[[], Scores]:
    """Compile, and make room for the results."""
    compiled = library()
    rows = len(columns[VETO])
    facts = [columns[fact.name] for fact in FACTS]
    total, breaker = np.empty(rows, np.int16), np.empty(rows, np.int16)
    level, below, final = (np.empty(rows, np.int8) for _ in range(3))
    edges = [rows * number // THREADS for number in range(THREADS + 1)]
    threads = ThreadPoolExecutor(THREADS)

    def part(first: int, last: int) -> None:
        pointers = (ctypes.c_void_p * len(facts))(*(each.ctypes.data for each in facts))
        arrays = map(_pointer, (total, breaker, level, below))
        compiled.score(pointers, ctypes.c_int64(first), ctypes.c_int64(last), *arrays)

    def run() -> Scores:
        list(threads.map(part, edges, edges[1:]))
        limit = (2 * QUOTA_PERCENT * rows + 100) // 200
        arrays = map(_pointer, (total, breaker, level, below, final))
        compiled.best(ctypes.c_int64(rows), ctypes.c_int64(limit), *arrays)
        return Scores(total, level, final)

    return run


def _pointer(array: Any) -> ctypes.c_void_p:
    return ctypes.c_void_p(array.ctypes.data)

"""Compare both paths on any number of random organisations: `python -m tests.agreement`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import click
from rich.progress import Progress

_HERE = Path(__file__).parent
sys.path[:0] = [str(_HERE), str(_HERE.parent)]

from reproduction import described, shortened  # noqa: E402
from trials import Trial, trials  # noqa: E402

_SEEDS_AT_A_TIME = 8


@dataclass(frozen=True)
class Found:
    """What some seeds came to: how many organisations, and the seeds whose paths differ."""

    organisations: int
    seeds: list[int]


def differing(seed: int) -> Trial | None:
    """Return the first round of a seed on which the paths differ."""
    return next((trial for trial in trials(seed) if trial.differences()), None)


def compare(first: int) -> Found:
    """Compare the paths on some seeds."""
    number, seeds = 0, []
    for seed in range(first, first + _SEEDS_AT_A_TIME):
        made = list(trials(seed))
        number += sum(len(each.entries) for each in made)
        seeds += [seed] if any(each.differences() for each in made) else []
    return Found(number, seeds)


def _compared(organisations: int, seed: int, processes: int) -> Iterator[Found]:
    """Yield what seeds come to until there are enough organisations."""
    done = 0
    with ProcessPoolExecutor(processes) as pool:
        while done < organisations:
            firsts = [seed + number * _SEEDS_AT_A_TIME for number in range(processes * 4)]
            seed = firsts[-1] + _SEEDS_AT_A_TIME
            for found in pool.map(compare, firsts):
                done += found.organisations
                yield found


@click.command()
@click.option("--organisations", default=20_000, help="How many organisations at least.")
@click.option("--seed", default=0, help="The first seed; each stands for one rule set.")
@click.option("--processes", default=1, help="How many processes compare at the same time.")
def main(organisations: int, seed: int, processes: int) -> None:
    """Compare what both paths make of random organisations by random rule sets."""
    done, seeds = 0, []
    with Progress() as progress:
        task = progress.add_task("organisations", total=organisations)
        for found in _compared(organisations, seed, processes):
            done += found.organisations
            seeds += found.seeds
            progress.update(task, advance=found.organisations)
    for each in seeds[:5]:
        trial = differing(each)
        assert trial
        print(described(shortened(trial)), end="\n\n")
    print(f"{done} organisations from seed {seed} on; seeds that differ: {seeds or 'none'}")
    sys.exit(bool(seeds))


if __name__ == "__main__":
    main()

"""Kills the service at random moments and looks at what is left, again and again.

python -m tests.crash --times 200 --database sqlite
"""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.crash.power import database
from tests.crash.rounds import Plan, Town


def main() -> None:
    """Kill as often as was asked; exit 1 where anything was lost, doubled or half done."""
    parser = argparse.ArgumentParser("python -m tests.crash", description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at-once", type=int, default=6, help="branches at work")
    parser.add_argument("--longest", type=float, default=3.0, help="seconds until it is killed")
    given = parser.parse_args()
    plan = Plan(given.times, given.seed, given.at_once, given.longest)
    with TemporaryDirectory() as name, database(given.database, Path(name)) as kept:
        town = Town(Path(name), kept, plan)
        try:
            for number in range(1, plan.times + 1):
                print(f"{number:4} {town.strike()}", flush=True)
        finally:
            town.service.kill()
        print(town.summary())
    if town.found:
        raise SystemExit("\n".join(town.found[:50]))


if __name__ == "__main__":
    main()

"""Writes the sample round: 120 invented organisations in four categories and 19 committees.

Run it after a change of the rule sets: `python examples/2026/make_round.py`. The same rule sets
and seed give the same bytes.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

from believable import Drawing
from committees import committee_of
from coverage import Entrant, stay_away, tie, veto_someone, withhold
from organisation_names import CODES, name_of
from probing import all_draws
from scored import usable_facts, with_attributes
from tables import DRAWS

from evaluator.files import Submission, load_folder, write_workbook
from evaluator.scoring.inputs import Organisation
from evaluator.scoring.round import Category, RoundResult, score_round

HERE = Path(__file__).parent
RULES = HERE.parent.parent / "rules" / "2026"
SEED = "2026"
SIZES = {"government": 30, "soe": 25, "community": 30, "non_public": 35}
STANDINGS = (
    # previous level, years at it, total aimed at, how many in 30
    ("five_star", 2, (99, 103), 2),
    ("five_star", 1, (93, 97), 2),
    ("four_star", 1, (91, 95), 3),
    ("four_star", 2, (82, 90), 4),
    ("three_star", 1, (84, 92), 4),
    ("three_star", 2, (74, 84), 6),
    ("", 0, (72, 86), 4),
    ("", 0, (52, 72), 5),
)
"""Where organisations come from, and how good this year is; most are in the middle."""


def main() -> None:
    """Write the workbook that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=HERE / "round.xlsx")
    arguments = parser.parse_args()
    rule_sets = load_folder(RULES)
    categories = {name: Category(rule_set) for name, rule_set in rule_sets.items()}
    entrants = [entrant for name in SIZES for entrant in _entrants(categories[name])]
    _show_everything(categories, entrants)
    outcome = score_round(categories, [(each.organisation, each.facts) for each in entrants])
    write_workbook(
        rule_sets,
        arguments.out,
        [Submission(each.organisation, each.facts, "") for each in entrants],
    )
    _report(outcome)


def _entrants(category: Category) -> list[Entrant]:
    """Return the organisations of a category, each as good as its standing says."""
    name = category.rule_set.category
    draws = all_draws(category, DRAWS.get(name, {}))
    rng = Random(f"{SEED}/{name}")  # noqa: S311 - a sample, no secret
    standings = [each for each in STANDINGS for _ in range(each[3])]
    found = []
    for number in range(SIZES[name]):
        level, years, aim, _ = standings[number * len(standings) // SIZES[name]]
        organisation = Organisation(
            id=f"LJ-{CODES[name]}-{number + 1:03}",
            name=name_of(name, number),
            category=name,
            committee=committee_of(name, rng),
            previous_level=level,
            years_at_level=years,
        )
        seed = f"{SEED}/{organisation.id}"
        drawing = Drawing(category.rule_set, seed, 1, draws, level)
        found.append(_as_good_as(category, organisation, drawing, rng.uniform(*aim)))
    return found


def _as_good_as(
    category: Category, organisation: Organisation, drawing: Drawing, aim: float
) -> Entrant:
    """Return the organisation with facts that bring about so many points."""
    low, high = 0.0, 1.0
    best: Entrant | None = None
    for _ in range(5):
        quality = (low + high) / 2
        entrant, total = _entrant(category, organisation, drawing, quality)
        if total < aim * 10_000:
            low = quality
        else:
            high, best = quality, entrant
    return best or _entrant(category, organisation, drawing, 1.0)[0]


def _entrant(
    category: Category, organisation: Organisation, drawing: Drawing, quality: float
) -> tuple[Entrant, int]:
    """Return the organisation as it would be with a quality, and its total."""
    drawing = replace(drawing, quality=quality, values={})
    placed = with_attributes(organisation, drawing)
    facts, total = usable_facts(category, placed, drawing)
    return Entrant(placed, drawing, facts), total


def _show_everything(categories: dict[str, Category], entrants: list[Entrant]) -> None:
    """Let every veto effect, every policy for missing data, ties and absences occur."""
    for place, (name, category) in enumerate(categories.items()):
        theirs = [each for each in entrants if each.organisation.category == name]
        rules = category.rule_set
        shared = [
            veto
            for number, veto in enumerate(rules.vetoes[:6])
            if number % len(categories) == place
        ]
        own = [veto for veto in rules.vetoes if _only_here(veto.id, name, categories)]
        for veto in [*shared, *own]:
            if not veto_someone(category, veto, theirs[4:]):
                raise SystemExit(f"{name}: no organisation shows the veto {veto.id}")
        for policy in ("zero", "full", "exempt", "peers_mean", "use"):
            withhold(category, policy, theirs[6:])
        tie(theirs[8:])
        stay_away(theirs[10:], Random(f"{SEED}/{name}/away"), 2)  # noqa: S311


def _only_here(veto: str, name: str, categories: dict[str, Category]) -> bool:
    return [
        each
        for each, category in categories.items()
        if veto in {every.id for every in category.rule_set.vetoes}
    ] == [name]


def _report(outcome: RoundResult) -> None:
    for error in outcome.refused:
        print(error)
    for name in SIZES:
        levels = Counter(
            "not applied"
            if not each.organisation.applied
            else "refused"
            if not each.decision
            else each.category.levels.title(each.decision.index).zh
            for each in outcome.results
            if each.organisation.category == name
        )
        print(name, dict(levels))


if __name__ == "__main__":
    main()

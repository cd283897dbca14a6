"""A rule set that takes the mean of a panel's ratings without the highest and the lowest."""

from __future__ import annotations

from hearing import Hearing

from evaluator.rule_sets.reading import read_files
from rules.canonical import digest

MEAN = """\
measures:
  defence_mean:
    label: {zh: 答辩平均分, en: Mean of the defence}
    mean: {ratings: defence, drop_highest: 1, drop_lowest: 1, at_least: FEWEST}
dimensions:
"""


def trim_ratings(hearing: Hearing, at_least: int) -> None:
    """Let the rule set of the round drop two ratings of each case, and ask for so many."""
    stored = hearing.made.rule_sets[0].stored
    mean = MEAN.replace("FEWEST", str(at_least))
    stored.files = {"rules.yaml": stored.files["rules.yaml"].replace("dimensions:\n", mean, 1)}
    stored.digest = digest(read_files("rules.yaml", stored.files))
    hearing.session.commit()

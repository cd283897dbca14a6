"""The rule sets that come with the program, to begin a draft from."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import rules
from evaluator.rule_sets.reading import CASES
from evaluator.rule_sets.uploads import Draft, drafts_among

ROOT = Path(rules.__file__).parent


@cache
def shipped() -> dict[str, Draft]:
    """Return the rule sets of the program by year and name, such as `2026/community`."""
    found: dict[str, Draft] = {}
    for folder in sorted(each for each in ROOT.iterdir() if each.name.isdigit()):
        files = {each.name: each.read_text("utf-8") for each in sorted(folder.glob("*.yaml"))}
        for each in sorted((folder / CASES).glob("*.yaml")):
            files[f"{CASES}/{each.name}"] = each.read_text("utf-8")
        for draft in drafts_among(files):
            found[f"{folder.name}/{Path(draft.main).stem}"] = draft
    return found

"""The examples of docs/rule-language.md: what they are, and the rule sets made of them.

A fenced block says by its first line what it is:

* `# file: NAME.yaml`: a file beside the following examples;
* `# example: NAME`: keys of a rule set; what is missing comes from a small frame;
* `# cases: NAME`, `# round: NAME`: what its example brings, for organisations one by one or for
  all of them together;
* `# refused: NAME`: keys that `rules check` refuses, with the words in the block after it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from rules.numbers import points_text
from rules.syntax import POINT

DOCUMENT = Path(__file__).parents[2] / "docs" / "rule-language.md"
_BLOCK = re.compile(r"^```(yaml|text)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_KIND = re.compile(r"# (file|example|cases|round|refused): (\S+)\n")
FRAME: dict[str, Any] = {
    "rule_set": "example",
    "category": "example",
    "version": "1",
    "title": {"zh": "示例", "en": "Example"},
    "period": {"from": "2026-01-01", "to": "2026-12-31"},
    "organisations": {"part_year": "in_full", "merged": "mean"},
    "facts": {},
    "levels": {
        "measured_on": "unrounded",
        "promotion": "any",
        "from_low_to_high": [{"id": "passed", "title": {"zh": "合格"}, "at_least": "0"}],
    },
}
SCORE: dict[str, Any] = {"label": "得分", "type": "decimal", "max": "100"}
SCORED: dict[str, Any] = {
    "id": "scored", "title": "得分", "points": "100", "rule": {"formula": "score"},
}  # fmt: skip


@dataclass
class Example:
    """One example with everything that its blocks say about it."""

    name: str
    text: str
    files: dict[str, str]
    cases: str = ""
    round: str = ""
    refused: str = ""
    blocks: list[str] = field(default_factory=list)


def examples() -> dict[str, Example]:
    """Return every example of the document by its name."""
    found: dict[str, Example] = {}
    files: dict[str, str] = {}
    last: Example | None = None
    for block in _BLOCK.finditer(DOCUMENT.read_text(encoding="utf-8")):
        match = _KIND.match(block[2])
        if match is None:
            if last and block[1] == "text" and "refused" in last.blocks:
                last.refused = block[2].strip()
            continue
        kind, name = match[1], match[2]
        if kind == "file":
            files[name] = block[2]
        elif kind in ("example", "refused"):
            assert name not in found, f"two examples are called {name}"
            found[name] = last = Example(name, block[2], dict(files))
            last.blocks.append(kind)
        else:
            setattr(found[name], kind, block[2])
    return found


def write(example: Example, folder: Path) -> Path:
    """Write an example as a complete rule set, with its cases and the files beside it."""
    for name, text in example.files.items():
        (folder / name).write_text(text, encoding="utf-8")
    path = folder / f"{example.name}.yaml"
    value = yaml.load(example.text, Loader=yaml.BaseLoader)  # noqa: S506 - builds text only
    text = example.text if {"rule_set", "extends"} & value.keys() else written(framed(value))
    path.write_text(text, encoding="utf-8")
    return path


def write_cases(example: Example, folder: Path) -> Path:
    """Write the cases of an example beside it."""
    path = folder / f"{example.name}_cases.yaml"
    path.write_text(f"rule_set: {example.name}.yaml\n{example.cases}", encoding="utf-8")
    return path


def written(value: dict[str, Any]) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False)


def framed(given: dict[str, Any]) -> dict[str, Any]:
    """Return a rule set from some of its keys: the rest comes from the frame."""
    value = {**FRAME, **given}
    indicators = [*value.pop("indicators", [])]
    if not indicators and "dimensions" not in value:
        indicators = [SCORED]
        value["facts"] = {"score": SCORE, **value["facts"]}
    if indicators:
        sample = {"id": "sample", "title": "示例", "points": _points(indicators)}
        value["dimensions"] = [*value.get("dimensions", []), {**sample, "indicators": indicators}]
    value.setdefault("scale", {})
    value["scale"] = {"total": _base(value["dimensions"]), **value["scale"]}
    return value


def _points(indicators: list[dict[str, Any]]) -> str:
    """Return the sum of points, those of a slot of alternatives once."""
    slots = {each["alternative"]: each for each in indicators if "alternative" in each}
    alone = [each for each in indicators if "alternative" not in each]
    return _text(sum(Fraction(each["points"]) for each in [*alone, *slots.values()]))


def _text(points: Fraction | int) -> str:
    return points_text(int(points * POINT))


def _base(dimensions: list[dict[str, Any]]) -> str:
    slots = {each["alternative"]: each for each in dimensions if "alternative" in each}
    alone = [each for each in dimensions if "alternative" not in each]
    counted = [each for each in [*alone, *slots.values()] if each.get("counts") != "false"]
    shares = (Fraction(each["points"]) * _weight(each) for each in counted)
    return _text(sum(shares))


def _weight(dimension: dict[str, Any]) -> Fraction:
    text = dimension.get("weight", "100%")
    return Fraction(text.removesuffix("%")) / 100

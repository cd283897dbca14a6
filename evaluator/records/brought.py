"""What a workbook brings, read once: its values as JSON texts, kept beside the uploaded file.

Reading a workbook of a whole district takes seconds. What was read depends on the file and on the
rule sets alone, so each further page of a preview, and its confirmation, take it from the storage.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluator.access import Actor
from evaluator.files import Submission, TableErrors, TableProblem, read_round
from evaluator.organisations.uploaded_workbooks import (
    keep_beside,
    kept_beside,
    kept_workbook,
    refuse_bomb,
)
from evaluator.organisations.values import plain
from evaluator.records.queries import RulesOfYear
from evaluator.records.sources import KNOWN
from rules.syntax import RuleSet

SUBJECT = "records"
WAY = "1"
"""Of the way in which it is kept; a workbook that was kept in another way is read once more."""


@dataclass(frozen=True)
class BroughtRow:
    """One row of a file: whom it is about, and the facts that it may make known.

    `texts` are values in JSON, spelt as the database spells them: most are only compared.
    """

    where: str
    code: str
    name: str
    category: str
    texts: Mapping[str, str]
    left_out: int
    """Facts that are asked of the branch or judged by reviewers, which no import makes known."""


@dataclass(frozen=True)
class Brought:
    """What a file brings, or everything that is wrong with it."""

    rows: Sequence[BroughtRow]
    problems: Sequence[TableProblem] = ()


def brought_by(submissions: Iterable[Submission], rule_sets: Mapping[str, RuleSet]) -> Brought:
    """Return what rows bring, whichever way they came."""
    return Brought(tuple(_row(each, rule_sets) for each in submissions))


def read_brought(path: Path, rule_sets: Mapping[str, RuleSet]) -> Brought:
    """Return what a workbook brings, or what is wrong with it."""
    try:
        refuse_bomb(path)
        return brought_by(read_round(path, rule_sets), rule_sets)
    except TableErrors as error:
        return Brought((), tuple(error.problems))


def brought_in_upload(actor: Actor, digest: str, rules: RulesOfYear) -> Brought:
    """Return what an uploaded workbook brings; raises NotAllowed where this account has none such.

    It is read by the rule sets of the year, and only the first time.
    """
    name = f"{rules.digest}-{WAY}"
    kept = kept_beside(SUBJECT, actor, digest, name)
    if kept is not None:
        return from_json(kept)
    with kept_workbook(SUBJECT, actor, digest) as path:
        found = read_brought(path, rules.rule_sets)
    keep_beside(SUBJECT, actor, digest, name, to_json(found))
    return found


def to_json(brought: Brought) -> bytes:
    """Return what a file brings as it is kept."""
    content = {
        "rows": [[*vars(row).values()] for row in brought.rows],
        "problems": [[*vars(each).values()] for each in brought.problems],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def from_json(kept: bytes) -> Brought:
    """Return what was kept."""
    content = json.loads(kept)
    return Brought(
        tuple(BroughtRow(*row) for row in content["rows"]),
        tuple(TableProblem(*each) for each in content["problems"]),
    )


def _row(submission: Submission, rule_sets: Mapping[str, RuleSet]) -> BroughtRow:
    given = submission.organisation
    # A row of an unknown organisation has no category; the preview says what is wrong with it.
    facts = rule_sets[given.category].facts if given.category in rule_sets else {}
    texts = {
        name: json.dumps(plain(value))
        for name, value in submission.facts.items()
        if name in facts and facts[name].source.kind in KNOWN
    }
    left_out = len(submission.facts) - len(texts)
    return BroughtRow(submission.where, given.id, given.name, given.category, texts, left_out)

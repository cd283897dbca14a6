"""A what-if as plain values: what is printed as JSON, and what the page shows."""

from __future__ import annotations

from typing import Any

from evaluator.scoring.quotas import QuotaReport
from evaluator.what_if.comparison import Matrix, Moves
from evaluator.what_if.picture import occurring
from evaluator.what_if.rounds import CategoryRound
from evaluator.what_if.study import Study
from rules.syntax import Words

Json = dict[str, Any]


def summary(study: Study) -> Json:
    """Return everything that a what-if comes to but the list of organisations."""
    comparison = study.comparison
    return {
        "all": {"moves": moves(comparison.matrix.moves), "matrix": matrix(comparison.matrix)},
        "categories": [_category(study, name) for name in study.categories],
        "committees": [
            {"committee": str(name or ""), **moves(found)} for name, found in comparison.committees
        ],
        "only_before": list(study.only_before),
        "only_after": list(study.only_after),
        "changes": changes(study),
    }


def _category(study: Study, name: str) -> Json:
    found = study.comparison.categories[name]
    return {
        "category": name,
        "title": both(study.title(name)),
        "moves": moves(found.matrix.moves),
        "matrix": matrix(found.matrix),
        "quotas": _quotas(study.before[name], study.after[name]),
        "refused": {"before": _refused(study.before[name]), "after": _refused(study.after[name])},
    }


def _refused(side: CategoryRound) -> Json:
    """Return how many have facts that cannot be used, and which facts nobody has."""
    facts = [(name, side.rule_set.facts[name]) for name in side.absent if side.refused]
    return {
        "organisations": side.refused,
        "absent": [
            {"fact": name, "label": both(fact.label)}
            for name, fact in facts
            if fact.source.kind != "organisation"
        ],
    }


def both(words: Words) -> Json:
    """Return a text in both languages."""
    return {"zh": words.zh, "en": words.say("en")}


def moves(found: Moves) -> Json:
    """Return how many rise, fall, stay and change otherwise."""
    return {
        "organisations": found.size,
        "rise": found.rises,
        "fall": found.falls,
        "stay": found.stays,
        "other": found.other,
    }


def matrix(found: Matrix) -> Json:
    """Return the states that occur, highest first, and a row of counts for each state before."""
    shown = occurring(found)
    return {
        "states": [{"id": state.id, "title": both(state.title)} for _, state in shown],
        "counts": [[int(found.counts[old, new]) for new, _ in shown] for old, _ in shown],
    }


def changes(study: Study) -> list[Json]:
    """Return the changes of rules, those that are the same in several categories once."""
    found: dict[tuple[str, ...], Json] = {}
    for name, each in study.changes.items():
        for change in each:
            lines = {language: change.lines(language) for language in ("zh", "en")}
            entry = found.setdefault(tuple(lines["zh"]), {"lines": lines, "categories": []})
            entry["categories"].append({"category": name, "title": both(study.title(name))})
    return list(found.values())


def _quotas(before: CategoryRound, after: CategoryRound) -> list[Json]:
    """Return the quotas of both sides, like with like."""
    sides = [
        {(each.quota.id, each.group): _quota(each, side) for each in side.quotas}
        for side in (before, after)
    ]
    return [
        {"quota": key[0], "group": str(key[1] or ""), "before": sides[0].get(key),
         "after": sides[1].get(key)}
        for key in {**sides[0], **sides[1]}
    ]  # fmt: skip


def _quota(report: QuotaReport, side: CategoryRound) -> Json:
    titles = {each.id: each.title for each in side.rule_set.levels.from_low_to_high}
    quota = report.quota
    return {
        "title": both(titles[quota.level]),
        "kind": quota.kind,
        "counts": quota.counts,
        "amount": quota.share or str(quota.number),
        "base": report.base,
        "limit": report.limit,
        "held": report.held,
        "moved": report.moved,
        "beside": report.beside,
        "met": report.met,
    }

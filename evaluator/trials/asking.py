"""What a trial asks for: which round, and which rules instead of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext
from sqlalchemy.orm import Session

from evaluator.access import Actor, NotAllowed
from evaluator.organisations.catalogue import catalogue
from evaluator.rounds.models import Round
from evaluator.rounds.queries import find_round
from evaluator.rule_sets.findings import findings_on
from evaluator.rule_sets.models import RuleSetState, StoredRuleSet
from evaluator.rule_sets.queries import find_rule_set, visible_rule_sets
from evaluator.rule_sets.reading import rule_set_of
from evaluator.rule_sets.uploads import plain_lines
from evaluator.trials.data import rounds_to_try
from evaluator.web.languages import language
from forms.trials import RULES, TrialForm, trial_form
from rules.problems import Problem
from rules.syntax import RuleSet


@dataclass
class Asked:
    """A form for a round, and what was made of it; `problems` are those of pasted YAML."""

    made: Round
    form: TrialForm
    titles: Mapping[str, str]
    problems: Sequence[Problem] = field(default_factory=list)

    @property
    def before(self) -> dict[str, RuleSet]:
        """Return the rules of the round by category."""
        return {each.category: rule_set_of(each.stored) for each in self.made.rule_sets}


def asked_of(session: Session, actor: Actor, round_id: int | None, **data: Any) -> Asked | None:
    """Return the form for a round, the newest where none is named; None where there is none."""
    rounds = rounds_to_try(session, actor)
    if not rounds:
        return None
    chosen = round_id or rounds[0].id
    if chosen not in {each.id for each in rounds}:
        raise NotAllowed("no such round")
    made = find_round(session, actor, chosen)
    known = catalogue(session)
    titles = {each.category: known.title(each.category, language()) for each in made.rule_sets}
    unsent = {"formdata": None, "data": {"round_id": str(made.id)}}
    form = trial_form(titles, _choices(session, actor, made), _levels(made))(**(data or unsent))
    form.offer([(str(each.id), each.title) for each in rounds], titles)
    return Asked(made, form, titles)


def other_rules(session: Session, actor: Actor, asked: Asked) -> dict[str, RuleSet] | None:
    """Return the rules to try by category; None where they are not in order, said at the form."""
    found = asked.before
    for category, choice in asked.form.chosen().items():
        if choice:
            rules = _stored_rules(session, actor, asked, category, int(choice))
            if rules is None:
                return None
            found[category] = rules
    if asked.form.pasted_for.data and (asked.form.pasted.data or "").strip():
        rules = _pasted_rules(session, actor, asked)
        if rules is None:
            return None
        found[asked.form.pasted_for.data] = rules
    return found


def chosen_files(session: Session, actor: Actor, asked: Asked, category: str) -> StoredRuleSet:
    """Return the rule set that a category is tried with, before anything pasted."""
    choice = asked.form.chosen().get(category, "")
    if choice:
        return find_rule_set(session, actor, int(choice))
    return next(each.stored for each in asked.made.rule_sets if each.category == category)


def _stored_rules(
    session: Session, actor: Actor, asked: Asked, category: str, number: int
) -> RuleSet | None:
    stored = find_rule_set(session, actor, number)
    findings = findings_on(stored.main, stored.files)
    if findings.rule_set is None or findings.problems or stored.category != category:
        asked.form[f"{RULES}{category}"].errors = [
            gettext("This draft is not in order; mend what its checks show first.")
        ]
        return None
    return findings.rule_set


def _pasted_rules(session: Session, actor: Actor, asked: Asked) -> RuleSet | None:
    form, category = asked.form, asked.form.pasted_for.data
    stored = chosen_files(session, actor, asked, category)
    text = plain_lines(form.pasted.data or "")
    findings = findings_on(stored.main, {stored.main: text, **_others(stored)})
    rules, asked.problems = findings.rule_set, findings.problems
    if rules is not None and not asked.problems and rules.category == category:
        return rules
    words = gettext("The YAML is not in order; see the list below.")
    if rules is not None and rules.category != category:
        words = gettext(
            "The YAML rates “%(found)s”, not “%(category)s”.",
            found=rules.category,
            category=category,
        )
    form.pasted.errors = [words]
    return None


def _others(stored: StoredRuleSet) -> dict[str, str]:
    """Return the files that a rule set extends; its cases are about other rules."""
    names = [each for each in stored.files if each != stored.main and "/" not in each]
    return {each: stored.files[each] for each in names}


def _choices(session: Session, actor: Actor, made: Round) -> Mapping[str, list[tuple[str, str]]]:
    own = {each.stored_rule_set_id for each in made.rule_sets}
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for each in session.scalars(visible_rule_sets(session, actor)):
        if each.id not in own:
            draft = each.state is RuleSetState.DRAFT
            state = gettext("Draft") if draft else gettext("Published")
            found[each.category].append((str(each.id), f"{each.title} · {each.release} · {state}"))
    return found


def _levels(made: Round) -> dict[str, str]:
    """Return the levels of the round's rules, highest first, with their titles."""
    found: dict[str, str] = {}
    for each in made.rule_sets:
        for level in reversed(rule_set_of(each.stored).levels.from_low_to_high):
            found.setdefault(level.id, level.title.say(language()))
    return found

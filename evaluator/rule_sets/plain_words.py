"""A rule set in plain words, and what changed against another one."""

from __future__ import annotations

from functools import lru_cache

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markdown_it import MarkdownIt
from markupsafe import Markup

from evaluator.access import Permission, current_actor, needs
from evaluator.database import db
from evaluator.rule_sets.blueprint import blueprint
from evaluator.rule_sets.findings import findings_of
from evaluator.rule_sets.models import StoredRuleSet
from evaluator.rule_sets.queries import find_rule_set, others_of_category
from evaluator.rule_sets.reading import Files, in_order, read_files
from evaluator.web.errors import Refusal
from evaluator.web.languages import language
from rules.describe.document import document
from rules.diff import Change, compare
from rules.syntax import RuleSet

P = Permission
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
MARKDOWN.disable(["link", "image", "autolink", "reference", "html_inline", "html_block"])


@blueprint.get("/rule-sets/<int:rule_set_id>/words")
@needs(P.SEE_RULE_SETS)
def in_words(rule_set_id: int) -> ResponseReturnValue:
    """Say a rule set in plain words, in the language of the reader."""
    stored = find_rule_set(db.session, current_actor(), rule_set_id)
    _meaning(stored)
    said = said_in(stored.main, in_order(stored.files), language())
    return render_template("rule_sets/words.html", stored=stored, said=said)


@blueprint.get("/rule-sets/<int:rule_set_id>/changes")
@needs(P.SEE_RULE_SETS)
def changes(rule_set_id: int) -> ResponseReturnValue:
    """Say what changed against another rule set of the same category."""
    actor = current_actor()
    stored = find_rule_set(db.session, actor, rule_set_id)
    against = request.args.get("against", 0, type=int)
    other = find_rule_set(db.session, actor, against) if against else None
    found = compare(_meaning(other), _meaning(stored)) if other else None
    return render_template(
        "rule_sets/changes.html",
        stored=stored,
        other=other,
        others=others_of_category(db.session, actor, stored),
        changes=None if found is None else [_lines(each) for each in found],
    )


@lru_cache(16)
def said_in(main: str, files: Files, spoken: str) -> Markup:
    """Return the rule set of some files in plain words; what it says itself is only ever text."""
    text = document(read_files(main, dict(files)), spoken)
    return Markup(MARKDOWN.render(text))  # noqa: S704 - the renderer escapes and makes no links


def _meaning(stored: StoredRuleSet) -> RuleSet:
    findings = findings_of(stored)
    if findings.rule_set is None or findings.lowering:
        raise Refusal(
            gettext(
                "“%(title)s” cannot be said in words while its rules cannot be read. "
                "Mend what the checks show first.",
                title=stored.title,
            )
        )
    return findings.rule_set


def _lines(change: Change) -> list[str]:
    return change.lines(language())

"""Rule sets for programs: listed, read as YAML, checked."""

from __future__ import annotations

from typing import Any

from flask import Response

from evaluator.access import Actor, Permission, current_actor, needs
from evaluator.api.listings import part_of
from evaluator.api.operations import Operations, concerning, everywhere
from evaluator.api.schemas import rounds as schemas
from evaluator.api.schemas.lists import Listing, listing_of
from evaluator.database import db
from evaluator.rule_sets.findings import Findings, findings_on
from evaluator.rule_sets.models import StoredRuleSet
from evaluator.rule_sets.problem_words import problem_title
from evaluator.rule_sets.queries import find_rule_set, visible_rule_sets
from evaluator.rule_sets.uploads import Draft, drafts_among, texts_of

P = Permission
blueprint = Operations("rule_sets", "Rule sets")
ONE = "/rule-sets/<int:rule_set_id>"


def _found(session: Any, actor: Actor, _permission: Permission, number: int) -> StoredRuleSet:
    return find_rule_set(session, actor, number)


@blueprint.get("/rule-sets")
@needs(P.SEE_RULE_SETS)
@blueprint.arguments(Listing, location="query")
@blueprint.response(200, listing_of(schemas.RuleSet))
def listing(asked: dict[str, Any]) -> dict[str, Any]:
    """List the rule sets."""
    query = visible_rule_sets(db.session, current_actor())
    return part_of(db.session, query, StoredRuleSet.id, asked)


@blueprint.get(ONE)
@concerning(_found, P.SEE_RULE_SETS)
@blueprint.response(200, schemas.WholeRuleSet)
def read(stored: StoredRuleSet) -> StoredRuleSet:
    """Read a rule set with all of its files."""
    return stored


@blueprint.get(f"{ONE}/yaml")
@concerning(_found, P.SEE_RULE_SETS)
@blueprint.response(200, {"type": "object"}, content_type="application/yaml")
def yaml(stored: StoredRuleSet) -> Response:
    """Read the YAML of a rule set; what it extends stands in its other files."""
    return Response(stored.files[stored.main], mimetype="application/yaml")


@blueprint.post("/rule-sets/check")
@everywhere(P.MANAGE_RULE_SETS)
@blueprint.arguments(schemas.Rules)
@blueprint.response(200, schemas.Checked)
def check(given: dict[str, Any]) -> dict[str, Any]:
    """Check files of rules as a draft is checked, keeping nothing."""
    # Checking takes a while; nobody should wait for it meanwhile.
    db.session.commit()
    files = texts_of((name, text.encode()) for name, text in given["files"].items())
    return {"rule_sets": [_findings(each) for each in drafts_among(files)]}


def _findings(draft: Draft) -> dict[str, Any]:
    found: Findings = findings_on(draft.main, draft.files)
    return {
        "main": draft.main,
        "holds": found.holds,
        "problems": [
            {**each.as_json(), "title": str(problem_title(each.code))} for each in found.problems
        ],
        "passed": found.passed,
        "failed": [
            {
                "file": each.where.file,
                "line": each.where.line,
                "name": each.name,
                "differences": list(each.differences),
            }
            for each in found.failed
        ],
    }

"""Known facts for programs: other systems bring what they record, so that nobody types it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from webargs.flaskparser import abort

from evaluator.access import NotAllowed, Permission, current_actor, needs
from evaluator.api.fact_rows import Rows, read_rows
from evaluator.api.operations import Operations, concerning, refuse_beyond
from evaluator.api.schemas import records as schemas
from evaluator.database import db
from evaluator.organisations.models import Organisation
from evaluator.organisations.queries import find_organisation
from evaluator.organisations.writing import refuse_day, take_turn
from evaluator.records.applying import take_over
from evaluator.records.previewing import RecordsPreview, preview_of_rows
from evaluator.records.queries import known_facts, rule_sets_of_year
from evaluator.records.sources import KNOWN, source_text
from evaluator.web.languages import language
from rules.syntax import Fact, RuleSet

P = Permission
blueprint = Operations("known_facts", "Known facts")
OF_YEAR = "/known-facts/<int:year>"
OF_ONE = "/organisations/<int:organisation_id>/known-facts/<int:year>"


@blueprint.get(OF_YEAR)
@needs(P.SEE_RECORDS)
@blueprint.response(200, schemas.FactsOfYear)
def bringable(year: int) -> dict[str, Any]:
    """List the facts that can be brought for a year, by category."""
    found = _rule_sets(year)
    categories = [{"category": each, "facts": _bringable(found[each])} for each in sorted(found)]
    return {"year": year, "categories": categories}


@blueprint.get(OF_ONE)
@concerning(find_organisation, P.SEE_RECORDS)
@blueprint.response(200, schemas.KnownFacts)
def read(organisation: Organisation, year: int) -> dict[str, Any]:
    """Read what is known of an organisation in a year."""
    return _known(organisation, year)


@blueprint.put(OF_ONE)
@concerning(find_organisation, P.IMPORT_RECORDS)
@blueprint.arguments(schemas.BroughtFacts)
@blueprint.response(200, schemas.KnownFacts)
def bring(organisation: Organisation, given: dict[str, Any], year: int) -> dict[str, Any]:
    """Make facts of an organisation known for a year; facts that are left out stay as they are."""
    _take_over([(organisation.code, given["facts"])], given, year, within_list=False)
    return _known(organisation, year)


@blueprint.put(OF_YEAR)
@needs(P.IMPORT_RECORDS)
@blueprint.arguments(schemas.BroughtTogether)
@blueprint.response(200, schemas.TakenOver)
def bring_together(given: dict[str, Any], year: int) -> dict[str, Any]:
    """Make facts of several organisations known: all of them, or with any problem none.

    Problems are named by organisation and fact, all of them at once.
    """
    count = len(given["organisations"])
    if not 1 <= count <= schemas.MOST_TOGETHER:
        words = gettext("Send 1 to %(most)s organisations at once.", most=schemas.MOST_TOGETHER)
        abort(422, errors={"json": {"organisations": [words]}})
    rows = [(each["code"], each["facts"]) for each in given["organisations"]]
    done = _take_over(rows, given, year, within_list=True)
    return {
        "year": year,
        "organisations": len(done.rows),
        "new": sum(each.new for each in done.rows),
        "changed": sum(each.changed for each in done.rows),
    }


def _take_over(
    rows: Rows, given: Mapping[str, Any], year: int, *, within_list: bool
) -> RecordsPreview:
    """Preview what a program brings as if it came in a workbook, and take it over."""
    session, actor = db.session, current_actor()
    refuse_day(given["as_of"], field="as_of")
    take_turn(session)
    rule_sets = _rule_sets(year)
    submissions, problems = read_rows(session, actor, rows, rule_sets)
    preview = preview_of_rows(session, actor, submissions, year, rule_sets)
    for each in preview.problems:
        words = each.zh if language() == "zh" else each.en
        problems.setdefault(each.where, {}).setdefault("", []).append(words)
    if problems:
        one = {"facts": next(iter(problems.values()))}
        abort(422, errors={"json": {"organisations": problems} if within_list else one})
    take_over(
        session, actor, preview, year=year, as_of=given["as_of"], reason=given["reason"].strip()
    )
    return preview


def _rule_sets(year: int) -> dict[str, RuleSet]:
    refuse_beyond(year)
    found = dict(rule_sets_of_year(db.session, year))
    if not found:
        raise NotAllowed("no round of this year has rule sets")
    return found


def _known(organisation: Organisation, year: int) -> dict[str, Any]:
    found = known_facts(db.session, [organisation.id], year).get(organisation.id, {})
    return {
        "organisation_id": organisation.id,
        "code": organisation.code,
        "year": year,
        "facts": [found[name] for name in sorted(found)],
    }


def _bringable(rule_set: RuleSet) -> list[dict[str, Any]]:
    facts = rule_set.facts.items()
    return [_told(name, each) for name, each in facts if each.source.kind in KNOWN]


def _told(name: str, fact: Fact) -> dict[str, Any]:
    return {
        "fact": name,
        "label": fact.label.say(language()),
        "type": fact.type,
        "unit": fact.unit.say(language()) if fact.unit else "",
        "source": source_text(fact.source),
        "options": list(fact.options),
        "columns": ["date", *fact.fields] if fact.type == "events" else [],
    }

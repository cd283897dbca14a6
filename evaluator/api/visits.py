"""What programs do with appraisals and site checks: close, enter a tally, write findings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from sqlalchemy.orm import Session
from webargs.flaskparser import abort

from evaluator.access import Actor, NotAllowed, Permission, current_actor
from evaluator.api.idempotency import once, once_at_the_end
from evaluator.api.matching import matched, require_match
from evaluator.api.operations import concerning
from evaluator.api.outcomes import appraisal_shown, blueprint, check_shown
from evaluator.api.schemas import outcomes as schemas
from evaluator.appraisals.counting import GRADES
from evaluator.appraisals.models import Appraisal, Way
from evaluator.appraisals.operations import close
from evaluator.appraisals.paper import Miscounted, Scan, enter_tally
from evaluator.appraisals.policy import require_manage, require_open
from evaluator.appraisals.queries import appraisal_of
from evaluator.database import db
from evaluator.evidence.checks.verdict import IMAGES, PDF
from evaluator.evidence.isolation import check_apart
from evaluator.organisations.values import plain
from evaluator.rounds.queries import find_participant
from evaluator.scoring.reading import Unreadable, reader_of
from evaluator.site_checks.models import SiteCheck
from evaluator.site_checks.operations import finish, hold_check, write_findings
from evaluator.site_checks.queries import find_check, rules_for, sampled_facts
from evaluator.web.errors import Refusal
from evaluator.web.languages import language
from rules.syntax import Fact

P = Permission
APPRAISAL = "/participants/<int:participant_id>/appraisal"
CHECK = "/participants/<int:participant_id>/site-check"


def _appraisal(session: Session, actor: Actor, permission: Permission, number: int) -> Appraisal:
    found = appraisal_of(session, find_participant(session, actor, permission, number))
    if found is None:
        raise NotAllowed("no appraisal")
    return found


@blueprint.post(f"{APPRAISAL}/close")
@concerning(_appraisal, P.MANAGE_APPRAISALS)
@once
@matched
@blueprint.response(200, schemas.Appraisal)
def close_appraisal(appraisal: Appraisal) -> dict[str, Any]:
    """Close an appraisal by codes and count its ballots."""
    _hold_appraisal(appraisal)
    if appraisal.way is not Way.CODES:
        raise Refusal(gettext("This appraisal is on paper; send its tally."))
    close(db.session, current_actor(), appraisal=appraisal)
    return _kept_appraisal(appraisal)


@blueprint.post(f"{APPRAISAL}/tally")
@concerning(_appraisal, P.MANAGE_APPRAISALS)
@once_at_the_end
@matched
@blueprint.arguments(schemas.Tally)
@blueprint.response(200, schemas.Appraisal)
def tally(appraisal: Appraisal, given: dict[str, Any]) -> dict[str, Any]:
    """Enter the tally of an appraisal on paper with its scan, and count it."""
    require_manage(current_actor(), appraisal.participant)
    if appraisal.way is not Way.PAPER:
        raise Refusal(gettext("This appraisal is by codes; close it to count its ballots."))
    require_open(appraisal)
    counts = _counts(appraisal, given["counts"])
    scan = _scan(given["scan"])
    _hold_appraisal(appraisal)
    try:
        enter_tally(
            db.session,
            current_actor(),
            appraisal=appraisal,
            handed_out=given["handed_out"],
            returned=given["returned"],
            counts=counts,
            scan=scan,
        )
    except Miscounted as error:
        _wrong({"counts": [str(error)]})
    return _kept_appraisal(appraisal)


@blueprint.put(CHECK)
@concerning(find_check, P.CHECK_SITES)
@matched
@blueprint.arguments(schemas.SiteCheckFindings)
@blueprint.response(200, schemas.SiteCheck)
def write(check: SiteCheck, given: dict[str, Any]) -> dict[str, Any]:
    """Write what a site check found; it takes the place of what was written before."""
    _hold_check(check)
    write_findings(
        db.session,
        current_actor(),
        check=check,
        visited_on=given["visited_on"],
        findings=_findings(check, given["findings"]),
        facts=_sampled(check, given["facts"]),
        summary=given["summary"],
    )
    db.session.flush()
    return check_shown(check)


@blueprint.post(f"{CHECK}/finish")
@concerning(find_check, P.CHECK_SITES)
@once
@matched
@blueprint.response(200, schemas.SiteCheck)
def finish_check(check: SiteCheck) -> dict[str, Any]:
    """Finish a site check; its facts then count."""
    _hold_check(check)
    finish(db.session, current_actor(), check=check)
    db.session.flush()
    return check_shown(check)


def _hold_appraisal(appraisal: Appraisal) -> None:
    db.session.refresh(appraisal, with_for_update={"of": Appraisal})
    require_match(schemas.Appraisal, appraisal_shown(appraisal))


def _kept_appraisal(appraisal: Appraisal) -> dict[str, Any]:
    db.session.flush()
    return appraisal_shown(appraisal)


def _hold_check(check: SiteCheck) -> None:
    hold_check(db.session, check)
    require_match(schemas.SiteCheck, check_shown(check))


def _counts(appraisal: Appraisal, given: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    asked = {each["fact"] for each in appraisal.questions}
    if set(given) != asked:
        words = gettext("Send the counts of exactly these questions: %(names)s.",
                        names=", ".join(sorted(asked)))  # fmt: skip
        _wrong({"counts": [words]})
    return {fact: {grade: each[grade] for grade in GRADES} for fact, each in given.items()}


def _scan(given: Mapping[str, Any]) -> Scan:
    """Return the scan as it may be kept; nobody waits while it is checked."""
    db.session.commit()
    checked = check_apart(given["content"])
    if checked.media_type not in IMAGES | {PDF}:
        _wrong({"scan": {"content": [gettext("Send the scan as PDF or picture.")]}})
    return Scan(given["name"], checked.media_type, checked.content)


def _findings(check: SiteCheck, given: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    known = {each.id for each in rules_for(db.session, check).dimensions}
    found: dict[str, dict[str, str]] = {}
    for number, each in enumerate(given):
        if each["dimension"] not in known or each["dimension"] in found:
            words = gettext("Send each dimension of the rule set once at most.")
            _wrong({"findings": {str(number): {"dimension": [words]}}})
        found[each["dimension"]] = {"order": each["order"], "note": each["note"]}
    return found


def _sampled(check: SiteCheck, given: Mapping[str, Any]) -> dict[str, str]:
    declared = sampled_facts(rules_for(db.session, check))
    wrong = {
        name: words
        for name, value in given.items()
        if (words := _refusal(declared.get(name), value))
    }
    if wrong:
        _wrong({"facts": {name: [words] for name, words in wrong.items()}})
    return {name: str(plain(value)) for name, value in given.items()}


def _refusal(fact: Fact | None, value: object) -> str:
    """Return what is wrong with the value of a fact, empty where nothing is."""
    if fact is None:
        return str(gettext("No fact that a site check brings is called so."))
    try:
        reader_of(fact)(str(plain(value)))
    except Unreadable as error:
        return error.zh if language() == "zh" else error.en
    return ""


def _wrong(errors: Mapping[str, Any]) -> None:
    abort(422, errors={"json": errors})

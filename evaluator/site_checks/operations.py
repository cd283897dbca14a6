"""What happens with site checks: lots, findings, photos, and the facts that come of them."""

from __future__ import annotations

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.audit.lines import LinesAbout
from evaluator.audit.operations import write_line
from evaluator.database import now, take_turn
from evaluator.evidence.checks.verdict import Checked
from evaluator.records.operations import set_known_facts
from evaluator.rounds.models import Participant, Round
from evaluator.rounds.policy import require_manager
from evaluator.rounds.queries import rule_set_for, visible_participants
from evaluator.rule_sets.reading import rule_set_of
from evaluator.site_checks.lots import draw_lots
from evaluator.site_checks.models import Draw, Photo, SiteCheck, SiteCheckState
from evaluator.site_checks.policy import require_check, require_planned, require_step
from evaluator.storage import storage
from evaluator.web.errors import Refusal

_log = LinesAbout[SiteCheck]("site_check", lambda check: check.participant.path)

MOST_PHOTOS = 20


def draw(session: Session, actor: Actor, *, made: Round, percent: int) -> list[SiteCheck]:
    """Draw by lot who is visited, once a round; the seed is kept so that it can be drawn again."""
    require_manager(session, actor)
    require_step(made)
    if session.scalar(select(Draw.id).where(Draw.round_id == made.id)) is not None:
        raise Refusal(gettext("Lots were drawn already in this round; the lots stay as they fell."))
    seed = secrets.token_hex(16)
    everybody = session.scalars(visible_participants(actor, Permission.CHECK_SITES, made.id)).all()
    planned = select(SiteCheck.participant_id).where(
        SiteCheck.participant_id.in_([each.id for each in everybody])
    )
    there = set(session.scalars(planned))
    checks = [
        SiteCheck(participant=each, drawn=True)
        for each in draw_lots(everybody, percent, seed)
        if each.id not in there
    ]
    drawing = Draw(
        round_id=made.id, percent=percent, seed=seed, at=now(), account_id=actor.account_id
    )
    session.add_all([drawing, *checks])
    session.flush()
    codes = sorted(each.participant.code for each in checks)
    after = {"percent": percent, "seed": seed, "drawn": codes}
    write_line(
        session, actor, action="site_check.draw", subject="round", subject_id=made.id, after=after
    )
    return checks


def add_check(
    session: Session, actor: Actor, *, participant: Participant, reason: str
) -> SiteCheck:
    """Plan a check without a lot, for a reason such as an objection."""
    require_check(actor, participant)
    planned = select(SiteCheck.id).where(SiteCheck.participant_id == participant.id)
    if session.scalar(planned) is not None:
        raise Refusal(gettext("A check of this organisation is planned already."))
    check = SiteCheck(participant=participant, drawn=False, reason=reason)
    session.add(check)
    session.flush()
    _log(session, actor, check, "add", {}, {}, reason)
    return check


def hold_check(session: Session, check: SiteCheck) -> None:
    """Read a check as it is now, and let nobody else write into it until this is done."""
    take_turn(session)
    held = select(SiteCheck).where(SiteCheck.id == check.id).with_for_update(of=SiteCheck)
    session.scalars(held.execution_options(populate_existing=True)).one()


def write_findings(
    session: Session,
    actor: Actor,
    *,
    check: SiteCheck,
    visited_on: date | None,
    findings: Mapping[str, Mapping[str, str]],
    facts: Mapping[str, str],
    summary: str,
) -> None:
    """Keep what was found so far, for a check that is held; see `hold_check`."""
    require_check(actor, check.participant)
    require_planned(check)
    before = _content(check)
    check.visited_on = visited_on
    check.findings = {dimension: dict(found) for dimension, found in findings.items()}
    check.facts = dict(facts)
    check.summary = summary
    check.account_id = actor.account_id
    if _content(check) != before:
        _log(session, actor, check, "write", before, _content(check))


def finish(session: Session, actor: Actor, *, check: SiteCheck) -> None:
    """End a check: its facts become known facts, each with the source that its rule names."""
    require_check(actor, check.participant)
    require_planned(check)
    if check.visited_on is None:
        raise Refusal(gettext("Write down the day of the visit first."), 422)
    check.state = SiteCheckState.FINISHED
    check.finished_at = now()
    participant = check.participant
    for source, values in _by_source(session, participant, check.facts).items():
        set_known_facts(
            session,
            actor,
            organisation_id=participant.organisation_id,
            year=participant.round.year,
            values=values,
            source=source,
            as_of=check.visited_on,
        )
    _log(session, actor, check, "finish", {}, _content(check))


def add_photo(session: Session, actor: Actor, *, check: SiteCheck, checked: Checked) -> Photo:
    """Keep a picture that was checked; the file is there before others can see its row.

    One that is there already, such as of a form that was sent again, is there once.
    """
    require_check(actor, check.participant)
    require_planned(check)
    digest = hashlib.sha256(checked.content).hexdigest()
    for each in check.photos:
        if each.digest == digest:
            return each
    if len(check.photos) >= MOST_PHOTOS:
        words = gettext(
            "A check has %(count)d photos at most; remove one first.", count=MOST_PHOTOS
        )
        raise Refusal(words, 422)
    key = f"site-checks/{digest[:2]}/{digest}"
    photo = Photo(
        media_type=checked.media_type,
        storage_key=key,
        digest=digest,
        size=len(checked.content),
        at=now(),
        account_id=actor.account_id,
    )
    check.photos.append(photo)
    session.flush()
    storage().put(key, checked.content)
    _log(session, actor, check, "add_photo", {}, {"photo": photo.id, "digest": digest})
    return photo


def remove_photo(session: Session, actor: Actor, *, check: SiteCheck, photo: Photo) -> None:
    """Take a picture out of a check; its digest stays in the log, its file goes later."""
    require_check(actor, check.participant)
    require_planned(check)
    _log(session, actor, check, "remove_photo", {"photo": photo.id, "digest": photo.digest}, {})
    check.photos.remove(photo)
    session.delete(photo)


def _by_source(
    session: Session, participant: Participant, facts: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    declared = rule_set_of(rule_set_for(session, participant)).facts
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for name, value in facts.items():
        if value and name in declared:
            source = declared[name].source
            found[f"{source.kind}: {source.detail}"][name] = value
    return found


def _content(check: SiteCheck) -> dict[str, Any]:
    # The log knows an order as that of a list; this is what was found about a dimension.
    return {
        "visited_on": check.visited_on,
        "findings": {
            dimension: {"verdict": found.get("order", ""), "note": found.get("note", "")}
            for dimension, found in check.findings.items()
        },
        "facts": check.facts,
        "summary": check.summary,
    }

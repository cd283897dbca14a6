"""Applying a confirmed import of facts: exactly what its preview showed, or nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext
from sqlalchemy import bindparam, insert, update
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.audit.operations import write_line
from evaluator.database import now
from evaluator.organisations.writing import refuse_day, take_turn
from evaluator.records.brought import Brought
from evaluator.records.models import KnownFact
from evaluator.records.operations import log_known_facts
from evaluator.records.previewing import IMPORT, RecordRow, RecordsPreview, preview_of_brought
from evaluator.records.queries import rule_sets_of_year
from evaluator.web.errors import Refusal


def apply_import(
    session: Session,
    actor: Actor,
    *,
    brought: Brought,
    file: str,
    year: int,
    previewed: str,
    as_of: date,
    reason: str = "",
) -> RecordsPreview:
    """Make known what a workbook brought and return what that was.

    `previewed` is the digest of the preview that was confirmed; where the file would do anything
    else now it is refused, and so is a file in which anything is wrong. `file` is the digest of
    the file, for the audit log.
    """
    actor.require(IMPORT)
    refuse_day(as_of, field="as_of")
    # Two imports at once would both bring the same new fact; the register must not move either.
    take_turn(session)
    session.expire_all()
    preview = preview_of_brought(session, actor, brought, year, rule_sets_of_year(session, year))
    if not preview.can_be_confirmed:
        raise Refusal(gettext("There is nothing in this file that could be taken over."))
    if preview.digest() != previewed:
        raise Refusal(
            gettext(
                "What is known was changed after the preview, so nothing was taken over. Look at "
                "the new preview, then confirm again."
            )
        )
    take_over(session, actor, preview, year=year, as_of=as_of, reason=reason)
    places = actor.places(IMPORT)
    write_line(
        session,
        actor,
        action="known_facts.import",
        subject="known_facts",
        organisation_path=places[0] if len(places) == 1 else "/",
        after={"file": file, "year": year, "organisations": len(preview.rows)},
        reason=reason,
    )
    return preview


def take_over(
    session: Session,
    actor: Actor,
    preview: RecordsPreview,
    *,
    year: int,
    as_of: date,
    reason: str = "",
) -> None:
    """Make known what a preview without problems shows; the caller holds the register still."""
    actor.require(IMPORT)
    refuse_day(as_of, field="as_of")
    _write(session, actor, preview, year, as_of)
    for row in preview.rows:
        _log(session, actor, row, year, reason)


def _write(session: Session, actor: Actor, preview: RecordsPreview, year: int, as_of: date) -> None:
    """Write all facts in two statements: a large round has a hundred thousand."""
    moment = now()
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for row in preview.rows:
        for each in row.changes:
            values = {
                "value": each.value,
                "source": each.source,
                "as_of": as_of,
                "brought_at": moment,
                "account_id": actor.account_id,
            }
            if each.known_as is None:
                about = {"organisation_id": row.organisation.id, "year": year, "fact": each.fact}
                new.append({**about, **values})
            else:
                changed.append({"known_as": each.known_as, **values})
    # Rows of the table, not objects: the session keeps none of them.
    table: Any = KnownFact.__table__
    if new:
        session.execute(insert(table), new)
    if changed:
        known = update(table).where(table.c.id == bindparam("known_as"))
        session.execute(known, changed)


def _log(session: Session, actor: Actor, row: RecordRow, year: int, reason: str) -> None:
    before = {
        each.fact: {"value": each.before, "source": each.source_before}
        for each in row.changes
        if each.known_as is not None
    }
    after = {each.fact: {"value": each.value, "source": each.source} for each in row.changes}
    log_known_facts(
        session, actor, row.organisation, year, before=before, after=after, reason=reason
    )

"""Applying a confirmed import: exactly what its preview showed, or nothing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

from flask_babel import gettext
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.audit.operations import write_line
from evaluator.organisations.levels import enter_level
from evaluator.organisations.models import Organisation
from evaluator.organisations.operations import apply_details, put_below
from evaluator.organisations.placing import Placing
from evaluator.organisations.previewing import preview_of
from evaluator.organisations.proposals import Preview, Proposal
from evaluator.organisations.writing import audit, note_change, refuse_day, take_turn, values_of
from evaluator.web.errors import Refusal


def apply_import(
    session: Session,
    actor: Actor,
    *,
    path: Path,
    file: str,
    previewed: str,
    on: date,
    reason: str,
) -> Preview:
    """Do what a workbook says and return what that was.

    `previewed` is the digest of the preview that was confirmed. Where the file would do anything
    else now, since the register or the rule sets have changed, it is refused; so is a file in which
    anything is wrong. `file` is the digest of the file, for the audit log.
    """
    actor.require(Permission.EDIT_ORGANISATIONS)
    refuse_day(on)
    take_turn(session)
    session.expire_all()
    preview = preview_of(session, actor, path)
    if not preview.can_be_confirmed:
        raise Refusal(gettext("There is nothing in this file that could be taken over."))
    if preview.digest() != previewed:
        raise Refusal(
            gettext(
                "The register was changed after the preview, so nothing was taken over. Look at "
                "the new preview, then confirm again."
            )
        )
    _Application(session, actor, on, reason).apply(preview)
    counts = {"file": file, "new": len(preview.new), "changed": len(preview.changed)}
    places = actor.places(Permission.EDIT_ORGANISATIONS)
    write_line(
        session,
        actor,
        action="organisation.import",
        subject="organisation",
        organisation_path=places[0] if len(places) == 1 else "/",
        after=counts,
        reason=reason,
    )
    return preview


class _Application:
    """Writes the proposals of one preview."""

    def __init__(self, session: Session, actor: Actor, on: date, reason: str):
        self.session = session
        self.actor = actor
        self.on = on
        self.reason = reason
        self.made: dict[str, Organisation] = {}

    def apply(self, preview: Preview) -> None:
        """Enter what is new from above to below, then change and move what is there."""
        waiting = list(preview.new)
        while waiting:
            self._enter([each for each in waiting if self._parent(each).path])
            waiting = [each for each in waiting if each.row.code not in self.made]
        for each in preview.changed:
            self._change(each)
        self.session.flush()
        self._move([each for each in preview.changed if each.moves])
        for each in (*preview.new, *preview.changed):
            self._level(each)

    def _parent(self, proposal: Proposal) -> Organisation:
        """Return the parent of a row; of one that the file enters, the row that was made of it."""
        parent = proposal.parent
        assert parent is not None  # noqa: S101 - rows without a place are wrong ones
        return self.made.get(parent.code, parent)

    def _enter(self, proposals: Collection[Proposal]) -> None:
        for each in proposals:
            made = Organisation(
                code=each.row.code,
                tier=Placing.tier_of(each),
                parent_id=self._parent(each).id,
            )
            apply_details(made, each.details)
            self.session.add(made)
            self.made[each.row.code] = made
        self.session.flush()
        for each in proposals:
            made = self.made[each.row.code]
            made.path = f"{self._parent(each).path}{made.id}/"
            self._note(made, "entered")
            after = {"code": made.code, "path": made.path, **values_of(each.details)}
            audit(self.session, self.actor, made, "create", after=after, reason=self.reason)

    def _change(self, proposal: Proposal) -> None:
        organisation = proposal.organisation
        if organisation is None or not proposal.after:
            return
        apply_details(organisation, proposal.details)
        before, after = dict(proposal.before), dict(proposal.after)
        self._note(organisation, "edited", before=before, after=after)
        audit(
            self.session,
            self.actor,
            organisation,
            "edit",
            before=before,
            after=after,
            reason=self.reason,
        )

    def _move(self, proposals: Collection[Proposal]) -> None:
        """Move from above to below, so that each arrives where its new parent has arrived."""
        waiting = {each.row.code: each for each in proposals}
        while waiting:
            ready = [each for each in waiting.values() if self._parent(each).code not in waiting]
            for each in ready:
                self._move_one(each)
                del waiting[each.row.code]

    def _move_one(self, proposal: Proposal) -> None:
        organisation, parent = proposal.organisation, self._parent(proposal)
        assert organisation is not None  # noqa: S101 - only what is there can move
        before = {"path": organisation.path, "parent_id": organisation.parent_id}
        put_below(self.session, organisation, parent)
        ends = {"from": before["parent_id"], "to": parent.id}
        self._note(organisation, "moved", **ends)
        after = {"path": organisation.path, "parent_id": parent.id}
        audit(
            self.session,
            self.actor,
            organisation,
            "move",
            before=before,
            after=after,
            reason=self.reason,
        )

    def _level(self, proposal: Proposal) -> None:
        if proposal.level is None:
            return
        year, level = proposal.level
        organisation = proposal.organisation or self.made[proposal.row.code]
        enter_level(
            self.session,
            self.actor,
            organisation=organisation,
            year=year,
            level=level,
            reason=self.reason,
        )

    def _note(self, organisation: Organisation, what: str, **details: object) -> None:
        note_change(
            self.session,
            self.actor,
            organisation,
            what,
            on=self.on,
            reason=self.reason,
            details=details,
        )

"""The preview of an uploaded register: rows against the register, without changing anything."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.files.plans import NO_LEVEL
from evaluator.files.submissions import TableErrors
from evaluator.organisations.catalogue import Catalogue, catalogue
from evaluator.organisations.details import code_mistake, detail_mistakes, today
from evaluator.organisations.models import Organisation, Status
from evaluator.organisations.placing import Placing
from evaluator.organisations.proposals import Preview, Proposal, proposal_of
from evaluator.organisations.queries import visible_organisations
from evaluator.organisations.register_columns import RegisterColumns, register_columns
from evaluator.organisations.register_rows import MISSING, GivenRow, RegisterRows
from evaluator.organisations.standing import Standing, standings_of
from evaluator.organisations.uploaded_workbooks import refuse_bomb
from evaluator.organisations.words import STATES
from rules.syntax import Words

EDIT = Permission.EDIT_ORGANISATIONS


def preview_of(session: Session, actor: Actor, path: Path) -> Preview:
    """Return what a workbook would do to the register as it is, within the actor's places.

    A handful of queries for any number of rows. An organisation elsewhere is treated as if it were
    not there; that its code is taken cannot be hidden.
    """
    actor.require(EDIT)
    organisations = list(session.scalars(visible_organisations(actor, EDIT)))
    known = catalogue(session)
    try:
        refuse_bomb(path)
        rows = RegisterRows(path, columns_for(known, organisations))
    except TableErrors as error:
        return Preview(error.problems, 0, (), (), 0)
    query = visible_organisations(actor, EDIT)
    standings = standings_of(session, query, today().year + 1)
    return _Comparison(session, actor, organisations, standings, known).of(rows)


def columns_for(known: Catalogue, organisations: list[Organisation]) -> RegisterColumns:
    """Return the columns for what rule sets ask and for whatever else these organisations have."""
    return register_columns(known, {name for each in organisations for name in each.attributes})


class _Comparison:
    """Compares rows with the register."""

    def __init__(
        self,
        session: Session,
        actor: Actor,
        organisations: list[Organisation],
        standings: Mapping[int, Standing],
        known: Catalogue,
    ):
        self.session = session
        self.actor = actor
        self.by_code = {each.code: each for each in organisations}
        self.standings = standings
        self.known = known

    def of(self, rows: RegisterRows) -> Preview:
        """Return the preview of all rows."""
        proposals = [self._proposal(row) for row in rows]
        Placing(self.session, self.actor, self.by_code, proposals).settle()
        for each in proposals:
            self._check(each)
        problems = rows.problems().problems
        right = [each for each in proposals if not each.row.wrong]
        return Preview(
            problems,
            len({each.where for each in problems}),
            [each for each in right if each.organisation is None],
            [each for each in right if each.organisation is not None and each.is_change],
            sum(not each.is_change for each in right),
        )

    def _proposal(self, row: GivenRow) -> Proposal:
        organisation = self.by_code.get(row.code)
        standing = self.standings.get(organisation.id, Standing()) if organisation else Standing()
        proposal = proposal_of(row, organisation, standing)
        self._check_level(row, standing)
        return proposal

    def _check(self, proposal: Proposal) -> None:
        """Note what is wrong with the details of a row, once it is known where it stands."""
        row, organisation = proposal.row, proposal.organisation
        if organisation is None and row.code and (wrong := code_mistake(row.code)):
            row.problem("id", wrong)
        for key in ("kind",) if organisation is None else ():
            if row.values.get(key) is None and not row.wrong:
                row.problem(key, MISSING)
        if proposal.parent is not None or organisation is not None:
            self._check_details(proposal)
        self._check_state(proposal)

    def _check_details(self, proposal: Proposal) -> None:
        tier = Placing.tier_of(proposal)
        mistakes = detail_mistakes(proposal.details, tier, self.known)
        if "name" in mistakes:
            mistakes.pop("sort_key", None)
        for key, words in mistakes.items():
            if proposal.organisation is None or proposal.is_change:
                proposal.row.problem(key, words)

    def _check_state(self, proposal: Proposal) -> None:
        row, organisation = proposal.row, proposal.organisation
        status = organisation.status if organisation else Status.ACTIVE
        given = row.values.get("status")
        if given is not None and given != status.value:
            row.problem("status", _state_words(status))
        elif status is not Status.ACTIVE and proposal.is_change:
            row.problem(
                "",
                Words(
                    "该党组织已终止，不能再修改；请恢复原值或删去此行",
                    "has ended and cannot be changed; restore the row or remove it",
                ),
            )

    def _check_level(self, row: GivenRow, standing: Standing) -> None:
        level, since = row.values.get("previous_level"), row.values.get("level_since")
        if level is not None and level != NO_LEVEL and since is None:
            row.problem(
                "level_since",
                Words(
                    "填了现有星级就要填获评年度", "is empty; a level needs the year of its round"
                ),
            )
        elif (
            (level is None or level == NO_LEVEL)
            and since is not None
            and row.gives("previous_level")
        ):
            row.problem(
                "previous_level",
                Words(
                    "有获评年度而无星级；请选择星级或清空年度",
                    "is empty; choose the level of that year or clear the year",
                ),
            )
        elif level == NO_LEVEL and standing.level:
            row.problem(
                "previous_level",
                Words(
                    "已有星级不能在此取消；请恢复原值",
                    "a level that is held is not taken away here; restore the value",
                ),
            )


def _state_words(status: Status) -> Words:
    words = STATES[status]
    return Words(
        f"状态为“{words.zh}”，不能通过导入更改；请恢复原值，在党组织页面办理",
        f"the state is {words.en.lower()} and not changed by an import; restore it, and use the "
        "page of the organisation",
    )

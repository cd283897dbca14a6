"""Where the rows of an uploaded register will stand: parents found, moves and the tree checked."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.organisations.models import Kind, Organisation, Status, Tier
from evaluator.organisations.proposals import Proposal
from evaluator.organisations.register_rows import MISSING
from evaluator.organisations.tree import parent_mistake, tier_below
from evaluator.organisations.writing import taken
from rules.syntax import Words

RESTRUCTURE = Permission.RESTRUCTURE_ORGANISATIONS
MOST_TIERS = 8


class Placing:
    """Finds the parents of all rows, those among them that the file itself enters."""

    def __init__(
        self,
        session: Session,
        actor: Actor,
        by_code: Mapping[str, Organisation],
        proposals: Collection[Proposal],
    ):
        self.actor = actor
        self.proposals = proposals
        self.taken = _taken(session, by_code, proposals)
        new = {each.row.code: _planned(each) for each in proposals if each.organisation is None}
        self.places = {**new, **by_code}
        self.by_name: dict[str, list[Organisation]] = {}
        for each in self.places.values():
            self.by_name.setdefault(each.name, []).append(each)
        self.renamed = {each.row.code: each.details.name for each in proposals}
        self.by_id = {each.id: each for each in by_code.values()}

    def settle(self) -> None:
        """Give each proposal its parent, and note rows whose place does not fit."""
        for each in self.proposals:
            if each.organisation is None and each.row.code in self.taken:
                each.row.problem("id", taken(each.row.code))
            each.parent = self._parent(each)
        self._settle_tiers()
        kinds = {each.row.code: each.details.kind for each in self.proposals}
        for each in self.proposals:
            self._check(each, kinds)
        self._check_others_below(kinds)

    @staticmethod
    def tier_of(proposal: Proposal) -> Tier:
        """Return the tier of a row: as it is, or as its parent makes it."""
        if proposal.organisation is not None:
            return proposal.organisation.tier
        return tier_below(proposal.parent)

    def _parent(self, proposal: Proposal) -> Organisation | None:
        """Return the parent that a row names by code or full name, else the one it has."""
        row, organisation = proposal.row, proposal.organisation
        code, name = row.values.get("parent"), row.values.get("parent_name")
        if code is not None:
            return self._by_code(proposal, str(code), name)
        if name is not None:
            return self._by_name(proposal, str(name))
        if organisation is None:
            row.problem("parent", MISSING)
            return None
        return self.by_id.get(organisation.parent_id or 0)

    def _by_code(self, proposal: Proposal, code: str, name: object) -> Organisation | None:
        found = self.places.get(code)
        if found is None:
            proposal.row.problem(
                "parent",
                Words(
                    f"没有编号为“{code}”的上级党组织；请改正编号，或在文件中补上",
                    f'no organisation has the number "{code}"; mend it, or add it to the file',
                ),
            )
        elif name is not None and name not in (found.name, self.renamed.get(code)):
            proposal.row.problem(
                "parent_name",
                Words(
                    f"编号“{code}”的党组织是“{found.name}”；请改正编号或名称，或清空名称",
                    f'the number "{code}" is that of {found.name}; mend number or name, '
                    "or clear the name",
                ),
            )
        return found

    def _by_name(self, proposal: Proposal, name: str) -> Organisation | None:
        found = self.by_name.get(name, [])
        kept = proposal.organisation.parent_id if proposal.organisation else None
        same = [each for each in found if each.id and each.id == kept]
        if len(found) == 1 or same:
            return same[0] if same else found[0]
        proposal.row.problem(
            "parent_name",
            Words(
                f"有{len(found)}个党组织叫“{name}”；请填写上级编号"
                if found
                else f"没有名称为“{name}”的上级党组织；请改正，或填写上级编号",
                f'{len(found)} organisations are called "{name}"; give the number of the one above',
            ),
        )
        return None

    def _settle_tiers(self) -> None:
        """Work out the tiers of what the file enters, from above to below."""
        new = [each for each in self.proposals if each.organisation is None and each.parent]
        for _ in range(MOST_TIERS):
            for each in new:
                if each.parent is not None and each.row.code in self.places:
                    self.places[each.row.code].tier = tier_below(each.parent)

    def _check(self, proposal: Proposal, kinds: Mapping[str, Kind]) -> None:
        """Note where an organisation would stand below what cannot hold it."""
        parent, organisation = proposal.parent, proposal.organisation
        if parent is None:
            return
        settled = organisation is not None and not proposal.moves
        if settled and not ("kind" in proposal.after or parent.code in kinds):
            return
        if organisation is not None and organisation.status is not Status.ACTIVE:
            return
        if proposal.moves and not self._may_move(proposal):
            proposal.row.problem(
                "parent",
                Words(
                    "没有调整该党组织隶属关系的权限；请恢复原值",
                    "you may not move this organisation; restore the value",
                ),
            )
        above = _with_kind(parent, kinds.get(parent.code, parent.kind))
        if wrong := parent_mistake(self.tier_of(proposal), proposal.details.kind, above):
            proposal.row.problem("kind" if settled else "parent", wrong)

    def _check_others_below(self, kinds: Mapping[str, Kind]) -> None:
        """Note new kinds that what stands below, and is not in the file, does not fit under."""
        changed = {
            each.organisation.id: each
            for each in self.proposals
            if each.organisation is not None and "kind" in each.after
        }
        for below in self.by_id.values():
            proposal = changed.get(below.parent_id or 0)
            if proposal is None or below.status is not Status.ACTIVE or below.code in kinds:
                continue
            above = _with_kind(self.by_id[below.parent_id or 0], proposal.details.kind)
            if wrong := parent_mistake(below.tier, below.kind, above):
                proposal.row.problem("kind", wrong)

    def _may_move(self, proposal: Proposal) -> bool:
        """Return whether the actor may move it; one that is entered may be anywhere they edit."""
        organisation, parent = proposal.organisation, proposal.parent
        places = [each.path for each in (organisation, parent) if each is not None and each.path]
        return all(self.actor.may(RESTRUCTURE, path) for path in places)


def _planned(proposal: Proposal) -> Organisation:
    """Return a new row as an organisation that is in no session; its tier is found out later."""
    details = proposal.details
    return Organisation(
        code=proposal.row.code,
        name=details.name,
        kind=details.kind,
        tier=Tier.BRANCH,
        status=Status.ACTIVE,
        path="",
    )


def _with_kind(parent: Organisation, kind: Kind) -> Organisation:
    """Return a parent as it will be, without touching the one that is in the session."""
    if kind is parent.kind:
        return parent
    return Organisation(
        code=parent.code, name=parent.name, kind=kind, tier=parent.tier, status=parent.status
    )


def _taken(
    session: Session, by_code: Mapping[str, Organisation], proposals: Collection[Proposal]
) -> frozenset[str]:
    """Return which new codes organisations elsewhere have already."""
    new = {each.row.code for each in proposals if each.organisation is None} - set(by_code)
    if not new:
        return frozenset()
    return frozenset(session.scalars(select(Organisation.code))) & new

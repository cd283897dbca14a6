"""Where an organisation may stand: the tier below its parent's, and a kind that fits there."""

from __future__ import annotations

from evaluator.organisations.models import Kind, Organisation, Status, Tier
from evaluator.organisations.words import KINDS
from rules.syntax import Words

KINDS_OF_TIER = {
    Tier.DISTRICT: (Kind.WORKING_COMMITTEE, Kind.COMMITTEE),
    Tier.COMMITTEE: (Kind.WORKING_COMMITTEE, Kind.COMMITTEE),
    Tier.BRANCH: (Kind.COMMITTEE, Kind.GENERAL_BRANCH, Kind.BRANCH, Kind.JOINT_BRANCH),
}
_RANK = {
    Kind.WORKING_COMMITTEE: 3,
    Kind.COMMITTEE: 2,
    Kind.GENERAL_BRANCH: 1,
    Kind.BRANCH: 0,
    Kind.JOINT_BRANCH: 0,
}
"""Among the branches one may stand below another of a higher rank: 党委, 党总支, 党支部."""


def tier_below(parent: Organisation | None) -> Tier:
    """Return the tier of what stands directly below an organisation; the root is the district."""
    if parent is None:
        return Tier.DISTRICT
    return Tier.COMMITTEE if parent.tier is Tier.DISTRICT else Tier.BRANCH


def kind_mistake(tier: Tier, kind: Kind) -> Words | None:
    """Return why a kind does not fit a tier, None where it does."""
    allowed = KINDS_OF_TIER[tier]
    if kind in allowed:
        return None
    zh = "、".join(KINDS[each].zh for each in allowed)
    en = ", ".join(KINDS[each].en for each in allowed)
    return Words(
        f"“{KINDS[kind].zh}”不适用于这一层级，只能选：{zh}",
        f"{KINDS[kind].en} does not fit this tier; allowed are {en}",
    )


def may_hold_branches(kind: Kind) -> bool:
    """Return whether branches may stand below a branch of this kind."""
    return _RANK[kind] > 0


def parent_mistake(tier: Tier, kind: Kind, parent: Organisation) -> Words | None:
    """Return why an organisation of a tier and kind may not stand below a parent."""
    if parent.status is not Status.ACTIVE:
        return Words(
            f"{parent.name}已终止，不能作为上级；请另选",
            f"{parent.name} has ended and can have nothing below it; choose another",
        )
    if tier_below(parent) is not tier:
        return Words(
            f"层级不符：{parent.name}之下不能设这一层级的党组织；请另选上级",
            f"the tier does not fit below {parent.name}; choose another place",
        )
    if parent.tier is Tier.BRANCH and _RANK[kind] >= _RANK[parent.kind]:
        return Words(
            f"{parent.name}（{KINDS[parent.kind].zh}）之下不能设{KINDS[kind].zh}；"
            "党支部只能设在党委、党总支或直属党（工）委之下",
            f"{parent.name} is a {KINDS[parent.kind].en.lower()}, below which no "
            f"{KINDS[kind].en.lower()} can stand; choose a general branch or a committee",
        )
    return None


def is_below(path: str, place: Organisation) -> bool:
    """Return whether a path is that of an organisation itself or of one below it."""
    return path.startswith(place.path)

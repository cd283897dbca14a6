"""Composing panels: what they hear, who may sit on them, what counts as a conflict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.audit.lines import LinesAbout
from evaluator.audit.operations import write_line
from evaluator.panels.models import Case, Draw, Panel, PanelMember, PanelRules
from evaluator.panels.policy import require_manager, require_open
from evaluator.panels.ratings_asked import fewest_ratings
from evaluator.rounds.models import Round
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext

_log = LinesAbout[Panel]("panel")


@dataclass(frozen=True)
class PanelContent:
    """A panel as it is wanted; `chair` is one of the `members`, or None."""

    name: str
    categories: Sequence[str] = ()
    seats: int = 5
    wanted: Mapping[str, int] = field(default_factory=dict)
    members: Sequence[int] = ()
    chair: int | None = None


class Unusable(Exception):
    """A panel that cannot be kept; its words say why, `field` where."""

    def __init__(self, place: str, words: str):
        super().__init__(words)
        self.place = place
        self.words = words


def compose(
    session: Session,
    actor: Actor,
    *,
    made: Round,
    content: PanelContent,
    panel: Panel | None = None,
    version: int | None = None,
) -> Panel:
    """Keep a panel as wanted, a new one where none is given.

    Raises Unusable for what cannot be, Refusal where somebody else has changed it.
    """
    require_manager(session, actor)
    require_open(made)
    _check(session, made, content, panel)
    before = _plain(panel) if panel else {}
    if panel is None:
        panel = Panel(round_id=made.id, name=content.name)
        session.add(panel)
    elif panel.version != version:
        raise Refusal(
            gettext("Somebody else has changed this panel in the meantime. Load it again.")
        )
    panel.name, panel.seats = content.name, content.seats
    panel.categories = sorted(content.categories)
    panel.wanted = dict(sorted(content.wanted.items()))
    _seat_members(session, panel, content)
    session.flush()
    _log(session, actor, panel, "compose", before, _plain(panel))
    return panel


def remove_panel(session: Session, actor: Actor, *, panel: Panel, version: int) -> None:
    """Remove a panel that hears no case and has drawn no lots."""
    require_manager(session, actor)
    if panel.version != version:
        raise Refusal(
            gettext("Somebody else has changed this panel in the meantime. Load it again.")
        )
    used = select(Case.id).where(Case.panel_id == panel.id).limit(1)
    drawn = select(Draw.id).where(Draw.panel_id == panel.id).limit(1)
    if session.scalar(used) is not None or session.scalar(drawn) is not None:
        raise Refusal(
            gettext("This panel has cases or lots. Give its cases to another panel, or keep it.")
        )
    _log(session, actor, panel, "remove", _plain(panel), {})
    session.delete(panel)


def set_former_years(
    session: Session, actor: Actor, *, made: Round, years: int, version: int
) -> PanelRules:
    """Set for how many years a former post is a conflict in a round."""
    require_manager(session, actor)
    require_open(made)
    rules = rules_of(session, made)
    before = rules.former_years
    if rules.id is not None and rules.version != version:
        raise Refusal(gettext("Somebody else has changed this in the meantime. Load it again."))
    session.add(rules)
    rules.former_years = years
    session.flush()
    write_line(
        session,
        actor,
        action="panel.set_former_years",
        subject="round",
        subject_id=made.id,
        before={"former_years": before},
        after={"former_years": years},
    )
    return rules


def rules_of(session: Session, made: Round) -> PanelRules:
    """Return what holds for all panels of a round; one that is not stored has the defaults."""
    query = select(PanelRules).where(PanelRules.round_id == made.id)
    return session.scalars(query).one_or_none() or PanelRules(round_id=made.id, former_years=5)


def _check(session: Session, made: Round, content: PanelContent, panel: Panel | None) -> None:
    if sum(content.wanted.values()) > content.seats:
        raise Unusable(
            "seats",
            gettext("More seats want a competence than there are seats; add seats or want less."),
        )
    fewest = fewest_ratings(made, content.categories)
    if content.seats < fewest:
        raise Unusable(
            "seats",
            gettext(
                "The rule set asks for %(count)d ratings of each case at least; "
                "with fewer seats it could not be scored.",
                count=fewest,
            ),
        )
    if content.chair is not None and content.chair not in content.members:
        raise Unusable("chair", gettext("The chair must be one of the members."))
    query = select(Panel.id).where(Panel.round_id == made.id, Panel.name == content.name)
    same = session.scalars(query).one_or_none()
    if same is not None and (panel is None or same != panel.id):
        raise Unusable("name", gettext("Another panel of this round has this name."))


def _require_version(panel: Panel, version: int | None) -> None:
    if panel.version != version:
        raise Refusal(
            gettext("Somebody else has changed this panel in the meantime. Load it again.")
        )


def _seat_members(session: Session, panel: Panel, content: PanelContent) -> None:
    there = {each.panellist_id: each for each in panel.members}
    for number in sorted(set(there) - set(content.members)):
        panel.members.remove(there[number])
    for number in sorted(content.members):
        member = there.get(number) or PanelMember(panellist_id=number)
        member.is_chair = number == content.chair
        if number not in there:
            panel.members.append(member)


def _plain(panel: Panel) -> dict[str, Any]:
    return {
        "name": panel.name,
        "categories": panel.categories,
        "seats": panel.seats,
        "wanted": panel.wanted,
        "panellists": sorted(each.panellist_id for each in panel.members),
        "chair": next((each.panellist_id for each in panel.members if each.is_chair), None),
    }

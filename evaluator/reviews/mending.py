"""What a branch has to mend of a returned application, for the pages of the application itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from evaluator.applications.models import Application, ApplicationState
from evaluator.applications.parts import Part
from evaluator.applications.ready import Ready
from evaluator.database import db
from evaluator.reviews.blueprint import blueprint
from evaluator.reviews.models import Return
from evaluator.reviews.units import CONDITIONS
from evaluator.web.languages import language


@dataclass(frozen=True)
class ToMend:
    """One indicator that the committee wants mended: what, why, and where it is filled in.

    `part` is empty where the rule set of the round does not have the indicator any more.
    """

    title: str
    note: str
    part: str
    anchor: str


@dataclass(frozen=True)
class Mending:
    """The list with which an application came back, the latest one."""

    at: datetime
    message: str
    items: Sequence[ToMend]

    @property
    def parts(self) -> Mapping[str, int]:
        """Return how much is to be mended of each part."""
        return Counter(each.part for each in self.items if each.part)

    @property
    def notes(self) -> Mapping[str, str]:
        """Return what is said of each place of the form, by its anchor."""
        return {each.anchor: each.note for each in self.items if each.part}


@blueprint.app_template_global("mending_of")
def mending_of(application: Application | None, ready: Ready) -> Mending | None:
    """Return what is to be mended as long as an application lies with its branch for that."""
    if application is None or application.state is not ApplicationState.RETURNED:
        return None
    query = select(Return).where(Return.application_id == application.id)
    found = db.session.scalars(query.order_by(Return.number.desc()).limit(1)).one_or_none()
    if found is None:
        return None
    items = [_item(each["indicator"], each["note"], ready) for each in found.items]
    return Mending(found.at, found.message, items)


def _item(name: str, note: str, ready: Ready) -> ToMend:
    for part in ready.parts:
        if name == CONDITIONS and part.facts:
            return ToMend(part.title.say(language()), note, part.id, f"part-{part.id}")
        title = _title(part, name)
        if title:
            return ToMend(title, note, part.id, f"indicator-{name}")
    return ToMend(name, note, "", "")


def _title(part: Part, name: str) -> str:
    """Return the title of an indicator of a part; empty where the part does not have it."""
    found = (place.indicator for place in part.places if place.indicator.id == name)
    return next((each.title.say(language()) for each in found), "")

"""Words of awards on the pages and in the workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString, lazy_gettext

from evaluator.awards.models import Award, ChangeKind
from evaluator.awards.queries import SOON, Standing
from evaluator.awards.task_queries import Progress
from evaluator.database import now
from evaluator.notices.calendar import day_of
from evaluator.organisations.catalogue import Catalogue
from evaluator.web.wording import gettext

K = ChangeKind
STANDINGS: Mapping[Standing, LazyString] = {
    Standing.HELD: lazy_gettext("level held"),
    Standing.LOWERED: lazy_gettext("held after a demotion"),
    Standing.DUE: lazy_gettext("re-audit due"),
    Standing.PROPOSED: lazy_gettext("change proposed"),
    Standing.ENDED: lazy_gettext("revoked or expired"),
    Standing.SUPERSEDED: lazy_gettext("followed by a later award"),
}
PROGRESS: Mapping[Progress, LazyString] = {
    Progress.OPEN: lazy_gettext("not done"),
    Progress.OVERDUE: lazy_gettext("overdue"),
    Progress.DONE: lazy_gettext("done"),
    Progress.CANCELLED: lazy_gettext("cancelled"),
}
KINDS: Mapping[ChangeKind, LazyString] = {
    K.DEMOTION: lazy_gettext("Demotion"),
    K.REVOCATION: lazy_gettext("Revocation"),
    K.RE_AUDIT_PASSED: lazy_gettext("Re-audit passed"),
    K.EXPIRY: lazy_gettext("Expired"),
}


@dataclass(frozen=True)
class Titles:
    """What levels and categories are called, in the language of a reader."""

    known: Catalogue
    language: str

    def category(self, award: Award) -> str:
        """Return what the category of an award is called."""
        return self.known.title(award.participant.category, self.language)

    def level(self, award: Award, level: str) -> str:
        """Return what a level is called in the category of an award."""
        if not level:
            return gettext("no level")
        return self.known.level(award.participant.category, level, self.language)

    def categories(self) -> dict[str, str]:
        """Return all categories."""
        return {name: words.say(self.language) for name, words in self.known.categories.items()}

    def levels(self) -> dict[str, str]:
        """Return the levels of all categories; those of one name stand once."""
        found: dict[str, str] = {}
        for levels in self.known.levels.values():
            found = {name: words.say(self.language) for name, words in levels.items()} | found
        return found


def standing_words(award: Award, superseded: bool) -> str:
    """Return how an award stands now; what is only proposed is not said here."""
    if not award.level:
        last = [each.kind for each in award.changes if each.confirmed_at is not None]
        return str(KINDS[last[-1]]) if last else str(STANDINGS[Standing.ENDED])
    if superseded:
        return str(STANDINGS[Standing.SUPERSEDED])
    if award.re_audit_due is not None:
        today = day_of(now())
        if award.re_audit_due < today:
            return gettext("re-audit overdue")
        if award.re_audit_due <= today + SOON:
            return str(STANDINGS[Standing.DUE])
    lowered = award.level != award.first_level
    return str(STANDINGS[Standing.LOWERED if lowered else Standing.HELD])

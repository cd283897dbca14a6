"""The main menu: an entry for each subject, shown to those who may see it.

Who sees many entries finds them in groups by the work that they belong to; few stand side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from flask import Flask, current_app, g, request, url_for
from flask_babel import LazyString, lazy_gettext
from markupsafe import Markup

from evaluator.access import Actor, Permission
from evaluator.access.routes import declared_access
from evaluator.web.languages import language

P = Permission
NOTHING = Markup()
FEW = 11
"""So many entries fit in a line and need no groups."""
SIDE_BY_SIDE = 3
"""So many fit in a line of a phone."""


@dataclass(frozen=True)
class Entry:
    """A line of the menu: where it leads, its words, and the permission that shows it."""

    endpoint: str
    words: LazyString
    permission: Permission


@dataclass(frozen=True)
class Group:
    """Entries that belong to the same work."""

    words: LazyString
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Line:
    """An entry as a page shows it; `current` is the value of aria-current, empty for none."""

    endpoint: str
    address: str
    words: str
    current: str = ""


@dataclass(frozen=True)
class Shown:
    """A group as a page shows it; without words its lines stand in the menu by themselves."""

    words: str
    lines: Sequence[Line]

    @property
    def is_current(self) -> bool:
        """Return whether the page belongs to one of the entries."""
        return any(each.current for each in self.lines)


@dataclass(frozen=True)
class Menu:
    """The menu of a page: its lines, and the groups of them as they are drawn."""

    lines: Sequence[Line] = ()
    entries: Markup = NOTHING
    is_grouped: bool = False

    @property
    def is_folded(self) -> bool:
        """Return whether a narrow page shows it only when it is asked for."""
        return len(self.lines) > SIDE_BY_SIDE


MENU = (
    Group(
        lazy_gettext("Reviewing"),
        (
            Entry("applications.mine", lazy_gettext("Self-assessment"), P.FILL_APPLICATIONS),
            Entry("reviews.queue", lazy_gettext("Committee review"), P.SEE_REVIEWS),
            Entry("appraisals.listing", lazy_gettext("Appraisals"), P.SEE_APPRAISALS),
            Entry("site_checks.listing", lazy_gettext("Site checks"), P.SEE_SITE_CHECKS),
        ),
    ),
    Group(
        lazy_gettext("Deciding"),
        (
            Entry("defences.mine", lazy_gettext("My cases"), P.JUDGE),
            Entry("panels.listing", lazy_gettext("Panels"), P.SEE_PANELS),
            Entry("defences.timetable", lazy_gettext("Defence"), P.SEE_PANELS),
            Entry("decisions.board", lazy_gettext("Decision"), P.SEE_DECISIONS),
        ),
    ),
    Group(
        lazy_gettext("Awarding"),
        (
            Entry("notices.listing", lazy_gettext("Public notice"), P.SEE_NOTICES),
            Entry("notices.objections", lazy_gettext("Objections"), P.HANDLE_OBJECTIONS),
            Entry("awards.listing", lazy_gettext("Awards"), P.SEE_AWARDS),
            Entry("certificates.listing", lazy_gettext("Certificates"), P.SEE_AWARDS),
            Entry("score_reports.listing", lazy_gettext("Score reports"), P.SEE_SCORE_REPORTS),
        ),
    ),
    Group(
        lazy_gettext("Register"),
        (
            Entry("progress.overview", lazy_gettext("Progress"), P.SEE_PROGRESS),
            Entry("organisations.listing", lazy_gettext("Organisations"), P.SEE_ORGANISATIONS),
            Entry("records.listing", lazy_gettext("Records"), P.SEE_RECORDS),
        ),
    ),
    Group(
        lazy_gettext("Rules"),
        (
            Entry("rounds.listing", lazy_gettext("Rounds"), P.SEE_ROUNDS),
            Entry("rule_sets.listing", lazy_gettext("Rule sets"), P.SEE_RULE_SETS),
            Entry("trials.start", lazy_gettext("Try other rules"), P.TRY_RULES),
        ),
    ),
    Group(
        lazy_gettext("System"),
        (
            Entry("outbox.listing", lazy_gettext("Outbox"), P.SEE_OUTBOX),
            Entry("accounts.listing", lazy_gettext("Accounts"), P.SEE_ACCOUNTS),
            Entry("audit.listing", lazy_gettext("Audit log"), P.READ_AUDIT),
        ),
    ),
)


def set_up_navigation(app: Flask) -> None:
    """Give the layout of an app its menu."""

    # Every page shows it, and it is the same for all with the same rights.
    @lru_cache(maxsize=1_000)
    def offered(rights: Actor, _language: str, _root: str) -> Sequence[Shown]:
        groups = []
        for group in MENU:
            entries = [
                each
                for each in group.entries
                if rights.may(each.permission) and each.endpoint in app.view_functions
            ]
            groups.append((group.words, entries))
        return _shown(groups)

    @lru_cache(maxsize=10_000)
    def drawn(rights: Actor, language: str, root: str, here: str, current: str) -> Menu:
        groups = _marked(offered(rights, language, root), here, current)
        template = app.jinja_env.get_template("web/menu.html")
        entries: Markup = template.make_module().entries(groups)  # type: ignore[attr-defined]
        return Menu(_lines(groups), entries, any(each.words for each in groups))

    def menu() -> Menu:
        actor: Actor | None = g.get("actor")
        if actor is None:
            return Menu()
        rights = Actor(None, "", actor.grants, limited_to=actor.limited_to)
        said, root = language(), request.script_root
        here, current = _current(offered(rights, said, root))
        return drawn(rights, said, root, here, current)

    app.jinja_env.globals["menu"] = menu


def _shown(groups: Sequence[tuple[LazyString, Sequence[Entry]]]) -> Sequence[Shown]:
    few = sum(len(entries) for _words, entries in groups) <= FEW
    return [
        Shown(
            "" if few or len(entries) == 1 else str(words),
            [Line(each.endpoint, url_for(each.endpoint), str(each.words)) for each in entries],
        )
        for words, entries in groups
        if entries
    ]


def _lines(groups: Sequence[Shown]) -> Sequence[Line]:
    return [line for group in groups for line in group.lines]


def _marked(groups: Sequence[Shown], here: str, current: str) -> Sequence[Shown]:
    """Return a menu with the entry marked to which a page belongs."""
    return [
        replace(
            group,
            lines=[
                replace(line, current=current) if line.endpoint == here else line
                for line in group.lines
            ],
        )
        for group in groups
    ]


def _current(groups: Sequence[Shown]) -> tuple[str, str]:
    """Return the endpoint of the entry that this page belongs to, and the value of aria-current.

    It is known by its address, else by its subject; what everybody signed in has for their own,
    such as their letters, belongs to none, and its endpoint is empty.
    """
    path = f"{request.path}/"
    lines = _lines(groups)
    above = [each for each in lines if path.startswith(f"{each.address}/")]
    if above:
        found = max(above, key=lambda each: len(each.address))
        return found.endpoint, "page" if request.path == found.address else "true"
    view = current_app.view_functions.get(request.endpoint or "")
    access = declared_access(view, request.method) if view else None
    if access is None or access.permission is None:
        return "", ""
    same = [each.endpoint for each in lines if each.endpoint.partition(".")[0] == request.blueprint]
    return (same[0], "true") if len(same) == 1 else ("", "")

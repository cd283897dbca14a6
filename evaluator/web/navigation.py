"""The main menu: an entry for each subject, shown to those who may see it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, g, url_for
from flask_babel import LazyString, lazy_gettext

from evaluator.access import Actor, Permission

P = Permission


@dataclass(frozen=True)
class Entry:
    """A line of the menu: where it leads, its words, and the permission that shows it."""

    endpoint: str
    words: LazyString
    permission: Permission


MENU = (
    Entry("applications.mine", lazy_gettext("Self-assessment"), P.FILL_APPLICATIONS),
    Entry("reviews.queue", lazy_gettext("Committee review"), P.SEE_REVIEWS),
    Entry("appraisals.listing", lazy_gettext("Appraisals"), P.SEE_APPRAISALS),
    Entry("site_checks.listing", lazy_gettext("Site checks"), P.SEE_SITE_CHECKS),
    Entry("defences.mine", lazy_gettext("My cases"), P.JUDGE),
    Entry("panels.listing", lazy_gettext("Panels"), P.SEE_PANELS),
    Entry("defences.timetable", lazy_gettext("Defence"), P.SEE_PANELS),
    Entry("decisions.board", lazy_gettext("Decision"), P.SEE_DECISIONS),
    Entry("notices.listing", lazy_gettext("Public notice"), P.SEE_NOTICES),
    Entry("notices.objections", lazy_gettext("Objections"), P.HANDLE_OBJECTIONS),
    Entry("awards.listing", lazy_gettext("Awards"), P.SEE_AWARDS),
    Entry("score_reports.listing", lazy_gettext("Score reports"), P.SEE_SCORE_REPORTS),
    Entry("progress.overview", lazy_gettext("Progress"), P.SEE_PROGRESS),
    Entry("organisations.listing", lazy_gettext("Organisations"), P.SEE_ORGANISATIONS),
    Entry("records.listing", lazy_gettext("Records"), P.SEE_RECORDS),
    Entry("rounds.listing", lazy_gettext("Rounds"), P.SEE_ROUNDS),
    Entry("rule_sets.listing", lazy_gettext("Rule sets"), P.SEE_RULE_SETS),
    Entry("trials.start", lazy_gettext("Try other rules"), P.TRY_RULES),
    Entry("outbox.listing", lazy_gettext("Outbox"), P.SEE_OUTBOX),
    Entry("accounts.listing", lazy_gettext("Accounts"), P.SEE_ACCOUNTS),
    Entry("audit.listing", lazy_gettext("Audit log"), P.READ_AUDIT),
)


def set_up_navigation(app: Flask) -> None:
    """Give the layout of an app its menu."""

    def menu() -> list[tuple[str, LazyString]]:
        actor: Actor | None = g.get("actor")
        return [
            (url_for(entry.endpoint), entry.words)
            for entry in MENU
            if actor and actor.may(entry.permission) and entry.endpoint in app.view_functions
        ]

    app.jinja_env.globals["menu"] = menu

"""What roles and permissions are called on the pages."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from evaluator.access import Permission, Role

P = Permission

ROLES: Mapping[Role, LazyString] = {
    Role.BRANCH_OFFICER: _("Branch officer"),
    Role.COMMITTEE_REVIEWER: _("Committee reviewer"),
    Role.PANELLIST: _("Panellist"),
    Role.ORGANISER: _("Organiser"),
    Role.SUPERVISOR: _("Supervisor"),
    Role.ADMINISTRATOR: _("Administrator"),
}

PERMISSIONS: Mapping[Permission, LazyString] = {
    P.SEE_ORGANISATIONS: _("See organisations"),
    P.EDIT_ORGANISATIONS: _("Edit organisations"),
    P.RESTRUCTURE_ORGANISATIONS: _("Merge, split, move and dissolve organisations"),
    P.SEE_ACCOUNTS: _("See accounts"),
    P.MANAGE_ACCOUNTS: _("Manage accounts"),
    P.SEE_ROUNDS: _("See rounds"),
    P.MANAGE_ROUNDS: _("Manage rounds"),
    P.SEE_PROGRESS: _("See the progress"),
    P.SEE_RULE_SETS: _("See rule sets"),
    P.MANAGE_RULE_SETS: _("Manage rule sets"),
    P.TRY_RULES: _("Try rules"),
    P.SEE_RECORDS: _("See records"),
    P.IMPORT_RECORDS: _("Import records"),
    P.SEE_APPLICATIONS: _("See applications"),
    P.FILL_APPLICATIONS: _("Fill in applications"),
    P.SUBMIT_APPLICATIONS: _("Submit applications"),
    P.REPLY_TO_REVIEWS: _("Reply to reviews"),
    P.SEE_REVIEWS: _("See committee reviews"),
    P.REVIEW_APPLICATIONS: _("Review applications"),
    P.RECOMMEND: _("Recommend"),
    P.MANAGE_APPRAISALS: _("Manage appraisals"),
    P.SEE_APPRAISALS: _("See appraisals"),
    P.CHECK_SITES: _("Fill in site checks"),
    P.SEE_SITE_CHECKS: _("See site checks"),
    P.SEE_PANELS: _("See panels and the defence"),
    P.MANAGE_PANELS: _("Compose panels and run the defence"),
    P.JUDGE: _("Judge cases"),
    P.SEE_DECISIONS: _("See decisions"),
    P.DECIDE: _("Decide levels"),
    P.SEE_NOTICES: _("See notices before they are public"),
    P.PUBLISH_NOTICES: _("Publish notices"),
    P.SEE_OBJECTIONS: _("See objections"),
    P.HANDLE_OBJECTIONS: _("Handle objections"),
    P.SEE_AWARDS: _("See awards"),
    P.AWARD: _("Award, demote and revoke levels"),
    P.FOLLOW_UP: _("Fill in follow-up tasks"),
    P.SEE_SCORE_REPORTS: _("See score reports"),
    P.PLAN_NEXT_STAR: _("Plan the next star"),
    P.SEE_OUTBOX: _("See the outbox"),
    P.SEND_LETTERS: _("Send letters"),
    P.READ_AUDIT: _("Read the audit log"),
}


# The first that fits counts: most browsers name others as well, to be served like them.
_BROWSERS = (
    ("MicroMessenger", _("WeChat")),
    ("DingTalk", _("DingTalk")),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_DEVICES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def browser_words(named: str) -> str:
    """Return which browser on which device a session was begun with, in short."""
    found = [
        next((str(words) for key, words in known if key in named), "")
        for known in (_BROWSERS, _DEVICES)
    ]
    return " · ".join(each for each in found if each) or named[:40]


def role_words(role: str) -> str:
    """Return what a role is called."""
    return str(ROLES[Role(role)])


def permission_words(permission: str) -> str:
    """Return what a permission is called."""
    return str(PERMISSIONS[Permission(permission)])

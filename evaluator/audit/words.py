"""What subjects, actions and values of the log are called; unknown ones show as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from flask_babel import LazyString, format_datetime
from flask_babel import lazy_gettext as _

_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?\+00:00$")

SUBJECTS: Mapping[str, LazyString] = {
    "account": _("Account"),
    "organisation": _("Organisation"),
    "rule_set": _("Rule set"),
    "round": _("Rating round"),
    "known_facts": _("Known facts"),
    "application": _("Application"),
    "evidence_file": _("Evidence"),
    "review": _("Committee review"),
    "recommendation_list": _("Recommendation"),
    "recommendation": _("Recommendation"),
    "appraisal": _("Appraisal"),
    "site_check": _("Site check"),
}

_VERBS: Mapping[str, LazyString] = {
    "accept": _("accepted"),
    "answer": _("answered"),
    "change_password": _("password changed"),
    "close": _("was closed"),
    "copy": _("copied"),
    "create": _("made"),
    "decide": _("decided"),
    "delete": _("deleted"),
    "dissolve": _("dissolved"),
    "draft": _("drafted"),
    "draw": _("drawn by lot"),
    "edit": _("edited"),
    "extend": _("extended"),
    "finish": _("finished"),
    "grant_role": _("role granted"),
    "import": _("imported"),
    "issue_token": _("token issued"),
    "link": _("linked with the identity provider"),
    "merge": _("merged"),
    "move": _("moved"),
    "open": _("was opened"),
    "publish": _("published"),
    "remove_second_factor": _("second factor removed"),
    "rename": _("renamed"),
    "renew_recovery_codes": _("recovery codes renewed"),
    "reply": _("replied"),
    "reset_password": _("password reset"),
    "return": _("returned"),
    "revoke_role": _("role removed"),
    "revoke_token": _("token revoked"),
    "set": _("set"),
    "set_up_second_factor": _("second factor set up"),
    "sign_in": _("signed in"),
    "sign_in_failed": _("log-in failed"),
    "split": _("split"),
    "submit": _("submitted"),
    "upload": _("file uploaded"),
}

_FIELDS: Mapping[str, LazyString] = {
    "category": _("category"),
    "ends_at": _("works until"),
    "scopes": _("permissions"),
    "code": _("code"),
    "failed": _("what failed"),
    "founded": _("founded on"),
    "kind": _("kind"),
    "login_name": _("log-in name"),
    "members": _("number of members"),
    "name": _("name"),
    "organisation": _("organisation"),
    "parent": _("organisation above"),
    "role": _("role"),
    "second_factor": _("second factor"),
    "secretary": _("secretary"),
    "state": _("state"),
    "status": _("status"),
    "title": _("title"),
    "way": _("way of the log-in"),
    "year": _("year"),
}


_VALUES: Mapping[str, LazyString] = {
    "branch_officer": _("Branch officer"),
    "committee_reviewer": _("Committee reviewer"),
    "panellist": _("Panellist"),
    "organiser": _("Organiser"),
    "supervisor": _("Supervisor"),
    "administrator": _("Administrator"),
    "password": _("Password"),
    "provider": _("Identity provider"),
    "second_factor": _("Second factor"),
    "confirmation": _("Confirmation"),
    "totp": _("code of the phone"),
    "recovery_code": _("recovery code"),
    "none": _("none"),
}


def subject_words(subject: str) -> str:
    """Return what a subject is called."""
    return str(SUBJECTS.get(subject, subject))


def action_words(action: str) -> str:
    """Return what an action such as `account.create` is called."""
    subject, _dot, verb = action.partition(".")
    return f"{subject_words(subject)} · {_VERBS.get(verb, verb)}"


def field_words(name: str) -> str:
    """Return what a value is called."""
    return str(_FIELDS.get(name, name))


def value_words(value: str) -> str:
    """Return what a value is called; a moment is told in local time."""
    if _MOMENT.match(value):
        return str(format_datetime(datetime.fromisoformat(value), "yyyy-MM-dd HH:mm:ss"))
    return str(_VALUES.get(value, value))

"""What can be done on the platform, and which role may do it within its place of the tree."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What a person comes for; each is bound to a place in the tree."""

    BRANCH_OFFICER = "branch_officer"
    COMMITTEE_REVIEWER = "committee_reviewer"
    PANELLIST = "panellist"
    ORGANISER = "organiser"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """One thing that a route or an operation asks for, as `subject:verb`."""

    SEE_ORGANISATIONS = "organisations:see"
    EDIT_ORGANISATIONS = "organisations:edit"
    RESTRUCTURE_ORGANISATIONS = "organisations:restructure"
    SEE_ACCOUNTS = "accounts:see"
    MANAGE_ACCOUNTS = "accounts:manage"
    SEE_ROUNDS = "rounds:see"
    MANAGE_ROUNDS = "rounds:manage"
    SEE_PROGRESS = "rounds:progress"
    SEE_RULE_SETS = "rule_sets:see"
    MANAGE_RULE_SETS = "rule_sets:manage"
    TRY_RULES = "rule_sets:try"
    SEE_RECORDS = "records:see"
    IMPORT_RECORDS = "records:import"
    SEE_APPLICATIONS = "applications:see"
    FILL_APPLICATIONS = "applications:fill"
    SUBMIT_APPLICATIONS = "applications:submit"
    REPLY_TO_REVIEWS = "reviews:reply"
    SEE_REVIEWS = "reviews:see"
    REVIEW_APPLICATIONS = "reviews:decide"
    RECOMMEND = "reviews:recommend"
    MANAGE_APPRAISALS = "appraisals:manage"
    SEE_APPRAISALS = "appraisals:see"
    CHECK_SITES = "site_checks:fill"
    SEE_SITE_CHECKS = "site_checks:see"
    SEE_PANELS = "panels:see"
    MANAGE_PANELS = "panels:manage"
    JUDGE = "panels:judge"
    SEE_DECISIONS = "decisions:see"
    DECIDE = "decisions:decide"
    SEE_NOTICES = "notices:see"
    PUBLISH_NOTICES = "notices:publish"
    SEE_OBJECTIONS = "objections:see"
    HANDLE_OBJECTIONS = "objections:handle"
    SEE_AWARDS = "awards:see"
    AWARD = "awards:award"
    FOLLOW_UP = "awards:follow_up"
    SEE_SCORE_REPORTS = "score_reports:see"
    PLAN_NEXT_STAR = "score_reports:plan"
    SEE_OUTBOX = "outbox:see"
    SEND_LETTERS = "outbox:send"
    READ_AUDIT = "audit:read"


_P = Permission
_READING = frozenset(
    {
        _P.SEE_ORGANISATIONS,
        _P.SEE_ROUNDS,
        _P.SEE_PROGRESS,
        _P.SEE_RULE_SETS,
        _P.SEE_RECORDS,
        _P.SEE_APPLICATIONS,
        _P.SEE_REVIEWS,
        _P.SEE_APPRAISALS,
        _P.SEE_SITE_CHECKS,
        _P.SEE_AWARDS,
        _P.SEE_SCORE_REPORTS,
    }
)
_SECOND_HALF = frozenset(
    {
        _P.SEE_PANELS,
        _P.SEE_DECISIONS,
        _P.SEE_NOTICES,
        _P.SEE_OBJECTIONS,
        _P.SEE_OUTBOX,
    }
)

PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.BRANCH_OFFICER: frozenset(
        {
            _P.SEE_ORGANISATIONS,
            _P.SEE_ROUNDS,
            _P.SEE_RULE_SETS,
            _P.SEE_RECORDS,
            _P.SEE_APPLICATIONS,
            _P.FILL_APPLICATIONS,
            _P.SUBMIT_APPLICATIONS,
            _P.REPLY_TO_REVIEWS,
            _P.SEE_APPRAISALS,
            _P.SEE_AWARDS,
            _P.FOLLOW_UP,
            _P.SEE_SCORE_REPORTS,
            _P.PLAN_NEXT_STAR,
        }
    ),
    Role.COMMITTEE_REVIEWER: _READING
    | {
        _P.REVIEW_APPLICATIONS,
        _P.RECOMMEND,
        _P.MANAGE_APPRAISALS,
        _P.CHECK_SITES,
        _P.FOLLOW_UP,
    },
    # What a panellist sees of the cases follows from the seats that it was given.
    Role.PANELLIST: frozenset({_P.SEE_ROUNDS, _P.SEE_RULE_SETS, _P.JUDGE, _P.HANDLE_OBJECTIONS}),
    Role.ORGANISER: _READING
    | _SECOND_HALF
    | {
        _P.MANAGE_PANELS,
        _P.DECIDE,
        _P.PUBLISH_NOTICES,
        _P.HANDLE_OBJECTIONS,
        _P.AWARD,
        _P.FOLLOW_UP,
        _P.SEND_LETTERS,
        _P.EDIT_ORGANISATIONS,
        _P.RESTRUCTURE_ORGANISATIONS,
        _P.MANAGE_ROUNDS,
        _P.MANAGE_RULE_SETS,
        _P.TRY_RULES,
        _P.IMPORT_RECORDS,
        _P.MANAGE_APPRAISALS,
        _P.CHECK_SITES,
    },
    Role.SUPERVISOR: _READING | _SECOND_HALF | {_P.READ_AUDIT, _P.SEE_ACCOUNTS},
    Role.ADMINISTRATOR: frozenset(
        {_P.SEE_ORGANISATIONS, _P.SEE_ACCOUNTS, _P.MANAGE_ACCOUNTS, _P.SEE_ROUNDS}
    ),
}

SECOND_FACTOR_ROLES = frozenset({Role.ORGANISER, Role.ADMINISTRATOR})
"""Roles that may not act without a second factor."""

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
        }
    ),
    Role.COMMITTEE_REVIEWER: _READING
    | {_P.REVIEW_APPLICATIONS, _P.RECOMMEND, _P.MANAGE_APPRAISALS, _P.CHECK_SITES},
    # Panels come with their own round step; until it opens a panellist sees what everybody may.
    Role.PANELLIST: frozenset({_P.SEE_ROUNDS, _P.SEE_RULE_SETS}),
    Role.ORGANISER: _READING
    | {
        _P.EDIT_ORGANISATIONS,
        _P.RESTRUCTURE_ORGANISATIONS,
        _P.MANAGE_ROUNDS,
        _P.MANAGE_RULE_SETS,
        _P.TRY_RULES,
        _P.IMPORT_RECORDS,
        _P.MANAGE_APPRAISALS,
        _P.CHECK_SITES,
    },
    Role.SUPERVISOR: _READING | {_P.READ_AUDIT, _P.SEE_ACCOUNTS},
    Role.ADMINISTRATOR: frozenset(
        {_P.SEE_ORGANISATIONS, _P.SEE_ACCOUNTS, _P.MANAGE_ACCOUNTS, _P.SEE_ROUNDS}
    ),
}

SECOND_FACTOR_ROLES = frozenset({Role.ORGANISER, Role.ADMINISTRATOR})
"""Roles that may not act without a second factor."""

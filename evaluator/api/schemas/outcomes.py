"""What came of reviews, appraisals and site checks; lines of the audit log."""

from __future__ import annotations

import marshmallow as ma

from evaluator.api.fields import Content, Scalar, asked_number, choice, number, text
from evaluator.api.schemas.applications import Points
from evaluator.api.schemas.lists import Given, Listing

LONGEST = 2_000
MOST_BALLOTS = 100_000


class ChangedFact(ma.Schema):
    """A fact that the committee set or adjusted."""

    fact = ma.fields.String(required=True)
    stated = ma.fields.Raw(required=True, allow_none=True)
    reviewed = ma.fields.Raw(required=True, allow_none=True)
    reason = ma.fields.String(required=True)


class Change(ma.Schema):
    """An indicator that came out of the review differently."""

    indicator = ma.fields.String(required=True)
    title = ma.fields.String(required=True)
    stated = Points("Self-assessed; null while it is not known.", allow_none=True)
    reviewed = Points("After review; null while it is not known.", allow_none=True)
    facts = ma.fields.List(ma.fields.Nested(ChangedFact), required=True)
    reply = ma.fields.String(required=True)
    answer = ma.fields.String(required=True)


class ToMend(ma.Schema):
    """What is to be mended of an indicator."""

    indicator = ma.fields.String(required=True)
    note = ma.fields.String(required=True)


class Returned(ma.Schema):
    """That the application went back to its branch."""

    number = ma.fields.Integer(required=True)
    at = ma.fields.AwareDateTime(required=True)
    message = ma.fields.String(required=True)
    items = ma.fields.List(ma.fields.Nested(ToMend), required=True)


class ReviewOutcome(ma.Schema):
    """What the committee changed; points and changes are told once it has ended its review."""

    participant_id = ma.fields.Integer(required=True)
    state = ma.fields.String(required=True)
    stated = Points("Points of the self-assessment; null until told.", allow_none=True)
    reviewed = Points("Points after review; null until told.", allow_none=True)
    level = ma.fields.String(required=True, allow_none=True)
    changes = ma.fields.List(ma.fields.Nested(Change), required=True)
    returns = ma.fields.List(ma.fields.Nested(Returned), required=True)


class Question(ma.Schema):
    """What a ballot asks."""

    fact = ma.fields.String(required=True)
    words = ma.fields.String(required=True)
    result = Points("The share that is satisfied; null where there is none.", allow_none=True)
    ratings = ma.fields.Integer(required=True, metadata={"description": "How many gave a number."})


class Appraisal(ma.Schema):
    """How far an appraisal is; what ballots say stays hidden below the minimum."""

    participant_id = ma.fields.Integer(required=True)
    state = ma.fields.String(required=True)
    way = ma.fields.String(required=True)
    minimum = ma.fields.Integer(required=True)
    slips = ma.fields.Integer(required=True)
    ballots = ma.fields.Integer(required=True)
    closed_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    questions = ma.fields.List(ma.fields.Nested(Question), required=True)


class Finding(ma.Schema):
    """What was seen of a dimension."""

    dimension = ma.fields.String(required=True)
    order = ma.fields.String(required=True)
    note = ma.fields.String(required=True)


class SiteCheck(ma.Schema):
    """A check on the site."""

    id = ma.fields.Integer(required=True)
    participant_id = ma.fields.Integer(required=True)
    state = ma.fields.String(required=True)
    drawn = ma.fields.Boolean(required=True)
    reason = ma.fields.String(required=True)
    visited_on = ma.fields.Date(required=True, allow_none=True)
    finished_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    summary = ma.fields.String(required=True)
    facts = ma.fields.Dict(keys=ma.fields.String(), required=True)
    findings = ma.fields.List(ma.fields.Nested(Finding), required=True)


class GradeCounts(Given):
    """How many ballots chose each grade."""

    satisfied = number(0, MOST_BALLOTS, required=True)
    rather_satisfied = number(0, MOST_BALLOTS, required=True)
    not_satisfied = number(0, MOST_BALLOTS, required=True)
    unsure = number(0, MOST_BALLOTS, required=True)


class TallyScan(Given):
    """The scan of the tally that was signed: its name, and its bytes in base64."""

    name = text(1, 200, required=True)
    content = Content(required=True)


class Tally(Given):
    """The count of an appraisal on paper."""

    handed_out = number(0, MOST_BALLOTS, required=True)
    returned = number(0, MOST_BALLOTS, required=True)
    counts = ma.fields.Dict(
        keys=text(1, 80),
        values=ma.fields.Nested(GradeCounts),
        required=True,
        metadata={"description": "By question; they add up to the ballots that were returned."},
    )
    scan = ma.fields.Nested(TallyScan, required=True)


class GivenFinding(Given):
    """What was seen of a dimension; an empty order says that nobody looked."""

    dimension = text(1, 80, required=True)
    order = choice(("", "in_order", "to_mend"), required=True)
    note = text(0, LONGEST, load_default="")


class SiteCheckFindings(Given):
    """All that a site check found."""

    visited_on = ma.fields.Date(required=True, allow_none=True)
    findings = ma.fields.List(ma.fields.Nested(GivenFinding), required=True)
    facts = ma.fields.Dict(keys=text(1, 80), values=Scalar(), required=True)
    summary = text(0, LONGEST, load_default="")


class LinesWanted(Listing):
    """What the audit log is narrowed to."""

    who = text(most=100, load_default="", metadata={"description": "Part of the name."})
    subject = text(most=40, load_default="")
    subject_id = asked_number()
    action = text(most=80, load_default="")
    organisation_id = asked_number(
        metadata={"description": "This organisation and what stood below it at the time."}
    )
    since = ma.fields.Date()
    until = ma.fields.Date()


class AuditLine(ma.Schema):
    """A line of the audit log; `digest` covers it and the line before."""

    number = ma.fields.Integer(required=True)
    at = ma.fields.AwareDateTime(required=True)
    account_id = ma.fields.Integer(required=True, allow_none=True)
    account_name = ma.fields.String(required=True)
    address = ma.fields.String(required=True)
    action = ma.fields.String(required=True)
    subject = ma.fields.String(required=True)
    subject_id = ma.fields.Integer(required=True, allow_none=True)
    organisation_path = ma.fields.String(required=True)
    before = ma.fields.Dict(keys=ma.fields.String(), required=True)
    after = ma.fields.Dict(keys=ma.fields.String(), required=True)
    reason = ma.fields.String(required=True)
    digest = ma.fields.String(required=True)

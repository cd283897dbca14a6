"""Rounds, their participants and progress; rule sets."""

from __future__ import annotations

import marshmallow as ma

from evaluator.api.fields import asked_number, text
from evaluator.api.schemas.lists import Given, Listing


class Step(ma.Schema):
    """A step of a round: from its first moment until just before `closes_at`."""

    step = ma.fields.String(required=True)
    opens_at = ma.fields.AwareDateTime(required=True)
    closes_at = ma.fields.AwareDateTime(required=True)


class RoundRuleSet(ma.Schema):
    """By which rule set a round rates a category."""

    category = ma.fields.String(required=True)
    rule_set_id = ma.fields.Integer(required=True, attribute="stored_rule_set_id")


class Round(ma.Schema):
    """A rating round with its calendar."""

    id = ma.fields.Integer(required=True)
    year = ma.fields.Integer(required=True)
    title = ma.fields.String(required=True)
    state = ma.fields.String(required=True)
    steps = ma.fields.List(ma.fields.Nested(Step), required=True)
    rule_sets = ma.fields.List(ma.fields.Nested(RoundRuleSet), required=True)


class ParticipantsWanted(Listing):
    """What a list of participants is narrowed to."""

    category = text(most=40)
    committee_id = asked_number()
    organisation_id = asked_number()
    code = text(most=40)


class Participant(ma.Schema):
    """An organisation as it stands frozen in a round."""

    id = ma.fields.Integer(required=True)
    round_id = ma.fields.Integer(required=True)
    organisation_id = ma.fields.Integer(required=True)
    code = ma.fields.String(required=True)
    name = ma.fields.String(required=True)
    category = ma.fields.String(required=True)
    committee_id = ma.fields.Integer(required=True)
    committee = ma.fields.String(required=True)
    members = ma.fields.Integer(required=True)
    previous_level = ma.fields.String(required=True)
    years_at_level = ma.fields.Integer(required=True)


class Counted(ma.Schema):
    """How many participants of a committee and category stand at a stage."""

    committee_id = ma.fields.Integer(required=True)
    committee = ma.fields.String(required=True)
    category = ma.fields.String(required=True)
    stage = ma.fields.String(required=True)
    number = ma.fields.Integer(required=True)


class Progress(ma.Schema):
    """How far a round is, within what the caller sees."""

    round_id = ma.fields.Integer(required=True)
    counts = ma.fields.List(ma.fields.Nested(Counted), required=True)


class RuleSet(ma.Schema):
    """A rule set; once it is published its digest is its identity."""

    id = ma.fields.Integer(required=True)
    rule_set = ma.fields.String(required=True)
    category = ma.fields.String(required=True)
    version = ma.fields.String(required=True, attribute="release")
    title = ma.fields.String(required=True)
    state = ma.fields.String(required=True)
    digest = ma.fields.String(required=True, allow_none=True)
    changed_at = ma.fields.AwareDateTime(required=True)
    published_at = ma.fields.AwareDateTime(required=True, allow_none=True)


class WholeRuleSet(RuleSet):
    """A rule set with its YAML: `main` names the file that is the rule set."""

    main = ma.fields.String(required=True)
    files = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.String(), required=True)


class Rules(Given):
    """Files of rules by name: rule sets, what they extend, cases that test them."""

    files = ma.fields.Dict(keys=text(1, 100), values=text(0, 400_000), required=True)


class RuleProblem(ma.Schema):
    """Something wrong with a file."""

    file = ma.fields.String(required=True)
    line = ma.fields.Integer(required=True)
    column = ma.fields.Integer(required=True)
    code = ma.fields.String(required=True)
    title = ma.fields.String(required=True)
    message = ma.fields.String(required=True)


class FailedCase(ma.Schema):
    """A case that did not come to what it expects."""

    file = ma.fields.String(required=True)
    line = ma.fields.Integer(required=True)
    name = ma.fields.String(required=True)
    differences = ma.fields.List(ma.fields.String(), required=True)


class Findings(ma.Schema):
    """What reading, the checks and the cases say of one rule set."""

    main = ma.fields.String(required=True)
    holds = ma.fields.Boolean(required=True)
    problems = ma.fields.List(ma.fields.Nested(RuleProblem), required=True)
    passed = ma.fields.Integer(required=True)
    failed = ma.fields.List(ma.fields.Nested(FailedCase), required=True)


class Checked(ma.Schema):
    """The findings on each rule set among some files."""

    rule_sets = ma.fields.List(ma.fields.Nested(Findings), required=True)

"""What issuing a batch would do: whom it gives a certificate, and what keeps it from beginning."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from evaluator.awards.awarding import rules_of
from evaluator.awards.models import Award, AwardChange
from evaluator.awards.policy import is_pending
from evaluator.awards.standing import superseded
from evaluator.awards.validity import level_of
from evaluator.certificates.models import Certificate
from evaluator.certificates.pinned import Pinned
from evaluator.organisations.models import Organisation
from evaluator.rounds.models import Participant, Round
from evaluator.rule_sets.reading import rule_set_of
from evaluator.web.wording import gettext
from reports.certificate import Certificate as Paper
from reports.certificate import MissingGlyph, Overlong, Template, check_fit, check_glyphs
from reports.certificate.data import LONGEST_NAME
from rules.syntax import RuleSet

NO_SERIAL = "0000-X0-00000-00000"
NO_ADDRESS = "HTTPS://EXAMPLE.ORG/V/"
NO_TOKEN = "0" * 300
Obstacle = MissingGlyph | Overlong
Kind = tuple[str, str]
"""A category and a level, by their ids."""


@dataclass(frozen=True)
class Kept:
    """An award that gets no certificate now, with the reason."""

    award: Award
    why: str


@dataclass(frozen=True)
class Prepared:
    """Which awards of a round would get a certificate, in the order of printing, and which not."""

    round: Round
    awards: Sequence[Award]
    kept: Sequence[Kept]
    obstacles: Sequence[Obstacle]
    rules: Mapping[str, RuleSet]

    @property
    def digest(self) -> str:
        """Return by what it is known whether the same was looked at that is done."""
        text = ",".join(f"{each.id}:{each.level}" for each in self.awards)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def kinds(self) -> Mapping[Kind, int]:
        """Return how many certificates there are of each category and level."""
        found = Counter((each.participant.category, each.level) for each in self.awards)
        return {kind: found[kind] for kind in self._in_order() if found[kind]}

    def _in_order(self) -> Iterator[Kind]:
        """Yield the levels of each category, the highest first."""
        for category, rule_set in sorted(self.rules.items()):
            for level in reversed(rule_set.levels.from_low_to_high):
                yield category, level.id

    @property
    def committees(self) -> Mapping[str, int]:
        """Return how many go to each committee, in the order of printing."""
        return Counter(each.participant.committee for each in self.awards)


def prepare(session: Session, made: Round, template: Template) -> Prepared:
    """Return what a batch of a round would be now, in a few queries whatever its size."""
    found = session.scalars(_without_certificate(made)).unique().all()
    rules = rules_of(session, [each.participant for each in found])
    awards, kept = [], []
    for award in found:
        level = level_of(rules[award.participant.category], award.level)
        if level is None or not level.certificate:
            continue
        if any(is_pending(each) for each in award.changes):
            kept.append(Kept(award, gettext("A demotion or revocation waits for its outcome")))
        elif len(award.participant.name) > LONGEST_NAME:
            kept.append(Kept(award, gettext("The name is too long to be printed")))
        else:
            awards.append(award)
    papers = [
        specimen(each, rules[each.participant.category], each.participant.name) for each in awards
    ]
    return Prepared(made, awards, kept, obstacles(papers, template), rules)


def specimen(award: Award, rules: RuleSet, name: str) -> Paper:
    """Return the certificate of an award as it will look, without its number and code."""
    pinned = Pinned.of(award, rules, name=name, serial=NO_SERIAL, address=NO_ADDRESS)
    return pinned.paper(NO_TOKEN)


def obstacles(papers: Sequence[Paper], template: Template) -> Sequence[Obstacle]:
    """Return what keeps certificates from being printed: no font has it, or it does not fit."""
    missing = check_glyphs(papers, template)
    return [*missing, *(() if missing else check_fit(papers, template))]


def waiting(session: Session, made: Round) -> int:
    """Return how many certificates a batch of a round would have now, counted in the database."""
    columns = (Participant.category, Award.level, func.count())
    chosen = _waiting(made).where(~_held_back()).with_only_columns(*columns)
    rows = session.execute(chosen.group_by(Participant.category, Award.level)).all()
    printed = {
        (each.category, level.id)
        for each in (made.rule_sets if rows else ())
        for level in rule_set_of(each.stored).levels.from_low_to_high
        if level.certificate
    }
    return sum(count for category, level, count in rows if (category, level) in printed)


def _held_back() -> ColumnElement[bool]:
    """Return the condition that an award gets no certificate now, as `prepare` says of it."""
    proposed = exists().where(
        AwardChange.award_id == Award.id,
        AwardChange.confirmed_at.is_(None),
        AwardChange.withdrawn_at.is_(None),
    )
    return or_(proposed, func.length(Participant.name) > LONGEST_NAME)


def _waiting(made: Round) -> Select[Award]:
    return (
        select(Award)
        .join(Participant, Participant.id == Award.participant_id)
        .join(Round, Round.id == Participant.round_id)
        .where(
            Participant.round_id == made.id,
            Award.level != "",
            ~superseded(),
            ~exists().where(Certificate.award_id == Award.id),
        )
    )


def _without_certificate(made: Round) -> Select[Award]:
    return (
        _waiting(made)
        .join(Organisation, Organisation.id == Participant.committee_id)
        .options(
            joinedload(Award.participant).joinedload(Participant.round),
            selectinload(Award.changes),
        )
        .order_by(
            Organisation.sort_key,
            Participant.committee,
            Participant.sort_key,
            Participant.id,
        )
        .execution_options(populate_existing=True)
    )

"""Issuing: numbers, serials, signatures and the Merkle root of a batch, in one unit of work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.awards.models import Award
from evaluator.certificates.letters import tell_issued
from evaluator.certificates.log_lines import log_batch, log_certificate
from evaluator.certificates.models import Batch, Certificate, CertificateEvent, EventKind
from evaluator.certificates.numbering import Numbers, hold_year, kind_of
from evaluator.certificates.pinned import Pinned, issuer_of
from evaluator.certificates.preparing import prepare
from evaluator.certificates.printing import start_printing
from evaluator.certificates.queries import certificates_in
from evaluator.certificates.signing import Registry, registry
from evaluator.credentials.facts import lines, text_digest
from evaluator.credentials.merkle import root
from evaluator.credentials.serials import make_serial
from evaluator.credentials.tokens import token_bytes
from evaluator.database import now
from evaluator.decisions.models import Decision
from evaluator.notices.calendar import day_of
from evaluator.rounds.models import Round
from evaluator.rule_sets.policy import require_everywhere
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext
from reports.certificate import Template
from rules.syntax import RuleSet


@dataclass(frozen=True)
class Wish:
    """An award that is to be given a certificate, and the one that it takes the place of."""

    award: Award
    name: str
    rules: RuleSet
    replaces: Certificate | None = None


def issue(
    session: Session, actor: Actor, *, made: Round, template: Template, address: str, seen: str
) -> Batch:
    """Issue a certificate for every award of a round that has none, and return the batch.

    `seen` is the digest of the preview that was looked at, `address` what stands before the token
    in the QR code.
    """
    require_everywhere(session, actor, Permission.AWARD)
    hold_year(session, made.year)
    prepared = prepare(session, made, template)
    if prepared.digest != seen:
        raise Refusal(
            gettext(
                "Who gets a certificate has changed since you opened the page, so nothing was "
                "done. Look at the list again, then issue."
            )
        )
    if prepared.obstacles:
        raise Refusal(gettext("Some characters or names cannot be printed by this template."))
    if not prepared.awards:
        raise Refusal(gettext("No award of this round waits for a certificate."))
    wishes = [
        Wish(each, each.participant.name, prepared.rules[each.participant.category])
        for each in prepared.awards
    ]
    batch = add_batch(session, actor, made=made, wishes=wishes, template=template, address=address)
    tell_issued(session, actor, batch, certificates_in(session, batch.id))
    return batch


def add_batch(
    session: Session,
    actor: Actor,
    *,
    made: Round,
    wishes: Sequence[Wish],
    template: Template,
    address: str,
) -> Batch:
    """Add certificates as a batch, signed with the key of today; the year is held already."""
    numbers = Numbers(session, made.year)
    book = registry(issuer_of(wishes[0].rules))
    batch = Batch(
        round=made,
        year=made.year,
        count=len(wishes),
        key_id=book.key_id,
        root="",
        made_at=now(),
        account_id=actor.account_id,
    )
    session.add(batch)
    decided = _decided(session, wishes)
    added = [
        _certificate(batch, position, wish, numbers, book, address, decided, actor)
        for position, wish in enumerate(wishes)
    ]
    batch.root = root([token_bytes(each.token) for each in added]).hex()
    session.add_all(added)
    session.flush()
    start_printing(session, batch, template.name)
    for each in added:
        log_certificate(session, actor, "certificate.issue", each, after={"batch": batch.id})
    log_batch(
        session, actor, "certificate_batch.issue", batch, {"count": batch.count, "root": batch.root}
    )
    return batch


def _certificate(
    batch: Batch,
    position: int,
    wish: Wish,
    numbers: Numbers,
    book: Registry,
    address: str,
    decided: Mapping[int, tuple[str, str]],
    actor: Actor,
) -> Certificate:
    award, year = wish.award, batch.year
    kind = kind_of(award.participant.category, award.level)
    number = numbers.next(kind)
    serial = make_serial(book.secret, year, award.participant.category, award.level, number)
    pinned = Pinned.of(award, wish.rules, name=wish.name, serial=serial, address=address)
    result, rules = decided.get(award.participant_id, ("", ""))
    return Certificate(
        award=award,
        batch=batch,
        position=position,
        serial=serial,
        year=year,
        kind=kind,
        number=number,
        token=book.sign(pinned.facts),
        name=pinned.organisation,
        level=award.level,
        valid_until=award.valid_until,
        facts=pinned.text(),
        text_digest=text_digest(lines(pinned.facts)).hex(),
        result_digest=result,
        rule_set_digest=rules,
        key_id=book.key_id,
        replaces=wish.replaces,
        events=[_issued(actor, award)],
    )


def _issued(actor: Actor, award: Award) -> CertificateEvent:
    moment = now()
    return CertificateEvent(
        kind=EventKind.ISSUED,
        on=day_of(moment),
        at=moment,
        account_id=actor.account_id,
        document=award.document,
    )


def _decided(session: Session, wishes: Sequence[Wish]) -> dict[int, tuple[str, str]]:
    """Return the digests of result and rule set by participant."""
    query = select(Decision.participant_id, Decision.digest, Decision.rule_set).where(
        Decision.participant_id.in_([each.award.participant_id for each in wishes])
    )
    return {number: (digest, rules) for number, digest, rules in session.execute(query)}

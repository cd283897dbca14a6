"""A batch of several committees, to be drawn and signed by services that are killed."""

from __future__ import annotations

from typing import Any

from awarded import make_ended
from district import make_organisation, make_participant

from evaluator.awards.models import Award
from evaluator.certificates.issuing import issue
from evaluator.certificates.models import Batch
from evaluator.certificates.preparing import prepare
from evaluator.database import db, now
from evaluator.notices.calendar import day_of
from reports.certificate.templates import CERTIFICATE_A4

ADDRESS = "HTTPS://VERIFY.EXAMPLE.ORG/V/"
COMMITTEES, EACH = 6, 25


def issued() -> Batch:
    """Issue certificates for the branches of several committees."""
    ended = make_ended(db.session)
    for number in range(COMMITTEES):
        committee = make_organisation(
            db.session, f"C{number}", f"第{number}片党工委", ended.district.root
        )
        for other in range(EACH):
            code = f"C{number}-{other}"
            branch = make_organisation(db.session, code, f"{code}社区党支部", committee)
            one = make_participant(ended.round, branch)
            db.session.add(
                Award(
                    participant=one,
                    first_level="five_star",
                    level="five_star",
                    awarded_on=day_of(now()),
                    at=now(),
                )
            )
    db.session.commit()
    seen = prepare(db.session, ended.round, CERTIFICATE_A4).digest
    given: dict[str, Any] = {
        "made": ended.round,
        "template": CERTIFICATE_A4,
        "address": ADDRESS,
        "seen": seen,
    }
    batch = issue(db.session, ended.actor, **given)
    db.session.commit()
    return batch

"""Two organisers at the same moment: every number is given once, a certificate ends in one way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from awarded import Ended, make_ended
from certified import Certified
from flask import Flask
from flask.testing import FlaskClient
from service import DATABASES, sign_in_as
from simultaneous import own_service, post_at_once
from sqlalchemy import select

from evaluator.certificates.models import Certificate, CertificateEvent, EventKind
from evaluator.certificates.preparing import prepare
from evaluator.certificates.proposal_models import CertificateProposal, ProposalKind
from evaluator.database import db
from reports.certificate.templates import CERTIFICATE_A4


@pytest.fixture(params=DATABASES)
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    with own_service(request, tmp_path) as service:
        yield service


def organisers(app: Flask, ended: Ended) -> list[FlaskClient]:
    return [sign_in_as(app, db.session, each) for each in (ended.organiser, ended.second)]


def test_batch_issued_twice_at_once_gives_every_number_once(app: Flask) -> None:
    with app.app_context():
        ended = make_ended(db.session)
        ended.award_all()
        browsers, address = organisers(app, ended), f"/certificates/rounds/{ended.round.id}"
        seen = prepare(db.session, ended.round, CERTIFICATE_A4).digest
    sent = {"seen": seen, "template": "certificate-a4"}
    answers = post_at_once(browsers, address, [sent, sent])
    assert [each.status_code for each in answers] == [302, 409]
    with app.app_context():
        query = select(Certificate.kind, Certificate.number).order_by(Certificate.kind)
        assert db.session.execute(query).all() == [("C3", 1), ("C4", 1), ("C5", 1)]


def test_replacements_confirmed_at_once_are_numbered_apart(app: Flask) -> None:
    with app.app_context():
        ended = make_ended(db.session)
        awards = ended.award_all()
        awards["W1"].level = awards["W1"].first_level = "five_star"
        db.session.commit()
        certified = Certified(ended, awards)
        certified.issue()
        client = organisers(app, ended)[1]
        both = [certified.propose(code, ProposalKind.REPLACE) for code in ("E1", "W1")]
        db.session.commit()
        addresses = [address_of(each) for each in both]
        sent = [{"agree-version": each.certificate.version} for each in both]
    answers = post_at_once([client, client], addresses[0], [sent[0], sent[0]])
    assert [each.status_code for each in answers] == [302, 409]
    assert client.post(addresses[1], data=sent[1]).status_code == 302
    with app.app_context():
        query = select(Certificate.number).where(Certificate.kind == "C5")
        assert sorted(db.session.scalars(query)) == [1, 2, 3, 4]


def test_proposed_twice_at_once_is_one_proposal(app: Flask) -> None:
    with app.app_context():
        ended = make_ended(db.session)
        certified = Certified(ended, ended.award_all())
        certified.issue()
        one = certified.certificate("E1")
        browsers, address = organisers(app, ended), f"/certificates/{one.id}/revoke"
        sent = {"revoke-version": one.version, "revoke-reason": "x", "revoke-award": "stays"}
    answers = post_at_once(browsers, address, [sent, sent])
    assert [each.status_code for each in answers] == [302, 409]
    with app.app_context():
        assert len(db.session.scalars(select(CertificateProposal)).all()) == 1


def test_proposal_confirmed_twice_at_once_holds_once(app: Flask) -> None:
    with app.app_context():
        ended = make_ended(db.session)
        certified = Certified(ended, ended.award_all())
        certified.issue()
        client = organisers(app, ended)[1]
        proposal = certified.propose("E1")
        db.session.commit()
        address, sent = address_of(proposal), {"agree-version": proposal.certificate.version}
    answers = post_at_once([client, client], address, [sent, sent])
    assert [each.status_code for each in answers] == [302, 409]
    with app.app_context():
        query = select(CertificateEvent).where(CertificateEvent.kind == EventKind.REVOKED)
        assert len(db.session.scalars(query).all()) == 1


def address_of(proposal: CertificateProposal) -> str:
    return f"/certificates/{proposal.certificate_id}/proposals/{proposal.id}/confirm"

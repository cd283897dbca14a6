"""What becomes of a certificate: replaced, revoked, ended with its award; numbers given once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from certified import ADDRESS, Certified, draw
from sqlalchemy import func, select
from sqlalchemy.orm.exc import StaleDataError

from evaluator.access import NotAllowed
from evaluator.accounts.sessions import actor_of
from evaluator.awards.expiring import expire
from evaluator.certificates.issuing import issue
from evaluator.certificates.models import Certificate, CertificateState, EventKind
from evaluator.certificates.pinned import pinned_in
from evaluator.certificates.preparing import prepare
from evaluator.certificates.proposal_models import ProposalKind
from evaluator.certificates.reconciling import reconcile
from evaluator.certificates.signing import known_keys
from evaluator.certificates.standing import standing_of
from evaluator.credentials.facts import lines, text_digest
from evaluator.credentials.merkle import holds, proof
from evaluator.credentials.serials import is_well_formed
from evaluator.credentials.tokens import token_bytes, verify
from evaluator.database import now
from evaluator.notices.calendar import day_of
from evaluator.organisations.models import Organisation
from evaluator.storage import storage
from evaluator.web.errors import Refusal
from reports.certificate.templates import CERTIFICATE_A4

S = CertificateState
K = ProposalKind


def replaced(certified: Certified, code: str, reason: str = "名称有误") -> Certificate:
    return certified.confirm(certified.propose(code, K.REPLACE, reason))


def revoked(certified: Certified, code: str, version: int | None = None) -> Certificate:
    return certified.confirm(certified.propose(code, version=version))


def test_certificate_pins_what_it_says_and_proves_it(certified: Certified) -> None:
    batch = certified.issue()
    one = certified.certificate("E1")
    pinned = pinned_in(one.facts)
    assert is_well_formed(one.serial)
    assert one.serial.startswith("2026-C5-00001-")
    assert one.text_digest == text_digest(lines(pinned.facts)).hex()
    assert verify(one.token, known_keys()).is_genuine
    query = select(Certificate.token).order_by(Certificate.position)
    leaves = [token_bytes(each) for each in certified.session.scalars(query)]
    path = proof(leaves, one.position)
    root = bytes.fromhex(batch.root)
    assert holds(token_bytes(one.token), one.position, batch.count, path, root)
    assert pinned.paper(one.token).address == "verify.example.org/verify"


def test_awards_with_a_certificate_do_not_wait_for_another(certified: Certified) -> None:
    certified.issue()
    prepared = prepare(certified.session, certified.ended.round, CERTIFICATE_A4)
    assert (len(prepared.awards), len(prepared.kept)) == (0, 0)
    with pytest.raises(Refusal):
        certified.issue()


def test_batch_that_was_looked_at_before_it_changed_is_refused(certified: Certified) -> None:
    session, ended = certified.session, certified.ended
    seen = prepare(session, ended.round, CERTIFICATE_A4).digest
    certified.take_level("E2")
    with pytest.raises(Refusal):
        issue(session, ended.actor, made=ended.round, template=CERTIFICATE_A4,
              address=ADDRESS, seen=seen)  # fmt: skip
    assert session.scalar(select(func.count()).select_from(Certificate)) == 0


def test_name_with_a_character_of_no_font_stops_the_batch_by_name(certified: Certified) -> None:
    one = certified.ended.participant("E1")
    one.name = "东\U0003fffd社区党支部"
    certified.session.commit()
    prepared = prepare(certified.session, certified.ended.round, CERTIFICATE_A4)
    assert [each.organisation for each in prepared.obstacles] == [one.name]
    with pytest.raises(Refusal):
        certified.issue()


def test_replacement_has_the_new_name_and_the_old_one_points_to_it(certified: Certified) -> None:
    certified.issue()
    old = certified.certificate("E1")
    organisation = certified.session.get_one(Organisation, old.participant.organisation_id)
    organisation.name = "东一社区党总支"
    new = replaced(certified, "E1")
    assert (old.state, old.replaced_by, new.replaces) == (S.REPLACED, new, old)
    assert pinned_in(new.facts).organisation == "东一社区党总支"
    assert pinned_in(old.facts).organisation == "东一社区党支部"
    assert (old.number, new.number, new.batch.count) == (1, 2, 1)
    with pytest.raises(Refusal):
        certified.propose(old)


def test_certificate_without_a_reason_is_not_revoked(certified: Certified) -> None:
    certified.issue()
    one = certified.certificate("E1")
    with pytest.raises(Refusal):
        certified.propose(one, reason=" ")
    assert one.state is S.ISSUED


def test_stale_reader_revokes_nothing(certified: Certified) -> None:
    certified.issue()
    with pytest.raises(StaleDataError):
        revoked(certified, "E1", version=0)


def test_only_who_awards_over_the_district_revokes(certified: Certified) -> None:
    certified.issue()
    one = certified.certificate("E1")
    stranger = actor_of(certified.ended.organiser, "")
    nobody = type(stranger)(stranger.account_id, stranger.name, ())
    with pytest.raises(NotAllowed):
        certified.propose(one, actor=nobody)


def test_revoked_award_ends_its_certificate_at_once_and_in_the_registry(
    certified: Certified,
) -> None:
    certified.issue()
    certified.take_level("E1")
    one = certified.certificate("E1")
    assert (one.state, standing_of(one).state) == (S.ISSUED, S.REVOKED)
    assert reconcile(certified.session, certified.ended.actor) == 1
    assert (one.state, one.events[-1].kind) == (S.REVOKED, EventKind.AWARD_REVOKED)
    assert reconcile(certified.session, certified.ended.actor) == 0
    with pytest.raises(Refusal):
        replaced(certified, "E1")


def test_demoted_award_is_given_another_certificate(certified: Certified) -> None:
    certified.issue()
    certified.take_level("E1", "three_star")
    old = certified.certificate("E1")
    assert standing_of(old).by is EventKind.LEVEL_LOWERED
    reconcile(certified.session, certified.ended.actor)
    new = replaced(certified, "E1", "星级调整")
    assert (pinned_in(new.facts).level, new.kind) == ("three_star", "C3")
    assert new.number == 2
    assert standing_of(new).is_valid
    assert standing_of(old).state is S.REPLACED


def test_certificate_expires_with_its_last_day(certified: Certified) -> None:
    certified.issue()
    yesterday = day_of(now()) - timedelta(days=1)
    for code in ("E1", "W1"):
        certified.awards[code].valid_until = yesterday
    expire(certified.session, certified.ended.actor)
    one = certified.certificate("E1")
    assert standing_of(one).state is S.EXPIRED
    reconcile(certified.session, certified.ended.actor)
    kinds = [certified.certificate(each).events[-1].kind for each in ("E1", "E2", "W1")]
    assert kinds == [EventKind.EXPIRED, EventKind.ISSUED, EventKind.EXPIRED]


def test_print_files_are_the_same_to_the_byte(certified: Certified) -> None:
    batch = certified.issue()
    draw(batch, certified.session)
    run = batch.prints[0]
    certified.session.refresh(run)
    first = {each.name: each.digest for each in run.files}
    common = sorted(name for name in first if not name.startswith("committee-"))
    assert (common, len(first)) == (["all.pdf", "covers.pdf", "sheets.pdf"], 5)
    for each in list(run.files):
        assert storage().get(each.storage_key).startswith(b"%PDF")
        run.files.remove(each)
    certified.session.flush()
    draw(batch, certified.session)
    certified.session.refresh(run)
    assert {each.name: each.digest for each in run.files} == first

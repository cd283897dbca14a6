"""Submitting: what must be there, what is kept of it, and that it happens once."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256

import pytest
from district import make_account
from drafting import COMPLETE, Case
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from evaluator.access import Actor, NotAllowed, Role
from evaluator.accounts.models import Account
from evaluator.accounts.sessions import actor_of
from evaluator.applications import submissions
from evaluator.applications.content import Declaration
from evaluator.applications.models import ApplicationState, Submission
from evaluator.applications.procedure import Act, Need
from evaluator.applications.proofs import is_editable, is_named
from evaluator.applications.states import move
from evaluator.applications.submissions import submit_application
from evaluator.applications.typed import Typed
from evaluator.audit.models import AuditLine
from evaluator.database import now
from evaluator.evidence.models import EvidenceFile, EvidenceLink
from evaluator.storage import storage
from evaluator.web.errors import Refusal
from reports.application import ApplicationPaper, write_application

Browsers = Callable[[Account], FlaskClient]
FORM = {"claimed_level": "four_star", "secretary": "王书记", "declared": "y"}


@pytest.fixture
def ready(case: Case, app: Flask) -> Case:
    """Return a case in which nothing is missing."""
    case.save(**COMPLETE)
    case.save(meetings=Typed("4", "漏记一次", case.mark("meetings")))
    return case


def submitted(case: Case) -> Submission:
    made = submit_application(
        case.session,
        case.actor,
        participant=case.participant,
        ready=case.ready,
        declaration=Declaration("王书记", "four_star"),
    )
    case.session.commit()
    return made


def given_back(case: Case, actor: Actor, reason: str) -> None:
    met = {Need.LIST_TO_MEND}
    move(case.session, actor, participant=case.participant, act=Act.RETURN, met=met, reason=reason)


def reviewed(case: Case, actor: Actor) -> None:
    met = {Need.ALL_INDICATORS_DECIDED}
    move(case.session, actor, participant=case.participant, act=Act.FINISH_REVIEW, met=met)


def reviewer(case: Case) -> Account:
    return make_account(case.session, Role.COMMITTEE_REVIEWER, case.district.east)


def test_the_check_list_leads_to_each_missing_fact(case: Case, browser_of: Browsers) -> None:
    case.save(visits="十")
    page = browser_of(case.officer).get(case.address("/submission")).get_data(as_text=True)
    assert "提交前需处理（4项）" in page
    assert f'href="{case.address("?part=life#fact-lectures")}"' in page
    assert "填写的是“十”，应填整数" in page
    assert 'name="declared"' not in page


@pytest.mark.parametrize("gone", COMPLETE)
def test_nothing_is_submitted_while_a_fact_is_missing(ready: Case, gone: str) -> None:
    ready.save(**{gone: None})
    with pytest.raises(Refusal):
        submitted(ready)
    ready.session.rollback()
    assert ready.session.scalars(select(Submission)).all() == []


def test_a_correction_without_reason_keeps_it_back(ready: Case) -> None:
    ready.save(meetings=Typed("4", "", ready.mark("meetings")))
    with pytest.raises(Refusal):
        submitted(ready)


def test_submitting_keeps_the_content_and_its_digest(ready: Case) -> None:
    made = submitted(ready)
    content = json.loads(made.content)
    assert made.digest == sha256(made.content.encode()).hexdigest()
    assert content["facts"] == {
        **COMPLETE,
        "meetings": {"value": "4", "reason": "漏记一次"},
    }
    assert content["sources"]["meetings"] == {
        "from": "corrected",
        "reason": "漏记一次",
        "as_of": "2026-11-30",
        "value": "3",
    }
    assert content["self_points"] == {
        "meetings": "10",
        "lectures": "3",
        "visits": "5",
        "much": "0",
        "brand": "10",
    }
    assert content["evidence"] == {}
    assert (content["claimed_level"], content["secretary"]) == ("four_star", "王书记")
    assert content["organisation"]["attributes"]["members"] == "20"
    assert (content["number"], content["rule_set"]) == (1, ready.ready.digest)


def test_submitting_moves_the_application_on_and_writes_it_down(ready: Case) -> None:
    made = submitted(ready)
    application = ready.application
    assert (application.state, application.submitted_at) == (ApplicationState.SUBMITTED, made.at)
    assert application.claimed_level == "four_star"
    line = ready.session.scalars(select(AuditLine).order_by(AuditLine.number.desc())).first()
    assert line is not None
    assert (line.action, line.subject_id) == ("application.submit", application.id)
    assert json.loads(line.after)["digest"] == made.digest


def test_the_paper_is_stored_before_its_row(ready: Case) -> None:
    made = submitted(ready)
    assert storage().get(made.pdf_key).startswith(b"%PDF-")


def test_submitting_twice_gives_one_submission(ready: Case, browser_of: Browsers) -> None:
    client = browser_of(ready.officer)
    for _ in range(2):
        answer = client.post(ready.address("/submission"), data=FORM)
        assert (answer.status_code, answer.location) == (303, ready.address("/receipt"))
    assert len(ready.session.scalars(select(Submission)).all()) == 1


@pytest.mark.parametrize("lacking", FORM)
def test_the_declaration_is_asked_for_whole(
    ready: Case, browser_of: Browsers, lacking: str
) -> None:
    given = {name: value for name, value in FORM.items() if name != lacking}
    answer = browser_of(ready.officer).post(ready.address("/submission"), data=given)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "invalid-feedback" in page
    assert ready.session.scalars(select(Submission)).all() == []


def test_nothing_is_submitted_after_its_time(ready: Case, browser_of: Browsers) -> None:
    ready.close("self_assessment")
    answer = browser_of(ready.officer).post(ready.address("/submission"), data=FORM)
    assert answer.status_code == 409
    assert ready.session.scalars(select(Submission)).all() == []


def test_only_the_branch_submits(ready: Case) -> None:
    west = make_account(ready.session, Role.BRANCH_OFFICER, ready.district.west_one)
    for account in (reviewer(ready), west):
        with pytest.raises(NotAllowed):
            submit_application(
                ready.session,
                actor_of(account, ""),
                participant=ready.participant,
                ready=ready.ready,
                declaration=Declaration("某"),
            )


def test_the_receipt_tells_the_digest_and_leads_to_the_paper(
    ready: Case, browser_of: Browsers
) -> None:
    made = submitted(ready)
    client = browser_of(ready.officer)
    page = client.get(ready.address("/receipt")).get_data(as_text=True)
    assert made.digest in page
    assert "平台留存内容与此摘要一致" in page
    answer = client.get(ready.address("/submissions/1.pdf"))
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert client.get(ready.address("/submissions/2.pdf")).status_code == 404


def test_a_receipt_that_is_no_longer_true_says_so(ready: Case, browser_of: Browsers) -> None:
    made = submitted(ready)
    made.content = made.content.replace("王书记", "李书记")
    ready.session.commit()
    page = browser_of(ready.officer).get(ready.address("/receipt")).get_data(as_text=True)
    assert "平台留存内容与此摘要不一致" in page


def test_a_digest_is_checked_by_those_who_may_see_it(ready: Case, browser_of: Browsers) -> None:
    digest = submitted(ready).digest
    address = f"/applications/receipts?digest= {digest.upper()}"
    west = make_account(ready.session, Role.BRANCH_OFFICER, ready.district.west_one)
    inside = browser_of(reviewer(ready)).get(address).get_data(as_text=True)
    outside = browser_of(west).get(address).get_data(as_text=True)
    assert "平台留存内容与此摘要一致" in inside
    assert "在您可查看的范围内，没有与此摘要对应的提交" in outside
    assert "东一社区党支部" not in outside


def test_a_returned_application_is_submitted_anew(ready: Case) -> None:
    first = submitted(ready)
    actor = actor_of(reviewer(ready), "")
    given_back(ready, actor, reason="补照片")
    ready.session.commit()
    ready.save(visits="11")
    second = submitted(ready)
    assert (first.number, second.number) == (1, 2)
    assert first.digest != second.digest
    reviewed(ready, actor)
    assert ready.application.state is ApplicationState.REVIEWED
    with pytest.raises(Refusal):
        given_back(ready, actor, reason="再补")


def test_a_draft_is_neither_returned_nor_reviewed(ready: Case) -> None:
    actor = actor_of(reviewer(ready), "")
    with pytest.raises(Refusal):
        given_back(ready, actor, reason="补")
    with pytest.raises(NotAllowed):
        reviewed(ready, ready.actor)


def test_evidence_stands_in_what_is_submitted(ready: Case, browser_of: Browsers) -> None:
    file = EvidenceFile(
        participant_id=ready.participant.id,
        name="照片.jpg",
        media_type="image/jpeg",
        size=3,
        sha256="cd" * 32,
        source_sha256="cd" * 32,
        storage_key="evidence/cd",
        uploaded_at=now(),
        taken_out=[],
    )
    file.links.append(EvidenceLink(indicator="lectures"))
    ready.session.add(file)
    ready.session.commit()
    browser_of(ready.officer).post(ready.address("/submission"), data=FORM)
    made = ready.session.scalars(select(Submission)).one()
    assert json.loads(made.content)["evidence"] == {
        "lectures": [{"name": "照片.jpg", "sha256": "cd" * 32}]
    }
    assert (is_named(ready.session, file), is_editable(ready.session, ready.participant)) == (
        True,
        False,
    )


def test_the_paper_is_of_what_was_held_where_it_changed_while_it_was_drawn(
    ready: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another answer is saved after the paper was drawn and before the application is held."""
    papers = []

    def draw(paper: ApplicationPaper) -> bytes:
        if not papers:
            ready.save(visits="30")
        papers.append(paper)
        return write_application(paper)

    monkeypatch.setattr(submissions, "draw_apart", draw)
    made = submitted(ready)
    assert json.loads(made.content)["facts"]["visits"] == "30"
    assert len(papers) == 2
    assert made.digest in papers[1].footer
    assert storage().get(made.pdf_key).startswith(b"%PDF-")


def test_the_paper_is_drawn_once_where_nothing_changed(
    ready: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = []
    monkeypatch.setattr(submissions, "draw_apart", lambda paper: papers.append(paper) or b"%PDF-")
    made = submitted(ready)
    assert [made.digest in each.footer for each in papers] == [True]

"""Evidence on its pages without a script: uploaded, proving several things, dated, removed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

from counting import counted
from flask import Flask
from flask.testing import FlaskClient
from given import make_file
from image_files import photo, picture
from office_files import office
from pdf_files import open_with_script, pdf
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.accounts.models import Account
from evaluator.audit.models import AuditLine
from evaluator.database import now
from evaluator.evidence.models import EvidenceFile, Upload
from evaluator.evidence.queries import evidence_of, files_of
from evaluator.rounds.models import Participant
from evaluator.storage import storage

Browser = Callable[[Account], FlaskClient]


def send(browser: FlaskClient, participant: Participant, **fields: object) -> str:
    """Send the form with files, and return the page that follows."""
    given = {"next": f"/applications/{participant.id}/evidence", **fields}
    answer = browser.post(
        f"/applications/{participant.id}/evidence", data=given, follow_redirects=True
    )
    assert answer.status_code == 200
    return answer.text


def file_of(content: bytes, name: str) -> tuple[BytesIO, str]:
    return BytesIO(content), name


def test_upload_of_several_files_keeps_each_under_its_type(
    officer: FlaskClient, participant: Participant, session: Session
) -> None:
    files = [file_of(photo(), "a.jpg"), file_of(pdf(), "..\\计划.txt"), file_of(office(), "c.docx")]
    send(officer, participant, files=files, indicator="services")
    kept = evidence_of(session, participant.id)
    assert {indicator: [file.name for file in files] for indicator, files in kept.items()} == {
        "services": ["a.jpg", "计划.txt.pdf", "c.docx"]
    }
    first = kept["services"][0]
    assert (first.evidence_date, first.taken_out) == (date(2026, 3, 5), ["metadata", "location"])
    assert [storage().exists(file.storage_key) for file in kept["services"]] == [True] * 3
    assert list(storage().keys("uploads")) == []


def test_upload_from_the_fields_of_two_indicators_proves_each(
    officer: FlaskClient, participant: Participant, session: Session
) -> None:
    fields = {"files-services": file_of(photo(), "a.jpg"), "files-brand": file_of(pdf(), "b.pdf")}
    send(officer, participant, **fields)
    kept = evidence_of(session, participant.id)
    assert {name: [file.name for file in files] for name, files in kept.items()} == {
        "services": ["a.jpg"],
        "brand": ["b.pdf"],
    }


def test_upload_of_the_same_file_twice_is_one_that_proves_both(
    officer: FlaskClient, participant: Participant, session: Session
) -> None:
    for indicator in ("services", "brand"):
        send(officer, participant, files=file_of(photo(), "a.jpg"), indicator=indicator)
    files = files_of(session, participant.id)
    assert [file.indicators for file in files] == [("services", "brand")]


def test_upload_tells_why_a_file_is_refused_and_keeps_the_others(
    officer: FlaskClient, participant: Participant, session: Session
) -> None:
    officer.set_cookie("language", "en")
    files = [file_of(b"<svg/>", "a.png"), file_of(picture("PNG"), "b.png")]
    page = send(officer, participant, files=files)
    assert "a.png: This type of file is not taken." in page
    assert [file.name for file in files_of(session, participant.id)] == ["b.png"]
    assert session.scalars(select(Upload).where(Upload.file_id.is_(None))).all() == []


def test_upload_of_many_bad_files_tells_of_the_first(
    officer: FlaskClient, participant: Participant
) -> None:
    officer.set_cookie("language", "en")
    page = send(officer, participant, files=[file_of(b"", f"{n}.png") for n in range(9)])
    assert page.count("is empty.") == 6
    assert "3 more files were refused." in page


def test_upload_of_nothing_asks_for_a_file(officer: FlaskClient, participant: Participant) -> None:
    officer.set_cookie("language", "en")
    assert "Choose one file or several first." in send(officer, participant)


def test_upload_beyond_a_limit_is_refused(
    officer: FlaskClient, participant: Participant, app: Flask, session: Session
) -> None:
    officer.set_cookie("language", "en")
    limits = {"EVIDENCE_FILES": 2, "EVIDENCE_FILE_MEGABYTES": 0.1}
    before = {name: app.config[name] for name in limits}
    app.config.update(limits)
    try:
        large = send(officer, participant, files=file_of(b"x" * 100_001, "large.pdf"))
        files = [file_of(pdf(pages=count), f"{count}.pdf") for count in (1, 2, 3)]
        many = send(officer, participant, files=files)
    finally:
        app.config.update(before)
    assert "large.pdf is too large: a file may have 100 KB." in large
    assert "There are 2 files already, which is the most." in many
    assert len(files_of(session, participant.id)) == 2


def test_form_larger_than_all_is_refused_before_it_is_read(
    officer: FlaskClient, participant: Participant, app: Flask
) -> None:
    before = app.config["EVIDENCE_FORM_MEGABYTES"]
    app.config["EVIDENCE_FORM_MEGABYTES"] = 0.1
    try:
        given = {"files": file_of(b"x" * 110_000, "a.pdf")}
        answer = officer.post(f"/applications/{participant.id}/evidence", data=given)
    finally:
        app.config["EVIDENCE_FORM_MEGABYTES"] = before
    assert answer.status_code == 413
    assert "一次最多可发送1 MB" in answer.text


def test_upload_writes_who_added_what(
    officer: FlaskClient, participant: Participant, session: Session
) -> None:
    send(officer, participant, files=file_of(pdf(open_with_script), "a.pdf"), indicator="brand")
    lines = session.scalars(select(AuditLine).order_by(AuditLine.number)).all()
    assert [(line.action, line.organisation_path) for line in lines] == [
        ("evidence.add", participant.path),
        ("evidence.link", participant.path),
    ]
    told = json.loads(lines[0].after)
    assert (told["name"], told["taken_out"]) == ("a.pdf", ["scripts"])


def test_date_is_set_by_whoever_read_the_newest_version(
    officer: FlaskClient, participant: Participant, session: Session
) -> None:
    file = make_file(session, participant, "services")
    given = {"x-version": "1", "x-evidence_date": "2026-02-03"}
    first = officer.post(f"/evidence/{file.id}/date?field=x", data=given)
    second = officer.post(f"/evidence/{file.id}/date?field=x", data=given)
    session.expire_all()
    assert (first.status_code, second.status_code) == (302, 409)
    assert session.get_one(EvidenceFile, file.id).evidence_date == date(2026, 2, 3)


def test_date_in_the_future_is_refused(
    officer: FlaskClient, participant: Participant, session: Session
) -> None:
    file = make_file(session, participant, "services")
    day = (now() + timedelta(days=3)).date().isoformat()
    given = {"x-version": "1", "x-evidence_date": day}
    assert officer.post(f"/evidence/{file.id}/date?field=x", data=given).status_code == 409


def test_file_that_is_there_proves_a_further_indicator(
    officer: FlaskClient, participant: Participant, session: Session
) -> None:
    file = make_file(session, participant, "services")
    officer.post(f"/evidence/{file.id}/links", data={f"file-{file.id}-indicator": "brand"})
    officer.post(
        f"/applications/{participant.id}/evidence/meetings", data={"use-meetings": file.id}
    )
    assert set(evidence_of(session, participant.id)) == {"services", "brand", "meetings"}


def test_file_taken_away_from_its_last_indicator_is_removed(
    officer: FlaskClient, participant: Participant, session: Session
) -> None:
    file = make_file(session, participant, "services", "brand")
    officer.post(f"/evidence/{file.id}/links/services/remove")
    assert set(evidence_of(session, participant.id)) == {"brand"}
    officer.post(f"/evidence/{file.id}/links/brand/remove")
    session.expire_all()
    assert evidence_of(session, participant.id) == {}
    assert storage().exists(file.storage_key)


def test_removed_file_can_be_uploaded_anew(
    officer: FlaskClient, participant: Participant, session: Session
) -> None:
    send(officer, participant, files=file_of(photo(), "a.jpg"))
    (file,) = files_of(session, participant.id)
    officer.post(f"/evidence/{file.id}/remove")
    send(officer, participant, files=file_of(photo(), "b.jpg"))
    assert [each.name for each in files_of(session, participant.id)] == ["b.jpg"]


def test_unknown_indicator_is_not_there(
    officer: FlaskClient, participant: Participant, session: Session
) -> None:
    file = make_file(session, participant, "services")
    given = {f"file-{file.id}-indicator": "elsewhere"}
    assert officer.post(f"/evidence/{file.id}/links", data=given).status_code == 404
    there = officer.get(f"/applications/{participant.id}/evidence/elsewhere")
    assert there.status_code == 404


def test_nothing_is_changed_while_the_step_is_closed(
    officer: FlaskClient, participant: Participant, session: Session
) -> None:
    file = make_file(session, participant, "services")
    step = participant.round.step("self_assessment")
    assert step is not None
    step.closes_at = now() - timedelta(minutes=1)
    session.commit()
    page = send(officer, participant, files=file_of(photo(), "a.jpg"))
    assert 'type="file"' not in page
    for address in (f"{file.id}/remove", f"{file.id}/links/services/remove"):
        assert officer.post(f"/evidence/{address}").status_code == 409
    assert [each.id for each in files_of(session, participant.id)] == [file.id]


def test_page_of_all_files_asks_as_often_for_three_as_for_one(
    officer: FlaskClient, participant: Participant, session: Session
) -> None:
    counts = []
    for number in range(3):
        make_file(session, participant, "services", "brand", content=b"%d" % number)
        session.expire_all()
        address = f"/applications/{participant.id}/evidence"
        with counted() as asked:
            assert officer.get(address).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[2]

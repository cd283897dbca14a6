"""Programs close appraisals, enter tallies, and write what site checks found."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import pytest
from furnished import Furnished, blank_pdf
from programs import Program, problem
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.appraisals.models import Appraisal, PaperTally, Way
from evaluator.appraisals.operations import set_up
from evaluator.rounds.models import Participant

CHECK = "/participants/{}/site-check"
APPRAISAL = "/participants/{}/appraisal"
COUNTS = {"satisfied": 6, "rather_satisfied": 3, "not_satisfied": 1, "unsure": 0}


@pytest.fixture
def on_paper(session: Session, things: Furnished) -> str:
    return _appraised(session, things.second, Way.PAPER)


@pytest.fixture
def by_codes(session: Session, things: Furnished) -> str:
    return _appraised(session, things.second, Way.CODES)


def tally(**more: Any) -> dict[str, Any]:
    scan = {"name": "计票单.pdf", "content": b64encode(blank_pdf()).decode()}
    counts = {"satisfied": COUNTS}
    return {"handed_out": 12, "returned": 10, "counts": counts, "scan": scan, **more}


def findings(**more: Any) -> dict[str, Any]:
    found = [{"dimension": "life", "order": "to_mend", "note": "台账缺两页"}]
    return {"visited_on": "2026-11-20", "findings": found, "facts": {}, "summary": "属实", **more}


def test_tally_on_paper_is_counted_with_its_scan(
    reviewer: Program, on_paper: str, session: Session
) -> None:
    done = reviewer.change("POST", f"{on_paper}/tally", tally(), read=on_paper)
    assert done.status_code == 200
    read = done.json or {}
    assert (read["state"], read["ballots"], read["questions"][0]["result"]) == ("closed", 10, "90%")
    assert session.scalars(select(PaperTally.scan_type)).one() == "application/pdf"


def test_tally_that_is_sent_twice_is_counted_once(reviewer: Program, on_paper: str) -> None:
    tag, key = reviewer.tag(on_paper), "tally-1"
    answers = [
        reviewer.send("POST", f"{on_paper}/tally", tally(), If_Match=tag, Idempotency_Key=key)
        for _ in range(2)
    ]
    assert [each.status_code for each in answers] == [200, 200]
    assert answers[0].json == answers[1].json


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"returned": 11}, "counts"),
        ({"counts": {}}, "counts"),
        ({"counts": {"meetings": COUNTS}}, "counts"),
        ({"scan": {"name": "a.pdf", "content": "???"}}, "scan"),
    ],
)
def test_tally_that_cannot_be_is_told_at_its_place(
    reviewer: Program, on_paper: str, session: Session, wrong: dict[str, Any], place: str
) -> None:
    done = reviewer.change("POST", f"{on_paper}/tally", tally(**wrong), read=on_paper)
    assert set(problem(done, 422)["json"]) == {place}
    assert session.scalar(select(PaperTally.id)) is None


def test_scan_that_is_no_document_is_refused(reviewer: Program, on_paper: str) -> None:
    scan = {"name": "计票单.pdf", "content": b64encode(b"nothing of the kind").decode()}
    done = reviewer.change("POST", f"{on_paper}/tally", tally(scan=scan), read=on_paper)
    assert done.status_code == 422


def test_appraisal_by_codes_is_closed_and_takes_no_tally(reviewer: Program, by_codes: str) -> None:
    assert reviewer.change("POST", f"{by_codes}/tally", tally(), read=by_codes).status_code == 409
    done = reviewer.change("POST", f"{by_codes}/close", None, read=by_codes)
    assert (done.json or {})["state"] == "closed"
    again = reviewer.change("POST", f"{by_codes}/close", None, read=by_codes)
    assert again.status_code == 409


def test_appraisal_on_paper_is_not_closed_without_its_tally(
    reviewer: Program, on_paper: str
) -> None:
    assert reviewer.change("POST", f"{on_paper}/close", None, read=on_paper).status_code == 409


def test_branch_only_reads_its_appraisal(branch: Program, by_codes: str) -> None:
    assert branch.get(by_codes).status_code == 200
    assert branch.change("POST", f"{by_codes}/close", None, read=by_codes).status_code == 404


def test_findings_take_the_place_of_those_before(reviewer: Program, things: Furnished) -> None:
    path = CHECK.format(things.first.id)
    done = reviewer.change("PUT", path, findings())
    assert done.status_code == 200
    read = reviewer.get(path).json or {}
    assert (read["visited_on"], read["summary"]) == ("2026-11-20", "属实")
    assert read["findings"] == findings()["findings"]


def test_findings_over_those_of_somebody_else_are_refused(
    reviewer: Program, things: Furnished
) -> None:
    path = CHECK.format(things.first.id)
    tag = reviewer.tag(path)
    assert reviewer.change("PUT", path, findings()).status_code == 200
    done = reviewer.send("PUT", path, findings(summary="不属实"), If_Match=tag)
    assert done.status_code == 412


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"findings": [{"dimension": "nothing", "order": ""}]}, "findings"),
        ({"facts": {"services": "3"}}, "facts"),
        ({"visited_on": "yesterday"}, "visited_on"),
    ],
)
def test_findings_that_cannot_be_are_told_at_their_place(
    reviewer: Program, things: Furnished, wrong: dict[str, Any], place: str
) -> None:
    done = reviewer.change("PUT", CHECK.format(things.first.id), findings(**wrong))
    assert set(problem(done, 422)["json"]) == {place}


def test_check_is_finished_once_its_day_is_known(reviewer: Program, things: Furnished) -> None:
    path = CHECK.format(things.first.id)
    early = reviewer.change("POST", f"{path}/finish", None, read=path)
    assert early.status_code == 422
    reviewer.change("PUT", path, findings())
    done = reviewer.change("POST", f"{path}/finish", None, read=path)
    assert (done.json or {})["state"] == "finished"
    assert reviewer.change("PUT", path, findings()).status_code == 409


def _appraised(session: Session, participant: Participant, way: Way) -> str:
    appraisal: Appraisal = set_up(
        session, Actor.system(), participant=participant, way=way, minimum=3
    )
    session.commit()
    return APPRAISAL.format(appraisal.participant_id)

"""Appraisals from setting up to the fact that comes of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from district import District, make_account, make_district, make_round
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.accounts.sessions import actor_of
from evaluator.appraisals.models import Appraisal, Ballot, BallotCode, Way
from evaluator.appraisals.operations import cast, close, make_slips, set_up
from evaluator.audit.models import AuditLine
from evaluator.records.models import KnownFact
from evaluator.rounds.models import Participant

Browsers = Callable[[Account], FlaskClient]


@pytest.fixture
def district(session: Session) -> District:
    made = make_district(session)
    make_round(session, made)
    return made


@pytest.fixture
def participant(session: Session, district: District) -> Participant:
    query = select(Participant).where(Participant.organisation_id == district.east_one.id)
    return session.scalars(query).one()


@pytest.fixture
def codes(session: Session, district: District, participant: Participant) -> list[str]:
    """Return the codes of an appraisal that needs three ballots."""
    actor = actor_of(make_account(session, Role.COMMITTEE_REVIEWER, district.east), "")
    appraisal = set_up(session, actor, participant=participant, way=Way.CODES, minimum=3)
    made = make_slips(session, actor, appraisal=appraisal, count=5)
    session.commit()
    return made


def vote(client: FlaskClient, code: str, choice: str = "satisfied") -> int:
    return client.post(f"/b/{code}", data={"satisfied": choice}).status_code


def closed(session: Session, district: District) -> Appraisal:
    actor = actor_of(make_account(session, Role.ORGANISER, district.root), "")
    appraisal = session.scalars(select(Appraisal)).one()
    close(session, actor, appraisal=appraisal)
    session.commit()
    return appraisal


def test_result_becomes_a_known_fact(
    session: Session, client: FlaskClient, district: District, codes: list[str]
) -> None:
    for code, choice in zip(codes, ["satisfied", "not_satisfied", "satisfied"], strict=False):
        assert vote(client, code, choice) == 200
    session.expire_all()
    assert closed(session, district).results == {"satisfied": "66.67%"}
    fact = session.scalars(select(KnownFact)).one()
    assert (fact.fact, fact.value, fact.source) == ("satisfied", "66.67%", "appraisal")


def test_too_few_ballots_leave_no_result(
    session: Session, client: FlaskClient, district: District, codes: list[str]
) -> None:
    assert [vote(client, code) for code in codes[:2]] == [200, 200]
    session.expire_all()
    assert closed(session, district).results == {}
    assert session.scalars(select(KnownFact)).all() == []


def test_code_works_once(session: Session, client: FlaskClient, codes: list[str]) -> None:
    assert [vote(client, codes[0]), vote(client, codes[0])] == [200, 404]
    assert session.scalar(select(func.count()).select_from(Ballot)) == 1


def test_code_that_was_used_looks_like_one_that_never_was(
    client: FlaskClient, codes: list[str]
) -> None:
    vote(client, codes[0])
    used = client.get(f"/b/{codes[0]}").text.replace(codes[0], "AAAAAAAAAA")
    assert used == client.get("/b/AAAAAAAAAA").text


def test_new_slips_end_the_old_ones(
    session: Session, client: FlaskClient, district: District, codes: list[str]
) -> None:
    actor = actor_of(make_account(session, Role.ORGANISER, district.root), "")
    appraisal = session.scalars(select(Appraisal)).one()
    renewed = make_slips(session, actor, appraisal=appraisal, count=1)
    session.commit()
    assert [vote(client, codes[0]), vote(client, renewed[0])] == [404, 200]


def test_code_may_be_typed_as_it_is_read(client: FlaskClient, codes: list[str]) -> None:
    typed = f" {codes[0][:5].lower()}-{codes[0][5:].lower()} "
    assert client.post("/ballot", data={"code": typed}, follow_redirects=True).status_code == 200


def test_ballot_after_the_close_is_not_taken(
    session: Session, client: FlaskClient, district: District, codes: list[str]
) -> None:
    closed(session, district)
    assert vote(client, codes[0]) == 404


def test_choice_that_is_not_offered_is_refused(
    session: Session, client: FlaskClient, codes: list[str]
) -> None:
    assert vote(client, codes[0], "delighted") == 422
    with pytest.raises(ValueError, match="choice"):
        cast(session, code=codes[0], choices={"satisfied": "delighted"})
    assert vote(client, codes[0]) == 200


def test_ballot_leaves_no_trace_of_who_cast_it(
    session: Session, client: FlaskClient, codes: list[str]
) -> None:
    before = session.scalar(select(func.count()).select_from(AuditLine))
    vote(client, codes[0])
    session.expire_all()
    assert session.scalar(select(func.count()).select_from(AuditLine)) == before
    assert set(Ballot.__table__.columns.keys()) == {"id", "appraisal_id", "choices"}
    assert set(BallotCode.__table__.columns.keys()) == {
        "id",
        "appraisal_id",
        "code_hash",
        "used",
        "withdrawn",
    }


def test_branch_cannot_run_its_own_appraisal(
    session: Session, browser_of: Browsers, district: District, participant: Participant
) -> None:
    officer = browser_of(make_account(session, Role.BRANCH_OFFICER, district.east_one))
    data = {"way": "codes", "minimum": "3"}
    assert officer.post(f"/appraisals/{participant.id}", data=data).status_code == 404
    assert officer.get(f"/appraisals/{participant.id}").status_code == 200


def test_list_shows_the_own_committee_alone(
    session: Session, browser_of: Browsers, district: District, codes: list[str]
) -> None:
    reviewer = browser_of(make_account(session, Role.COMMITTEE_REVIEWER, district.west, "w"))
    text = reviewer.get("/appraisals").text
    assert [name in text for name in ("西一社区党支部", "东一社区党支部", "<td>进行中")] == [
        True,
        False,
        False,
    ]
    for words in ("东一", "E1"):
        assert "没有符合条件的" in reviewer.get(f"/appraisals?q={words}").text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=东一", {"东一社区党支部"}),
        ("q=e1", {"东一社区党支部"}),
        ("q=%25", set()),
        ("standing=open", {"东一社区党支部"}),
        ("standing=missing", {"东二社区党支部"}),
        ("standing=closed", set()),
        ("standing=rubbish", {"东一社区党支部", "东二社区党支部"}),
        ("q=东&standing=missing", {"东二社区党支部"}),
    ],
)
def test_list_is_narrowed_to_names_and_states(
    session: Session, browser_of: Browsers, district: District, codes: list[str],
    asked: str, found: set[str],
) -> None:  # fmt: skip
    reviewer = browser_of(make_account(session, Role.COMMITTEE_REVIEWER, district.east, "e"))
    text = reviewer.get(f"/appraisals?{asked}").text
    assert {each for each in ("东一社区党支部", "东二社区党支部") if each in text} == found
    assert "暂无测评对象" not in text


def test_slips_are_a_pdf_with_codes_that_work(
    session: Session, browser_of: Browsers, district: District, participant: Participant
) -> None:
    import pypdfium2
    import zxingcpp

    reviewer = browser_of(make_account(session, Role.COMMITTEE_REVIEWER, district.east))
    reviewer.post(f"/appraisals/{participant.id}", data={"way": "codes", "minimum": "3"})
    answer = reviewer.post(f"/appraisals/{participant.id}/slips", data={"count": "12"})
    pages = pypdfium2.PdfDocument(answer.data)
    found = [
        code.text
        for page in pages
        for code in zxingcpp.read_barcodes(page.render(scale=2).to_pil())
    ]
    assert (len(pages), len(set(found))) == (2, 12)
    assert pages[0].get_textpage().get_text_range().count("localhost/ballot") == 10
    path = found[0].removeprefix("http://localhost")
    assert reviewer.get(path).status_code == 200

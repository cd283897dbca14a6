"""The pages of the registry: each reader sees its own place, lists take the same few queries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from certified import Certified, draw
from counting import queries_of
from district import make_account
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.database import now
from evaluator.jobs.models import Job, JobState
from evaluator.notices.calendar import day_of

Browse = Callable[[Account], FlaskClient]
NAMES = {"E1": "东一社区党支部", "E2": "东二社区党支部", "W1": "西一社区党支部"}


@pytest.fixture(autouse=True)
def issued(certified: Certified) -> None:
    certified.issue()


def seen(client: FlaskClient, address: str = "/certificates") -> set[str]:
    page = client.get(address)
    assert page.status_code == 200
    return {code for code, name in NAMES.items() if name in page.text}


@pytest.mark.parametrize(
    ("role", "place", "codes"),
    [
        (Role.BRANCH_OFFICER, "east_one", {"E1"}),
        (Role.COMMITTEE_REVIEWER, "east", {"E1", "E2"}),
        (Role.SUPERVISOR, "root", {"E1", "E2", "W1"}),
    ],
)
def test_everybody_sees_the_certificates_of_the_own_place(
    certified: Certified, browser_of: Browse, role: Role, place: str, codes: set[str]
) -> None:
    account = make_account(certified.session, role, getattr(certified.ended.district, place))
    client = browser_of(account)
    assert seen(client) == codes
    assert seen(client, "/certificates?words=社区") == codes
    book = CalamineWorkbook.from_filelike(BytesIO(client.get("/certificates/export").data))
    rows = book.get_sheet_by_index(0).to_python()[1:]
    assert {str(row[1]) for row in rows} == {NAMES[each] for each in codes}
    foreign = certified.certificate("W1")
    status = 200 if "W1" in codes else 404
    for part in ("", "/document", "/picture"):
        assert client.get(f"/certificates/{foreign.id}{part}").status_code == status


@pytest.mark.parametrize(
    ("address", "codes"),
    [
        ("?words=W1", {"W1"}),
        ("?words=2026-C5", {"E1"}),
        ("?words=--", set()),
        ("?words=2026C500001", {"E1"}),
        ("?words=%25", set()),
        ("?level=four_star", {"W1"}),
        ("?category=soe", set()),
        ("?state=issued", {"E1", "E2"}),
        ("?state=expired", {"W1"}),
        ("?state=revoked", set()),
        ("?state=nonsense", {"E1", "E2", "W1"}),
        ("?batch=999999", set()),
        ("?lowered=1", set()),
    ],
)
def test_list_is_filtered(
    certified: Certified, organiser: FlaskClient, address: str, codes: set[str]
) -> None:
    certified.certificate("W1").valid_until = day_of(now()) - timedelta(days=1)
    certified.session.commit()
    assert seen(organiser, f"/certificates{address}") == codes


def test_list_of_one_and_of_three_take_the_same_queries(
    certified: Certified, organiser: FlaskClient
) -> None:
    one = queries_of(lambda: organiser.get("/certificates?level=four_star"))
    assert queries_of(lambda: organiser.get("/certificates")) == one


def test_lowered_level_asks_for_another_certificate(
    certified: Certified, organiser: FlaskClient
) -> None:
    certified.take_level("E1", "three_star")
    assert "星级已降低，证书待换发" in organiser.get("/").text
    assert seen(organiser, "/certificates?lowered=1") == {"E1"}
    assert "命名已有变动、证书待更新：1份" in organiser.get("/certificates").text
    assert (
        "已按命名变动更新1份证书"
        in organiser.post("/certificates/reconcile", follow_redirects=True).text
    )
    assert "请换发新证书" in organiser.get(f"/certificates/{certified.certificate('E1').id}").text


def test_awards_without_certificates_are_told_on_the_start_page(
    certified: Certified, organiser: FlaskClient
) -> None:
    assert "命名待颁发证书" not in organiser.get("/").text
    certified.session.delete(certified.certificate("E1"))
    certified.session.commit()
    assert "命名待颁发证书" in organiser.get("/").text


def test_batch_shows_its_progress_and_goes_on_after_a_stop(
    certified: Certified, organiser: FlaskClient
) -> None:
    batch = certified.certificate("E1").batch
    address = f"/certificates/batches/{batch.id}"
    page = organiser.get(address).text
    assert "<progress" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    part = f"{address}/prints/certificate-a4"
    assert organiser.post(f"{part}/stop").status_code == 302
    assert "已停止" in organiser.get(address).text
    assert organiser.post(f"{part}/stop").status_code == 409
    assert organiser.post(f"{part}/resume").status_code == 302
    draw(batch, certified.session)
    job = certified.session.get_one(Job, batch.prints[0].job_id)
    job.state = JobState.DONE
    certified.session.commit()
    page = organiser.get(address).text
    assert ("<progress" in page, "东片党工委" in page) == (False, True)


def test_batch_is_printed_as_stickers_too_and_once_only(
    certified: Certified, organiser: FlaskClient
) -> None:
    address = f"/certificates/batches/{certified.certificate('E1').batch.id}"
    sent = {"template": "sticker"}
    assert organiser.post(f"{address}/prints", data=sent).status_code == 302
    assert organiser.post(f"{address}/prints", data=sent).status_code == 409
    assert organiser.post(f"{address}/prints", data={"template": "no"}).status_code == 404
    assert "标贴" in organiser.get(address).text


def test_picture_is_a_picture(certified: Certified, organiser: FlaskClient) -> None:
    answer = organiser.get(f"/certificates/{certified.certificate('E1').id}/picture")
    assert answer.data.startswith(b"\x89PNG")

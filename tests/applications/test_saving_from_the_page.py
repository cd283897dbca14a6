"""The same saving from a browser: with the whole form, and field by field by a script."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextvars import Context

import pytest
from counting import counted
from drafting import Case
from flask.testing import FlaskClient

from evaluator.accounts.models import Account
from evaluator.applications.models import ApplicationState, Origin
from evaluator.scoring.so_far import SoFarScorer

Browsers = Callable[[Account], FlaskClient]


@pytest.fixture
def client(case: Case, browser_of: Browsers) -> FlaskClient:
    return browser_of(case.officer)


def test_the_whole_form_is_saved_without_scripts(case: Case, client: FlaskClient) -> None:
    form = case.form(client, "service")
    answer = client.post(case.address(), data={**form, "f-visits": "10", "f-brand": "true"})
    assert (answer.status_code, answer.location) == (303, case.address("?part=service"))
    assert {each.fact: each.value for each in case.application.answers} == {
        "visits": "10",
        "brand": "true",
    }


def test_a_form_sent_back_untouched_changes_nothing(case: Case, client: FlaskClient) -> None:
    case.save(
        visits="x", brand="false", lectures=[{"date": "2026-03-01", "topic": "学", "rank": "low"}]
    )
    before = {each.fact: (each.value, each.version) for each in case.application.answers}
    for part in ("life", "service", "conditions"):
        form = case.form(client, part)
        if part == "service":
            form["f-brand"] = "false"
        client.post(case.address(), data=form)
    assert {each.fact: (each.value, each.version) for each in case.application.answers} == before


def test_rows_are_added_and_removed_without_scripts(case: Case, client: FlaskClient) -> None:
    form = case.form(client, "life")
    rows = {
        "f-lectures-0-date": "2026-01-05",
        "f-lectures-0-topic": "甲",
        "f-lectures-0-rank": "low",
    }
    answer = client.post(case.address(), data={**form, **rows, "add": "lectures"})
    assert answer.location == case.address("?part=life&more=lectures#fact-lectures")
    page = client.get(answer.location).get_data(as_text=True)
    assert page.count("data-row") == 6
    form = case.form(client, "life")
    client.post(case.address(), data={**form, "remove": "lectures-0"})
    assert case.application.answers[0].value is None


def test_nothing_to_report_is_said_by_a_tick(case: Case, client: FlaskClient) -> None:
    form = case.form(client, "life")
    client.post(case.address(), data={**form, "f-lectures-none": "1"})
    assert case.application.answers[0].value == []


def test_conflicts_are_shown_side_by_side_and_chosen(case: Case, client: FlaskClient) -> None:
    form = case.form(client, "service")
    case.save(visits="10")
    answer = client.post(case.address(), data={**form, "f-visits": "20", "f-brand": "true"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert 'name="f-visits" value="20"' in page
    assert "他人填写：10" in page
    mark = case.mark("visits")
    assert f'value="mine:{mark}"' in page
    held = {each.fact: each.value for each in case.application.answers}
    assert held == {"visits": "10", "brand": "true"}
    chosen = {**form, "f-visits": "20", "c-visits": f"mine:{mark}"}
    assert client.post(case.address(), data=chosen).status_code == 303
    assert case.draft().sheet.answers["visits"].value == "20"


def test_the_value_of_the_other_is_kept_where_it_is_chosen(case: Case, client: FlaskClient) -> None:
    form = case.form(client, "service")
    case.save(visits="10")
    client.post(case.address(), data={**form, "f-visits": "20", "c-visits": "theirs"})
    assert case.draft().sheet.answers["visits"].value == "10"


def test_the_next_part_follows_a_save(case: Case, client: FlaskClient) -> None:
    form = case.form(client, "life")
    answer = client.post(case.address(), data={**form, "go": "service"})
    assert answer.location == case.address("?part=service")
    answer = client.post(case.address(), data={**form, "submit": "1"})
    assert answer.location == case.address("/submission")


def test_a_script_saves_one_field_and_is_told_the_points(case: Case, client: FlaskClient) -> None:
    sent = {"visits": {"value": "10", "reason": "", "was": case.mark("visits")}}
    answer = client.post(case.address("/autosave"), json={"part": "service", "facts": sent})
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["marks"] == {"visits": case.mark("visits")}
    assert answer.json["conflicts"] == []
    assert 'data-for="standing"' in answer.json["html"]
    assert "<strong>13.00</strong>" in answer.json["html"]


def test_a_script_is_told_that_it_is_saved_before_the_points_are_worked_out(
    case: Case, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    scored: list[int] = []
    so_far = SoFarScorer.so_far
    monkeypatch.setattr(SoFarScorer, "so_far", lambda *of: scored.append(1) or so_far(*of))
    facts = {"visits": {"value": "10", "reason": "", "was": case.mark("visits")}}
    scored.clear()

    def read() -> tuple[str, int, str, list[str]]:
        """Read an answer part by part, in the context in which it was asked for."""
        sent = {"part": "service", "facts": facts}
        answer = FlaskClient.open(
            client, case.address("/autosave"), method="POST", json=sent, buffered=False
        )
        parts = map(as_text, answer.response)
        first, before = next(parts), len(scored)
        with counted(savepoints=True) as asked:
            return first, before, "".join(parts), asked

    first, before, rest, asked = Context().run(read)
    assert json.loads(first.removesuffix(",\n") + "}") == {
        "marks": {"visits": case.mark("visits")},
        "conflicts": [],
    }
    assert (before, asked) == (0, [])
    assert "<strong>13.00</strong>" in json.loads(first + rest)["html"]


def as_text(part: str | bytes) -> str:
    return part if isinstance(part, str) else part.decode()


def test_a_script_is_told_of_a_conflict_and_keeps_its_mark(case: Case, client: FlaskClient) -> None:
    seen = case.mark("visits")
    case.save(visits="10")
    sent = {"visits": {"value": "20", "reason": "", "was": seen}}
    answer = client.post(case.address("/autosave"), json={"part": "service", "facts": sent})
    assert answer.json is not None
    assert (answer.json["conflicts"], answer.json["marks"]) == (["visits"], {"visits": seen})
    assert 'data-for="conflict-visits"' in answer.json["html"]
    assert case.draft().sheet.answers["visits"].value == "10"


@pytest.mark.parametrize(
    "sent",
    [
        None,
        [],
        {"part": "life"},
        {"facts": {}},
        {"part": "life", "facts": []},
        {"part": "life", "facts": {"visits": "10"}},
        {"part": "life", "facts": {"visits": {"value": 10}}},
        {"part": "life", "facts": {"visits": {"value": {"a": "b"}}}},
        {"part": "life", "facts": {"visits": {"value": "1", "reason": 3}}},
        {"part": "life", "facts": {"visits": {"value": "x" * 2001}}},
        {"part": "life", "facts": {"lectures": {"value": [{"date": 3}]}}},
        {"part": "life", "facts": {"lectures": {"value": [{"date": ""}] * 1001}}},
        {"part": "life", "facts": {"attitude": {"value": "5", "reason": "好"}}},
    ],
)
def test_what_a_script_must_not_send_is_refused(
    case: Case, client: FlaskClient, sent: object
) -> None:
    assert client.post(case.address("/autosave"), json=sent).status_code == 400
    assert case.draft().sheet.answers == {}


def test_a_script_is_refused_once_it_was_submitted(case: Case, client: FlaskClient) -> None:
    case.set_state(ApplicationState.SUBMITTED)
    sent = {"visits": {"value": "10", "reason": "", "was": ""}}
    answer = client.post(case.address("/autosave"), json={"part": "service", "facts": sent})
    assert answer.status_code == 409


def test_one_copied_answer_is_confirmed_by_its_button(case: Case, client: FlaskClient) -> None:
    case.save(visits="10", brand="true")
    for each in case.application.answers:
        each.origin = Origin.COPIED
    case.session.commit()
    form = case.form(client, "service")
    client.post(case.address(), data={**form, "f-brand": "true", "confirm": "visits"})
    origins = {each.fact: each.origin for each in case.application.answers}
    assert origins == {"visits": Origin.GIVEN, "brand": Origin.COPIED}

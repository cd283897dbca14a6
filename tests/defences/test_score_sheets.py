"""Writing a score sheet: kept as typed, marked where two devices differ, blind until handed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from hearing import Hearing, fields_of
from sqlalchemy import select

from evaluator.access import NotAllowed
from evaluator.accounts.models import Account
from evaluator.audit.models import AuditLine
from evaluator.defences.models import ScoreSheet, SittingState
from evaluator.defences.sheets import hand_in, recuse
from evaluator.defences.sittings import move_sitting
from evaluator.web.errors import Refusal

Browsers = Callable[[Account], FlaskClient]


def test_sheet_keeps_what_is_typed_even_where_it_cannot_be_read(hearing: Hearing) -> None:
    hearing.write(before="8o", note="声音小")
    sheet = hearing.desk().sheet
    assert sheet is not None
    assert (sheet.before, sheet.after, sheet.note) == ({"defence": "8o"}, {}, "声音小")


def test_second_score_follows_the_first_until_it_is_given(hearing: Hearing) -> None:
    hearing.write(before="80")
    hearing.write(after="80")
    hearing.write(before="82")
    assert hearing.hand_in().after == {"defence": "82"}


def test_second_score_that_differs_needs_a_reason(hearing: Hearing) -> None:
    with pytest.raises(Refusal):
        hearing.hand_in(before="80", after="85")
    sheet = hearing.hand_in(reason="答问清楚")
    assert (sheet.before, sheet.after) == ({"defence": "80"}, {"defence": "85"})


def test_numbers_are_kept_in_one_spelling_when_handed_in(hearing: Hearing) -> None:
    sheet = hearing.hand_in(before="85.0", after="085")
    assert (sheet.before, sheet.after) == ({"defence": "85"}, {"defence": "85"})


@pytest.mark.parametrize("score", ["", "101", "-1", "80.55", "八十", "1e2"])
def test_sheet_with_a_wrong_score_is_not_handed_in(hearing: Hearing, score: str) -> None:
    hearing.write(before="x")
    with pytest.raises(Refusal):
        hearing.hand_in(before=score)


def test_handed_in_sheet_stays(hearing: Hearing) -> None:
    sheet = hearing.hand_in(before="80")
    with pytest.raises(Refusal):
        hearing.write(before="81")
    with pytest.raises(Refusal):
        hand_in(hearing.session, hearing.actor(), desk=hearing.desk(), version=sheet.version)
    with pytest.raises(Refusal):
        recuse(hearing.session, hearing.actor(), desk=hearing.desk(), reason="亲属")


def test_sheet_that_another_device_changed_is_not_handed_in_unseen(hearing: Hearing) -> None:
    first = hearing.write(before="80").sheet
    assert first is not None
    read = first.version
    hearing.write(before="90")
    with pytest.raises(Refusal):
        hand_in(hearing.session, hearing.actor(), desk=hearing.desk(), version=read)


def test_first_score_stands_once_the_questions_begin(hearing: Hearing) -> None:
    hearing.write(before="80")
    for state in (SittingState.CALLED, SittingState.PRESENTING, SittingState.QUESTIONS):
        sitting = hearing.desk().sitting
        assert sitting is not None
        move_sitting(
            hearing.session, hearing.actor(), desk=hearing.desk(), to=state, version=sitting.version
        )
        hearing.session.flush()
    assert hearing.write(before="81").standing == {"before-defence"}
    assert hearing.write(1, before="70").standing == set()
    sheet = hearing.desk().sheet
    assert sheet is not None
    assert sheet.before == {"defence": "80"}


def test_calibration_case_is_judged_first(hearing: Hearing) -> None:
    hearing.cases[1].is_calibration = True
    hearing.session.commit()
    with pytest.raises(Refusal):
        hearing.write(before="80")
    hearing.hand_in(case=1, before="75")
    hearing.hand_in(before="80")
    with pytest.raises(Refusal):
        hearing.write(1, before="80")


def test_log_tells_neither_note_nor_scores_before_the_sheet_is_handed_in(hearing: Hearing) -> None:
    hearing.write(before="81.5", note="暗记")
    hearing.write(reason="暂定")
    hearing.session.commit()
    lines = [f"{each.before}{each.after}{each.reason}" for each in _log(hearing)]
    assert len(lines) == 2
    assert not any(word in line for line in lines for word in ("81.5", "暗记", "暂定"))
    hearing.hand_in()
    hearing.session.commit()
    last = _log(hearing)[-1]
    assert last.action == "score_sheet.hand_in"
    assert ("81.5" in last.after, "暗记" in last.after) == (True, False)


def _log(hearing: Hearing) -> list[AuditLine]:
    query = select(AuditLine).where(AuditLine.action.startswith("score_sheet."))
    return list(hearing.session.scalars(query.order_by(AuditLine.number)))


def test_whoever_withdraws_sees_nothing_of_the_case_any_more(
    hearing: Hearing, browser_of: Browsers
) -> None:
    hearing.write(1, before="66", note="暗记")
    browser, address = browser_of(hearing.accounts[1]), f"/defence/cases/{hearing.cases[0].id}"
    assert browser.post(f"{address}/recuse", data={"reason": ""}).status_code == 422
    assert browser.post(f"{address}/recuse", data={"reason": "曾任该支部联络员"}).status_code == 302
    hearing.session.expire_all()
    assert browser.get(address).status_code == 404
    assert "东一社区党支部" not in browser.get("/defence/mine").get_data(as_text=True)
    assert hearing.session.scalars(select(ScoreSheet)).all() == []
    with pytest.raises(NotAllowed):
        hearing.desk(1)


def test_others_are_read_once_the_own_sheet_is_handed_in(
    hearing: Hearing, browser_of: Browsers
) -> None:
    hearing.hand_in(1, before="63.5", note="暗记一")
    hearing.write(2, before="64.5", note="暗记二")
    hearing.session.commit()
    browser, address = browser_of(hearing.accounts[0]), f"/defence/cases/{hearing.cases[0].id}"
    page = browser.get(address).get_data(as_text=True)
    assert [word in page for word in ("63.5", "64.5", "暗记")] == [False, False, False]
    hearing.session.expire_all()
    hearing.hand_in(0, before="70")
    hearing.session.commit()
    page = browser.get(address).get_data(as_text=True)
    assert [word in page for word in ("63.5", "64.5", "暗记")] == [True, False, False]


def test_panellist_of_another_case_finds_nothing(hearing: Hearing, browser_of: Browsers) -> None:
    hearing.cases[0].seats = hearing.cases[0].seats[:2]
    hearing.session.commit()
    browser, address = browser_of(hearing.accounts[2]), f"/defence/cases/{hearing.cases[0].id}"
    for path, method in (("", "get"), ("", "post"), ("/autosave", "post"), ("/hand-in", "get")):
        assert getattr(browser, method)(address + path).status_code == 404
    assert "东一社区党支部" not in browser.get("/defence/mine").get_data(as_text=True)


def test_whole_sheet_is_saved_and_handed_in_without_scripts(
    hearing: Hearing, browser_of: Browsers
) -> None:
    case, browser = hearing.cases[0], browser_of(hearing.accounts[0])
    form = {**fields_of(browser, case), "before-defence": "80", "note": "一\r\n二"}
    assert browser.post(f"/defence/cases/{case.id}", data=form).status_code == 303
    hearing.session.expire_all()
    form = fields_of(browser, case)
    assert (form["before-defence"], form["after-defence"], form["note"].strip()) == (
        "80", "80", "一\n二",
    )  # fmt: skip
    form |= {"after-defence": "84", "hand_in": "1"}
    assert "须说明理由" in browser.post(f"/defence/cases/{case.id}", data=form).text
    hearing.session.expire_all()
    form = {**fields_of(browser, case), "reason": "答问好", "hand_in": "1"}
    answer = browser.post(f"/defence/cases/{case.id}", data=form)
    assert answer.location == f"/defence/cases/{case.id}/hand-in"
    hearing.session.expire_all()
    version = hearing.session.scalars(select(ScoreSheet.version)).one()
    assert "答问好" in browser.get(answer.location).get_data(as_text=True)
    browser.post(answer.location, data={"version": version})
    hearing.session.expire_all()
    sheet = hearing.session.scalars(select(ScoreSheet)).one()
    assert (sheet.after, sheet.note, sheet.handed_in_at is not None) == (
        {"defence": "84"}, "一\n二", True,
    )  # fmt: skip


def test_script_is_told_of_a_field_that_another_device_changed(
    hearing: Hearing, browser_of: Browsers
) -> None:
    case, browser = hearing.cases[0], browser_of(hearing.accounts[0])
    form = fields_of(browser, case)
    hearing.write(before="70")
    hearing.session.commit()
    sent = {
        "before-defence": {"value": "75", "was": form["w-before-defence"]},
        "note": {"value": "好", "was": form["w-note"]},
    }
    address = f"/defence/cases/{case.id}/autosave"
    saved = browser.post(address, json={"facts": sent}).get_json()
    assert saved["conflicts"] == ["before-defence"]
    assert saved["fields"]["before-defence"]["value"] == "70"
    assert 'data-for="conflict-before-defence"' in saved["html"]
    sent = {"before-defence": {"value": "75", "was": saved["marks"]["before-defence"]}}
    assert browser.post(address, json={"facts": sent}).get_json()["conflicts"] == []
    hearing.session.expire_all()
    sheet = hearing.desk().sheet
    assert sheet is not None
    assert (sheet.before, sheet.note) == ({"defence": "75"}, "好")


@pytest.mark.parametrize("sent", [None, [], {"facts": []}, {"facts": {"note": {"value": 1}}}])
def test_what_no_script_of_ours_sends_is_refused(
    hearing: Hearing, browser_of: Browsers, sent: object
) -> None:
    browser = browser_of(hearing.accounts[0])
    answer = browser.post(f"/defence/cases/{hearing.cases[0].id}/autosave", json=sent)
    assert answer.status_code == 409

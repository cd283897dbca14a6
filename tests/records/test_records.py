"""Facts come in by workbook: previewed by row, then exactly that, each with source and day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from bringing import YEAR, uploaded
from district import make_account, make_district, make_round
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sample_register import ROUND, rule_sets, submissions
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Role
from evaluator.accounts.models import Account
from evaluator.accounts.sessions import actor_of
from evaluator.audit.models import AuditLine
from evaluator.organisations.models import Organisation, Status
from evaluator.records.models import KnownFact
from evaluator.records.operations import set_known_facts
from evaluator.records.previewing import RecordsPreview, preview_of
from evaluator.records.sources import KNOWN
from evaluator.scoring.explain import Scorer

Browser = Callable[[Account], FlaskClient]


def previewed(session: Session, path: Path, actor: Actor | None = None) -> RecordsPreview:
    return preview_of(session, actor or Actor.system(), path, YEAR, rule_sets())


def told(preview: RecordsPreview) -> list[str]:
    return [each.in_chinese() for each in preview.problems]


def changed(folder: Path, sheet: str, code: str, key: str, value: object) -> Path:
    """Return the sample workbook with one cell changed in the row of an organisation."""
    workbook = load_workbook(ROUND)
    found = workbook[sheet]
    columns = {str(cell.value): cell.column for cell in found[3]}
    row = next(row for row in range(4, found.max_row + 1) if found.cell(row, 1).value == code)
    found.cell(row, columns[key]).value = value  # type: ignore[assignment]
    path = folder / "changed.xlsx"
    workbook.save(path)
    return path


def facts_there(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(KnownFact)) or 0


def test_sample_workbook_becomes_known_once_it_is_confirmed(
    session: Session, sample: Organisation, browser_of: Browser
) -> None:
    client = browser_of(make_account(session, Role.ORGANISER, sample))
    address, form = uploaded(client, ROUND)
    assert facts_there(session) == 0
    assert client.post(address, data=form).status_code == 302
    wanted = sum(
        rule_sets()[each.organisation.category].facts[name].source.kind in KNOWN
        for each in submissions()
        for name in each.facts
    )
    assert facts_there(session) == wanted
    row = session.scalars(
        select(KnownFact)
        .join(Organisation, KnownFact.organisation_id == Organisation.id)
        .where(Organisation.code == "LJ-SQ-001", KnownFact.fact == "party_lectures")
    ).one()
    assert (row.source, row.as_of) == ("record: party_lectures", date(2026, 1, 31))
    assert row.value[0] == {"date": "2026-03-18", "lecturer": "secretary"}
    again = previewed(session, ROUND)
    assert (again.rows, again.same, again.can_be_confirmed) == ([], 120, False)


def test_what_is_known_is_read_for_the_scores_as_the_workbook_is(
    session: Session, sample: Organisation, browser_of: Browser
) -> None:
    client = browser_of(make_account(session, Role.ORGANISER, sample))
    address, form = uploaded(client, ROUND)
    client.post(address, data=form)
    scorers = {category: Scorer(each) for category, each in rule_sets().items()}
    codes = dict(session.execute(select(Organisation.id, Organisation.code)).all())
    known: dict[str, dict[str, object]] = {}
    for row in session.scalars(select(KnownFact)):
        known.setdefault(codes[row.organisation_id], {})[row.fact] = row.value
    for each in submissions():
        facts = {**each.facts, **known[each.organisation.id]}
        read = scorers[each.organisation.category].read
        assert read(each.organisation, facts).slots == read(each.organisation, each.facts).slots


def test_asked_and_judged_facts_are_left_out(session: Session, sample: Organisation) -> None:
    preview = previewed(session, ROUND)
    names = {change.fact for row in preview.rows for change in row.changes}
    assert "implementation" not in names
    assert preview.left_out > 0


def test_changed_value_is_shown_with_what_was_known(
    session: Session, sample: Organisation, tmp_path: Path
) -> None:
    branch = session.scalars(select(Organisation).where(Organisation.code == "LJ-SQ-001")).one()
    set_known_facts(
        session,
        Actor.system(),
        organisation_id=branch.id,
        year=YEAR,
        values={"volunteers": "54"},
        source="record: volunteers",
        as_of=date(2026, 1, 1),
    )
    session.commit()
    path = changed(tmp_path, "街道社区", "LJ-SQ-001", "volunteers", 55)
    row = next(each for each in previewed(session, path).rows if each.organisation is branch)
    change = next(each for each in row.changes if each.fact == "volunteers")
    assert (change.before, change.value, row.changed) == ("54", "55", 1)


def test_wrong_value_and_unknown_number_are_named_by_sheet_row_and_column(
    session: Session, sample: Organisation, tmp_path: Path
) -> None:
    path = changed(tmp_path, "街道社区", "LJ-SQ-001", "volunteers", "很多")
    words = told(previewed(session, path))
    assert len(words) == 1
    assert words[0].startswith("工作表“街道社区”第4行 ")
    assert "(volunteers)列：填写的是“很多”，应填整数" in words[0]
    branch = session.scalars(select(Organisation).where(Organisation.code == "LJ-GQ-001")).one()
    branch.code = "LJ-GQ-X"
    session.commit()
    assert told(previewed(session, ROUND)) == [
        "工作表“国企”第4行 id列：没有编号为“LJ-GQ-001”的基层党组织；"
        "请改正编号，或先在党组织库中登记"
    ]


def test_ended_organisation_and_other_category_are_named(
    session: Session, sample: Organisation
) -> None:
    found = {each.code: each for each in session.scalars(select(Organisation))}
    found["LJ-SQ-001"].status = Status.DISSOLVED
    found["LJ-SQ-002"].category = "soe"
    session.commit()
    assert [(each.where, each.column) for each in previewed(session, ROUND).problems] == [
        ("工作表“街道社区”第4行", "id"),
        ("工作表“街道社区”第5行", "category"),
    ]


def test_organiser_of_a_committee_is_told_nothing_of_others(
    session: Session, sample: Organisation
) -> None:
    committee = session.scalars(select(Organisation).where(Organisation.code == "LJ-01")).one()
    for each in session.scalars(select(Organisation)):
        each.name = f"登记名{each.code}"
    session.commit()
    actor = actor_of(make_account(session, Role.ORGANISER, committee), "")
    preview = previewed(session, ROUND, actor)
    assert "登记名" not in " ".join(told(preview))
    assert preview.rows == ()


def test_confirmation_is_refused_once_something_else_is_known(
    session: Session, sample: Organisation, browser_of: Browser
) -> None:
    client = browser_of(make_account(session, Role.ORGANISER, sample))
    address, form = uploaded(client, ROUND)
    branch = session.scalars(select(Organisation).where(Organisation.code == "LJ-SQ-001")).one()
    set_known_facts(
        session,
        Actor.system(),
        organisation_id=branch.id,
        year=YEAR,
        values={"volunteers": "1"},
        source="record: volunteers",
        as_of=date(2026, 1, 1),
    )
    session.commit()
    assert client.post(address, data=form).status_code == 409
    assert facts_there(session) == 1


def test_import_writes_an_audit_line_for_each_organisation_and_one_for_the_file(
    session: Session, sample: Organisation, browser_of: Browser
) -> None:
    before = session.scalar(select(func.count()).select_from(AuditLine)) or 0
    client = browser_of(make_account(session, Role.ORGANISER, sample))
    address, form = uploaded(client, ROUND)
    client.post(address, data=form)
    lines = select(AuditLine.action).where(AuditLine.number > before).order_by(AuditLine.number)
    assert session.scalars(lines).all() == ["known_facts.set"] * 120 + ["known_facts.import"]


def test_workbook_of_a_year_comes_back_unchanged(
    session: Session, sample: Organisation, browser_of: Browser, tmp_path: Path
) -> None:
    client = browser_of(make_account(session, Role.ORGANISER, sample))
    address, form = uploaded(client, ROUND)
    client.post(address, data=form)
    path = tmp_path / "known.xlsx"
    path.write_bytes(client.get(f"/records/{YEAR}/workbook.xlsx").data)
    found = previewed(session, path)
    assert (told(found), found.rows, found.same) == ([], [], 120)


def test_year_without_rule_sets_has_no_workbook(session: Session, browser_of: Browser) -> None:
    client = browser_of(make_account(session, Role.ORGANISER, make_district(session).root))
    assert client.get("/records/2026/workbook.xlsx").status_code == 404
    assert client.get("/records/import").status_code == 409
    assert client.get("/records").status_code == 200


def test_upload_without_a_file_is_told_at_the_field(session: Session, browser_of: Browser) -> None:
    district = make_district(session)
    make_round(session, district)
    client = browser_of(make_account(session, Role.ORGANISER, district.root))
    answer = client.post("/records/import", data={"year": "2026"})
    assert answer.status_code == 422
    assert 'id="file-errors"' in answer.get_data(as_text=True)

"""From an empty database to an open round: accounts, register, rule set, calendar, records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

from click.testing import CliRunner
from openpyxl import Workbook, load_workbook
from person import Page
from sample import CATEGORY, COMMITTEES, rule_sets, sample
from sqlalchemy import Connection, Engine, event
from walk import ROUND, YEAR, Walk

from evaluator.cli import main
from evaluator.files.category_sheet import FIRST_ROW
from evaluator.files.workbook import write_workbook

CALENDAR = {
    "self_assessment": ("2027-01-04", "2027-01-21"),
    "appraisal": ("2027-01-11", "2027-01-25"),
    "committee_review": ("2027-01-18", "2027-02-03"),
    "site_check": ("2027-02-22", "2027-03-06"),
    "defence": ("2027-03-08", "2027-03-20"),
    "joint_check": ("2027-03-22", "2027-04-01"),
    "decision": ("2027-04-01", "2027-04-03"),
    "public_notice": ("2027-04-06", "2027-04-13"),
    "award": ("2027-04-20", "2027-04-21"),
}
ROLES = {
    "organiser": "组织部管理员", "reviewer": "直属党（工）委审核员", "officer": "支部申报员",
    "panellist": "评委", "supervisor": "监督员",
}  # fmt: skip
PANELLISTS = 9


def command(*words: str) -> str:
    """Run a command of the service and return what it says; its connections end with it."""
    engines: set[Engine] = set()

    def note(connection: Connection) -> None:
        engines.add(connection.engine)

    event.listen(Engine, "engine_connect", note)
    done = CliRunner().invoke(main, words, catch_exceptions=False)
    event.remove(Engine, "engine_connect", note)
    for engine in engines:
        engine.dispose()
    assert done.exit_code == 0, done.output
    return done.output


def make_the_first_administrator(walk: Walk) -> None:
    """Enter the district and its first administrator on the command line; sign in."""
    said = command(
        "accounts", "create-administrator", "admin", "--name", "管理员",
        "--organisation", "LJ", "--district", "中共临江新区工作委员会",
    )  # fmt: skip
    walk.come("admin", said.split()[-1])


def make_organisers(walk: Walk) -> None:
    """Make the accounts of the organisation department, one after the other on the page."""
    for login_name in ("organiser", "organiser_two", "supervisor"):
        new = walk.look("admin", "/accounts/new")
        role = login_name.partition("_")[0]
        made = new.send("new", {
            "login_name": login_name, "name": f"人员{login_name}", "role": role,
            "organisation": "LJ",
        })  # fmt: skip
        walk.come(login_name, _secrets(made)[-1])


def import_the_register(walk: Walk) -> None:
    """Fill in the template of the register and import it."""
    organiser = walk.as_("organiser")
    template = organiser.look("/organisations/template.xlsx").response.data
    page = organiser.look("/organisations/import")
    page = page.send("import", {"file": (_register(template), "register.xlsx")})
    page = page.send("import/[^/]+", {"reason": "年度党组织登记"})
    assert len(COMMITTEES) + len(sample()) == 15
    assert "15" in page.told, page.told


def import_accounts(walk: Walk) -> None:
    """Import the accounts of committees, branches and panellists from a workbook."""
    page = walk.look("admin", "/accounts/import")
    page = page.send("import", {"file": (_accounts(), "accounts.xlsx")})
    page = page.send("import/[^/]+")
    for (login_name, *_), password in zip(_people(), _secrets(page), strict=True):
        walk.come(login_name, password)


def publish_the_rule_set(walk: Walk) -> None:
    """Take the rule set that comes with the program, look at it and publish it."""
    organiser = walk.as_("organiser")
    page = organiser.look("/rule-sets").send("shipped", {"name": f"{YEAR}/{CATEGORY}"})
    page = organiser.look(f"{page.address}/publish").send("publish")
    assert "已发布" in page.said, page.told


def plan_the_round(walk: Walk) -> None:
    """Plan the round: title, rule set, calendar."""
    organiser = walk.as_("organiser")
    page = organiser.look("/rounds")
    page = page.send("rounds", {"year": str(YEAR), "title": f"{YEAR}年度星级评定"})
    assert page.address == ROUND
    page = page.send("rule-sets", {f"rule_set_{CATEGORY}": "1"})
    moments = {}
    for step, (first, last) in CALENDAR.items():
        moments |= {f"{step}_opens_at": f"{first}T00:00", f"{step}_closes_at": f"{last}T00:00"}
    page.send("calendar", moments)


def import_records(walk: Walk, folder: Path) -> None:
    """Bring in what the platform knows of the year."""
    walk.clock.go_to(2027, 1, 2)
    known = folder / "records.xlsx"
    write_workbook({CATEGORY: rule_sets()[CATEGORY]}, known, list(sample().values()))
    page = walk.look("organiser", "/records/import")
    page = page.send("import", {"file": (known.read_bytes(), "records.xlsx")})
    page = page.send(f"import/{YEAR}/[^/]+", {"reason": "全年台账", "as_of": "2026-12-31"})
    assert f"{len(sample())}个" in page.told, page.told


def open_the_round(walk: Walk) -> None:
    """Open the round after a look at who takes part."""
    page = walk.look("organiser", f"{ROUND}/open").send("open")
    assert str(len(sample())) in page.told, page.told
    walk.learn_participants()
    assert set(walk.participants) == set(sample())


def _secrets(page: Page) -> list[str]:
    found = page.document.xpath("//code[@class='secret']")
    assert found, page.told
    return [each.text_content() for each in found]


def _register(template: bytes) -> bytes:
    book = load_workbook(BytesIO(template))
    sheet = book["党组织"]
    keys = {cell.value: cell.column for row in sheet.iter_rows(max_row=3) for cell in row}
    for number, row in enumerate(_register_rows(), start=FIRST_ROW + 1):
        for key, value in row.items():
            if key in keys:
                sheet.cell(number, keys[key], value)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _register_rows() -> Iterator[dict[str, object]]:
    for code, name in COMMITTEES.items():
        yield {"id": code, "name": name, "parent": "LJ", "kind": "党工委"}
    for each in sample().values():
        own = each.organisation
        yield {
            "id": own.id, "name": own.name, "parent_name": own.committee, "kind": "党委",
            "category": "街道社区", "previous_level": own.previous_level or "none",
            "level_since": YEAR - own.years_at_level if own.previous_level else None,
            **{key: _cell(value) for key, value in own.attributes.items()},
        }  # fmt: skip


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "是" if value else "否"
    return value if isinstance(value, date) else str(value)


def _people() -> Iterator[tuple[str, str, str, str]]:
    for committee in COMMITTEES:
        yield f"reviewer_{committee.lower()}", "审核员", ROLES["reviewer"], committee
    for code in sample():
        yield f"officer_{code[-3:]}", "申报员", ROLES["officer"], code
    for number in range(1, PANELLISTS + 1):
        yield f"panellist_{number}", f"评委{number}", ROLES["panellist"], "LJ"


def _accounts() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["用户名", "姓名", "角色", "党组织编码"])
    for row in _people():
        sheet.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()

"""Rule sets from an upload to publication, through the pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from counting import counted
from district import RULES, District, make_account, make_district, make_rule_set
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.audit.models import AuditLine
from evaluator.rule_sets.models import RuleSetState, StoredRuleSet
from evaluator.rule_sets.shipped import shipped

Browser = Callable[[Account], FlaskClient]
CASES = """\
rule_set: ../rules.yaml
defaults:
  facts:
    {meetings: 4, services: 5, brand: true, satisfied: 80%, attitude: {value: 15, reason: ok}}
cases:
  - {name: ordinary, expect: {total: 83, level: four_star}}
"""


@pytest.fixture
def district(session: Session) -> District:
    return make_district(session)


@pytest.fixture
def organiser(session: Session, district: District, browser_of: Browser) -> FlaskClient:
    return browser_of(make_account(session, Role.ORGANISER, district.root))


def upload(client: FlaskClient, **files: str) -> int:
    """Upload texts under names, in which `__` stands for a dot."""
    given = [(BytesIO(text.encode()), name.replace("__", ".")) for name, text in files.items()]
    return client.post("/rule-sets", data={"files": given}).status_code


def stored(session: Session) -> list[StoredRuleSet]:
    session.expire_all()
    return list(session.scalars(select(StoredRuleSet).order_by(StoredRuleSet.id)))


def draft(session: Session, organiser: FlaskClient, text: str = RULES) -> StoredRuleSet:
    assert upload(organiser, rules__yaml=text) == 302
    return stored(session)[-1]


def edit(client: FlaskClient, rule_set: StoredRuleSet, text: str, version: int | None = None):  # type: ignore[no-untyped-def]
    data = {"file": rule_set.main, "text": text, "version": version or rule_set.version}
    return client.post(f"/rule-sets/{rule_set.id}", data=data)


def test_upload_makes_a_draft(session: Session, organiser: FlaskClient) -> None:
    made = draft(session, organiser)
    assert (made.rule_set, made.category, made.release, made.title, made.state, made.digest) == (
        "community", "community", "1", "社区评定规则", RuleSetState.DRAFT, None,
    )  # fmt: skip


def test_upload_of_several_keeps_what_belongs_together(
    session: Session, organiser: FlaskClient
) -> None:
    shared = "shared: true\nversion: '3'\n"
    one = RULES.replace('version: "1"\n', "extends: shared.yaml\n")
    other = one.replace("rule_set: community", "rule_set: second")
    assert upload(organiser, shared__yaml=shared, one__yaml=one, two__yaml=other) == 302
    assert [(each.main, sorted(each.files), each.release) for each in stored(session)] == [
        ("one.yaml", ["one.yaml", "shared.yaml"], "3"),
        ("two.yaml", ["shared.yaml", "two.yaml"], "3"),
    ]


def test_upload_takes_cases_of_the_same_name(session: Session, organiser: FlaskClient) -> None:
    given = [(BytesIO(RULES.encode()), "rules.yaml"), (BytesIO(CASES.encode()), "rules.yaml")]
    assert organiser.post("/rule-sets", data={"files": given}).status_code == 302
    (made,) = stored(session)
    assert sorted(made.files) == ["rules.yaml", "tests/rules.yaml"]
    page = organiser.get(f"/rule-sets/{made.id}").text
    assert "测试案例通过1个，共1个。" in page


def test_upload_drops_folders_of_names(session: Session, organiser: FlaskClient) -> None:
    given = [(BytesIO(RULES.encode()), "../../etc/rules.yaml")]
    organiser.post("/rule-sets", data={"files": given})
    assert [sorted(each.files) for each in stored(session)] == [["rules.yaml"]]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("rules.txt", b"a: 1", "文件名“rules.txt”不可用"),
        (".yaml", b"a: 1", "文件名“.yaml”不可用"),
        ("rules.yaml", b"\xff\xfe", "不是UTF-8编码"),
        ("rules.yaml", b"#" * 400_001, "超过400KB"),
        ("shared.yaml", b"shared: true\n", "没有规则集"),
    ],
)
def test_upload_that_cannot_be_used_says_why(
    session: Session, organiser: FlaskClient, name: str, content: bytes, words: str
) -> None:
    answer = organiser.post("/rule-sets", data={"files": [(BytesIO(content), name)]})
    assert (answer.status_code, words in answer.text, stored(session)) == (422, True, [])


def test_rule_set_of_the_program_becomes_a_draft(session: Session, organiser: FlaskClient) -> None:
    assert organiser.post("/rule-sets/shipped", data={"name": "2026/community"}).status_code == 302
    (made,) = stored(session)
    assert made.files == shipped()["2026/community"].files
    assert "通过93个，共93个" in organiser.get(f"/rule-sets/{made.id}").text


def test_problem_is_shown_at_its_line(session: Session, organiser: FlaskClient) -> None:
    made = draft(session, organiser, RULES.replace("points: 60", "points: 61"))
    page = organiser.get(f"/rule-sets/{made.id}").text
    assert "分值合计不一致" in page
    lines = set(re.findall(r'file=rules\.yaml#line-(\d+)"', page))
    assert set(re.findall(r'<li id="line-(\d+)" class="flawed">', page)) == lines
    assert len(lines) == 2


def test_text_that_is_no_yaml_stays_editable(session: Session, organiser: FlaskClient) -> None:
    made = draft(session, organiser)
    assert edit(organiser, made, "a: [").status_code == 302
    page = organiser.get(f"/rule-sets/{made.id}").text
    assert "不是有效的YAML" in page
    assert "a: [</textarea>" in page


def test_edit_writes_the_lines_into_the_log(session: Session, organiser: FlaskClient) -> None:
    made = draft(session, organiser)
    edit(organiser, made, RULES.replace("max: 60", "max: 61").replace("\n", "\r\n"))
    assert stored(session)[0].files["rules.yaml"] == RULES.replace("max: 60", "max: 61")
    line = session.scalars(select(AuditLine).where(AuditLine.action == "rule_set.edit")).one()
    assert '-    max: 60"' in line.before
    assert '+    max: 61"' in line.after


def test_edit_of_an_older_version_keeps_both_texts(
    session: Session, organiser: FlaskClient
) -> None:
    made = draft(session, organiser)
    version = made.version
    edit(organiser, made, RULES + "# first\n")
    answer = edit(organiser, made, RULES + "# second\n", version)
    assert answer.status_code == 409
    assert "# second\n</textarea>" in answer.text
    assert "<code># first</code>" in answer.text
    assert stored(session)[0].files["rules.yaml"].endswith("# first\n")


def publish(client: FlaskClient, rule_set: StoredRuleSet) -> int:
    path = f"/rule-sets/{rule_set.id}/publish"
    return client.post(path, data={"version": rule_set.version}).status_code


def test_published_rule_set_never_changes(session: Session, organiser: FlaskClient) -> None:
    made = draft(session, organiser)
    assert publish(organiser, made) == 302
    (made,) = stored(session)
    assert (made.state, len(made.digest or "")) == (RuleSetState.PUBLISHED, 64)
    assert edit(organiser, made, "changed").status_code == 409
    version = {"version": made.version}
    assert organiser.post(f"/rule-sets/{made.id}/delete", data=version).status_code == 409
    assert stored(session)[0].files["rules.yaml"] == RULES


def test_draft_with_a_failing_case_is_not_published(
    session: Session, organiser: FlaskClient
) -> None:
    upload(organiser, rules__yaml=RULES, cases__yaml=CASES.replace("total: 83", "total: 84"))
    (made,) = stored(session)
    assert "应为84，实际为83" in organiser.get(f"/rule-sets/{made.id}").text
    assert publish(organiser, made) == 409
    assert stored(session)[0].state is RuleSetState.DRAFT


def test_same_rules_are_published_once(session: Session, organiser: FlaskClient) -> None:
    make_rule_set(session)
    made = draft(session, organiser, RULES + "# only a remark\n")
    assert "相同内容的规则已发布" in organiser.get(f"/rule-sets/{made.id}/publish").text
    assert publish(organiser, made) == 409


def test_other_rules_need_another_version(session: Session, organiser: FlaskClient) -> None:
    make_rule_set(session)
    other = RULES.replace("at_least: 60", "at_least: 61")
    made = draft(session, organiser, other)
    assert publish(organiser, made) == 409
    edit(organiser, made, other.replace('version: "1"', 'version: "2"'))
    (_, made) = stored(session)
    assert publish(organiser, made) == 302


def test_copy_is_a_draft_and_says_what_changed(session: Session, organiser: FlaskClient) -> None:
    published = make_rule_set(session)
    assert organiser.post(f"/rule-sets/{published.id}/copy").status_code == 302
    made = stored(session)[-1]
    edit(organiser, made, RULES.replace("at_least: 60", "at_least: 61"))
    page = organiser.get(f"/rule-sets/{made.id}/changes?against={published.id}").text
    assert "含义变化共1处。" in page
    assert "60分" in page
    assert "61分" in page


def test_rules_are_said_in_words_and_never_as_markup(
    session: Session, organiser: FlaskClient
) -> None:
    evil = "<script>alert(1)</script>[x](javascript:alert(1))![y](https://example.org/z)"
    made = draft(session, organiser, RULES.replace("zh: 组织生活", f"zh: '{evil}'"))
    page = organiser.get(f"/rule-sets/{made.id}/words").text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "<img" not in page


def test_download_holds_every_file(session: Session, organiser: FlaskClient) -> None:
    upload(organiser, rules__yaml=RULES, cases__yaml=CASES)
    (made,) = stored(session)
    with ZipFile(BytesIO(organiser.get(f"/rule-sets/{made.id}/download").data)) as archive:
        assert {each: archive.read(each).decode() for each in archive.namelist()} == made.files


def test_draft_looks_missing_to_others(
    session: Session, district: District, organiser: FlaskClient, browser_of: Browser
) -> None:
    published, hidden = make_rule_set(session), draft(session, organiser, RULES + "# secret\n")
    officer = browser_of(make_account(session, Role.BRANCH_OFFICER, district.east_one))
    elsewhere = browser_of(make_account(session, Role.ORGANISER, district.east))
    for client in (officer, elsewhere):
        listing = client.get("/rule-sets").text
        assert f"/rule-sets/{published.id}" in listing
        assert f"/rule-sets/{hidden.id}" not in listing
        for path in ("", "/words", "/changes", "/download"):
            assert client.get(f"/rule-sets/{hidden.id}{path}").status_code == 404
        against = client.get(f"/rule-sets/{published.id}/changes?against={hidden.id}")
        assert against.status_code == 404
        assert "<option" not in client.get(f"/rule-sets/{published.id}/changes").text
    assert edit(elsewhere, hidden, "x").status_code == 404


def test_listing_asks_as_many_queries_for_three_as_for_one(
    session: Session, organiser: FlaskClient
) -> None:
    counts = []
    for texts in ((RULES,), (RULES + "#2\n", RULES + "#3\n")):
        for text in texts:
            draft(session, organiser, text)
        with counted() as asked:
            page = organiser.get("/rule-sets").text
        counts.append((page.count("复制为新草稿</button>"), len(asked)))
    assert [rows for rows, _ in counts] == [1, 3]
    assert counts[0][1] == counts[1][1]


def test_draft_with_mistakes_is_not_offered_for_publication(
    session: Session, organiser: FlaskClient
) -> None:
    flawed = draft(session, organiser, RULES.replace("points: 40", "points: 41"))
    page = organiser.get(f"/rule-sets/{flawed.id}").text
    address = f'href="/rule-sets/{flawed.id}/publish"'
    assert (address in page, "全部检查通过后方可发布" in page) == (False, True)
    edit(organiser, flawed, RULES)
    assert address in organiser.get(f"/rule-sets/{flawed.id}").text

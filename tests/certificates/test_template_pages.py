"""From a built-in template to the district's own: copied, mended, offered, printed, withdrawn."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from certified import Certified, draw
from counting import queries_of
from district import make_account
from factories import ROOT
from flask.testing import FlaskClient
from sqlalchemy import select

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.audit.models import AuditLine
from evaluator.certificates.models import Batch
from evaluator.certificates.own_templates.help import FACTS, ORNAMENTS
from evaluator.certificates.own_templates.models import OwnTemplate, TemplateVersion
from reports.certificate.templates.facts import NAMES
from reports.certificate.templates.kinds import KINDS

Browse = Callable[[Account], FlaskClient]
EXAMPLE = ROOT / "examples" / "certificate-templates"
LIST = "/certificates/templates"


def begun(certified: Certified, organiser: FlaskClient, name: str = "certificate-a4") -> str:
    """Copy a built-in template, and return the address of the draft."""
    answer = organiser.post(f"{LIST}/copy", data={"template": name})
    return str(answer.location)


def newest(certified: Certified) -> TemplateVersion:
    certified.session.expire_all()
    query = select(TemplateVersion).order_by(TemplateVersion.id.desc())
    return certified.session.scalars(query).first()  # type: ignore[return-value]


def sent(certified: Certified, **more: str) -> dict[str, str]:
    """Return what the form of the newest draft sends."""
    found = newest(certified)
    return {"version": str(found.version), "text": found.text, **more}


def pressed(certified: Certified, organiser: FlaskClient, act: str, version: int = 0) -> int:
    found = newest(certified)
    data = {"version": str(version or found.version)}
    return organiser.post(f"{LIST}/{found.id}/{act}", data=data).status_code


def test_template_is_copied_changed_offered_printed_and_withdrawn(
    certified: Certified, organiser: FlaskClient
) -> None:
    address = begun(certified, organiser)
    page = organiser.get(address).text
    assert "检查通过" in page
    assert page.count("data:image/jpeg;base64,") == 1
    text = newest(certified).text.replace("荣誉证书", "星级证书")
    saved = organiser.post(address, data=sent(certified, text=text, length="12"))
    assert saved.status_code == 302
    assert "length=12" in saved.location
    assert pressed(certified, organiser, "offer") == 302
    own = newest(certified)
    assert (own.is_offered, own.number, len(own.digest or "")) == (True, 1, 64)

    round_address = f"/certificates/rounds/{certified.ended.round.id}?template={own.key}"
    page = organiser.get(round_address).text
    assert f'value="{own.key}" selected' in page
    seen = re.search(r'name="seen"[^>]*value="([^"]*)"', page)
    assert seen
    answer = organiser.post(round_address, data={"seen": seen[1], "template": own.key})
    assert answer.status_code == 302
    batch = certified.session.scalars(select(Batch)).one()
    (run,) = batch.prints
    assert (run.template, run.template_digest) == (own.key, own.digest)
    draw(batch, certified.session)
    shown = organiser.get(f"/certificates/batches/{batch.id}").text
    assert "（第1版）" in shown

    assert pressed(certified, organiser, "withdraw", own.template.version) == 302
    assert own.key not in organiser.get(f"/certificates/rounds/{certified.ended.round.id}").text
    assert "已停用" in organiser.get(LIST).text
    again = organiser.post(f"/certificates/batches/{batch.id}/prints", data={"template": own.key})
    assert again.status_code == 404
    one = certified.certificate("E1")
    assert organiser.get(f"/certificates/{one.id}/document").data.startswith(b"%PDF")
    assert pressed(certified, organiser, "offer-again", newest(certified).template.version) == 302
    assert "已用于1个批次" in organiser.get(LIST).text
    actions = certified.session.scalars(
        select(AuditLine.action).where(AuditLine.action.startswith("certificate_template"))
    ).all()
    assert sorted(actions) == [
        "certificate_template.begin",
        "certificate_template.edit",
        "certificate_template.offer",
        "certificate_template.offer_again",
        "certificate_template.withdraw",
    ]


def test_offered_version_never_changes_and_a_changed_one_is_the_next(
    certified: Certified, organiser: FlaskClient
) -> None:
    address = begun(certified, organiser, "sticker")
    pressed(certified, organiser, "offer")
    first = newest(certified)
    assert organiser.post(address, data=sent(certified, text="x")).status_code == 409
    assert pressed(certified, organiser, "offer") == 409
    assert pressed(certified, organiser, "delete") == 409
    assert pressed(certified, organiser, "change") == 302
    second = newest(certified)
    text = second.text.replace("扫码核验真伪", "扫码核验")
    organiser.post(f"{LIST}/{second.id}", data=sent(certified, text=text))
    page = organiser.get(f"{LIST}/{second.id}").text
    assert '<code class="gone">-    text: 扫码核验真伪</code>' in page
    assert '<code class="come">+    text: 扫码核验</code>' in page
    assert (second.number, second.template_id) == (2, first.template_id)
    assert organiser.post(f"{LIST}/{first.id}/change").status_code == 409
    titles = organiser.get(f"/certificates/rounds/{certified.ended.round.id}").text
    assert (first.key in titles, second.key in titles) == (True, False)
    assert pressed(certified, organiser, "offer") == 302
    titles = organiser.get(f"/certificates/rounds/{certified.ended.round.id}").text
    assert (f'"{first.key}"' in titles, f'"{second.key}"' in titles) == (False, True)
    assert "已有更新版本" in organiser.get(f"{LIST}/{first.id}").text


def test_page_of_a_draft_says_what_a_template_may_say(
    certified: Certified, organiser: FlaskClient
) -> None:
    assert FACTS.keys() == set(NAMES)
    assert ORNAMENTS.keys() == KINDS.keys()
    page = organiser.get(begun(certified, organiser)).text
    assert all(f"<code>{{{name}}}</code>" in page for name in NAMES)
    assert all(f"<code>{name}</code>" in page for name in KINDS)


def test_wrong_template_is_kept_with_its_problems_and_not_offered(
    certified: Certified, organiser: FlaskClient
) -> None:
    address = begun(certified, organiser)
    wrong = newest(certified).text.replace("shows: code", "shows: codes")
    organiser.post(address, data=sent(certified, text=wrong))
    page = organiser.get(address).text
    assert "“shows”现为“codes”；可用：text, stars, code, micro。是否应为“code”？" in page
    assert 'class="flawed"' in page
    assert re.search(r'data-line="\d+" data-column="12"', page)
    assert "data:image" not in page
    assert pressed(certified, organiser, "offer") == 409
    assert organiser.get(f"{LIST}/{newest(certified).id}/picture").status_code == 404
    organiser.set_cookie("language", "en")
    assert "Did you mean &#34;code&#34;?" in organiser.get(address).text


def test_preview_shows_what_is_typed_and_keeps_nothing(
    certified: Certified, organiser: FlaskClient
) -> None:
    begun(certified, organiser)
    found = newest(certified)
    before = (found.text, found.version)
    typed = found.text.replace('red: "#B5121B"', 'red: "#0000FF"')
    address = f"{LIST}/{found.id}/preview"
    one = organiser.post(address, data=sent(certified, text=typed, length="all"))
    assert one.text.count("data:image/jpeg;base64,") == 4
    assert "#0000FF" in one.text
    sheet = organiser.post(address, data=sent(certified, text=typed, view="sheet"))
    assert sheet.text.count("data:image/jpeg;base64,") == 1
    assert organiser.post(address, data=sent(certified, text="字" * 40_000)).status_code == 422
    assert organiser.post(address, data=sent(certified, text="")).status_code == 200
    assert (newest(certified).text, newest(certified).version) == before


def test_second_writer_keeps_what_was_typed(certified: Certified, organiser: FlaskClient) -> None:
    address = begun(certified, organiser)
    mine = sent(certified, text="template: mine")
    organiser.post(address, data=sent(certified, text=newest(certified).text + "# theirs\n"))
    answer = organiser.post(address, data=mine)
    assert answer.status_code == 409
    assert "此草稿已被他人修改" in answer.text
    assert "template: mine" in answer.text
    assert newest(certified).text.endswith("# theirs\n")


def test_example_with_its_picture_is_uploaded_shown_and_printed(
    certified: Certified, organiser: FlaskClient
) -> None:
    file = (io.BytesIO((EXAMPLE / "portrait-a4.yaml").read_bytes()), "portrait-a4.yaml")
    answer = organiser.post(LIST, data={"file": file}, content_type="multipart/form-data")
    address = answer.location
    assert "没有名为“emblem.png”的图片" in organiser.get(address).text
    assert newest(certified).title == "portrait-a4"
    picture = (io.BytesIO((EXAMPLE / "emblem.png").read_bytes()), "emblem.png")
    data = {"file": picture, "version": str(newest(certified).version)}
    added = organiser.post(f"{address}/pictures", data=data, content_type="multipart/form-data")
    assert added.status_code == 302
    assert "检查通过" in organiser.get(address).text
    assert newest(certified).title == "A4 竖版荣誉证书"
    assert organiser.get(f"{address}/pictures/emblem.png").data.startswith(b"\x89PNG")
    assert organiser.get(f"{address}/pictures/no.png").status_code == 404
    assert organiser.get(f"{address}/sample.pdf?length=60&view=sheet").data.startswith(b"%PDF")
    assert pressed(certified, organiser, "offer") == 302
    assert organiser.get(f"{address}/picture").data.startswith(b"\x89PNG")
    copied = organiser.post(f"{LIST}/copy", data={"version_id": str(newest(certified).id)})
    assert "检查通过" in organiser.get(copied.location).text
    data = {"name": "emblem.png", "version": str(newest(certified).version)}
    assert organiser.post(f"{copied.location}/pictures/remove", data=data).status_code == 302
    assert "尚未上传任何图片" in organiser.get(copied.location).text
    assert "检查通过" in organiser.get(address).text
    downloaded = organiser.get(f"{address}/download").data
    assert downloaded == (EXAMPLE / "portrait-a4.yaml").read_bytes()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"GIF89a", "emblem.gif", "不能作为名称"),
        (b"GIF89a", "emblem.png", "这不是PNG或JPEG"),
        (b"<svg/>", "../../etc/x.png", "这不是PNG或JPEG"),
    ],
)
def test_file_that_is_no_picture_is_refused(
    certified: Certified, organiser: FlaskClient, content: bytes, name: str, words: str
) -> None:
    address = begun(certified, organiser)
    data = {"file": (io.BytesIO(content), name), "version": str(newest(certified).version)}
    answer = organiser.post(f"{address}/pictures", data=data, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert words in answer.text
    assert newest(certified).pictures == {}


def test_uploaded_file_that_is_no_text_is_refused(
    certified: Certified, organiser: FlaskClient
) -> None:
    for content, words in ((b"\xff\xfe", "不是UTF-8"), (b"x" * 100_001, "最大为100 KB")):
        file = (io.BytesIO(content), "a.yaml")
        answer = organiser.post(LIST, data={"file": file}, content_type="multipart/form-data")
        assert (answer.status_code, words in answer.text) == (422, True)
    assert certified.session.scalars(select(OwnTemplate)).all() == []


def test_only_draft_is_removed_with_its_template(
    certified: Certified, organiser: FlaskClient
) -> None:
    begun(certified, organiser)
    assert pressed(certified, organiser, "delete") == 302
    assert certified.session.scalars(select(OwnTemplate)).all() == []


def test_templates_are_hidden_from_who_does_not_issue(
    certified: Certified, organiser: FlaskClient, browser_of: Browse
) -> None:
    address = begun(certified, organiser)
    east = certified.ended.district.east
    for account in (
        make_account(certified.session, Role.COMMITTEE_REVIEWER, east, "reviewer"),
        make_account(certified.session, Role.ORGANISER, east, "eastern"),
    ):
        other = browser_of(account)
        for path in (LIST, address, f"{address}/download", f"{address}/sample.pdf"):
            assert other.get(path).status_code == 404
        assert other.post(address, data=sent(certified, text="x")).status_code == 404
    assert newest(certified).text != "x"


def test_list_of_one_and_of_three_take_the_same_queries(
    certified: Certified, organiser: FlaskClient
) -> None:
    begun(certified, organiser)
    one = queries_of(lambda: organiser.get(LIST))
    for name in ("sticker", "plaque-600x400"):
        begun(certified, organiser, name)
    assert queries_of(lambda: organiser.get(LIST)) == one

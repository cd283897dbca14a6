"""Evidence in a real browser: files in chunks, over a break and a reload; shown in the page."""

from __future__ import annotations

import random
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from district import District, make_account, make_district, make_round
from looking import look
from PIL import Image
from playwright.sync_api import Page, Route, expect
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from evaluator.access import Role
from evaluator.evidence.models import EvidenceFile, Upload
from evaluator.rounds.models import Participant

Open = Callable[..., Page]


@pytest.fixture
def district(rows: Session) -> District:
    made = make_district(rows)
    make_round(rows, made)
    return made


@pytest.fixture
def address(rows: Session, district: District) -> str:
    query = select(Participant.id).where(Participant.organisation_id == district.east_one.id)
    return f"/applications/{_read(rows, query)[0]}/evidence"


@pytest.fixture
def page(rows: Session, district: District, page_of: Open) -> Page:
    return page_of(make_account(rows, Role.BRANCH_OFFICER, district.east_one))


@pytest.fixture
def noise(tmp_path: Path) -> Path:
    """Return a picture of about 3 MB, which takes several chunks."""
    path = tmp_path / "现场照片.png"
    Image.frombytes("RGB", (1000, 1000), random.Random(1).randbytes(3_000_000)).save(path)  # noqa: S311
    return path


def small(tmp_path: Path, name: str) -> Path:
    path = tmp_path / name
    Image.new("RGB", (300, 200), "darkred").save(path, "JPEG")
    return path


def files(rows: Session) -> list[tuple[str, tuple[str, ...]]]:
    query = select(EvidenceFile).options(selectinload(EvidenceFile.links)).order_by(EvidenceFile.id)
    return [(each.name, each.indicators) for each in _read(rows, query)]


def _read(rows: Session, query: Select[Any]) -> list[Any]:
    """Return the rows of a query, and let the server write again."""
    found = rows.scalars(query.execution_options(populate_existing=True)).all()
    rows.commit()
    return list(found)


def test_files_are_uploaded_at_once_and_shown(
    page: Page, address: str, rows: Session, tmp_path: Path, noise: Path
) -> None:
    page.goto(address)
    look(page, "evidence-empty")
    page.get_by_label("佐证指标").select_option("services")
    bad = tmp_path / "宏.docx"
    bad.write_bytes(b"MZ not a document")
    page.get_by_label("文件", exact=True).set_input_files([small(tmp_path, "合影.jpg"), noise, bad])
    page.get_by_text("不接收这种类型的文件。").first.wait_for()
    expect(page.get_by_role("link", name="现场照片.png")).to_be_visible()
    assert files(rows) == [("合影.jpg", ("services",)), ("现场照片.png", ("services",))]
    look(page, "evidence-all")


def test_upload_goes_on_after_a_break_of_the_line_and_a_reload(
    page: Page, address: str, rows: Session, noise: Path
) -> None:
    sent: list[str] = []

    def break_second(route: Route) -> None:
        sent.append(route.request.url)
        if len(sent) >= 2:
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/uploads/*/*", break_second)
    page.goto(address)
    page.get_by_label("文件", exact=True).set_input_files(noise)
    page.get_by_text("网络中断").first.wait_for()
    look(page, "evidence-break")
    page.unroute("**/uploads/*/*")
    page.reload()
    page.get_by_text("上传未完成，请重新选择同一文件继续上传").wait_for()
    look(page, "evidence-unfinished")
    page.get_by_label("文件", exact=True).set_input_files(noise)
    expect(page.get_by_role("link", name="现场照片.png")).to_be_visible()
    assert len(files(rows)) == 1
    assert len(_read(rows, select(Upload))) == 1


def test_upload_is_paused_continued_and_given_up(
    page: Page, address: str, rows: Session, noise: Path, tmp_path: Path
) -> None:
    page.route(
        "**/uploads/*/1000000", lambda route: (page.wait_for_timeout(200), route.continue_())
    )
    page.goto(address)
    page.get_by_label("文件", exact=True).set_input_files(noise)
    page.get_by_role("button", name="暂停").click()
    page.get_by_text("已暂停").first.wait_for()
    look(page, "evidence-paused")
    page.get_by_role("button", name="继续").click()
    expect(page.get_by_role("link", name="现场照片.png")).to_be_visible()
    page.route("**/applications/*/uploads", lambda route: route.abort())
    page.get_by_label("文件", exact=True).set_input_files(small(tmp_path, "a.jpg"))
    page.get_by_role("button", name="放弃").click()
    expect(page.get_by_role("button", name="放弃")).to_have_count(0)
    assert len(files(rows)) == 1


def test_files_are_chosen_beside_the_indicator_that_they_prove(
    page: Page, address: str, rows: Session, tmp_path: Path
) -> None:
    page.goto(address.removesuffix("/evidence") + "?part=service")
    page.locator("#files-services").set_input_files(small(tmp_path, "合影.jpg"))
    box = page.locator("#evidence-services")
    expect(box.get_by_role("link", name="合影.jpg")).to_be_visible()
    expect(page.locator("summary", has_text="佐证材料 (1)")).to_have_count(1)
    look(page, "evidence-beside")
    box.get_by_text("修改日期或移除").click()
    box.get_by_role("button", name="从此处移除").click()
    page.get_by_text("“合影.jpg”已移除。").wait_for()
    assert page.url.endswith("part=service#evidence-services")
    assert files(rows) == [("合影.jpg", ())]


def test_without_scripts_everything_works_by_forms(
    rows: Session, district: District, page_of: Open, address: str, tmp_path: Path
) -> None:
    officer = make_account(rows, Role.BRANCH_OFFICER, district.east_one)
    page = page_of(officer, java_script_enabled=False)
    page.goto(address)
    page.get_by_label("文件", exact=True).set_input_files(
        [small(tmp_path, "a.jpg"), small(tmp_path, "b.jpg")]
    )
    page.get_by_role("button", name="上传").click()
    page.get_by_text("已上传2个文件。").wait_for()
    # The two pictures are the same: one file came of them.
    page.get_by_label("同时佐证").select_option("services")
    page.get_by_role("button", name="添加").click()
    page.get_by_label("材料日期").fill("2026-03-05")
    page.get_by_role("button", name="保存日期").click()
    page.get_by_text("材料日期2026年3月5日").wait_for()
    assert files(rows) == [("a.jpg", ("services",))]
    page.get_by_role("button", name="移除文件").click()
    page.get_by_text("尚未上传材料。").wait_for()


def test_pdf_and_picture_are_shown_in_a_page_of_ours_alone(
    page: Page, address: str, rows: Session, tmp_path: Path
) -> None:
    document = tmp_path / "计划.pdf"
    canvas = Canvas(str(document))
    canvas.setFillColorRGB(0, 0.6, 0)
    canvas.rect(0, 0, 600, 900, fill=1)
    canvas.save()
    page.goto(address)
    page.get_by_label("文件", exact=True).set_input_files([document, small(tmp_path, "a.jpg")])
    for name in ("计划.pdf", "a.jpg"):
        expect(page.get_by_role("link", name=name)).to_be_visible()
    shown = [
        _shown_in_frame(page, page.get_by_role("link", name=name)) for name in ("计划.pdf", "a.jpg")
    ]
    assert shown == [True, True]


def _shown_in_frame(page: Page, link: Any) -> bool:
    """Return whether a file that is framed by a page of ours paints its colours."""
    page.evaluate(
        """address => {
            document.querySelector("iframe")?.remove();
            const frame = document.createElement("iframe");
            frame.src = address; frame.width = 600; frame.height = 500;
            document.querySelector("main").append(frame);
        }""",
        link.get_attribute("href"),
    )
    for _ in range(60):  # The reader of PDFs tells nobody when it has painted.
        if _strong_colours(page.locator("iframe").screenshot()) > 3000:
            return True
        page.wait_for_timeout(250)
    return False


def _strong_colours(screenshot: bytes) -> int:
    picture = Image.open(BytesIO(screenshot)).convert("RGB")
    colours = picture.getcolors(1_000_000) or []
    return sum(count for count, rgb in colours if max(rgb) - min(rgb) > 90)

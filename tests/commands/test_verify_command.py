"""`evaluator verify` on real papers: PDF, pictures and tokens."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest
from click.testing import CliRunner, Result
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from signed_award import (
    ADDRESS,
    DAY,
    KEY,
    NAMES,
    OTHER_KEY,
    SECRET,
    SERIAL,
    award,
    paper,
    printed,
    token,
)
from worn_paper import place_of_code, scan, worn

from evaluator.cli import main
from evaluator.credentials.facts import lines
from evaluator.credentials.key_folder import key_in_use
from evaluator.credentials.keys import new_key, published
from evaluator.credentials.serials import make_serial
from evaluator.credentials.tokens import sign
from reports.certificate import shipped
from reports.certificate.consignments import by_committee
from reports.certificate.imposing import filled, write_sheets

Verify = Callable[..., Result]
FACTS = award(valid_until=DAY(2028, 12, 31))
TOKEN = sign(FACTS, KEY)


@pytest.fixture
def verify(tmp_path: Path) -> Verify:
    """Return a function that runs the command with the published keys of the tests."""
    keys = tmp_path / "keys.json"
    keys.write_text(json.dumps(published([OTHER_KEY.known, KEY.known])), "utf-8")

    def run(what: Any, *more: str) -> Result:
        return CliRunner().invoke(main, ["verify", str(what), "--keys", str(keys), *more])

    return run


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_a_genuine_document_passes(verify: Verify, tmp_path: Path) -> None:
    done = verify(written(tmp_path / "a.pdf", paper(FACTS, TOKEN)))
    assert done.exit_code == 0
    assert done.output.splitlines()[:11] == [
        "第1页：",
        "✓ 签名有效，证书由颁发单位签发。",
        f"  证书编号：{SERIAL}",
        f"  党组织：{NAMES[18]}",
        "  等次：五星级党组织",
        "  评定：2026年度（街道社区类）",
        "  颁发单位：中共示例市示例区委组织部",
        "  颁发日期：二〇二六年十二月三十一日",
        "  有效期至：2028年12月31日",
        "  （离线核验不知道证书是否已经撤销、换发或者失效，请以证书登记簿的公开查询为准。）",
        "  页面上的文字与签名的内容一致。",
    ]


@pytest.mark.parametrize(
    ("altered", "told"),
    [
        ({"organisation": NAMES[18].replace("江", "湖")}, "党组织被改动"),
        ({"level_zh": "四星级党组织"}, "等次被改动"),
        ({"serial": SERIAL.replace("123", "124")}, "证书编号被改动"),
        ({"award_date": DAY(2026, 12, 30)}, "颁发日期被改动"),
        ({"round_year": 2025}, "评定被改动"),
        ({"category_zh": "国企"}, "评定被改动"),
        ({"issuer": "中共示例市示例县委组织部"}, "颁发单位被改动"),
    ],
)
def test_an_altered_document_is_found_out(
    verify: Verify, tmp_path: Path, altered: dict[str, Any], told: str
) -> None:
    done = verify(written(tmp_path / "a.pdf", paper(FACTS, TOKEN, **altered)))
    assert done.exit_code == 1
    wrong = [line for line in done.output.splitlines() if line.startswith("✗")]
    assert {line.partition("：")[0] for line in wrong} == {f"✗ {told}"}


def test_what_is_printed_and_what_was_signed_are_both_told(verify: Verify, tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", paper(FACTS, TOKEN, level_zh="四星级党组织"))
    assert "✗ 等次被改动：印的是“四星级党组织”，签名的是“五星级党组织”。" in verify(path).output
    assert (
        '✗ Level altered: printed "四星级党组织", signed "五星级党组织".'
        in verify(path, "--lang", "en").output
    )


def test_a_name_with_a_rare_character_passes(verify: Verify, tmp_path: Path) -> None:
    name = "中共临江𬭎泰精密科技有限公司支部委员会"
    page = paper(replace(FACTS, organisation=name), token(organisation=name))
    done = verify(written(tmp_path / "a.pdf", page))
    assert done.exit_code == 0
    assert f"  党组织：{name}" in done.output.splitlines()


def test_every_page_of_a_batch_is_looked_at(verify: Verify, tmp_path: Path) -> None:
    batch = pypdf.PdfWriter()
    for number, altered in enumerate(({}, {"level_zh": "三星级党组织"}, {})):
        page = written(tmp_path / f"{number}.pdf", paper(FACTS, TOKEN, **altered))
        batch.append(page)
    path = tmp_path / "batch.pdf"
    batch.write(path)
    done = verify(path)
    assert done.exit_code == 1
    assert done.output.count("✓ 签名有效") == 3
    assert done.output.count("✗") == 1
    assert done.output.index("第2页") < done.output.index("✗") < done.output.index("第3页")


def test_the_code_of_another_certificate_is_found_out(verify: Verify, tmp_path: Path) -> None:
    done = verify(written(tmp_path / "a.pdf", paper(FACTS, token(organisation=NAMES[12]))))
    assert done.exit_code == 1
    assert "✗ 党组织被改动" in done.output


def with_a_code_covered(pdf: bytes) -> bytes:
    x, y, side = (each * 72 / 144 for each in place_of_code(scan(pdf, 144)))
    covered, patch, out = pypdf.PdfWriter(clone_from=io.BytesIO(pdf)), io.BytesIO(), io.BytesIO()
    height = float(covered.pages[0].mediabox.height)
    drawn = Canvas(patch, (float(covered.pages[0].mediabox.width), height))
    drawn.rect(x - side / 2, height - y - side / 2, side, side, stroke=0, fill=1)
    drawn.save()
    covered.pages[0].merge_page(pypdf.PdfReader(patch).pages[0])
    covered.write(out)
    return out.getvalue()


def test_a_sheet_with_a_code_too_few_is_not_passed(verify: Verify, tmp_path: Path) -> None:
    other = replace(FACTS, serial=make_serial(SECRET, 2026, "community", "five_star", 124))
    awards = [printed(FACTS, TOKEN), printed(other, sign(other, KEY))]
    template = shipped("sticker")
    sheet = io.BytesIO()
    layout = filled(template.page)
    write_sheets(by_committee([("街道党工委", each) for each in awards]), sheet, template, layout)
    path = written(tmp_path / "sheet.pdf", sheet.getvalue())
    whole = verify(path)
    assert (whole.exit_code, whole.output.count("✓")) == (0, 2)

    done = verify(written(path, with_a_code_covered(sheet.getvalue())))
    assert (done.exit_code, done.output.count("✓")) == (1, 1)
    assert "第1页：印有2个证书编号，只读到1个二维码。" in done.output


def test_a_document_of_pictures_is_compared_by_eye(verify: Verify, tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    worn(paper(FACTS, TOKEN), 1, dots=150).save(path, resolution=150)
    done = verify(path)
    assert done.exit_code == 0
    assert "请逐项对照纸面" in done.output


@pytest.mark.parametrize("name", ["photograph.jpg", "scan.png"])
def test_a_picture_shows_what_was_signed(verify: Verify, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    worn(paper(FACTS, TOKEN), 2).save(path)
    done = verify(path)
    assert done.exit_code == 0
    assert f"党组织：{NAMES[18]}" in done.output
    assert "请逐项对照纸面" in done.output


def test_a_picture_of_a_forged_code_is_refused(verify: Verify, tmp_path: Path) -> None:
    forged = sign(FACTS, new_key(DAY(2026, 1, 1), issuer=FACTS.issuer))
    path = tmp_path / "a.png"
    scan(paper(FACTS, forged)).save(path)
    done = verify(path)
    assert done.exit_code == 1
    assert "不在已公布的密钥之中" in done.output
    assert NAMES[18] not in done.output


def test_text_that_is_not_seen_counts_for_nothing(verify: Verify, tmp_path: Path) -> None:
    # A scan of a forged paper, and behind it, unseen, the words that were signed.
    path = tmp_path / "scan.pdf"
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    drawn = Canvas(str(path), (842, 595))
    picture = scan(paper(FACTS, TOKEN, level_zh="三星级党组织"), 200)
    drawn.drawImage(ImageReader(picture), 0, 0, 842, 595)
    drawn.setFont("STSong-Light", 12)
    for place, line in enumerate(lines(FACTS)):
        drawn.drawString(10, 500 - 20 * place, line, mode=3)
    drawn.save()
    done = verify(path)
    assert "与签名的内容一致" not in done.output
    assert "请逐项对照纸面" in done.output


@pytest.mark.parametrize("what", [TOKEN, TOKEN.lower(), ADDRESS + TOKEN])
def test_a_token_is_verified(verify: Verify, what: str) -> None:
    done = verify(what)
    assert done.exit_code == 0
    assert NAMES[18] in done.output


def test_an_altered_token_is_refused(verify: Verify) -> None:
    done = verify(TOKEN[:20] + ("B" if TOKEN[20] != "B" else "C") + TOKEN[21:])
    assert done.exit_code in (1, 2)
    assert "✓" not in done.output


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        (SERIAL, 2, "编号本身不能证明真伪"),
        (f"https://star.example.gov.cn/verify/{SERIAL}", 2, "编号本身不能证明真伪"),
        (SERIAL.replace("123", "132"), 1, "校验字符不符"),
        (SERIAL.replace("00123", "0Z123"), 1, "第10个字符“Z”可能是2"),
        ("望江社区", 2, "这不是完整的核验码"),
        ("missing.pdf", 2, "没有找到文件missing.pdf"),
    ],
)
def test_what_is_typed_is_answered(verify: Verify, text: str, code: int, told: str) -> None:
    done = verify(text)
    assert (done.exit_code, told in done.output) == (code, True), done.output


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.pdf", b"%PDF-1.7 broken"), ("a.png", b"\x89PNG broken"), ("a.txt", b""), ("a.jpg", b"x")],
)
def test_a_broken_file_is_told(verify: Verify, tmp_path: Path, name: str, content: bytes) -> None:
    done = verify(written(tmp_path / name, content))
    assert done.exit_code == 2
    assert "文件无法读取" in done.output


def test_a_document_without_code_is_told(verify: Verify, tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    path = tmp_path / "a.pdf"
    writer.write(path)
    done = verify(path)
    assert done.exit_code == 2
    assert "没有读到证书的二维码" in done.output


def test_a_picture_without_code_is_told(verify: Verify, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("L", (200, 200), 255).save(path)
    assert verify(path).exit_code == 2


def test_the_keys_of_the_installation_are_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = key_in_use(tmp_path / "certificate-keys", DAY(2026, 1, 1))
    monkeypatch.setenv("EVALUATOR_DATA_FOLDER", str(tmp_path))
    assert CliRunner().invoke(main, ["verify", sign(FACTS, key)]).exit_code == 0
    done = CliRunner().invoke(main, ["verify", TOKEN])
    assert done.exit_code == 1
    assert "不在已公布的密钥之中" in done.output


def test_missing_and_broken_keys_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVALUATOR_DATA_FOLDER", str(tmp_path))
    missing = CliRunner().invoke(main, ["verify", TOKEN])
    broken = written(tmp_path / "k.json", b"{}")
    wrong = CliRunner().invoke(main, ["verify", TOKEN, "--keys", str(broken)])
    assert (missing.exit_code, "--keys" in missing.output) == (2, True)
    assert (wrong.exit_code, "no set of published keys" in wrong.output) == (2, True)

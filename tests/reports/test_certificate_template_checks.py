"""Wrong templates, each with the place and the code of what is found first, and right ones."""

from __future__ import annotations

import datetime
import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from factories import ROOT
from PIL import Image
from test_certificate_archival import findings

from reports.certificate.checking import check_template
from reports.certificate.pictures import Picture, take
from reports.certificate.preview import SAMPLE, preview
from reports.certificate.required import LONGEST_TOKEN
from reports.certificate.templates import SHIPPED, TemplateErrors, shipped_text
from reports.certificate.templates.sentences import SENTENCES

WRONG = sorted((Path(__file__).parent / "wrong_templates").glob("*.yaml"))
EXAMPLE = ROOT / "examples" / "certificate-templates"
ELSEWHERE = {"file", "encoding", "too-large", "too-heavy", "unknown-picture"}
"""Codes of what no file of the corpus can have; they are tested by themselves."""


def expected(path: Path) -> tuple[str, str]:
    where, code = path.read_text("utf-8").split("\n", 1)[0].removeprefix("# expect: ").split()
    return f"{path.name}:{where}", code


def errors(text: str, name: str, pictures: dict[str, Picture] | None = None) -> TemplateErrors:
    with pytest.raises(TemplateErrors) as refusal:
        check_template(text, name, pictures)
    return refusal.value


def emblem() -> Picture:
    return take((EXAMPLE / "emblem.png").read_bytes())


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)
def test_wrong_template_is_refused_with_its_place_and_code(path):
    first = errors(path.read_text("utf-8"), path.name).problems[0]
    assert (str(first.where), first.code) == expected(path)
    assert first.message


def test_corpus_has_every_flaw():
    assert {expected(path)[1] for path in WRONG} == SENTENCES.keys() - ELSEWHERE


def test_picture_that_was_not_uploaded_is_refused():
    text = (EXAMPLE / "portrait-a4.yaml").read_text("utf-8").replace("emblem.png", "emblen.png")
    (problem,) = errors(text, "own.yaml", {"emblem.png": emblem()}).problems
    line = text.split("\n").index(next(each for each in text.split("\n") if "emblen" in each)) + 1
    assert (problem.code, problem.where.line) == ("unknown-picture", line)
    assert problem.message.endswith('allowed: emblem.png. Did you mean "emblem.png"?')


def test_pictures_that_make_every_file_heavy_are_refused():
    ornament = "{ornament: picture, picture: %s, box: {x: 90, y: 28, width: 40, height: 40}}"
    names = ("a.jpg", "b.jpg", "c.jpg")
    lines = "".join(f"  - {ornament % name}\n" for name in names)
    text = shipped_text("certificate-a4").replace("ornaments:\n", f"ornaments:\n{lines}")
    taken = {}
    for name in names:
        file = io.BytesIO()
        Image.effect_noise((2400, 2400), 90).convert("RGB").save(file, "JPEG", quality=60)
        taken[name] = take(file.getvalue())
    (problem,) = errors(text, "own.yaml", taken).problems
    assert problem.code == "too-heavy"


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_photo_behind_a_whole_page_is_archival(form):
    photo, file = Image.linear_gradient("L").resize((1200, 850)).convert("RGB"), io.BytesIO()
    photo.point(lambda value: 200 + value // 5).save(file, form)
    picture = "{ornament: picture, picture: p.jpg, box: {x: -3, y: -3, width: 303, height: 216}}"
    text = shipped_text("certificate-a4").replace("ornaments:\n", f"ornaments:\n  - {picture}\n")
    template = check_template(text, "own.yaml", {"p.jpg": take(file.getvalue())})
    pdf = preview(template, form="pdf")
    assert findings(pdf) == ([], {"shadings"})
    document = pikepdf.open(io.BytesIO(pdf))
    streams = [each for each in document.objects if isinstance(each, pikepdf.Stream)]
    (image,) = [each for each in streams if each.get("/Subtype") == "/Image"]
    assert str(image.Filter) == {"JPEG": "/DCTDecode", "PNG": "/FlateDecode"}[form]
    assert pikepdf.PdfImage(image).as_pil_image().getpixel((600, 0))[0] == pytest.approx(200, abs=2)


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_template_is_right_in_everything(name):
    assert check_template(shipped_text(name), name).name == name


def test_what_only_models_show_over_a_text_or_code_is_looked_at_too():
    text = shipped_text("certificate-a4")
    box = "box: {x: %s, y: %s, width: %s, height: %s}"
    dark = f'  - {{ornament: panel, for: model, fill: "#301010", {box}}}\n'
    over_code = text.replace("fields:\n", dark % (26.5, 140.2, 43, 43) + "\nfields:\n")
    over_name = text.replace("fields:\n", dark % (30, 101, 237, 23) + "\nfields:\n")
    assert [each.code for each in errors(over_code, "x").problems] == ["unreadable-code"]
    assert [each.code for each in errors(over_name, "x").problems] == ["pale"]
    assert check_template(text.replace("fields:\n", dark % (5, 5, 9, 9) + "\nfields:\n"))


def test_code_of_the_longest_name_is_checked():
    assert len(LONGEST_TOKEN) == 336  # what `tests/certificates` finds such a token to be


@pytest.mark.parametrize("model", [False, True])
def test_example_with_a_picture_is_right_and_archival(model):
    text = (EXAMPLE / "portrait-a4.yaml").read_text("utf-8")
    template = check_template(text, "portrait-a4.yaml", {"emblem.png": emblem()})
    until = datetime.date(2029, 12, 31)
    pdf = preview(template, replace(SAMPLE, model=model, valid_until=until), form="pdf")
    assert findings(pdf) == ([], {"shadings"})
    document = pikepdf.open(io.BytesIO(pdf))
    streams = [each for each in document.objects if isinstance(each, pikepdf.Stream)]
    pictures = [each for each in streams if each.get("/Subtype") == "/Image"]
    assert sorted(str(each.ColorSpace) for each in pictures) == ["/DeviceGray", "/DeviceRGB"]
    assert all(str(each.Filter) == "/FlateDecode" for each in pictures)
    assert not any("/Interpolate" in each for each in pictures)


def test_same_template_and_picture_give_the_same_bytes():
    text = (EXAMPLE / "portrait-a4.yaml").read_text("utf-8")
    once, again = (
        preview(check_template(text, "x", {"emblem.png": emblem()}), form="pdf") for _ in range(2)
    )
    assert once == again


def test_ornaments_of_an_audience_stand_over_the_ground_also_without_an_emblem():
    text = shipped_text("certificate-a4").replace(
        "{ornament: emblem, for: usual,", '{ornament: panel, fill: "#123456", for: usual,'
    )
    template = check_template(text, "own.yaml")
    with io.BytesIO(preview(template, dpi=40)) as file:
        picture = Image.open(file).convert("RGB")
    middle = picture.getpixel((picture.width // 2, round(44.5 / 210 * picture.height)))
    assert middle == (0x12, 0x34, 0x56)


def test_level_without_stars_leaves_their_place_empty():
    """ReportLab draws a magenta block into a form in which nothing is drawn."""
    with io.BytesIO(preview(check_template(shipped_text("sticker"), "x"),
                            replace(SAMPLE, stars=0), dpi=60)) as file:  # fmt: skip
        colours = {colour for _, colour in Image.open(file).convert("RGB").getcolors(1 << 20)}
    assert (255, 0, 255) not in colours

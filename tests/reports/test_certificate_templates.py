"""The reader of templates: what is wrong, where, what is allowed and how to mend it."""

from __future__ import annotations

import re

import pytest

from reports.certificate.templates import (
    SHIPPED,
    TemplateErrors,
    load_template,
    read_template,
    shipped,
    shipped_text,
)
from reports.certificate.templates.model import CodeField, StarsField

SMALL = """\
template: small
title: {zh: 小, en: Small}
page: {width: 100, height: 60, orientation: landscape, margin: 5}
colours:
  red: "#B5121B"
ornaments:
  - {ornament: ground}
  - {ornament: rosette, box: {x: 20, y: 10, width: 40, height: 40}, colour: red}
fields:
  - field: organisation
    text: "{organisation}"
    box: {x: 10, y: 10, width: 50, height: 10}
    size: 5
    colour: red
  - field: code
    shows: code
    box: {x: 62, y: 10, width: 30, height: 30}
"""


def problems(text: str) -> list[str]:
    with pytest.raises(TemplateErrors) as refusal:
        read_template(text, "small.yaml")
    return [str(problem) for problem in refusal.value.problems]


def changed(old: str, new: str) -> str:
    assert SMALL.count(old) == 1
    return SMALL.replace(old, new)


def test_small_template_is_read():
    template = read_template(SMALL)
    (name,) = template.own_texts
    assert (template.name, template.page.width, template.page.bleed) == ("small", 100, 0)
    assert (name.box.x, name.box.y) == (10, 40)  # counted from below
    assert (name.lettering.smallest, name.lettering.lines) == (3, 1)
    assert template.codes[0].name == "code"
    assert template.title == {"zh": "小", "en": "Small"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "ornament: rosette",
            "ornament: rosete",
            r"small.yaml:8:16: .*'rosete'; allowed: ground, .*Did you mean \"rosette\"\?",
        ),
        ("size: 5", "sise: 5", r'small.yaml:13:5: "sise" is not known here; .*mean "size"\?'),
        ("size: 5", "size: large", r"small.yaml:13:11: .*'large'; allowed is a number from 0.3"),
        ("size: 5", "size: nan", r"small.yaml:13:11: .*'nan'; allowed is a number from 0.3"),
        ("    size: 5\n", "", r'small.yaml:10:5: "size" is missing'),
        (
            "colour: red\n  -",
            "colour: blue\n  -",
            r"small.yaml:14:13: 'blue' .*\(red",
        ),
        ("{organisation}", "{organization}", r"small.yaml:11:11: .*is no fact; allowed: organis"),
        ("{organisation}", "{organisation", r"small.yaml:11:11: a \"{\" and its \"}\" stand"),
        ("orientation: landscape", "orientation: portrait", r"small.yaml:3:45: .*exchange width"),
        ("{x: 62,", "{x: 50,", r'small.yaml:12:10: .*"organisation" and "code" overlap'),
        ("{x: 62,", "{x: 68,", r'small.yaml:17:10: "code" comes within 2 mm of the edge'),
        ("{x: 62, y: 10,", "{x: 62, y: 55,", r"small.yaml:17:44: the box ends at 85 mm, beyond 60"),
        ("size: 5", "size: 5\n    smallest: 2", r"small.yaml:14:15: .*allowed is 3 to 5 mm"),
        ("size: 5", "size: 5\n    size: 6", r'small.yaml:14:5: "size" is written twice'),
        ("shows: code", "shows: codes", r"small.yaml:16:12: .*'codes'; allowed: text, stars"),
        ("shows: code", "shows: code\n    size: 4", r'small.yaml:17:5: "size" is not known here'),
        ("{organisation}", "字" * 301, r"small.yaml:11:11: the text has 301 characters; .* 300"),
        ("ornaments:", "ornament:", r'small.yaml:6:1: "ornament" is not known.*mean "ornaments"'),
        ("page: {", "page: [", r"small.yaml:\d+:\d+: this is not YAML"),
    ],
)
def test_error_names_place_and_what_is_allowed(old, new, expected):
    assert re.search(expected, "\n".join(problems(changed(old, new)))) is not None


def test_all_errors_are_found_at_once_and_in_reading_order():
    text = changed("size: 5", "size: x").replace("colour: red\n  -", "colour: z\n  -")
    text = text.replace("ornament: rosette", "ornament: nothing")
    assert [found.split(": ")[0] for found in problems(text)] == [
        "small.yaml:8:16",
        "small.yaml:13:11",
        "small.yaml:14:13",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the file is empty"),
        ("- a\n- b\n", "here stand keys with values"),
        ("a: &x [1]\nb: *x\n", "aliases"),
        ("x" * 200_000, "larger than 100,000 bytes"),
        ("a: \x00\n", "this is not YAML"),
    ],
)
def test_what_is_no_template_is_refused(text, words):
    assert words in problems(text)[0]


def test_file_that_is_missing_or_no_text_is_refused(tmp_path):
    with pytest.raises(TemplateErrors, match=r"gone\.yaml:1:1: No such file"):
        load_template(tmp_path / "gone.yaml")
    latin = tmp_path / "latin.yaml"
    latin.write_bytes(b"title: \xe9")
    with pytest.raises(TemplateErrors, match="save it as UTF-8"):
        load_template(latin)


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_template_has_code_stars_and_the_name_first(name):
    template = shipped(name)
    assert template.name == name
    assert template.own_texts[0].wording.names == ("organisation",)
    kinds = [type(field) for field in template.fields]
    assert (kinds.count(CodeField), kinds.count(StarsField)) == (1, 1)
    assert read_template(shipped_text(name)).page == template.page


def test_unknown_shipped_template_is_refused():
    with pytest.raises(KeyError, match="certificate-a4, certificate-a3"):
        shipped_text("../secrets")


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("certificate-a4", (297, 210)),
        ("certificate-a3", (420, 297)),
        ("plaque-600x400", (600, 400)),
        ("sticker", (80, 50)),
    ],
)
def test_shipped_templates_have_the_sizes_of_their_formats(name, size):
    assert (shipped(name).page.width, shipped(name).page.height) == size

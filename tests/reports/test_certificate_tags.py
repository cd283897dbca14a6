"""The tree of tags: what a screen reader reads, in which order."""

from __future__ import annotations

import io
from collections import defaultdict

import pikepdf
import pytest
from certificate_printing import LONGEST, certificate, meanings, numbered, printed

from reports.certificate import write_each

Element = tuple[str, str, str]
"""The kind of an element, the text under it, and the words in place of a figure."""


class Reader:
    """Reads a tagged document as a screen reader does: along its tree."""

    def __init__(self, pdf: bytes) -> None:
        self.document = pikepdf.open(io.BytesIO(pdf))
        fonts = [o for o in self.document.objects if isinstance(o, pikepdf.Dictionary)]
        (font,) = [o for o in fonts if str(o.get("/Subtype")) == "/Type0"]
        self.meaning = meanings(font.ToUnicode.read_bytes())
        self.outside: list[str] = []

    def elements(self, page: int = 0) -> list[Element]:
        """Give the elements of a page's section."""
        section = self.document.Root.StructTreeRoot.K.K[page]
        marked = self.marked(self.document.pages[page].obj)
        found = []
        for element in section.K:
            kids = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
            text = "".join(marked[int(mark)] for mark in kids)
            found.append((str(element.S)[1:], text, str(element.get("/Alt", ""))))
        return found

    def marked(self, page: pikepdf.Object) -> dict[int, str]:
        """Give the text under each mark of a page."""
        found: dict[int, str] = defaultdict(str)
        self._read(page, page.Resources, None, found)
        return found

    def _read(self, content, resources, mark, found, artifact=False) -> None:
        open_marks = [(mark, artifact)]
        for operands, operator in pikepdf.parse_content_stream(content):
            name = str(operator)
            if name == "BMC":
                open_marks.append((open_marks[-1][0], str(operands[0]) == "/Artifact"))
            elif name == "BDC":
                inside = operands[1].get("/MCID", open_marks[-1][0])
                open_marks.append((inside, open_marks[-1][1]))
            elif name == "EMC":
                open_marks.pop()
            elif name == "Tj":
                self._say(bytes(operands[0]), open_marks[-1], found)
            elif name == "Do":
                form = resources.XObject[str(operands[0])]
                self._read(form, form.Resources, *_of(open_marks[-1], found))
            elif name in {"f", "sh", "S", "EI", "INLINE IMAGE"} and open_marks[-1] == (None, False):
                self.outside.append(name)

    def _say(self, codes, mark, found) -> None:
        text = "".join(self.meaning[codes[n : n + 2]] for n in range(0, len(codes), 2))
        if mark == (None, False):
            self.outside.append(text)
        elif not mark[1]:
            found[int(mark[0])] += text


def _of(mark, found):
    return mark[0], found, mark[1]


USUAL = [
    ("Figure", "", "徽章：红底金星"),
    ("H1", "荣誉证书CERTIFICATE OF HONOUR", ""),
    (
        "P",
        "中共示例市示例区市场监督管理局机关第一支部委员会"
        "在2026年度基层党组织星级评定（机关类）中，被评定为"
        "has been rated in the 2026 Star Rating of Grassroots Party Organisations "
        "(Government Organs) as a五星级党组织Five-star Party Organisation",
        "",
    ),
    ("P", "中共示例市示例区委组织部二〇二六年十二月三十一日", ""),
    ("Figure", "", "核验二维码：https://verify.example.org/c/9F3K2M7QXA"),
    ("P", "扫码核验真伪", ""),
    (
        "P",
        "证书编号：SX-2026-JG-000123 　 核验地址：https://verify.example.org/c/9F3K2M7QXA",
        "",
    ),
]


def test_page_is_read_from_the_emblem_to_the_small_print(usual):
    assert Reader(usual).elements() == USUAL


def test_single_file_is_read_like_a_page_of_a_document(tmp_path):
    (path,) = write_each([certificate()], tmp_path)
    assert Reader(path.read_bytes()).elements() == USUAL


def test_name_in_two_lines_is_read_as_one():
    sentence = Reader(printed(certificate(organisation=LONGEST))).elements()[2]
    assert sentence[1].startswith(LONGEST + "在2026年度")


def test_ribbon_of_a_model_is_read_before_the_title():
    elements = Reader(printed(certificate(model=True))).elements()
    assert elements[1] == ("H1", "标兵荣誉证书CERTIFICATE OF HONOUR", "")


@pytest.mark.parametrize("count", [1, 3, 130])
def test_every_page_has_its_section_and_leads_back_to_it(count):
    reader = Reader(printed(*numbered(count)))
    root = reader.document.Root.StructTreeRoot
    leaves = [leaf.Nums for leaf in root.ParentTree.Kids]
    parents = {int(k): v for nums in leaves for k, v in zip(nums[::2], nums[1::2], strict=True)}
    assert sorted(parents) == list(range(count))
    for number, (section, page) in enumerate(zip(root.K.K, reader.document.pages, strict=True)):
        assert int(page.StructParents) == number
        kids = [(e, e.K if isinstance(e.K, pikepdf.Array) else [e.K]) for e in section.K]
        marks = [(int(mark), element.objgen) for element, found in kids for mark in found]
        assert marks == [(n, parent.objgen) for n, parent in enumerate(parents[number])]
        assert {element.Pg.objgen for element, _ in kids} == {page.obj.objgen}


def test_each_page_is_read_with_its_own_name():
    reader = Reader(printed(*numbered(3)))
    names = [reader.elements(page)[2][1].split("在2026")[0] for page in range(3)]
    assert names == [f"示例社区第{n}党支部" for n in range(3)]


def test_everything_drawn_is_a_part_or_an_ornament(usual):
    reader = Reader(usual)
    reader.elements()
    assert reader.outside == []


def test_line_in_the_frame_is_not_read(usual):
    assert not any("· " in text for _, text, _ in Reader(usual).elements())


def test_document_says_that_it_is_tagged_and_in_which_language(usual):
    document = pikepdf.open(io.BytesIO(usual))
    root = document.Root
    assert bool(root.MarkInfo.Marked)
    assert str(root.Lang) == "zh-CN"
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert str(root.StructTreeRoot.K.S) == "/Document"


def test_english_lines_are_marked_as_english(usual):
    document = pikepdf.open(io.BytesIO(usual))
    page = document.pages[0]
    forms = [f for name, f in page.Resources.XObject.items() if ".words0." in name]
    said = b"".join(form.read_bytes() for form in forms)
    assert said.count(b"/Span<</Lang(en)>>BDC") == 3

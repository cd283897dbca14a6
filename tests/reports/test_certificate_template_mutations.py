"""Whatever is written into a template, it is read or refused: nothing else ever happens."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from reports.certificate.fitting import check_fit
from reports.certificate.preview import SAMPLE, preview
from reports.certificate.required import what_is_missing
from reports.certificate.templates import (
    Problem,
    Template,
    TemplateErrors,
    read_template,
    shipped_text,
)

LINES = shipped_text("sticker").split("\n")
WORDS = (
    "0", "-1", "1e308", "nan", "", "~", "[]", "{}", "{x: 1}", "'{serial}'", "'{'", "*a", "&a 1",
    "!!python/name:os.system x", "\U0001f3c5", "字" * 400, "model", "stars", "code", "micro", "0.1",
    "1499", "\x85", "| \n", "? a", "- -", "%", "@", "`",
)  # fmt: skip


def read(text: str) -> tuple[Template | None, list[Problem]]:
    try:
        return read_template(text), []
    except TemplateErrors as errors:
        return None, errors.problems


@given(st.data())
@settings(max_examples=150)
def test_changed_line_is_read_or_refused(data):
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        head, colon, _ = lines[at].rpartition(":")
        act = data.draw(st.sampled_from(["value", "drop", "twice", "indent", "swap"]))
        if act == "value":
            lines[at] = f"{head}{colon} {data.draw(st.sampled_from(WORDS))}"
        elif act == "drop":
            del lines[at]
        elif act == "twice":
            lines.insert(at, lines[at])
        elif act == "indent":
            lines[at] = f"  {lines[at]}"
        else:
            lines.append(lines.pop(at))
    template, problems = read("\n".join(lines))
    assert (template is None) == any(problem.message for problem in problems)
    if template and not what_is_missing(template) and not check_fit([SAMPLE], template):
        assert preview(template, form="pdf").startswith(b"%PDF")


@given(st.text(alphabet="ab:{}[]-&*!|>'\"#%@`, \n\t0字", max_size=200))
def test_any_text_is_refused_with_a_place(text):
    template, problems = read(text)
    assert template is None
    assert all(problem.where.line >= 1 for problem in problems)

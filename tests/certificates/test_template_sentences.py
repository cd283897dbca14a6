"""Every flaw of a template is said in Chinese with the same values as in English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from factories import ROOT

from evaluator.certificates.own_templates.sentences import CHINESE, said
from reports.certificate.checking import check_template
from reports.certificate.templates import TemplateErrors
from reports.certificate.templates.problems import Position, Problem
from reports.certificate.templates.sentences import SENTENCES

WRONG = sorted((ROOT / "tests" / "reports" / "wrong_templates").glob("*.yaml"))


def holes(sentence: str) -> set[str]:
    return set(re.findall(r"(?<!\{)\{(\w+)\}|\{\{\{(\w+)\}\}\}", sentence))


def test_each_sentence_has_chinese_with_the_same_values() -> None:
    assert {code: holes(text) for code, text in CHINESE.items()} == {
        code: holes(text) for code, text in SENTENCES.items()
    }


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)
def test_problem_of_the_corpus_is_said(path: Path) -> None:
    with pytest.raises(TemplateErrors) as refusal:
        check_template(path.read_text("utf-8"), path.name)
    for problem in refusal.value.problems:
        told = said(problem, "zh")
        assert told.language == "zh-Hans"
        assert re.search("[\u4e00-\u9fff]", told.words)
        assert told.words.endswith(("。", "？", "）。"))
        assert said(problem, "en").words == problem.message


def test_what_was_meant_is_asked() -> None:
    values = {"name": "sise", "allowed": "size, spacing", "meant": "size"}
    told = said(Problem.of(Position("x"), "unknown-key", values), "zh")
    assert told.words == "此处没有“sise”这个键；可用：size, spacing。是否应为“size”？"

"""What letters are about is said in words: every event in the code has its own."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale

import evaluator
from evaluator.outbox.words import EVENTS, SUBJECTS, about_words

WRITERS = {"write_letter", "write_to_role", "_write"}
CODE = [ast.parse(path.read_text()) for path in Path(evaluator.__file__).parent.rglob("*.py")]


def events() -> set[str]:
    """Return every event that stands in the code, as an argument or as a constant of a module."""
    found = {
        each.value.value
        for tree in CODE
        for each in ast.walk(tree)
        if isinstance(each, ast.keyword) and each.arg == "about"
        if isinstance(each.value, ast.Constant)
    }
    constants = {
        each.id
        for tree in CODE
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        if call.func.id in WRITERS
        for each in (*call.args, *(word.value for word in call.keywords))
        if isinstance(each, ast.Name) and each.id.isupper()
    }
    return found | {value for tree in CODE for name, value in assigned(tree) if name in constants}


def assigned(tree: ast.Module) -> list[tuple[str, str]]:
    """Return the texts that the constants of a module hold, those of one line with several too."""
    pairs = []
    for line in tree.body:
        if isinstance(line, ast.Assign):
            for target in line.targets:
                many = isinstance(target, ast.Tuple) and isinstance(line.value, ast.Tuple)
                names = target.elts if many else [target]
                values = line.value.elts if many else [line.value]
                pairs += zip(names, values, strict=True)
    return [
        (name.id, value.value)
        for name, value in pairs
        if isinstance(name, ast.Name) and isinstance(value, ast.Constant)
        if isinstance(value.value, str) and "." in value.value
    ]


def test_every_event_in_the_code_has_words_and_no_others_have() -> None:
    assert events() == set(EVENTS)


def test_every_event_can_be_narrowed_by_its_subject() -> None:
    assert {each.partition(".")[0] for each in EVENTS} - set(SUBJECTS) == {"mail_address"}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("about", [*EVENTS, "nonsense", "award.nonsense", ""])
def test_no_event_is_shown_as_it_is_stored(app: Flask, about: str, language: str) -> None:
    with app.test_request_context(), force_locale(language):
        said = str(about_words(about))
    assert said
    assert said != about
    assert "." not in said
    assert "_" not in said

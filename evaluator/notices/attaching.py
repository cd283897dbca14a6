"""The files of an objection: each is checked, and of each is said whether it can be sent again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.datastructures import FileStorage

from evaluator.evidence.checks.verdict import Checked, Refused
from evaluator.evidence.isolation import check_apart
from evaluator.evidence.names import shown_name, typed_name
from evaluator.evidence.words import refused_words
from forms.notices import ObjectionForm


@dataclass(frozen=True)
class Attached:
    """One file that was sent: as it may be kept, or why it may not be."""

    name: str
    checked: Checked | None = None
    why_not: str = ""


def sent_files(form: ObjectionForm) -> list[FileStorage]:
    """Return the files that were chosen; a browser sends an empty one where none was."""
    return [each for each in form.files.data or [] if each and each.filename]


def check_files(sent: Sequence[FileStorage]) -> list[Attached]:
    """Check all files, also after one was refused, so that everything is told at once."""
    return [_checked(each) for each in sent]


def not_checked(sent: Sequence[FileStorage]) -> list[Attached]:
    """Return the files of a form that was not looked at so far."""
    return [Attached(shown_name(each.filename or "")) for each in sent]


def _checked(sent: FileStorage) -> Attached:
    name = shown_name(sent.filename or "")
    try:
        checked = check_apart(sent.read())
    except Refused as refused:
        return Attached(name, why_not=refused_words(refused))
    return Attached(typed_name(name, checked.media_type), checked)

"""What is to be said of a template before it is offered: read, checked, drawn to be looked at."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from evaluator.certificates.pictures import one_at_a_time
from reports.certificate.checking import problems_of
from reports.certificate.pictures import Picture
from reports.certificate.templates import Template, TemplateErrors, read_template
from reports.certificate.templates.problems import Problem

NAME = "template.yaml"
MOST_KEPT = 32


@dataclass(frozen=True)
class Findings:
    """The template where it can be read, and everything that keeps it from being offered."""

    template: Template | None
    problems: tuple[Problem, ...]

    @property
    def holds(self) -> bool:
        """Return whether everything is in order."""
        return self.template is not None and not self.problems


_kept: OrderedDict[str, Findings] = OrderedDict()


def findings_of(text: str, pictures: Mapping[str, Picture]) -> Findings:
    """Return what is to be said of a text; it is found out once and kept for a while."""
    known_as = digest_of(text, {name: each.digest for name, each in pictures.items()})
    found = _kept.get(known_as)
    if found is None:
        found = _found(text, pictures)
        with one_at_a_time:
            _kept[known_as] = found
            while len(_kept) > MOST_KEPT:
                _kept.popitem(last=False)
    return found


def digest_of(text: str, pictures: Mapping[str, str]) -> str:
    """Return by what a text with its pictures is known for ever."""
    named = json.dumps(pictures, ensure_ascii=False, sort_keys=True) if pictures else ""
    return hashlib.sha256(f"{text}{named}".encode()).hexdigest()


def _found(text: str, pictures: Mapping[str, Picture]) -> Findings:
    try:
        template = read_template(text, NAME, pictures)
    except TemplateErrors as error:
        return Findings(None, tuple(error.problems))
    with one_at_a_time:
        return Findings(template, tuple(problems_of(template)))

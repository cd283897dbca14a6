"""The templates that come with the program."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reports.certificate.templates.model import Template
from reports.certificate.templates.problems import Position, Problem, TemplateErrors
from reports.certificate.templates.reading import read_template

FOLDER = Path(__file__).parent
SHIPPED = ("certificate-a4", "certificate-a3", "plaque-600x400", "sticker")


def shipped_text(name: str) -> str:
    """Give the YAML of a template that comes with the program."""
    if name not in SHIPPED:
        raise KeyError(f"no template {name!r}; there are {', '.join(SHIPPED)}")
    return (FOLDER / f"{name}.yaml").read_text("utf-8")


@cache
def shipped(name: str) -> Template:
    """Give a template that comes with the program."""
    return read_template(shipped_text(name), f"{name}.yaml")


def load_template(path: Path) -> Template:
    """Give the template of a file; raises TemplateErrors also where it cannot be read."""
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError as error:
        problem = Problem.of(Position(str(path)), "encoding", {"start": error.start})
        raise TemplateErrors([problem]) from error
    except OSError as error:
        reason = error.strerror or "cannot be read"
        problem = Problem.of(Position(str(path)), "file", {"reason": reason})
        raise TemplateErrors([problem]) from error
    return read_template(text, str(path))

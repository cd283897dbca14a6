"""Templates by the names that batches pin: the program's own, and those of the district."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.certificates.own_templates.findings import digest_of as digest_of_text
from evaluator.certificates.own_templates.models import OWN, TemplateVersion
from evaluator.certificates.own_templates.queries import (
    offered_version,
    offered_versions,
    pictures_of,
)
from evaluator.web.languages import language
from evaluator.web.wording import gettext
from reports.certificate import SHIPPED, Template, shipped
from reports.certificate.pictures import Picture
from reports.certificate.templates import read_template, shipped_text

KEPT = 32


def find_template(session: Session, name: str) -> Template:
    """Return a template; raises NotAllowed where there is none such.

    Also of one that is no longer offered: what was printed by it can be drawn again.
    """
    if name in SHIPPED:
        return shipped(name)
    found = offered_version(session, name)
    pinned = digest_of_text(found.text, found.pictures)
    if pinned != found.digest:
        raise ValueError(f"template {name}: its text or pictures are not what was offered")
    return _read(name, pinned, found.text, tuple(pictures_of(session, found.pictures).items()))


@lru_cache(KEPT)
def _read(
    name: str, _digest: str, text: str, pictures: tuple[tuple[str, Picture], ...]
) -> Template:
    """Return a template under the name by which it is pinned, whatever it calls itself."""
    return replace(read_template(text, name, dict(pictures)), name=name)


def digest_of(session: Session, name: str) -> str:
    """Return by what it is known later whether a template is still the same."""
    if name in SHIPPED:
        return hashlib.sha256(shipped_text(name).encode()).hexdigest()
    return offered_version(session, name).digest or ""


def titles_on_offer(session: Session) -> dict[str, str]:
    """Return what the templates are called that batches may choose, by their names."""
    own = {each.key: _titled(each) for each in offered_versions(session)}
    return {**_shipped_titles(), **own}


def titles_of(session: Session, names: Iterable[str]) -> dict[str, str]:
    """Return what some templates are called, also those that are no longer offered."""
    numbers = [int(each.removeprefix(OWN)) for each in names if each.startswith(OWN)]
    query = select(TemplateVersion).where(TemplateVersion.id.in_(numbers))
    own = {each.key: _titled(each) for each in session.scalars(query)} if numbers else {}
    return {**_shipped_titles(), **own}


def _shipped_titles() -> dict[str, str]:
    return {each: shipped(each).title[language()] for each in SHIPPED}


def _titled(found: TemplateVersion) -> str:
    return gettext("%(title)s (version %(number)d)", title=found.title, number=found.number)

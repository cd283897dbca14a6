"""An application as it stands on paper, for the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import format_date, format_datetime

from evaluator.applications.content import Declaration, Evidence
from evaluator.applications.draft import Draft
from evaluator.applications.lines import FactLine, IndicatorLine
from evaluator.applications.page import Page
from evaluator.applications.standing import part_lines, standing_of
from evaluator.applications.wording import declaration_words
from evaluator.precedence import PRECEDENCE
from evaluator.web.languages import language
from evaluator.web.wording import gettext
from reports.application import ApplicationPaper, Chapter, Item, Line
from rules.syntax import Level

_NUMBER = re.compile(r"-?[0-9.]+%?")


@dataclass(frozen=True)
class Stamp:
    """Which submitting it is, when it was, and the digest of its content."""

    number: int
    at: datetime
    digest: str


def paper_of(
    draft: Draft, declaration: Declaration, evidence: Evidence, stamp: Stamp, language: str
) -> ApplicationPaper:
    """Return the whole application as it is printed."""
    title = gettext("Application, %(round)s", round=draft.participant.round.title)
    moment = format_datetime(stamp.at, "medium")
    return ApplicationPaper(
        title=title,
        organisation=draft.participant.name,
        head=list(_head(draft, declaration, moment, language)),
        chapters=list(_chapters(draft, evidence, language)),
        declaration=declaration_words(),
        signatures=[
            gettext("Secretary (name): %(name)s", name=declaration.secretary),
            gettext("Secretary (signature): ____________________"),
            gettext("Submitted on %(moment)s", moment=moment),
            gettext("Seal of the organisation"),
        ],
        footer=gettext("Digest (SHA-256): %(digest)s", digest=stamp.digest),
        page_words=gettext("Page {page} of {pages}"),
    )


def _head(draft: Draft, declaration: Declaration, moment: str, language: str) -> Iterator[Line]:
    participant, standing = draft.participant, standing_of(draft, language)
    yield Line(gettext("Organisation"), f"{participant.name} ({participant.code})")
    yield Line(gettext("Committee"), participant.committee)
    yield Line(gettext("Rule set"), draft.ready.rule_set.title.say(language))
    claimed = _level(draft, declaration.claimed_level)
    if claimed:
        yield Line(gettext("Level applied for"), claimed.title.say(language))
    yield Line(gettext("Own points"), f"{standing.total} / {standing.most}")
    yield Line(gettext("Submitted"), moment)


def _level(draft: Draft, name: str) -> Level | None:
    levels = draft.ready.rule_set.levels.from_low_to_high
    return next((each for each in levels if each.id == name), None)


def _chapters(draft: Draft, evidence: Evidence, language: str) -> Iterator[Chapter]:
    lines = {each.id: each for each in part_lines(draft, language)}
    for part in draft.ready.parts:
        page, line = Page(draft, part, language), lines[part.id]
        points = f"{line.points} / {line.most}" if line.most else ""
        items = [_item(each, evidence) for each in page.indicators]
        if page.facts:
            items.append(Item("", "", [row for each in page.facts for row in _fact(each)], ""))
        yield Chapter(line.title, points, items)


def _item(indicator: IndicatorLine, evidence: Evidence) -> Item:
    PRECEDENCE.give_way()
    score = indicator.score
    sign = "−" if score.deducts else ""
    points = score.waits or f"{sign if score.points != '0' else ''}{score.points}"
    rows = [row for each in indicator.facts for row in _fact(each)]
    rows += [
        Line(each.label, each.shown, gettext("given under %(title)s", title=each.title))
        for each in indicator.references
    ]
    for file in evidence.get(indicator.indicator.id, ()):
        rows.append(Line(gettext("Evidence"), file["name"], f"SHA-256 {file['sha256']}"))
    return Item(indicator.title, f"{points} / {sign}{score.most}", rows, score.reason)


def _fact(line: FactLine) -> Iterator[Line]:
    """Yield a fact with where it comes from, and the entries of a list."""
    dated = f" {format_date(line.as_of)}" if line.as_of else ""
    note = f"{line.source}{dated}" if line.known else ""
    if line.corrected:
        note = gettext("corrected from %(known)s: %(reason)s", known=line.known, reason=line.reason)
    elif line.field is None and not line.known:
        note = gettext("to come: %(source)s", source=line.source)
    elif line.reason and not line.known:
        note = line.reason
    yield Line(line.label, line.shown, "" if note == line.shown else note)
    if line.table:
        yield Line("", "；".join(_entry(line.columns, row) for row in line.table), "")


def _entry(columns: Sequence[str], row: Sequence[str]) -> str:
    """Return an entry of a list after its day; a bare number says what it counts."""
    between = "" if language() == "zh" else " "
    return " ".join(
        f"{title}{between}{cell}" if number and _NUMBER.fullmatch(cell) else cell
        for number, (title, cell) in enumerate(zip(columns, row, strict=True))
        if cell
    )

"""Minutes as a PDF file: set by the writer of applications, with its face and line breaking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.application import ApplicationPaper, Chapter, Item, Line, write_application
from reports.minutes.data import Category, Given, MinutesPaper, Words


def write_minutes(paper: MinutesPaper) -> bytes:
    """Return the PDF of minutes; the same minutes give the same bytes."""
    words, told = paper.words, enumerate(paper.text)
    return write_application(
        ApplicationPaper(
            title=words.title,
            organisation=paper.round,
            head=[
                Line(words.held_at, paper.held_at),
                Line(words.chair, paper.chair),
                Line(words.present, "、".join(paper.present)),
                *(Line("" if number else words.course, each) for number, each in told),
            ],
            chapters=[_chapter(words, each) for each in paper.categories],
            declaration="",
            signatures=words.signatures,
            footer=paper.footer,
            page_words=words.page,
        )
    )


def _chapter(words: Words, category: Category) -> Chapter:
    return Chapter(category.title, category.count, list(_items(words, category)))


def _items(words: Words, category: Category) -> Iterator[Item]:
    for title, count, committees in category.as_computed:
        lines = [Line(committee, names) for committee, names in committees]
        yield Item(f"{words.as_computed}：{title}", count, lines)
    yield from _each(words.given, category.given)
    if category.quotas:
        yield Item(words.quotas, "", [Line(label, value) for label, value in category.quotas])
    yield from _each(words.findings, category.findings)


def _each(title: str, entries: Sequence[Given]) -> Iterator[Item]:
    for each in entries:
        lines = [Line(label, value) for label, value in each.lines]
        yield Item(f"{title}：{each.organisation}", each.level, lines)

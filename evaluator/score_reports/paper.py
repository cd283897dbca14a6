"""Score reports as they stand on paper: the words of the page, set for print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evaluator.database import now
from evaluator.rounds.models import Round
from evaluator.score_reports.content import (
    Condition,
    FactRow,
    GroupRow,
    IndicatorRow,
    Report,
    Road,
    Suggestion,
)
from evaluator.score_reports.models import PlanItem
from evaluator.score_reports.words import meaning_words
from evaluator.web.languages import language
from evaluator.web.showing import day, moment
from evaluator.web.wording import gettext
from reports.score_report import Chapter, Entry, Score, ScorePaper, Texts


def paper_of(reports: Sequence[Report], made: Round, about: str) -> ScorePaper:
    """Return reports of a round as a paper; `about` says whose they are."""
    return ScorePaper(
        title=f"{gettext('Score report')} · {made.title} · {about}",
        scores=[Score(_texts(each), each.radar) for each in reports],
        footer=gettext("%(round)s, as of %(moment)s", round=made.title, moment=moment(now())),
        page_words=gettext("Page {page} of {pages}"),
    )


def _texts(report: Report) -> Texts:
    points = gettext("%(total)s of %(most)s points", total=report.total, most=report.most)
    return Texts(
        title=f"{gettext('Score report')} · {report.round_title}",
        organisation=report.participant.name,
        level=f"{report.level}{'★' * report.stars} · {points}",
        head=list(_head(report)),
        summary=list(meaning_words(report)),
        chapters=list(_chapters(report)),
    )


def _head(report: Report) -> Iterator[tuple[str, str]]:
    yield gettext("Committee"), report.participant.committee
    yield gettext("Category"), report.category
    if report.decided_at:
        yield gettext("Decided on"), day(report.decided_at)


def _chapters(report: Report) -> Iterator[Chapter]:
    for group in report.groups:
        yield _group(group)
    conditions = [*_conditions(report.gates, report.vetoes)]
    if conditions:
        yield Chapter(gettext("Conditions and vetoes"), "", [Entry("", "", conditions)])
    if report.road:
        yield _road(report.road)
    if report.plan:
        entries = [_planned(each) for each in report.plan]
        yield Chapter(gettext("Our plan"), "", entries)


def _group(group: GroupRow) -> Chapter:
    median = group.median and gettext("Median of the category: %(points)s", points=group.median)
    remark = "  ".join(filter(None, [group.remark, median]))
    entries = [_indicator(each) for each in group.indicators]
    return Chapter(group.title, f"{group.points} / {group.most}", entries, remark)


def _indicator(row: IndicatorRow) -> Entry:
    lost = _bracketed(row.lost) if row.lost else ""
    facts = ("；" if language() == "zh" else "; ").join(_fact(each) for each in row.facts)
    paragraphs = [
        _said(gettext("Rule"), ("" if language() == "zh" else " ").join(row.rule)),
        _said(gettext("Why these points"), row.reason),
        _said(gettext("Facts"), facts) if facts else "",
    ]
    return Entry(
        row.title, f"{row.points} / {row.most}{lost}", [each for each in paragraphs if each]
    )


def _fact(row: FactRow) -> str:
    told = ("，" if language() == "zh" else ", ").join(filter(None, [row.who, row.note]))
    return f"{row.label} {row.value}{_bracketed(told)}"


def _said(label: str, words: str) -> str:
    return f"{label}：{words}" if language() == "zh" else f"{label}: {words}"


def _bracketed(words: str) -> str:
    return f"（{words}）" if language() == "zh" else f" ({words})"


def _conditions(gates: Sequence[Condition], vetoes: Sequence[str]) -> Iterator[str]:
    for each in gates:
        sign = "√" if each.holds else "×"
        yield f"{sign} {_said(each.level, each.words)}"
    for veto in vetoes:
        yield f"× {_said(gettext('Veto'), veto)}"


def _road(road: Road) -> Chapter:
    entries = [Entry("", "", list(road.lacking))]
    entries += [_suggestion(each) for each in road.suggestions]
    return Chapter(gettext("The way to %(level)s", level=road.level), "", entries)


def _suggestion(each: Suggestion) -> Entry:
    return Entry(each.title, f"+{each.worth}" if each.worth else "", [each.how] if each.how else [])


def _planned(item: PlanItem) -> Entry:
    done = gettext("done on %(day)s", day=day(item.done_on)) if item.done_on else ""
    due = gettext("by %(day)s", day=day(item.due))
    return Entry(item.title, "", [item.text, " · ".join(filter(None, [item.owner, due, done]))])

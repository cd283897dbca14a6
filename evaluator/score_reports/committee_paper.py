"""The report of a committee as it stands on paper: the words of the page, set for print."""

from __future__ import annotations

from collections.abc import Iterator

from evaluator.database import now
from evaluator.notices.models import Objection
from evaluator.notices.words import objection_state
from evaluator.score_reports.committee import CommitteeReport, Member, Part
from evaluator.score_reports.committee_losses import Loss
from evaluator.score_reports.committee_words import head_of, meaning_of, missing_of, task_words
from evaluator.web.languages import language
from evaluator.web.showing import day, moment
from evaluator.web.wording import gettext
from reports.committee_report import Chapter, CommitteePaper, Entry, Texts


def committee_paper_of(report: CommitteeReport) -> CommitteePaper:
    """Return the report of a committee as a paper."""
    made = report.round
    return CommitteePaper(
        title=f"{gettext('Committee report')} · {made.title} · {report.committee.name}",
        texts=Texts(
            title=f"{gettext('Committee report')} · {made.title}",
            organisation=report.committee.name,
            level="",
            head=list(head_of(report)),
            summary=list(meaning_of(report)),
            chapters=list(_chapters(report)),
        ),
        pictures=[report.chart] if report.reviewed else [],
        footer=gettext("%(round)s, as of %(moment)s", round=made.title, moment=moment(now())),
        page_words=gettext("Page {page} of {pages}"),
    )


def _chapters(report: CommitteeReport) -> Iterator[Chapter]:
    for part in report.parts:
        if part.losses:
            yield _losses(part)
    for part in report.parts:
        yield _members(part)
    if report.tasks:
        entries = [
            Entry(task.participant.name, "", [task.words.say(language()), task_words(task)])
            for task in report.tasks
        ]
        yield Chapter(gettext("Follow-up tasks"), "", entries)
    if report.objections:
        yield Chapter(gettext("Objections"), "", [_objection(each) for each in report.objections])


def _losses(part: Part) -> Chapter:
    return Chapter(
        gettext("Most often lost: %(category)s", category=part.title),
        "",
        [_loss(each) for each in part.losses],
        gettext("Points after review of %(count)s organisations; each indicator with its rule.",
                count=part.reviewed),
    )  # fmt: skip


def _loss(each: Loss) -> Entry:
    average = gettext(
        "On average %(average)s of %(most)s points lost", average=each.average, most=each.most
    )
    rule = ("" if language() == "zh" else " ").join(each.rule)
    return Entry(each.title, f"{each.losers} / {each.known}", [average, rule])


def _members(part: Part) -> Chapter:
    title = gettext("Organisations: %(category)s", category=part.title)
    return Chapter(title, str(len(part.members)), [_member(each) for each in part.members])


def _member(each: Member) -> Entry:
    level = f"{each.level}{'★' * each.stars}"
    points = ("，" if language() == "zh" else ", ").join(f"{a} {b}" for a, b in each.dimensions)
    paragraphs = [points] if points else []
    return Entry(each.participant.name, level, [*paragraphs, *missing_of(each)])


def _objection(each: Objection) -> Entry:
    said = [gettext("filed on %(day)s", day=day(each.filed_at)), objection_state(each)]
    if each.outcome_at:
        said.append(day(each.outcome_at))
    return Entry(each.entry.participant.name, "", [" · ".join(said)])

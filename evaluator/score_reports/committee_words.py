"""Sentences of the report of a committee, the same on the page and on paper."""

from __future__ import annotations

from collections.abc import Iterator

from evaluator.awards.models import FollowUpTask
from evaluator.awards.task_queries import is_overdue
from evaluator.score_reports.committee import CommitteeReport, Member
from evaluator.web.languages import language
from evaluator.web.showing import day
from evaluator.web.wording import gettext


def head_of(report: CommitteeReport) -> Iterator[tuple[str, str]]:
    """Yield the figures at the head of a report with their labels."""
    yield gettext("Organisations"), str(report.total)
    yield gettext("Reviewed"), str(report.reviewed)
    yield gettext("Decided"), str(report.decided)
    open_tasks = [each for each in report.tasks if each.is_open]
    if report.tasks:
        overdue = sum(is_overdue(each) for each in open_tasks)
        yield (
            gettext("Follow-up tasks"),
            gettext("%(all)s, of them %(open)s open and %(overdue)s overdue",
                    all=len(report.tasks), open=len(open_tasks), overdue=overdue),
        )  # fmt: skip
    if report.objections is not None:
        yield gettext("Objections"), str(len(report.objections))


def meaning_of(report: CommitteeReport) -> Iterator[str]:
    """Yield what the levels mean, and in which order the organisations stand."""
    if report.decided < report.reviewed:
        yield gettext(
            "Where nothing is decided that has been made public, an organisation stands where its "
            "points after review put it by themselves; the defence, the joint check and quotas may "
            "still change it."
        )
    yield gettext("Organisations stand in the order of the register, not by points.")


def missing_of(member: Member) -> Iterator[str]:
    """Yield what is missing for the next star of an organisation, and what would win it."""
    if not member.has_report:
        return
    road = member.road
    if road is None:
        yield gettext("The highest level is reached")
        return
    said = ("；" if language() == "zh" else "; ").join(road.lacking)
    if not said and not road.suggestions:
        said = gettext("By points and conditions nothing is missing for it.")
    way = gettext("The way to %(level)s", level=road.level)
    yield _said(way, said) if said else way
    # What is a condition itself has been said just now.
    items = [f"{each.title} +{each.worth}" for each in road.suggestions if each.worth]
    if items:
        joined = ("、" if language() == "zh" else ", ").join(items)
        yield _said(gettext("Points within reach"), joined)


def task_words(task: FollowUpTask) -> str:
    """Return who sees to a task, by when, and how far it is."""
    said = [task.owner, gettext("by %(day)s", day=day(task.due)) if task.due else ""]
    if task.cancelled_at:
        said.append(gettext("cancelled"))
    elif task.done_at:
        said.append(gettext("done on %(day)s", day=day(task.done_at)))
    else:
        said.append(gettext("overdue") if is_overdue(task) else gettext("not done"))
    return " · ".join(filter(None, said))


def _said(label: str, words: str) -> str:
    return f"{label}：{words}" if language() == "zh" else f"{label}: {words}"

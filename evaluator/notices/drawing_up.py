"""What a notice is drawn up from: decided applications, their levels, the days that it takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from flask import current_app
from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from evaluator.applications.models import Application, ApplicationState
from evaluator.decisions.models import Decision
from evaluator.notices.calendar import WorkingCalendar, day_of
from evaluator.notices.content import Category, Content, Level, Name, Plan
from evaluator.notices.holidays import HolidayFileError, working_calendar
from evaluator.notices.models import Notice, NoticeEntry
from evaluator.rounds.models import Participant, Round
from evaluator.rule_sets.reading import rule_set_of
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext
from rules.syntax import RuleSet, Step

STEP = "public_notice"
FILE = "holidays.yaml"


def calendar() -> WorkingCalendar:
    """Return the calendar of this service; its own file is in the data folder, or is named."""
    named = current_app.config.get("HOLIDAYS_FILE") or ""
    file = Path(named) if named else Path(current_app.config["DATA_FOLDER"]) / FILE
    try:
        return working_calendar(file)
    except HolidayFileError as error:
        words = gettext("The file of holidays cannot be read: %(error)s", error=error)
        raise Refusal(words) from error


def rule_sets_of(made: Round) -> dict[str, RuleSet]:
    """Return the rule set of each category of a round."""
    return {each.category: rule_set_of(each.stored) for each in made.rule_sets}


def step_of(rule_set: RuleSet) -> Step | None:
    """Return what a rule set says about its public notice."""
    return next((each for each in rule_set.procedure if each.step == STEP), None)


def category_of(rule_set: RuleSet) -> Category:
    """Return a category with its levels as a notice names them.

    A rule set that says nothing of a notice asks for names all the same.
    """
    step = step_of(rule_set)
    titled = rule_set.category_title or rule_set.title
    levels = reversed(rule_set.levels.from_low_to_high)
    return Category(
        id=rule_set.category,
        zh=titled.zh,
        en=titled.en,
        real_name=step is None or step.real_name_objections,
        levels=tuple(Level(each.id, each.title.zh, each.title.en, each.stars) for each in levels),
    )


def longest_of(rule_sets: Iterable[RuleSet]) -> int:
    """Return the working days that the rule sets ask for; where they differ, the most of them."""
    steps = (step_of(each) for each in rule_sets)
    return max((each.working_days or 0 for each in steps if each), default=0)


def decided(round_id: int, categories: Sequence[str], draft: int = 0) -> Select[Participant, str]:
    """Return the query of who has been given a level and stands on no other notice in the making.

    An objection that is upheld takes a name off its notice, so that it may come on another.
    """
    taken = exists().where(
        NoticeEntry.participant_id == Participant.id,
        NoticeEntry.notice_id == Notice.id,
        Notice.published_at.is_(None),
        Notice.id != draft,
    )
    return (
        select(Participant, Decision.level)
        .join(Application, Application.participant_id == Participant.id)
        .join(Decision, Decision.participant_id == Participant.id)
        .where(
            Participant.round_id == round_id,
            Participant.category.in_(categories),
            Application.state == ApplicationState.DECIDED,
            Decision.level != "",
            ~taken,
        )
        .order_by(Participant.committee, Participant.sort_key, Participant.id)
    )


def drawn_up(notice: Notice, plan: Plan, moment: datetime) -> Content:
    """Return what a notice says if it is published at a moment."""
    span = calendar().span(day_of(moment), plan.working_days)
    rule_sets = rule_sets_of(notice.round)
    return Content(
        plan=plan,
        round=notice.round.title,
        published_at=moment,
        days=span.days,
        documents=span.documents,
        unpublished=span.unpublished,
        categories=tuple(category_of(rule_sets[each]) for each in plan.categories),
        names=tuple(_name(each) for each in notice.entries),
    )


def live_entries(session: Session, notice: Notice) -> Sequence[tuple[NoticeEntry, str]]:
    """Return the entries of a draft, each with the level that is decided now, or an empty text."""
    query = (
        select(NoticeEntry, Application.state, Decision.level)
        .join(Application, Application.participant_id == NoticeEntry.participant_id)
        .outerjoin(Decision, Decision.participant_id == NoticeEntry.participant_id)
        .where(NoticeEntry.notice_id == notice.id)
        .order_by(NoticeEntry.position)
    )
    rows = session.execute(query).unique().all()
    return [
        (entry, (level or "") if state is ApplicationState.DECIDED else "")
        for entry, state, level in rows
    ]


def _name(entry: NoticeEntry) -> Name:
    told = entry.participant
    return Name(
        entry=entry.id,
        name=told.name,
        committee=told.committee,
        category=told.category,
        level=entry.level,
        withdrawn=entry.withdrawn_at is not None,
    )

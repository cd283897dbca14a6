"""What waits for those who run rounds: what holds a round up, from the register to its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from flask_babel import gettext, ngettext
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, selectinload

from evaluator.access import Actor
from evaluator.applications.models import ApplicationState
from evaluator.home.tasks import Task, is_pressing, until
from evaluator.organisations.models import Organisation, Status, Tier
from evaluator.progress.overview import Line
from evaluator.progress.queries import NOT_STARTED
from evaluator.rounds.calendar import step_title
from evaluator.rounds.models import Round, RoundState
from evaluator.rounds.policy import manages_rounds
from evaluator.rule_sets.models import RuleSetState, StoredRuleSet
from evaluator.site_checks.queries import draw_of

_S = ApplicationState
WITH_THE_BRANCH = (NOT_STARTED, _S.DRAFT.value)
WITH_THE_COMMITTEE = (_S.SUBMITTED.value, _S.RETURNED.value)
BEHIND = {"self_assessment": WITH_THE_BRANCH, "committee_review": WITH_THE_COMMITTEE}
"""Where a participant stands that is not through with a step."""


def district_tasks(
    session: Session, actor: Actor, made: Round | None, whole: Line | None, at: datetime
) -> Iterator[Task]:
    """Yield what waits for an organiser of the whole district; `whole` counts the stages."""
    if not manages_rounds(session, actor):
        return
    yield from _register(session)
    yield from _rule_sets(session)
    running = made is not None and made.state is RoundState.OPEN
    yield from _planned(session, running)
    if made is not None and running:
        yield from _behind(made, whole, at)
        yield from _unreviewed(made, whole, at)
        yield from _lots(session, made, at)
        yield from _closing(made, at)


def _register(session: Session) -> Iterator[Task]:
    active = (Organisation.tier == Tier.BRANCH, Organisation.status == Status.ACTIVE)
    without = func.count().filter(or_(Organisation.category.is_(None), Organisation.category == ""))
    branches, none = session.execute(select(func.count(), without).where(*active)).one()
    if not branches:
        yield Task(
            gettext("The register has no branch yet"),
            url_for("organisations.upload"),
            gettext("Import the register"),
            urgent=True,
        )
    if none:
        yield Task(
            ngettext("%(num)s branch without a category", "%(num)s branches without a category",
                     none),
            url_for("organisations.export"),
            gettext("Export the register"),
            details=(gettext("They take part in no round until a category is entered"),),
        )  # fmt: skip


def _rule_sets(session: Session) -> Iterator[Task]:
    query = select(StoredRuleSet.state, func.count()).group_by(StoredRuleSet.state)
    found = dict(session.execute(query).all())
    address, drafts = url_for("rule_sets.listing"), found.get(RuleSetState.DRAFT, 0)
    if not found.get(RuleSetState.PUBLISHED) and not drafts:
        words = gettext("No rule set yet: upload one, or take those that come with the platform")
        yield Task(words, address, gettext("To the rule sets"), urgent=True)
    if drafts:
        words = ngettext(
            "%(num)s rule set not published", "%(num)s rule sets not published", drafts
        )
        yield Task(words, address, gettext("To the rule sets"))


def _planned(session: Session, running: bool) -> Iterator[Task]:
    query = (
        select(Round)
        .where(Round.state == RoundState.PLANNED)
        .options(selectinload(Round.steps), selectinload(Round.rule_sets))
        .order_by(Round.year, Round.id)
    )
    planned = session.scalars(query.limit(1)).one_or_none()
    if planned is None and not running:
        words = gettext("No round is open or planned")
        yield Task(words, url_for("rounds.listing"), gettext("Plan a round"))
    if planned is not None:
        yield Task(
            gettext("A round is being planned"),
            url_for("rounds.page", round_id=planned.id),
            gettext("Go on planning"),
            planned.title,
            tuple(_against(planned, running)),
        )


def _against(planned: Round, running: bool) -> Iterator[str]:
    """Yield what keeps a planned round from being opened, as far as it is quickly told."""
    if not planned.rule_sets:
        yield gettext("No rule set is chosen")
    if planned.step("self_assessment") is None:
        yield gettext("The calendar has no self-assessment")
    if running:
        yield gettext("Another round is still open")


def _behind(made: Round, whole: Line | None, at: datetime) -> Iterator[Task]:
    """Yield the steps that end soon while somebody is not through with them."""
    for name, stages in BEHIND.items():
        step = made.step(name)
        counts = {each: whole.numbers.get(each, 0) for each in stages} if whole else {}
        if step is None or not is_pressing(step, at) or not any(counts.values()):
            continue
        most = max(counts, key=lambda each: counts[each])
        yield Task(
            gettext("%(step)s: %(count)s not through", step=step_title(name),
                    count=sum(counts.values())),
            url_for("progress.participants", round=made.id, stage=most),
            gettext("Show which"),
            details=until(step.closes_at, at),
            urgent=True,
        )  # fmt: skip


def left_behind(made: Round, name: str, count: int, at: datetime, words: str) -> Iterator[Task]:
    """Yield that a step is over with something left, which only a longer step can still mend."""
    step = made.step(name)
    if step is None or at < step.closes_at or not count:
        return
    yield Task(
        words,
        url_for("rounds.step", round_id=made.id, step_id=step.id),
        gettext("Let the step last longer"),
        details=(gettext("%(step)s is over", step=step_title(name)),),
    )


def _unreviewed(made: Round, whole: Line | None, at: datetime) -> Iterator[Task]:
    """Yield the applications without a review, until the decision is over: it needs one."""
    decision = made.step("decision")
    if whole is None or (decision is not None and decision.closes_at <= at):
        return
    count = sum(whole.numbers.get(each, 0) for each in WITH_THE_COMMITTEE)
    words = ngettext(
        "%(num)s application was not reviewed and cannot be decided on",
        "%(num)s applications were not reviewed and cannot be decided on",
        count,
    )
    yield from left_behind(made, "committee_review", count, at, words)


def _lots(session: Session, made: Round, at: datetime) -> Iterator[Task]:
    step = made.step("site_check")
    if step is not None and step.is_open(at) and draw_of(session, made) is None:
        words = gettext("Nobody is drawn for a site check yet")
        yield Task(
            words, url_for("site_checks.listing"), gettext("Draw lots"),
            details=until(step.closes_at, at),
        )  # fmt: skip


def _closing(made: Round, at: datetime) -> Iterator[Task]:
    if made.steps and all(each.closes_at <= at for each in made.steps):
        words = gettext("All steps are over; the round can be closed")
        yield Task(words, url_for("rounds.page", round_id=made.id), gettext("To the round"))

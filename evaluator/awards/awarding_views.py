"""The page on which all of a finished notice are awarded, with who is left out and why."""

from __future__ import annotations

from collections import Counter

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from evaluator.access import NotAllowed, Permission, confirmed, current_actor, needs
from evaluator.awards.awarding import award_notice, rules_of
from evaluator.awards.blueprint import blueprint
from evaluator.awards.ready import Ready, days_over, ready_on
from evaluator.awards.validity import level_of
from evaluator.database import db, now
from evaluator.notices.calendar import day_of
from evaluator.notices.models import Notice
from evaluator.notices.queries import find_notice
from evaluator.web.languages import language
from evaluator.web.wording import gettext
from forms.awards import AwardForm

P = Permission


@blueprint.get("/awards/notices/<int:notice_id>")
@needs(P.AWARD)
@confirmed
def preview(notice_id: int) -> str:
    """Show who would be awarded, and who would not and why."""
    notice = _notice(notice_id)
    return _page(notice, AwardForm(formdata=None, data={"awarded_on": day_of(now())}))


@blueprint.post("/awards/notices/<int:notice_id>")
@needs(P.AWARD)
@confirmed
def give(notice_id: int) -> ResponseReturnValue:
    """Award all who were shown."""
    notice, form = _notice(notice_id), AwardForm()
    on = form.awarded_on.data
    if form.validate() and on and not notice.last_day < on <= day_of(now()):
        form.awarded_on.errors = [gettext("After the last day of the notice, today at most.")]
    if form.errors or on is None:
        return _page(notice, form), 422
    awards = award_notice(
        db.session,
        current_actor(),
        notice=notice,
        document=form.document.data or "",
        on=on,
        seen=form.seen.data or "",
    )
    flash(
        gettext(
            "Organisations awarded: %(count)d. The letters to them wait in the outbox.",
            count=len(awards),
        )
    )
    return redirect(url_for("awards.listing", year=notice.round.year))


def _notice(notice_id: int) -> Notice:
    notice = find_notice(db.session, current_actor(), P.AWARD, notice_id)
    if notice.published_at is None:
        raise NotAllowed("not published")
    return notice


def _page(notice: Notice, form: AwardForm) -> str:
    ready = ready_on(db.session, notice)
    if request.method == "GET":
        form.seen.data = ready.digest
    return render_template(
        "awards/preview.html",
        notice=notice,
        ready=ready,
        is_over=days_over(notice),
        groups=_grouped(ready),
        form=form,
    )


def _grouped(ready: Ready) -> list[tuple[str, str, int, int]]:
    """Return how many get each level: category, level, how many, and for how many years."""
    rules = rules_of(db.session, [each.participant for each in ready.entries])
    counts = Counter((each.participant.category, each.level) for each in ready.entries)
    found = []
    for category, rule_set in sorted(rules.items()):
        title = (rule_set.category_title or rule_set.title).say(language())
        for level in reversed(rule_set.levels.from_low_to_high):
            if count := counts[category, level.id]:
                known = level_of(rule_set, level.id)
                years = known.validity.years if known and known.validity else 0
                found.append((title, level.title.say(language()), count, years))
    return found

"""Re-audits that were passed: the level is held on, for the term that the rule set gives."""

from __future__ import annotations

from flask_babel import format_date, lazy_gettext
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.awards.changing import require_current, rules_for
from evaluator.awards.follow_ups import require_version
from evaluator.awards.letters import tell_changed
from evaluator.awards.log_lines import log
from evaluator.awards.models import Award, AwardChange, ChangeKind
from evaluator.awards.policy import is_pending
from evaluator.awards.validity import Term, next_term, opens_on, validity_of
from evaluator.database import now
from evaluator.notices.calendar import day_of
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext


def enter_passed(
    session: Session, actor: Actor, *, award: Award, findings: str, version: int
) -> None:
    """Write down that an award passed its re-audit; its term goes on.

    One that was not passed is led to a demotion or revocation, which a second person confirms.
    """
    actor.require(Permission.AWARD, award.participant.path)
    require_version(award, version)
    require_current(session, award)
    _require_due(award)
    if not findings.strip():
        raise Refusal(gettext("Say what the re-audit found."))
    before = Term(award.valid_until, award.re_audit_due)
    term = next_term(validity_of(rules_for(session, award), award.level), before)
    award.valid_until, award.re_audit_due = term.valid_until, term.re_audit_due
    moment = now()
    award.changes.append(
        AwardChange(
            kind=ChangeKind.RE_AUDIT_PASSED,
            from_level=award.level,
            to_level=award.level,
            reason=findings,
            proposed_by=actor.account_id,
            proposed_at=moment,
            confirmed_at=moment,
        )
    )
    session.flush()
    log(
        session, actor, "award.pass_re_audit", award,
        before=vars(before), after=vars(term), reason=findings,
    )  # fmt: skip
    title = lazy_gettext("%(name)s has passed its re-audit", name=award.participant.name)
    tell_changed(session, actor, award, title=title, reason=findings)


def _require_due(award: Award) -> None:
    if award.re_audit_due is None:
        raise Refusal(gettext("The rule set asks for no re-audit of this level."))
    if any(is_pending(each) for each in award.changes):
        raise Refusal(gettext("A change is proposed already. Confirm or withdraw that first."))
    opens = opens_on(award.re_audit_due)
    if day_of(now()) < opens:
        day = format_date(opens, "long")
        raise Refusal(gettext("The re-audit can be entered from %(day)s on.", day=day))

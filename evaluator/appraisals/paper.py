"""Ballots on paper: their count is entered with a scan of the tally that was signed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.appraisals.counting import BY_GRADE, GRADES, share_of, stored_questions
from evaluator.appraisals.models import Appraisal, PaperTally
from evaluator.appraisals.operations import finish
from evaluator.appraisals.policy import require_manage, require_open
from evaluator.database import now
from evaluator.storage import storage


@dataclass(frozen=True)
class Scan:
    """A file that was checked: its name, its type by content, and what it holds."""

    name: str
    media_type: str
    content: bytes


class Miscounted(ValueError):
    """Counts that cannot be right; the words say which, and what they must be."""


def enter_tally(
    session: Session,
    actor: Actor,
    *,
    appraisal: Appraisal,
    handed_out: int,
    returned: int,
    counts: Mapping[str, Mapping[str, int]],
    scan: Scan,
) -> None:
    """Keep the tally of an appraisal on paper, and count it.

    `counts` has, for each question of grades, how many ballots chose each grade; they must add up
    to the ballots returned, or Miscounted is raised.
    """
    require_manage(actor, appraisal.participant)
    require_open(appraisal)
    _check(appraisal, handed_out, returned, counts)
    digest = hashlib.sha256(scan.content).hexdigest()
    key = f"tallies/{digest[:2]}/{digest}"
    session.add(
        PaperTally(
            appraisal_id=appraisal.id,
            handed_out=handed_out,
            returned=returned,
            counts={fact: dict(grades) for fact, grades in counts.items()},
            scan_name=scan.name,
            scan_type=scan.media_type,
            scan_key=key,
            scan_digest=digest,
            account_id=actor.account_id,
            at=now(),
        )
    )
    session.flush()
    # The file is there before others can see its row, see `evaluator.evidence.lost_files`.
    storage().put(key, scan.content)
    finish(session, actor, appraisal, returned, _results(appraisal, returned, counts))


def _check(
    appraisal: Appraisal, handed_out: int, returned: int, counts: Mapping[str, Mapping[str, int]]
) -> None:
    if returned > handed_out:
        raise Miscounted(gettext("More ballots were returned than handed out; check both numbers."))
    for question in stored_questions(appraisal.questions):
        total = sum(counts[question.fact].get(grade, 0) for grade in GRADES)
        if total != returned:
            words = gettext(
                "%(question)s: the ballots counted are %(total)d, those returned %(returned)d; "
                "they must be the same.",
                question=question.zh,
                total=total,
                returned=returned,
            )
            raise Miscounted(words)


def on_paper(appraisal: Appraisal) -> bool:
    """Return whether all questions can be counted on paper: only those of grades can."""
    return all(each.kind == BY_GRADE for each in stored_questions(appraisal.questions))


def _results(
    appraisal: Appraisal, returned: int, counts: Mapping[str, Mapping[str, int]]
) -> dict[str, object]:
    if returned < appraisal.minimum:
        return {}
    shares = {fact: share_of(grades, appraisal.minimum) for fact, grades in counts.items()}
    return {fact: share for fact, share in shares.items() if share is not None}

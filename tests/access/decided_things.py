"""What the decision leaves: a finding of the joint check, and minutes."""

from __future__ import annotations

from sqlalchemy.orm import Session

from evaluator.database import now
from evaluator.decisions.models import DepartmentList, Finding, Minutes
from evaluator.rounds.models import Participant, Round


def decided_things(session: Session, made: Round, participant: Participant) -> dict[str, int | str]:
    """Add a finding against a participant, and minutes of its round."""
    moment = now()
    brought = DepartmentList(
        round_id=made.id,
        department="纪检监察机关",
        file_name="a.xlsx",
        digest="0" * 64,
        storage_key="matrix",
        at=moment,
    )
    finding = Finding(
        participant=participant,
        veto="none",
        on=moment.date(),
        text="问题",
        evidence_key="matrix",
        evidence_name="a.pdf",
        evidence_type="application/pdf",
    )
    brought.findings.append(finding)
    minutes = Minutes(
        round_id=made.id,
        number=1,
        held_at=moment,
        chair="部长",
        present=[],
        digest="0" * 64,
        pdf_key="matrix",
        at=moment,
    )
    session.add_all([brought, minutes])
    session.flush()
    return {"finding": finding.id, "minutes": minutes.id}

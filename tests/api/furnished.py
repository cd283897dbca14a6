"""A district with a thing of every kind for programs to read and change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from io import BytesIO
from typing import Any

from district import District, make_account, make_district, make_round
from pikepdf import Pdf
from sqlalchemy import select
from sqlalchemy.orm import Session
from tokens import make_token

from evaluator.access import Actor, Role
from evaluator.applications.models import Answer, Application, Origin, Submission
from evaluator.appraisals.models import Appraisal, Way
from evaluator.database import now
from evaluator.evidence.models import EvidenceFile, EvidenceLink
from evaluator.organisations.models import Organisation
from evaluator.records.operations import set_known_facts
from evaluator.rounds.models import Participant, Round
from evaluator.site_checks.models import SiteCheck
from evaluator.storage import storage

CONTENT = b"what lies in the storage"
Headers = dict[str, str]


@dataclass
class Furnished:
    """The district, its round and things of the first eastern branch, and two programs."""

    district: District
    made: Round
    first: Participant
    """Of the first eastern branch: submitted, with evidence, an appraisal and a site check."""
    second: Participant
    """Of the second eastern branch: a draft with nothing said."""
    file: EvidenceFile
    organiser: Headers
    branch: Headers
    """Of an officer of both eastern branches."""
    reviewer: Headers
    """Of a reviewer of the eastern committee."""

    def numbers(self) -> dict[str, Any]:
        """Return what addresses of the interface may name."""
        return {
            "organisation_id": self.district.east_one.id,
            "participant_id": self.first.id,
            "round_id": self.made.id,
            "rule_set_id": self.made.rule_sets[0].stored_rule_set_id,
            "file_id": self.file.id,
            "year": self.made.year,
            "committee_id": self.district.east.id,
            "category": "community",
            "indicator": "services",
        }


def furnish(session: Session) -> Furnished:
    """Add the district with its things."""
    district = make_district(session)
    made = make_round(session, district)
    first, second = (
        taking_part(session, made, each) for each in (district.east_one, district.east_two)
    )
    _submit(session, first)
    file = _evidence(session, first)
    session.add(SiteCheck(participant=first, drawn=True, findings={"life": {"order": "in_order"}}))
    session.add(_appraisal(first))
    set_known_facts(
        session,
        Actor.system(),
        organisation_id=district.east_one.id,
        year=made.year,
        values={"meetings": "7"},
        source="record: members_meetings",
        as_of=date(2026, 3, 31),
    )
    session.commit()
    organiser = make_account(session, Role.ORGANISER, district.root)
    officer = make_account(session, Role.BRANCH_OFFICER, district.east)
    reviewer = make_account(session, Role.COMMITTEE_REVIEWER, district.east, "program")
    return Furnished(
        district,
        made,
        first,
        second,
        file,
        make_token(session, organiser),
        make_token(session, officer),
        make_token(session, reviewer),
    )


def blank_pdf() -> bytes:
    """Return a PDF of one empty page."""
    made, out = Pdf.new(), BytesIO()
    made.add_blank_page()
    made.save(out, deterministic_id=True)
    return out.getvalue()


def taking_part(session: Session, made: Round, branch: Organisation) -> Participant:
    """Return a branch as it takes part in a round."""
    query = select(Participant).where(
        Participant.round_id == made.id, Participant.organisation_id == branch.id
    )
    return session.scalars(query).one()


def _submit(session: Session, participant: Participant) -> None:
    moment = now()
    application = Application(
        participant=participant,
        state="submitted",
        created_at=moment,
        changed_at=moment,
        submitted_at=moment,
    )
    application.answers = [
        Answer(fact="services", value="12", origin=Origin.GIVEN, changed_at=moment)
    ]
    application.submissions.append(
        Submission(
            number=1,
            at=moment,
            secretary="张三",
            content='{"facts": {"services": "12"}}',
            digest="0" * 64,
            pdf_key="none",
        )
    )
    session.add(application)


def _evidence(session: Session, participant: Participant) -> EvidenceFile:
    digest = sha256(CONTENT).hexdigest()
    file = EvidenceFile(
        participant=participant,
        name="照片.jpg",
        media_type="image/jpeg",
        size=len(CONTENT),
        sha256=digest,
        source_sha256=digest,
        storage_key=f"evidence/{digest}",
        uploaded_at=now(),
        taken_out=["location"],
        links=[EvidenceLink(indicator="services")],
    )
    session.add(file)
    storage().put(file.storage_key, CONTENT)
    return file


def _appraisal(participant: Participant) -> Appraisal:
    question = {
        "fact": "satisfied",
        "kind": "grade",
        "type": "ratio",
        "zh": "满意吗",
        "en": "Content?",
    }
    return Appraisal(
        participant=participant,
        way=Way.CODES,
        state="closed",
        minimum=3,
        questions=[question],
        created_at=now(),
        closed_at=now(),
        ballots=4,
        results={"satisfied": "0.75"},
    )

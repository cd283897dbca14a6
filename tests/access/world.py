"""Things of the eastern committee for the addresses of the matrix, by short names."""

from __future__ import annotations

from district import District, make_account, make_round
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Role
from evaluator.accounts.models import Account
from evaluator.applications.models import Application, Submission
from evaluator.appraisals.models import Appraisal, PaperTally, Way
from evaluator.appraisals.operations import make_slips, set_up
from evaluator.database import now
from evaluator.evidence.models import EvidenceFile, EvidenceLink, Upload
from evaluator.organisations.models import Organisation
from evaluator.outbox.operations import write_letter
from evaluator.rounds.models import Participant, Round
from evaluator.rule_sets.models import StoredRuleSet
from evaluator.site_checks.models import Photo, SiteCheck
from evaluator.storage import storage

Things = dict[str, int | str]
CONTENT = b"what lies in the storage"


def things_of(app: Flask, session: Session, district: District) -> Things:
    """Add one thing of every kind in the east, and return their numbers by name."""
    made = make_round(session, district)
    first, second = (_participant(session, made, each) for each in _eastern(district))
    storage().put("matrix", CONTENT)
    things: Things = {
        "east": district.east.id,
        "east_one": district.east_one.id,
        "round": made.id,
        "step": made.steps[0].id,
        "rule_set": made.rule_sets[0].stored_rule_set_id,
        "draft": _draft(session, made.rule_sets[0].stored),
        "planned": _planned(session),
        "participant": first.id,
        "second": second.id,
        **_somebody(session, district),
        **_submitted(session, first),
        **_evidence(session, first),
        **_appraised(session, first, second),
        **_checked(session, first),
        **_told(session, first),
    }
    session.commit()
    return things


def _somebody(session: Session, district: District) -> Things:
    account = make_account(session, Role.BRANCH_OFFICER, district.east_one, "somebody")
    return {"account": account.id, "grant": account.grants[0].id}


def _eastern(district: District) -> tuple[Organisation, Organisation]:
    return district.east_one, district.east_two


def _participant(session: Session, made: Round, branch: Organisation) -> Participant:
    query = select(Participant).where(
        Participant.round_id == made.id, Participant.organisation_id == branch.id
    )
    return session.scalars(query).one()


def _draft(session: Session, published: StoredRuleSet) -> int:
    draft = StoredRuleSet(
        rule_set=published.rule_set,
        category=published.category,
        release="2",
        title=published.title,
        main=published.main,
        files={name: text.replace('"1"', '"2"') for name, text in published.files.items()},
        changed_at=now(),
    )
    session.add(draft)
    session.flush()
    return draft.id


def _planned(session: Session) -> int:
    planned = Round(year=2027, title="2027")
    session.add(planned)
    session.flush()
    return planned.id


def _submitted(session: Session, participant: Participant) -> Things:
    moment = now()
    application = Application(
        participant=participant,
        state="submitted",
        created_at=moment,
        changed_at=moment,
        submitted_at=moment,
    )
    application.submissions.append(
        Submission(
            number=1,
            at=moment,
            secretary="张三",
            content='{"facts": {}}',
            digest="0" * 64,
            pdf_key="matrix",
        )
    )
    session.add(application)
    session.flush()
    return {"application": application.id}


def _evidence(session: Session, participant: Participant) -> Things:
    file = EvidenceFile(
        participant=participant,
        name="照片.jpg",
        media_type="image/jpeg",
        size=len(CONTENT),
        sha256="0" * 64,
        source_sha256="0" * 64,
        storage_key="matrix",
        uploaded_at=now(),
        taken_out=[],
        links=[EvidenceLink(indicator="services")],
    )
    officer = select(Account.id).where(Account.login_name == "branch_officer-east")
    upload = Upload(
        account_id=session.scalars(officer).one(),
        token="of-the-matrix",  # noqa: S106 - no secret
        participant=participant,
        name="a.jpg",
        size=10,
        indicator="",
        created_at=now(),
    )
    session.add_all([file, upload])
    session.flush()
    return {"file": file.id, "upload": upload.token}


def _appraised(session: Session, first: Participant, second: Participant) -> Things:
    actor = Actor.system()
    by_codes = set_up(session, actor, participant=first, way=Way.CODES, minimum=3)
    code = make_slips(session, actor, appraisal=by_codes, count=1)[0]
    on_paper: Appraisal = set_up(session, actor, participant=second, way=Way.PAPER, minimum=3)
    session.add(
        PaperTally(
            appraisal_id=on_paper.id,
            handed_out=3,
            returned=3,
            counts={},
            scan_name="a.pdf",
            scan_type="application/pdf",
            scan_key="matrix",
            scan_digest="0" * 64,
            at=now(),
        )
    )
    return {"code": code}


def _told(session: Session, participant: Participant) -> Things:
    query = select(Account).where(Account.login_name == "somebody")
    letter = write_letter(
        session,
        None,
        to=session.scalars(query).one(),
        organisation_path=participant.path,
        about="notice.published",
        title="公示通知",
        text="请查看。",
        batch="matrix",
    )
    session.flush()
    return {"letter": letter.id}


def _checked(session: Session, participant: Participant) -> Things:
    check = SiteCheck(participant=participant, drawn=True)
    photo = Photo(media_type="image/jpeg", storage_key="matrix", digest="0" * 64, size=1, at=now())
    check.photos.append(photo)
    session.add(check)
    session.flush()
    return {"photo": photo.id}

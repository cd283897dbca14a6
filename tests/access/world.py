"""Things of the eastern committee for the addresses of the matrix, by short names."""

from __future__ import annotations

from datetime import date

from awarded_things import awarded_things
from certificate_things import certificate_things
from decided_things import decided_things
from district import District, make_account, make_round
from flask import Flask
from heard_things import heard_things, judged_things
from reported_things import reported_things
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Role
from evaluator.accounts.models import Account
from evaluator.applications.models import Application, Submission
from evaluator.appraisals.models import Appraisal, PaperTally, Way
from evaluator.appraisals.operations import make_slips, set_up
from evaluator.database import now
from evaluator.evidence.models import EvidenceFile, EvidenceLink, Upload
from evaluator.notices.content import Plan, text_of
from evaluator.notices.drawing_up import drawn_up
from evaluator.notices.models import (
    Attachment,
    Handler,
    Notice,
    NoticeEntry,
    Objection,
)
from evaluator.organisations.models import Organisation
from evaluator.outbox.operations import write_letter
from evaluator.records.operations import set_known_facts
from evaluator.rounds.models import Participant, Round
from evaluator.rule_sets.models import StoredRuleSet
from evaluator.site_checks.models import Photo, SiteCheck
from evaluator.storage import storage

Things = dict[str, int | str]
CONTENT = b"what lies in the storage"


def things_of(app: Flask, session: Session, district: District) -> Things:
    """Add one thing of every kind in the east, and return their numbers by name."""
    made = make_round(session, district)
    _known(session, district.east_one, made)
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
        **_on_notice(session, second),
        **heard_things(session, made, second),
        **judged_things(session, made, first),
        **_told(session, first),
        **decided_things(session, made, second),
        **reported_things(session, made, district.east_one),
        **awarded_things(session, first),
        **certificate_things(session, first, second),
    }
    session.commit()
    return things


def _somebody(session: Session, district: District) -> Things:
    account = make_account(session, Role.BRANCH_OFFICER, district.east_one, "somebody")
    return {"account": account.id, "grant": account.grants[0].id}


def _eastern(district: District) -> tuple[Organisation, Organisation]:
    return district.east_one, district.east_two


def _known(session: Session, branch: Organisation, made: Round) -> None:
    set_known_facts(
        session,
        Actor.system(),
        organisation_id=branch.id,
        year=made.year,
        values={"meetings": "4"},
        source="record: members_meetings",
        as_of=date(made.year, 3, 31),
    )


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


def _on_notice(session: Session, participant: Participant) -> Things:
    """Add a draft, a notice that runs, and an objection that the panellist of the east handles."""
    plan = Plan("公示", "公示", "电话", 5, ("community",))
    draft = _notice(participant, text_of(plan))
    session.add(draft)
    session.flush()
    content = text_of(drawn_up(draft, plan, now()))
    notice = _notice(participant, content)
    notice.published_at, notice.last_day = now(), date(2099, 1, 1)
    handler = select(Account.id).where(Account.login_name == "panellist-east")
    objection = Objection(
        entry=notice.entries[0],
        name="王建国",
        contact="13800001111",
        text="不符",
        code_digest="0" * 64,
        filed_at=now(),
        handlers=[Handler(account_id=session.scalars(handler).one())],
    )
    file = Attachment(
        name="a.pdf", media_type="application/pdf", size=1, storage_key="matrix", digest="0" * 64
    )
    objection.attachments.append(file)
    session.add_all([notice, objection])
    session.flush()
    notice.content = content.replace(f'"entry":{draft.entries[0].id},', _entry(notice))
    return {
        "draft_notice": draft.id,
        "notice": notice.id,
        "notice_entry": notice.entries[0].id,
        "objection": objection.id,
        "objection_file": file.id,
    }


def _notice(participant: Participant, content: str) -> Notice:
    notice = Notice(round=participant.round, title="公示", content=content, digest="0" * 64)
    notice.first_day = notice.last_day = date(2026, 11, 23)
    notice.entries.append(NoticeEntry(participant=participant, position=0, level="three_star"))
    return notice


def _entry(notice: Notice) -> str:
    return f'"entry":{notice.entries[0].id},'

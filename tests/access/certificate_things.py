"""What the awards print: a certificate in a published batch with a document."""

from __future__ import annotations

from io import BytesIO

from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.awards.awarding import rules_of
from evaluator.awards.models import Award
from evaluator.certificates.issuing import Wish, add_batch
from evaluator.certificates.models import Certificate, PrintFile
from evaluator.certificates.own_templates.operations import add_picture, begin, offer
from evaluator.certificates.printing import WHOLE
from evaluator.certificates.proposal_models import CertificateProposal, ProposalKind
from evaluator.certificates.signed.models import SignedFile, SigningRun
from evaluator.database import now
from evaluator.rounds.models import Participant
from reports.certificate.pictures import take
from reports.certificate.templates import CERTIFICATE_A4, shipped_text


def certificate_things(
    session: Session, participant: Participant, second: Participant
) -> dict[str, int | str]:
    """Add the certificate of a participant that was awarded, and an award that waits for one."""
    award = session.scalars(select(Award).where(Award.participant_id == participant.id)).one()
    rules = rules_of(session, [participant])[participant.category]
    batch = add_batch(
        session,
        Actor.system(),
        made=participant.round,
        wishes=[Wish(award, participant.name, rules)],
        template=CERTIFICATE_A4,
        address="HTTPS://EXAMPLE.ORG/V/",
    )
    batch.published_at = moment = now()
    run = SigningRun(
        batch=batch, template=CERTIFICATE_A4.name, moment=moment, signer="x", issuer="x",
        fingerprint="x", valid_until=moment,
    )  # fmt: skip
    session.add(run)
    file = {"name": WHOLE, "storage_key": "matrix", "digest": "0" * 64}
    batch.prints[0].files.append(PrintFile(size=1, at=moment, **file))
    session.flush()
    query = select(Certificate).where(Certificate.batch_id == batch.id)
    certificate = session.scalars(query).one()
    signed = {"certificate_id": certificate.id, "storage_key": "matrix", "digest": "0" * 64}
    session.add(SignedFile(run_id=run.id, size=1, at=moment, **signed))
    proposal = CertificateProposal(
        certificate=certificate, kind=ProposalKind.REVOKE, reason="x", proposed_at=moment
    )
    session.add(proposal)
    waiting = Award(
        participant=second,
        first_level="three_star",
        level="three_star",
        awarded_on=moment.date(),
        at=moment,
    )
    session.add(waiting)
    session.flush()
    return {
        **_templates(session),
        "waiting_award": waiting.id,
        "certificate": certificate.id,
        "serial": certificate.serial,
        "code_token": certificate.token,
        "certificate_proposal": proposal.id,
        "batch": batch.id,
        "file_name": WHOLE,
    }


def _templates(session: Session) -> dict[str, int | str]:
    """Add a template of the district that is offered, and a draft with a picture."""
    actor, text = Actor.system(), shipped_text("sticker")
    offered = begin(session, actor, text=text, title="x")
    offer(session, actor, found=offered, version=offered.version)
    draft = begin(session, actor, text=text, title="x")
    file = BytesIO()
    Image.new("RGB", (2, 2)).save(file, "PNG")
    picture = take(file.getvalue())
    add_picture(session, actor, found=draft, version=draft.version, name="x.png", picture=picture)
    return {"offered_template": offered.id, "draft_template": draft.id}

"""The small district with its awards made, and what tests of certificates do with them."""

from __future__ import annotations

from dataclasses import dataclass

from awarded import Ended, make_ended
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.awards.changing import confirm, propose
from evaluator.awards.models import Award
from evaluator.certificates.issuing import issue
from evaluator.certificates.models import Batch, Certificate
from evaluator.certificates.preparing import prepare
from evaluator.certificates.printing import PRINTING
from evaluator.certificates.proposal_models import CertificateProposal, ProposalKind
from evaluator.certificates.proposing import Proposed
from evaluator.certificates.proposing import confirm as confirm_change
from evaluator.certificates.proposing import propose as propose_change
from evaluator.jobs.plans import plan_of
from reports.certificate.templates import CERTIFICATE_A4

K = ProposalKind
ADDRESS = "HTTPS://VERIFY.EXAMPLE.ORG/V/"


@dataclass
class Certified:
    """The awards of the district by code."""

    ended: Ended
    awards: dict[str, Award]

    @property
    def session(self) -> Session:
        """Return the session of the rows."""
        return self.ended.session

    def issue(self) -> Batch:
        """Issue all certificates that wait."""
        batch = issue(
            self.session,
            self.ended.actor,
            made=self.ended.round,
            template=CERTIFICATE_A4,
            address=ADDRESS,
            seen=prepare(self.session, self.ended.round, CERTIFICATE_A4).digest,
        )
        self.session.commit()
        return batch

    def certificate(self, code: str) -> Certificate:
        """Return the newest certificate of an organisation."""
        query = select(Certificate).where(Certificate.award_id == self.awards[code].id)
        return self.session.scalars(query.order_by(Certificate.id.desc())).first()  # type: ignore[return-value]

    def propose(
        self,
        what: str | Certificate,
        kind: ProposalKind = K.REVOKE,
        reason: str = "印制有误",
        actor: Actor | None = None,
        version: int | None = None,
    ) -> CertificateProposal:
        """Let the first organiser propose what is to become of a certificate, or who is given."""
        one = self.certificate(what) if isinstance(what, str) else what
        return propose_change(
            self.session,
            actor or self.ended.actor,
            certificate=one,
            proposed=Proposed(kind, reason),
            template=CERTIFICATE_A4,
            version=one.version if version is None else version,
        )

    def confirm(self, proposal: CertificateProposal, actor: Actor | None = None) -> Certificate:
        """Let the second organiser confirm it, or whoever is given."""
        return confirm_change(
            self.session,
            actor or self.ended.other,
            proposal=proposal,
            template=CERTIFICATE_A4,
            address=ADDRESS,
            version=proposal.certificate.version,
        )

    def take_level(self, code: str, to_level: str = "") -> None:
        """Let two organisers put an organisation down to a level, or to none."""
        award = self.awards[code]
        change = propose(
            self.session, self.ended.actor, award=award, to_level=to_level,
            reason="内部调查：张某某", version=award.version,
        )  # fmt: skip
        confirm(self.session, self.ended.other, award=award, change=change, version=award.version)
        self.session.commit()


def make_certified(session: Session) -> Certified:
    """Add the district with its awards; nobody has a certificate yet."""
    ended = make_ended(session)
    return Certified(ended, ended.award_all())


def draw(batch: Batch, session: Session) -> None:
    """Draw the print files of a batch here, step by step as the job does."""
    arguments = {"run": batch.prints[0].id}
    plan = plan_of(PRINTING)
    for step in plan.steps(arguments):
        plan.do(arguments, step)
    session.commit()

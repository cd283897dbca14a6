"""Letters about certificates; those to branches are held until an organiser has read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import LazyString, format_date, lazy_gettext
from sqlalchemy.orm import Session

from evaluator.access import Actor, Role
from evaluator.accounts.models import Account
from evaluator.certificates.models import Batch, Certificate, EventKind
from evaluator.certificates.pinned import pinned_in
from evaluator.outbox.operations import accounts_holding, take_back, write_letter, write_to_role
from evaluator.web.wording import gettext

Officers = Mapping[str, Sequence[Account]]
K = EventKind
ENDED_BY_AWARD = (K.AWARD_REVOKED, K.LEVEL_LOWERED)
"""What the registry notes by itself and writes of; of an expiry its award tells."""

OVERTAKEN = ("certificate.issued", "certificate.replaced", "certificate.expiring")


@dataclass(frozen=True)
class Said:
    """What a letter says, in the language of whoever gets it."""

    title: LazyString
    text: LazyString
    batch: str = ""


def tell_issued(session: Session, actor: Actor, batch: Batch, made: Sequence[Certificate]) -> None:
    """Write to every branch that its certificate is issued; one query finds all officers."""
    officers = _officers(session, made)
    for each in made:
        title = lazy_gettext(
            "The certificate of %(name)s is issued: %(serial)s", name=each.name, serial=each.serial
        )
        said = Said(title, _issued(each), f"certificates-{batch.id}")
        _write(session, actor, officers, each, said, about="certificate.issued")


def tell_replaced(
    session: Session, actor: Actor, old: Certificate, new: Certificate, *, reason: str
) -> None:
    """Write to a branch that another certificate counts now."""
    title = lazy_gettext(
        "The certificate of %(name)s is replaced by %(serial)s", name=new.name, serial=new.serial
    )
    text = LazyString(
        lambda: _lines(
            gettext("Reason: %(reason)s", reason=reason),
            gettext("%(serial)s holds no more; hand it back.", serial=old.serial),
            _verified_at(new),
        )
    )
    _take_back_overtaken(session, actor, old)
    officers, said = _officers(session, [new]), Said(title, text)
    _write(session, actor, officers, new, said, about="certificate.replaced")


def tell_ended(
    session: Session, actor: Actor, certificate: Certificate, kind: EventKind, *, reason: str
) -> None:
    """Write to a branch that its certificate holds no more."""
    _take_back_overtaken(session, actor, certificate)
    given = {"name": certificate.name, "serial": certificate.serial}
    officers = _officers(session, [certificate])
    text = LazyString(
        lambda: _lines(
            gettext("Reason: %(reason)s", reason=reason) if reason else "",
            gettext("%(serial)s holds no more; hand it back.", serial=certificate.serial),
        )
    )
    if kind is K.ENDED_EARLY:
        title = lazy_gettext("The certificate of %(name)s was ended early: %(serial)s", **given)
        said = Said(title, text)
        _write(session, actor, officers, certificate, said, about="certificate.ended")
    else:
        title = lazy_gettext("The certificate of %(name)s is revoked: %(serial)s", **given)
        said = Said(title, text)
        _write(session, actor, officers, certificate, said, about="certificate.revoked")


def tell_expiring(session: Session, actor: Actor, found: Sequence[Certificate]) -> None:
    """Write to branches whose certificates end soon."""
    officers = _officers(session, found)
    for each in found:
        title = lazy_gettext(
            "The certificate of %(name)s ends soon: %(serial)s", name=each.name, serial=each.serial
        )
        said = Said(title, _expiring(each))
        _write(session, actor, officers, each, said, about="certificate.expiring")


def tell_proposed(session: Session, actor: Actor, certificate: Certificate) -> None:
    """Write to the other organisers that a proposal waits for a second person."""
    write_to_role(
        session,
        actor,
        role=Role.ORGANISER,
        organisation_path=certificate.participant.path,
        about="certificate.proposed",
        title=lazy_gettext(
            "A change of a certificate waits for a second person: %(name)s", name=certificate.name
        ),
        text=lazy_gettext(
            "Proposed by %(who)s. Read the reason, then confirm or refuse it.", who=actor.name
        ),
        link=f"/certificates/{certificate.id}",
        hold=False,
        besides=actor.account_id,
    )


def _take_back_overtaken(session: Session, actor: Actor, certificate: Certificate) -> None:
    """Withdraw letters of what holds no more, where nobody has let them go yet."""
    for about in OVERTAKEN:
        take_back(
            session,
            actor,
            about=about,
            organisation_path=certificate.participant.path,
            reason=lazy_gettext("The certificate holds no more."),
        )


def _officers(session: Session, certificates: Sequence[Certificate]) -> Officers:
    paths = [each.participant.path for each in certificates]
    return accounts_holding(session, Role.BRANCH_OFFICER, paths) if paths else {}


def _write(
    session: Session,
    actor: Actor,
    officers: Officers,
    certificate: Certificate,
    said: Said,
    *,
    about: str,
) -> None:
    path = certificate.participant.path
    for account in officers[path]:
        write_letter(
            session,
            actor,
            to=account,
            organisation_path=path,
            about=about,
            title=said.title,
            text=said.text,
            link=f"/certificates/{certificate.id}",
            batch=said.batch,
        )


def _issued(certificate: Certificate) -> LazyString:
    def words() -> str:
        until = certificate.valid_until
        return _lines(
            gettext("Serial number: %(serial)s", serial=certificate.serial),
            gettext("Valid until %(day)s", day=format_date(until, "long")) if until else "",
            _verified_at(certificate),
            gettext("The document lies on its page; the printed one comes by your committee."),
        )

    return LazyString(words)


def _expiring(certificate: Certificate) -> LazyString:
    until = certificate.valid_until
    return LazyString(lambda: gettext("Its last day is %(day)s.", day=format_date(until, "long")))


def _verified_at(certificate: Certificate) -> str:
    address = pinned_in(certificate.facts).typed_address
    return gettext("Anybody verifies it at %(address)s", address=address)


def _lines(*said: str) -> str:
    return "\n".join(each for each in said if each)

"""What happens to the district's templates: drafts are written, offered and withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from evaluator.access import Actor, Permission
from evaluator.audit.operations import write_line
from evaluator.certificates.own_templates.findings import Findings, digest_of, findings_of
from evaluator.certificates.own_templates.models import (
    OwnTemplate,
    TemplatePicture,
    TemplateState,
    TemplateVersion,
)
from evaluator.certificates.own_templates.queries import pictures_of
from evaluator.database import now
from evaluator.rule_sets.policy import district_path, require_everywhere
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext
from reports.certificate.pictures import Picture

P = Permission
MOST_PICTURES = 12
"""Of one template; each is up to a few megabytes."""
LONGEST_TITLE = 40


def begin(
    session: Session,
    actor: Actor,
    *,
    text: str,
    title: str,
    pictures: Mapping[str, str] | None = None,
    origin: str = "",
) -> TemplateVersion:
    """Begin a template as a draft, from an uploaded text or from another template."""
    require_everywhere(session, actor, P.AWARD)
    template = OwnTemplate()
    session.add(template)
    found = _add_version(session, actor, template, 1, text, title, pictures or {})
    _log(session, actor, "begin", found, after={**_known(found), "template": origin})
    return found


def save(
    session: Session, actor: Actor, *, found: TemplateVersion, version: int, text: str
) -> None:
    """Keep the changed text of a draft, right or wrong."""
    _begin_change(session, actor, found, version)
    if text == found.text:
        return
    before = _known(found)
    found.text = text
    _touch(session, actor, found)
    _log(session, actor, "edit", found, before=before, after=_known(found))


def add_picture(
    session: Session,
    actor: Actor,
    *,
    found: TemplateVersion,
    version: int,
    name: str,
    picture: Picture,
) -> None:
    """Put a picture beside a draft, in the place of one of the same name."""
    _begin_change(session, actor, found, version)
    pictures = {**found.pictures, name: picture.digest}
    if len(pictures) > MOST_PICTURES:
        raise Refusal(gettext("A template has at most %(most)d pictures.", most=MOST_PICTURES))
    query = select(TemplatePicture.id).where(TemplatePicture.digest == picture.digest)
    if session.scalar(query) is None:
        session.add(
            TemplatePicture(
                digest=picture.digest,
                content=picture.content,
                width=picture.width,
                height=picture.height,
            )
        )
        session.flush()
    found.pictures = pictures
    _touch(session, actor, found)
    _log(session, actor, "add_picture", found, after={"name": name, "digest": picture.digest})


def remove_picture(
    session: Session, actor: Actor, *, found: TemplateVersion, version: int, name: str
) -> None:
    """Take a picture away from a draft; versions that were offered keep theirs."""
    _begin_change(session, actor, found, version)
    if name not in found.pictures:
        raise Refusal(gettext("This template has no picture called %(name)s.", name=name))
    digest = found.pictures[name]
    found.pictures = {each: found.pictures[each] for each in found.pictures if each != name}
    _touch(session, actor, found)
    _log(session, actor, "remove_picture", found, before={"name": name, "digest": digest})


def offer(session: Session, actor: Actor, *, found: TemplateVersion, version: int) -> None:
    """Offer a draft in which everything holds; from then on nothing changes it."""
    _begin_change(session, actor, found, version)
    if not _findings(session, found).holds:
        raise Refusal(
            gettext("Something in the template is still wrong; mend it before it is offered.")
        )
    found.state = TemplateState.OFFERED
    found.digest = digest_of(found.text, found.pictures)
    found.offered_at = now()
    found.template.withdrawn_at = None
    _touch(session, actor, found)
    _log(session, actor, "offer", found, after={**_known(found), "digest": found.digest})


def change(session: Session, actor: Actor, *, found: TemplateVersion) -> TemplateVersion:
    """Begin the next version of a template from one that was offered."""
    require_everywhere(session, actor, P.AWARD)
    session.refresh(found.template)
    if found.template.draft is not None:
        raise Refusal(gettext("The next version of this template is being written already."))
    number = max(each.number for each in found.template.versions) + 1
    made = _add_version(
        session, actor, found.template, number, found.text, found.title, found.pictures
    )
    _log(session, actor, "change", made, after=_known(made))
    return made


def withdraw(session: Session, actor: Actor, *, found: TemplateVersion, version: int) -> None:
    """Let a template no longer be chosen; what was printed by it is drawn again as it was."""
    _require_template(session, actor, found, version)
    if found.template.offered is None:
        raise Refusal(gettext("This template is not offered now."))
    found.template.withdrawn_at = now()
    session.flush()
    _log(session, actor, "withdraw", found, after=_known(found))


def offer_again(session: Session, actor: Actor, *, found: TemplateVersion, version: int) -> None:
    """Let a withdrawn template be chosen again."""
    _require_template(session, actor, found, version)
    if found.template.withdrawn_at is None:
        raise Refusal(gettext("This template is offered already."))
    found.template.withdrawn_at = None
    session.flush()
    _log(session, actor, "offer_again", found, after=_known(found))


def delete_draft(session: Session, actor: Actor, *, found: TemplateVersion, version: int) -> None:
    """Remove a draft, and the template with it where it has no other version."""
    _begin_change(session, actor, found, version)
    _log(session, actor, "delete", found, before=_known(found))
    template = found.template
    session.delete(template if len(template.versions) == 1 else found)
    session.flush()


def _add_version(
    session: Session,
    actor: Actor,
    template: OwnTemplate,
    number: int,
    text: str,
    title: str,
    pictures: Mapping[str, str],
) -> TemplateVersion:
    found = TemplateVersion(
        template=template,
        number=number,
        title=title,
        text=text,
        pictures=dict(pictures),
        in_order=False,
        state=TemplateState.DRAFT,
        changed_at=now(),
        account_id=actor.account_id,
    )
    session.add(found)
    found.in_order = _findings(session, found).holds
    session.flush()
    return found


def _begin_change(session: Session, actor: Actor, found: TemplateVersion, version: int) -> None:
    require_everywhere(session, actor, P.AWARD)
    if found.is_offered:
        raise Refusal(
            gettext("A version that was offered never changes. Begin the next version instead.")
        )
    if found.version != version:
        raise StaleDataError("the draft was changed since it was read")


def _require_template(session: Session, actor: Actor, found: TemplateVersion, version: int) -> None:
    require_everywhere(session, actor, P.AWARD)
    if found.template.version != version:
        raise StaleDataError("the template was changed since it was read")


def _touch(session: Session, actor: Actor, found: TemplateVersion) -> None:
    """Note who changed a draft, when, and what it calls itself where it can be read."""
    found.changed_at, found.account_id = now(), actor.account_id
    findings = _findings(session, found)
    found.in_order, read = findings.holds, findings.template
    if read is not None:
        found.title = (read.title["zh"] or read.name)[:LONGEST_TITLE]
    session.flush()


def _findings(session: Session, found: TemplateVersion) -> Findings:
    return findings_of(found.text, pictures_of(session, found.pictures))


def _known(found: TemplateVersion) -> dict[str, Any]:
    text = digest_of(found.text, found.pictures)
    return {"title": found.title, "number": found.number, "text": text}


def _log(
    session: Session,
    actor: Actor,
    verb: str,
    found: TemplateVersion,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    write_line(
        session,
        actor,
        action=f"certificate_template.{verb}",
        subject="certificate_template",
        subject_id=found.id,
        organisation_path=district_path(session),
        before=before,
        after=after,
    )

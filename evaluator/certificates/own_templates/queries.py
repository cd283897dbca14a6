"""Reading the district's own templates, for those who issue certificates of all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased, defer, selectinload

from evaluator.access import Actor, NotAllowed, Permission
from evaluator.certificates.models import PrintRun
from evaluator.certificates.own_templates.models import (
    OWN,
    OwnTemplate,
    TemplatePicture,
    TemplateState,
    TemplateVersion,
)
from evaluator.certificates.policy import manages
from reports.certificate.pictures import Picture


def own_templates(session: Session) -> Sequence[OwnTemplate]:
    """Return the templates of the district, the newest first, without their texts."""
    query = (
        select(OwnTemplate)
        .options(selectinload(OwnTemplate.versions).options(defer(TemplateVersion.text)))
        .order_by(OwnTemplate.id.desc())
    )
    return session.scalars(query).all()


def find_version(session: Session, actor: Actor, version_id: int) -> TemplateVersion:
    """Return a version of a template; raises NotAllowed where it is not there for this actor."""
    found = session.get(TemplateVersion, version_id)
    if found is None or not manages(session, actor):
        raise NotAllowed(Permission.AWARD)
    return found


def offered_version(session: Session, key: str) -> TemplateVersion:
    """Return a version that was offered by its name in batches; raises NotAllowed."""
    number = key.removeprefix(OWN)
    found = (
        session.get(TemplateVersion, int(number))
        if key.startswith(OWN) and number.isascii() and number.isdigit() and len(number) < 10
        else None
    )
    if found is None or not found.is_offered:
        raise NotAllowed("no such template")
    return found


def offered_versions(session: Session) -> Sequence[TemplateVersion]:
    """Return the versions that batches may choose now, the newest of each template."""
    other = aliased(TemplateVersion)
    newest = (
        select(func.max(other.number))
        .where(other.template_id == OwnTemplate.id, other.state == TemplateState.OFFERED)
        .correlate(OwnTemplate)
        .scalar_subquery()
    )
    query = (
        select(TemplateVersion)
        .join(OwnTemplate, OwnTemplate.id == TemplateVersion.template_id)
        .where(OwnTemplate.withdrawn_at.is_(None), TemplateVersion.number == newest)
        .options(defer(TemplateVersion.text))
        .order_by(OwnTemplate.id)
    )
    return session.scalars(query).all()


def pictures_of(session: Session, names: Mapping[str, str]) -> dict[str, Picture]:
    """Return pictures by the names under which a template knows their digests."""
    if not names:
        return {}
    query = select(TemplatePicture).where(TemplatePicture.digest.in_(set(names.values())))
    found = {
        each.digest: Picture(each.content, each.width, each.height, each.digest)
        for each in session.scalars(query)
    }
    return {name: found[digest] for name, digest in sorted(names.items())}


def print_runs(session: Session, keys: Sequence[str]) -> dict[str, int]:
    """Return how many batches were printed by each of some templates."""
    query = (
        select(PrintRun.template, func.count())
        .where(PrintRun.template.in_(keys))
        .group_by(PrintRun.template)
    )
    return dict(session.execute(query).all())

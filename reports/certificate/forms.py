"""The parts that pages share: the frame, the crest, the stars; and the texts of an award."""

from __future__ import annotations

from reports.certificate import ornaments
from reports.certificate.artwork import star
from reports.certificate.artwork.paper import Paper
from reports.certificate.data import Certificate, Citation
from reports.certificate.templates.model import Audience, Template
from reports.certificate.typesetting import shown_in

FRAME, STAR, CREST, CROWNED_CREST = "frame", "star", "crest", "crowned"  # forms


def frame(paper: Paper, template: Template) -> None:
    """Draw what is the same on every certificate."""
    _draw(paper, template, "all")


def crest(paper: Paper, template: Template, *, model: bool) -> None:
    """Draw what tells the level above five stars from the others."""
    _draw(paper, template, "model" if model else "usual")


def _draw(paper: Paper, template: Template, audience: Audience) -> None:
    for ornament in template.ornaments:
        if ornament.audience == audience:
            ornaments.draw(paper, template, ornament)


def level_star(paper: Paper, template: Template) -> None:
    """Draw one star of the level around the origin."""
    if template.stars:
        star.faceted(paper, (0.0, 0.0), template.stars.radius)


def crest_of(award: Citation | Certificate) -> str:
    """Give the name of the crest that an award is shown with."""
    return CROWNED_CREST if award.model else CREST


def texts(template: Template, citation: Citation) -> list[str]:
    """Give every text that the shared words of an award are made of."""
    return [shown_in(field, field.wording.shared_with(citation)) for field in template.shared_texts]


def stars(paper: Paper, template: Template, count: int) -> None:
    """Draw the stars of a level in their row."""
    if field := template.stars:
        middle, y = field.box.middle
        # A star's points reach further down than half its height: it stands a little higher.
        y -= field.radius * 0.05
        for n in range(count):
            paper.use(STAR, middle + (n - (count - 1) / 2) * field.step, y)

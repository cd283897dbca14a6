"""Pages of pictures: levels, movement and aims of a round, on the page and as PDF."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from evaluator.access import NotAllowed, Permission, current_actor, needs
from evaluator.database import db
from evaluator.decisions.scored import category_of
from evaluator.organisations.catalogue import catalogue
from evaluator.rounds.models import Round, RoundState
from evaluator.rounds.queries import find_round, visible_rounds
from evaluator.score_reports.blueprint import blueprint
from evaluator.score_reports.held import NOT_YET, Held, held_levels
from evaluator.score_reports.pictures import Kinds, Picture, aims, levels_by, movement
from evaluator.score_reports.report_views import asked_round, in_page, sent_as_pdf
from evaluator.trials.pictures import with_attributes
from evaluator.web.languages import language
from evaluator.web.wording import gettext
from reports.charts import as_pdf
from reports.flow import Flow, as_svg, without_head
from reports.flow import as_pdf as flow_as_pdf

P = Permission


@blueprint.get("/score-reports/pictures")
@needs(P.SEE_PROGRESS)
def pictures() -> ResponseReturnValue:
    """Show the pictures of a round."""
    actor, made = current_actor(), asked_round()
    if made is None:
        return render_template("score_reports/pictures.html", made=None)
    held = held_levels(db.session, actor, made)
    begun = visible_rounds(db.session, actor).where(Round.state != RoundState.PLANNED)
    return render_template(
        "score_reports/pictures.html",
        made=made,
        rounds=db.session.scalars(begun).all(),
        pictures=[(each, _svg(each)) for each in _pictures(made, held)],
        rated=sum(each.after != NOT_YET for each in held),
        decided=sum(each.is_decided for each in held),
        total=len(held),
    )


@blueprint.get("/score-reports/pictures/<name>.pdf")
@needs(P.SEE_PROGRESS)
def picture_paper(name: str) -> ResponseReturnValue:
    """Send a picture as PDF."""
    made = asked_round()
    held = held_levels(db.session, current_actor(), made) if made else []
    found = [each for each in (_pictures(made, held) if made else ()) if each.name == name]
    if not found:
        raise NotAllowed("no such picture")
    drawing = found[0].drawing
    content = flow_as_pdf(drawing) if isinstance(drawing, Flow) else as_pdf(drawing)
    return sent_as_pdf(content, name)


def _pictures(asked: Round, held: list[Held]) -> list[Picture]:
    """Return the pictures that there is something to show in."""
    made = find_round(db.session, current_actor(), asked.id)
    rule_sets = {each.category: category_of(each.stored).rule_set for each in made.rule_sets}
    known, spoken = catalogue(db.session), language()
    kinds = Kinds.of(list(rule_sets.values()), held)

    def title_of(category: str) -> str:
        return known.title(category, spoken)

    found = []
    if any(each.after != NOT_YET for each in held):
        by_category, by_committee = gettext("Levels by category"), gettext("Levels by committee")
        found = [
            levels_by(
                "categories", by_category, held, lambda each: title_of(each.category), kinds, spoken
            ),
            levels_by("committees", by_committee, held, lambda each: each.committee, kinds, spoken),
            movement(held, kinds, spoken),
        ]
    reached = aims(held, rule_sets, title_of, spoken)
    return [*found, reached] if reached.table.rows else found


def _svg(picture: Picture) -> Markup:
    if isinstance(picture.drawing, Flow):
        drawn = without_head(as_svg(picture.drawing, picture.name))
        return Markup(with_attributes(drawn))  # noqa: S704 - drawn by us, its texts are escaped
    return in_page(picture.drawing, picture.name)

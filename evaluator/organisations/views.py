"""Pages of the register: the list with its search, and the page of an organisation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import defer

from evaluator.access import Actor, NotAllowed, Permission, current_actor, needs
from evaluator.database import db
from evaluator.organisations import editing, importing, merging, queries, restructuring
from evaluator.organisations.blueprint import blueprint
from evaluator.organisations.catalogue import Catalogue, catalogue
from evaluator.organisations.details import today
from evaluator.organisations.history import entries_of, numbers_in
from evaluator.organisations.models import Organisation, Status, Tier
from evaluator.organisations.queries import Wanted
from evaluator.organisations.standing import Standing, standings_of
from evaluator.organisations.values import shown_value
from evaluator.organisations.words import FIELDS, KINDS, STATES, TIERS
from evaluator.web.languages import language
from evaluator.web.pages import page_of, searched_words
from rules.syntax import Words

MODULES = (editing, importing, merging, restructuring)
"""The other pages of the subject; importing them registers them."""
SEE = Permission.SEE_ORGANISATIONS
WORDS = {"TIERS": TIERS, "KINDS": KINDS, "STATES": STATES}


@blueprint.get("/organisations")
@needs(SEE)
def listing() -> ResponseReturnValue:
    """List the organisations that the caller may see, narrowed to what was searched for."""
    actor = current_actor()
    known = catalogue(db.session)
    committees = queries.visible_committees(db.session, actor)
    wanted = _wanted(actor)
    below = queries.found_below(db.session, actor, wanted)
    listed = queries.listed_organisations(actor, wanted).options(defer(Organisation.attributes))
    page = page_of(db.session, listed, None if wanted.below else sum(below.values()))
    return render_template(
        "organisations/listing.html",
        wanted=wanted,
        page=page,
        committees=committees,
        below=below,
        above=queries.committee_names(db.session, page.rows, committees),
        actor=actor,
        **_words_of_rows(known),
    )


@blueprint.get("/organisations/<int:organisation_id>", endpoint="page")
@needs(SEE)
def show(organisation_id: int) -> ResponseReturnValue:
    """Show what the register holds of an organisation, and what happened to it."""
    actor = current_actor()
    organisation = queries.find_organisation(db.session, actor, SEE, organisation_id)
    known = catalogue(db.session)
    before, after = queries.relatives(db.session, actor, organisation)
    below = queries.visible_organisations(actor).where(
        Organisation.parent_id == organisation.id, Organisation.status == Status.ACTIVE
    )
    return render_template(
        "organisations/page.html",
        organisation=organisation,
        attributes=_attributes(organisation, known),
        standing=_standing(organisation),
        above=_places_above(actor, organisation),
        below=page_of(db.session, below),
        predecessors=before,
        successors=after,
        history=_history(actor, organisation, known),
        known=known,
        actor=actor,
        P=Permission,
        **WORDS,
    )


def _words_of_rows(known: Catalogue) -> dict[str, dict[Any, str]]:
    """Return the words that rows show, said once in the reader's language for all rows."""
    said = language()
    words: dict[str, Mapping[Any, Words]] = {
        "kinds": KINDS,
        "tiers": TIERS,
        "states": STATES,
        "titles": known.categories,
    }
    return {name: {key: each.say(said) for key, each in words[name].items()} for name in words}


def _wanted(actor: Actor) -> Wanted:
    """Return what the address asks for; what is no choice narrows nothing.

    Organisations that go on are listed unless others are asked for, `all` for every state.
    """
    asked = request.args
    tier, status = asked.get("tier", ""), asked.get("status") or Status.ACTIVE.value
    return Wanted(
        words=searched_words(),
        below=_committee(asked.get("committee"), actor),
        tier=Tier(tier) if tier in set(Tier) else None,
        category=asked.get("category", ""),
        status=Status(status) if status in set(Status) else None,
    )


def _committee(given: str | None, actor: Actor) -> Organisation | None:
    if not (given and given.isdecimal() and len(given) < 10):
        return None
    try:
        return queries.find_organisation(db.session, actor, SEE, int(given))
    except NotAllowed:
        return None


def _attributes(organisation: Organisation, known: Catalogue) -> list[tuple[str, str]]:
    """Return label and value of each attribute, in the order of the rule set, others last."""
    facts = known.attributes_of(organisation.category)
    kept = organisation.attributes
    named = [name for name in facts if name in kept]
    names = [*named, *sorted(name for name in kept if name not in facts and name not in FIELDS)]
    return [
        (
            facts[name].label.say(language()) if name in facts else name,
            shown_value(facts.get(name), kept[name], language()),
        )
        for name in names
    ]


def _places_above(actor: Actor, organisation: Organisation) -> list[tuple[str, int | None]]:
    """Return the names above an organisation; a number only where the actor may look there."""
    names = queries.names_above(db.session, [organisation])
    numbers = [int(each) for each in organisation.path.strip("/").split("/")[:-1]]
    visible = queries.visible_names(db.session, actor, numbers)
    return [(names[each], each if each in visible else None) for each in numbers if each in names]


def _standing(organisation: Organisation) -> Standing:
    """Return the level held now, that of the leader of a merger included."""
    itself = select(Organisation).where(Organisation.id == organisation.id)
    found = standings_of(db.session, itself, today().year + 1)
    return found.get(organisation.id, Standing())


def _history(actor: Actor, organisation: Organisation, known: Catalogue) -> list[object]:
    changes = queries.history_of(db.session, organisation)
    names = queries.visible_names(db.session, actor, numbers_in(changes))
    return [*entries_of(changes, organisation, names, known, language())]

"""Drawing the order in which a panel hears its cases: a seed is bound first, and shown after."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluator.access import Actor, NotAllowed, Permission
from evaluator.accounts.sealing import seal, unseal
from evaluator.audit.lines import LinesAbout
from evaluator.database import now
from evaluator.panels.lots import Lot, commitment, drawn_order
from evaluator.panels.models import Case, Draw, Panel
from evaluator.panels.policy import is_drawn, require_manager, require_open
from evaluator.rounds.models import Participant, Round
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext

_log = LinesAbout[Draw]("draw")


def commit(session: Session, actor: Actor, *, made: Round, panel: Panel) -> Draw:
    """Bind to a new seed for those cases of a panel that have no place yet.

    A lot that was not drawn gives way to it, and stays public; lots that fell stay as they fell.
    """
    require_manager(session, actor)
    require_open(made)
    codes = sorted(waiting(session, panel))
    if not codes:
        raise Refusal(gettext("Every case of this panel has its place; there is nothing to draw."))
    latest = latest_draw(session, panel)
    if latest is not None and latest.cases == codes and _can_be_drawn(latest):
        raise Refusal(gettext("The seed for these cases is bound already. Draw the order now."))
    seed = secrets.token_hex(32)
    draw = Draw(
        panel_id=panel.id,
        commitment=commitment(seed, codes),
        committed_at=now(),
        sealed_seed=seal(seed),
        cases=codes,
        seed="",
        order=[],
    )
    session.add(draw)
    session.flush()
    _log(session, actor, draw, "commit", after={"commitment": draw.commitment, "cases": codes})
    return draw


def reveal(session: Session, actor: Actor, *, made: Round, draw: Draw, word: str) -> Draw:
    """Publish the seed of the newest lot of a panel and give its cases their places."""
    require_manager(session, actor)
    require_open(made)
    panel = session.get_one(Panel, draw.panel_id, with_for_update=True)
    session.refresh(draw)
    latest = latest_draw(session, panel)
    if is_drawn(draw) or latest is None or latest.id != draw.id:
        raise Refusal(gettext("This lot was drawn already, or a newer one has taken its place."))
    there = waiting(session, panel)
    if sorted(there) != draw.cases:
        raise Refusal(
            gettext("The cases of this panel have changed since the seed was bound. Bind it anew.")
        )
    seed = unseal(draw.sealed_seed)
    if seed is None or commitment(seed, draw.cases) != draw.commitment:
        raise Refusal(gettext("The seed can no longer be read: the secret key has changed."))
    _give_places(session, panel, there, drawn_order(seed, word.strip(), draw.cases))
    draw.seed, draw.word, draw.drawn_at = seed, word.strip(), now()
    draw.order = drawn_order(seed, draw.word, draw.cases)
    session.flush()
    _log(
        session, actor, draw, "reveal", after={"seed": seed, "word": draw.word, "order": draw.order}
    )
    return draw


def waiting(session: Session, panel: Panel) -> dict[str, Case]:
    """Return the cases of a panel without a place, by code; the calibration case needs none."""
    query = (
        select(Case)
        .join(Participant, Participant.id == Case.participant_id)
        .where(Case.panel_id == panel.id, Case.position.is_(None), Case.is_calibration.is_(False))
    )
    return {each.participant.code: each for each in session.scalars(query)}


def latest_draw(session: Session, panel: Panel) -> Draw | None:
    """Return the newest lot of a panel, None where there was none."""
    query = select(Draw).where(Draw.panel_id == panel.id).order_by(Draw.id.desc()).limit(1)
    return session.scalars(query).one_or_none()


def find_draw(session: Session, draw_id: int) -> tuple[Draw, Panel, Round]:
    """Return a lot, which is public, with its panel and round; raises NotAllowed for none."""
    draw = session.get(Draw, draw_id)
    if draw is None:
        raise NotAllowed(Permission.SEE_PANELS)
    panel = session.get_one(Panel, draw.panel_id)
    return draw, panel, session.get_one(Round, panel.round_id)


def lot_of(draw: Draw) -> Lot:
    """Return a lot as the public may know it."""
    return Lot(draw.commitment, tuple(draw.cases), draw.seed, draw.word, tuple(draw.order))


def _can_be_drawn(draw: Draw) -> bool:
    """Return whether a lot waits for its seed to be published, which can still be read."""
    return not is_drawn(draw) and unseal(draw.sealed_seed) is not None


def _give_places(
    session: Session, panel: Panel, cases: dict[str, Case], order: Sequence[str]
) -> None:
    query = select(func.max(Case.position)).where(Case.panel_id == panel.id)
    last = session.scalar(query) or 0
    for place, code in enumerate(order, last + 1):
        cases[code].position = place

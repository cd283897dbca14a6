"""What can be done with a letter, and by whom."""

from __future__ import annotations

from evaluator.access import Actor, Permission
from evaluator.outbox.models import Letter, LetterState


def may_send(actor: Actor, letter: Letter) -> bool:
    """Those who send letters at the letter's place."""
    return actor.may(Permission.SEND_LETTERS, letter.organisation_path)


def can_be_edited(letter: Letter) -> bool:
    """A letter that nobody has got yet: it is held."""
    return letter.state is LetterState.HELD


def can_be_released(letter: Letter) -> bool:
    """A held letter, or once more one that the mail server refused."""
    return letter.state in (LetterState.HELD, LetterState.FAILED)


def can_be_withdrawn(letter: Letter) -> bool:
    """A letter that nobody has read and that no mail server has: neither sent nor on its way."""
    waits = letter.state in (LetterState.HELD, LetterState.READY, LetterState.FAILED)
    return waits and letter.read_at is None and not letter.cut_off and not is_on_its_way(letter)


def is_on_its_way(letter: Letter) -> bool:
    """A letter that a process hands to the mail server in this moment."""
    return letter.sending_since is not None

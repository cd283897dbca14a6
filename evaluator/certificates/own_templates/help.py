"""What a template may say, in a few words beside the editor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import LazyString, lazy_gettext

from reports.certificate.templates.kinds import KINDS

FACTS: Mapping[str, LazyString] = {
    "organisation": lazy_gettext("name of the organisation"),
    "serial": lazy_gettext("serial number"),
    "address": lazy_gettext("address for verifying without a camera"),
    "level_zh": lazy_gettext("level in Chinese"),
    "level_en": lazy_gettext("level in English"),
    "category_zh": lazy_gettext("category in Chinese"),
    "category_en": lazy_gettext("category in English"),
    "year": lazy_gettext("year of the round"),
    "issuer": lazy_gettext("who awards"),
    "date_chinese": lazy_gettext("date of the award in Chinese numerals"),
    "date_digits": lazy_gettext("date of the award in digits"),
    "valid_until_chinese": lazy_gettext("last day of the level in Chinese numerals"),
    "valid_until_digits": lazy_gettext("last day of the level in digits"),
}
ORNAMENTS: Mapping[str, LazyString] = {
    "ground": lazy_gettext("colours of the paper, to the edge and beyond"),
    "waves": lazy_gettext("fine waves"),
    "rosette": lazy_gettext("rosette of fine lines"),
    "corners": lazy_gettext("rings of fine lines behind the corners"),
    "arcs": lazy_gettext("quarter circles in the upper corners"),
    "border": lazy_gettext("band around the page, with corner blocks"),
    "flourish": lazy_gettext("tapering lines to both sides of a text"),
    "rays": lazy_gettext("rays around the emblem"),
    "emblem": lazy_gettext("medallion with a star"),
    "laurel": lazy_gettext("laurel of a model"),
    "ribbon": lazy_gettext("ribbon of a model"),
    "picture": lazy_gettext("picture of one's own, uploaded below"),
    "panel": lazy_gettext("filled rectangle, such as under the QR code"),
    "seal": lazy_gettext("dotted circle where the seal is pressed"),
    "rule": lazy_gettext("straight line"),
}


@dataclass(frozen=True)
class OrnamentHelp:
    """An ornament, what it is, and the keys that it may have beside `box` and `for`."""

    name: str
    words: LazyString
    keys: Sequence[str]


def ornaments() -> Sequence[OrnamentHelp]:
    """Return every ornament with its keys."""
    return [
        OrnamentHelp(name, ORNAMENTS[name], (*kind.names, *kind.colours, *kind.numbers))
        for name, kind in KINDS.items()
    ]

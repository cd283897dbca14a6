"""What is believable for the facts of each category; probing finds out the rest."""

from __future__ import annotations

from believable import Draw
from business_facts import NON_PUBLIC, SOE
from service_facts import COMMUNITY, GOVERNMENT
from shared_facts import SHARED

DRAWS: dict[str, dict[str, Draw]] = {
    "government": SHARED | GOVERNMENT,
    "soe": SHARED | SOE,
    "non_public": SHARED | NON_PUBLIC,
    "community": SHARED | COMMUNITY,
}

"""What states, grounds and vetoes are called on the pages and in the minutes."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString, lazy_gettext

from evaluator.applications.models import ApplicationState
from evaluator.decisions.models import Basis

BASES: Mapping[Basis, LazyString] = {
    Basis.COMPUTED: lazy_gettext("as computed"),
    Basis.DEVIATION: lazy_gettext("deviation"),
    Basis.DIRECT: lazy_gettext("direct award"),
    Basis.HIGHER: lazy_gettext("higher authority"),
}
S = ApplicationState
STATES: Mapping[ApplicationState, LazyString] = {
    S.DRAFT: lazy_gettext("with the branch"),
    S.SUBMITTED: lazy_gettext("in committee review"),
    S.RETURNED: lazy_gettext("returned to the branch"),
    S.REVIEWED: lazy_gettext("reviewed"),
    S.IN_DEFENCE: lazy_gettext("in defence"),
    S.DEFENDED: lazy_gettext("defended"),
    S.DECIDED: lazy_gettext("decided"),
    S.UNRATED: lazy_gettext("closed without a level"),
    S.ON_NOTICE: lazy_gettext("on public notice"),
    S.OBJECTED: lazy_gettext("objected to"),
    S.AWARDED: lazy_gettext("awarded"),
}

"""The blueprint of an interface for programs: how it reads, answers, and says what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint
from sqlalchemy.orm.exc import StaleDataError
from webargs.flaskparser import abort

from evaluator.access import NotAllowed, Permission, current_actor, needs
from evaluator.api.fields import LARGEST
from evaluator.api.reading import Reader, said
from evaluator.database import db
from evaluator.evidence.checks.verdict import Refused
from evaluator.evidence.words import refused_words
from evaluator.organisations.details import Mistakes
from evaluator.rule_sets.policy import require_everywhere
from evaluator.rule_sets.uploads import UploadProblem
from evaluator.web.errors import page
from evaluator.web.languages import language
from rules.syntax import Words

View = TypeVar("View", bound=Callable[..., Any])
Find = Callable[..., Any]


class Operations(Blueprint):  # type: ignore[misc] # the package is not typed
    """Operations on one kind of thing, under `/api/v1`."""

    ARGUMENTS_PARSER = Reader()

    def __init__(self, name: str, title: str):
        """Make the operations called `title` in the description."""
        super().__init__(f"api_{name}", __name__, url_prefix="/api/v1", description=title)
        self.register_error_handler(Mistakes, _mistaken)
        self.register_error_handler(StaleDataError, _stale)
        self.register_error_handler(Refused, lambda error: page(422, refused_words(error)))
        self.register_error_handler(UploadProblem, lambda error: page(422, str(error)))
        self.before_request(_refuse_unknown_words)
        self.after_request(_tagged)

    def arguments(self, schema: Any, *, location: str = "json", **more: Any) -> Any:
        """Take what is sent at a location, as the package does; note who takes words."""
        decorate = super().arguments(schema, location=location, **more)

        def noted(view: Any) -> Any:
            answer = decorate(view)
            answer.takes_words = location == "query" or getattr(view, "takes_words", False)
            return answer

        return noted


def concerning(find: Find, permission: Permission) -> Callable[[View], View]:
    """Let a view be for those who hold a permission where the thing of its address is.

    The thing is looked for before anything that was sent is read, so that what is not there for
    the caller looks the same whatever they send. The view gets it in place of its number.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(*args: Any, **named: Any) -> Any:
            refuse_beyond(*named.values())
            number = named.pop(next(name for name in named if name.endswith("_id")))
            return view(find(db.session, current_actor(), permission, number), *args, **named)

        return needs(permission)(answer)  # type: ignore[return-value] # the same view

    return decorate


def refuse_beyond(*numbers: int) -> None:
    """Raise NotAllowed for numbers of an address that no column holds."""
    if max(numbers) > LARGEST:
        raise NotAllowed("a number beyond all rows")


def everywhere(permission: Permission) -> Callable[[View], View]:
    """Let a view be for those who hold a permission over the whole district."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(*args: Any, **named: Any) -> Any:
            require_everywhere(db.session, current_actor(), permission)
            return view(*args, **named)

        return needs(permission)(answer)  # type: ignore[return-value] # the same view

    return decorate


def by_place(mistakes: Mapping[str, Words]) -> dict[str, Any]:
    """Return mistakes of fields as programs name them: `parts-0-code` stands in parts, 0, code."""
    found: dict[str, Any] = {}
    for name, words in mistakes.items():
        *above, last = _PLACES.get(name, name).split("-")
        place = found
        for each in above:
            place = place.setdefault(each, {})
        place[last] = [words.say(language())]
    return {"json": found}


_PLACES = {"parent": "parent_id"}


def _refuse_unknown_words() -> None:
    """Refuse words in the address of an operation that takes none; those of others name theirs."""
    view = current_app.view_functions[request.endpoint or ""]
    if request.args and not getattr(view, "takes_words", False):
        unknown = {name: ["Unknown field."] for name in request.args}
        abort(422, errors=said({"query": unknown}))


def _mistaken(error: Mistakes) -> ResponseReturnValue:
    return page(422, details=by_place(error.by_field))


def _stale(_error: StaleDataError) -> ResponseReturnValue:
    return page(412 if request.if_match else 409)


def _tagged(response: Response) -> Response:
    """Give what is answered its ETag, and spare a caller what it has read already."""
    response.vary.update(("Authorization", "Accept-Language"))
    response.headers.setdefault("Cache-Control", "private, no-cache")
    if response.status_code in (200, 201) and response.mimetype == "application/json":
        response.add_etag()
        if request.method in ("GET", "HEAD"):
            response.make_conditional(request)
    return response

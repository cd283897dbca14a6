"""What each operation has in common with others, added to its description."""

from __future__ import annotations

from typing import Any

from evaluator.api.fields import LARGEST

METHODS = ("get", "post", "put", "patch", "delete")
PROBLEM = "application/problem+json"
PROBLEMS = {
    400: "The request could not be read, or bears no Idempotency-Key.",
    401: "No token, or one that is over or revoked.",
    404: "There is no such thing for this token; so also where a scope is missing.",
    409: "This cannot be done now; the words say why.",
    412: "It was changed since it was read, or If-Match names another ETag.",
    413: "What was sent is too large.",
    422: "What was sent is not as it should be; `errors` names what, by place.",
    428: "The change names no ETag; send If-Match.",
}
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The ETag of what is changed, as it was read.",
    "schema": {"type": "string"},
}
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "A name of this request of your own; under it the act is done once, "
    "however often it is sent within seven days.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
}
LANGUAGE = {
    "name": "Accept-Language",
    "in": "header",
    "required": False,
    "description": "The language of words: zh, which is the default, or en.",
    "schema": {"type": "string", "enum": ["zh", "en"]},
}
ETAG = {"description": "Names this state of what was read.", "schema": {"type": "string"}}


def describe(spec: dict[str, Any]) -> dict[str, Any]:
    """Return a description with every header that is asked for and every answer that occurs."""
    responses = spec.setdefault("components", {}).setdefault("responses", {})
    responses.clear()
    for status, words in PROBLEMS.items():
        schema = {"$ref": "#/components/schemas/Problem"}
        responses[f"Problem{status}"] = {
            "description": words,
            "content": {PROBLEM: {"schema": schema}},
        }
    responses["NotModified"] = {"description": "It is as the ETag of If-None-Match has it."}
    for operations in spec["paths"].values():
        for each in operations.get("parameters", ()):
            each["schema"] |= {"minimum": 1, "maximum": LARGEST}
        for method in METHODS:
            if method in operations:
                _complete(operations[method], method)
    return spec


def _complete(operation: dict[str, Any], method: str) -> None:
    once, match = operation.pop("x-once", False), operation.pop("x-match", False)
    headers = [LANGUAGE, *([KEY] if once else ()), *([IF_MATCH] if match else ())]
    operation["parameters"] = [*operation.get("parameters", ()), *headers]
    found = operation["responses"]
    kept = {status: each for status, each in found.items() if int(status) < 300}
    for answer in kept.values():
        if "application/json" in answer.get("content", {}):
            answer.setdefault("headers", {})["ETag"] = ETAG
    reading = method == "get"
    if reading:
        kept["304"] = {"$ref": "#/components/responses/NotModified"}
    for status in sorted(_problems(operation, method, once=once, match=match)):
        kept[str(status)] = {"$ref": f"#/components/responses/Problem{status}"}
    operation["responses"] = kept


def _problems(operation: dict[str, Any], method: str, *, once: bool, match: bool) -> set[int]:
    """Return the statuses of problems that can occur."""
    found = {401, 404, 422}
    if "requestBody" in operation:
        found |= {400, 413}
    if method != "get":
        found.add(409)
    if once:
        found.add(400)
    if match:
        found |= {412, 428}
    return found

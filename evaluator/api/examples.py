"""An example call for each group of the description, ready for a command line."""

from __future__ import annotations

from flask import request

_BEARER = '-H "Authorization: Bearer $TOKEN"'
_JSON = '-H "Content-Type: application/json"'
_KEY = '-H "Idempotency-Key: $(uuidgen)"'
_CALLS = {
    "api_organisations": (("", "/api/v1/organisations?tier=branch&limit=20", ""),),
    "api_known_facts": (
        (
            f"-X PUT {_JSON}",
            "/api/v1/known-facts/2026",
            '{"as_of": "2026-06-30", "organisations": [\n'
            '  {"code": "A-017", "facts": {"meetings": 12, "satisfied": "95.5%"}},\n'
            '  {"code": "A-018", "facts": {"meetings": 9}}]}',
        ),
    ),
    "api_rounds": (("", "/api/v1/rounds/1/progress", ""),),
    "api_applications": (
        ("-i", "/api/v1/applications/1/answers", ""),
        (
            f"-X PATCH {_JSON} -H 'If-Match: \"ETAG\"'",
            "/api/v1/applications/1/answers",
            '{"facts": {"services": {"value": "24"}}}',
        ),
    ),
    "api_evidence": (
        (
            f'{_KEY} -H "Content-Type: application/octet-stream" --data-binary @minutes.pdf',
            "/api/v1/applications/1/evidence?name=minutes.pdf&indicator=meetings",
            "",
        ),
    ),
    "api_reviews": (
        (
            f"-X PUT {_JSON} -H 'If-Match: \"ETAG\"'",
            "/api/v1/reviews/1/indicators/services",
            '{"decision": "accept", "facts": {"services": {"value": "20", "reason": "..."}}}',
        ),
    ),
    "api_recommendations": (("-i", "/api/v1/rounds/1/recommendations/2/community", ""),),
    "api_outcomes": (("-H 'Accept-Language: en'", "/api/v1/applications/1/review", ""),),
    "api_rule_sets": (("", "/api/v1/rule-sets/1/yaml", ""),),
    "api_audit": (("", "/api/v1/audit-lines?since=2026-01-01", ""),),
}


def examples() -> dict[str, str]:
    """Return the example calls by the name of their group, with the address of this service."""
    return {name: "\n\n".join(_call(*each) for each in calls) for name, calls in _CALLS.items()}


def _call(options: str, address: str, body: str) -> str:
    parts = [f"curl {_BEARER}", options, f"'{request.host_url.rstrip('/')}{address}'"]
    if body:
        parts.append(f"--data '{body}'")
    return " \\\n  ".join(each for each in parts if each)

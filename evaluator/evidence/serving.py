"""Files as they are served: nothing in one can act, and only what was checked is shown in place."""

from __future__ import annotations

from io import BytesIO

from flask import Response, request, send_file

from evaluator.evidence.checks.verdict import IMAGES, PDF
from evaluator.evidence.models import EvidenceFile
from evaluator.storage import storage

# A PDF goes without `sandbox`: no page is made of it, Chromium's reader passes over the word, and
# Safari shows an empty frame under it (Adobe, aem-core-wcm-components issue 2839).
_IN_PAGE = {
    **dict.fromkeys(IMAGES, "default-src 'none'; sandbox; frame-ancestors 'self'"),
    PDF: "default-src 'none'; frame-ancestors 'self'",
}
_ELSEWHERE = "default-src 'none'; sandbox; frame-ancestors 'none'"


def served(file: EvidenceFile) -> Response:
    """Return the answer with a file: pictures and PDF to be shown, everything else to be saved."""
    shown = file.media_type in _IN_PAGE and "download" not in request.args
    answer = send_file(
        BytesIO(storage().get(file.storage_key)),
        mimetype=file.media_type,
        as_attachment=not shown,
        download_name=file.name,
        etag=file.sha256,
    )
    policy = _IN_PAGE[file.media_type] if shown else _ELSEWHERE
    answer.headers["Content-Security-Policy"] = policy
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["X-Frame-Options"] = "SAMEORIGIN" if shown else "DENY"
    # The browser may keep it, but asks each time whether it may still be seen.
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer

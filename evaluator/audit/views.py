"""Pages of the audit log."""

from __future__ import annotations

import csv
import io
import tempfile
from datetime import date

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import format_datetime, gettext

from evaluator.access import Permission, current_actor, needs
from evaluator.audit import words
from evaluator.audit.action_words import SUBJECTS
from evaluator.audit.differences import as_text, differences
from evaluator.audit.models import AuditLine
from evaluator.audit.organisation_names import all_names, meant, names_of, number_at
from evaluator.audit.queries import Wanted, all_lines, visible_lines
from evaluator.audit.verifying import end_of_log
from evaluator.database import db
from evaluator.files.safe_cells import safe_cell
from evaluator.web.pages import page_of

READ = Permission.READ_AUDIT
FILTERS = ("who", "subject", "subject_id", "action", "organisation", "since", "until")
blueprint = Blueprint("audit", __name__, template_folder="templates")


@blueprint.get("/audit")
@needs(READ)
def listing() -> ResponseReturnValue:
    """Show the lines of the log that are asked for, the newest first."""
    actor = current_actor()
    wanted = _wanted()
    page = page_of(db.session, visible_lines(actor, wanted))
    return render_template(
        "audit/listing.html",
        page=page,
        asked=request.args,
        names=names_of(db.session, (line.organisation_path for line in page.rows)),
        subjects={each: words.subject_words(each) for each in SUBJECTS},
        action_words=words.action_words,
        differences=differences,
        end=end_of_log(db.session),
        kept=_kept(),
        backwards=bool(wanted.since and wanted.until and wanted.since > wanted.until),
    )


@blueprint.get("/audit/lines.csv")
@needs(READ)
def export() -> ResponseReturnValue:
    """Send all lines that are asked for as a table; formulas in it are made harmless."""
    lines = all_lines(db.session, visible_lines(current_actor(), _wanted()))
    # A log of years does not fit into memory. It is not streamed either: what runs after the
    # request has ended would read in a transaction that nobody ends.
    table = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the answer
    text = io.TextIOWrapper(table, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(_titles())
    names = all_names(db.session)
    for line in lines:
        name = names.get(number_at(line.organisation_path), "")
        writer.writerow([safe_cell(cell) for cell in _cells(line, name)])
    text.detach()
    table.seek(0)
    return send_file(
        table, "text/csv; charset=utf-8", as_attachment=True, download_name="audit.csv"
    )


def _titles() -> list[str]:
    return [
        gettext("Line"),
        gettext("When"),
        gettext("Who"),
        gettext("Network address"),
        gettext("Action"),
        gettext("Number of the thing"),
        gettext("Organisation"),
        gettext("Place in the tree"),
        gettext("What changed"),
        gettext("Reason"),
        gettext("Digest"),
    ]


def _cells(line: AuditLine, organisation: str) -> list[str]:
    return [
        str(line.number),
        format_datetime(line.at, "yyyy-MM-dd HH:mm:ss"),
        line.account_name,
        line.address,
        words.action_words(line.action),
        str(line.subject_id or ""),
        organisation,
        line.organisation_path,
        as_text(line),
        line.reason,
        line.digest,
    ]


def _wanted() -> Wanted:
    """Return what the address asks for; what cannot be read narrows nothing."""
    asked = request.args
    place = asked.get("organisation", "").strip()
    return Wanted(
        who=asked.get("who", "").strip(),
        subject=asked.get("subject", ""),
        subject_id=asked.get("subject_id", type=int),
        action=asked.get("action", ""),
        organisations=tuple(meant(db.session, current_actor(), place)) if place else None,
        since=asked.get("since", type=date.fromisoformat),
        until=asked.get("until", type=date.fromisoformat),
    )


def _kept() -> dict[str, str]:
    """Return the filters of this page for other addresses; nothing else that an address says."""
    return {name: value for name in FILTERS if (value := request.args.get(name))}

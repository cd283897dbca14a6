"""Pages of trials: other rules over a round's data; nothing of it is kept."""

from __future__ import annotations

from io import BytesIO

from flask import render_template, request, send_file
from flask.typing import ResponseReturnValue

from evaluator.access import Permission, current_actor, needs
from evaluator.database import db, only_read
from evaluator.rule_sets.problem_sentences import said
from evaluator.rule_sets.problem_words import problem_title
from evaluator.trials.asking import Asked, asked_of, chosen_files, other_rules
from evaluator.trials.bench import Bench, bench_of
from evaluator.trials.blueprint import blueprint
from evaluator.trials.results import Shown, both_sides, results_of
from evaluator.trials.studies import RuleSets, tried
from evaluator.trials.workbook import as_workbook
from evaluator.web.languages import language

P = Permission
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LISTED = 100


@blueprint.get("/trials")
@needs(P.TRY_RULES)
def start() -> ResponseReturnValue:
    """Ask which rules to try on which round."""
    asked = asked_of(db.session, current_actor(), request.args.get("round", type=int))
    return _page(asked)


@blueprint.post("/trials")
@needs(P.TRY_RULES)
def run() -> ResponseReturnValue:
    """Try other rules, and show who would rise and fall."""
    _only_read()
    asked = _sent()
    if asked is None:
        return _page(None), 422
    if request.form.get("act") == "fill":
        return _page(_filled(asked))
    after = _after(asked)
    if after is None:
        return _page(asked), 422
    return _page(asked, bench_of(db.session, current_actor(), asked.made), after)


@blueprint.post("/trials/workbook")
@needs(P.TRY_RULES)
def workbook() -> ResponseReturnValue:
    """Send what a trial comes to as a workbook."""
    _only_read()
    asked = _sent()
    after = _after(asked) if asked else None
    if asked is None or after is None:
        return _page(asked), 422
    bench = bench_of(db.session, current_actor(), asked.made)
    with bench.lock:
        found = as_workbook(tried(bench, *both_sides(asked, bench, after)))
    return send_file(BytesIO(found), XLSX, as_attachment=True, download_name="trial.xlsx")


def _only_read() -> None:
    """Let others write while this request reads, although it was posted."""
    db.session.rollback()
    only_read(db.session)


def _sent() -> Asked | None:
    round_id = request.form.get("round_id", type=int)
    return asked_of(db.session, current_actor(), round_id, formdata=request.form)


def _after(asked: Asked) -> RuleSets | None:
    if not asked.form.validate():
        return None
    return other_rules(db.session, current_actor(), asked)


def _filled(asked: Asked) -> Asked:
    """Put the text of the chosen rule set into the form, to be changed there."""
    category = asked.form.pasted_for.data
    if category in asked.titles:
        stored = chosen_files(db.session, current_actor(), asked, category)
        asked.form.pasted.data = stored.files[stored.main]
    return asked


def _page(asked: Asked | None, bench: Bench | None = None, after: RuleSets | None = None) -> str:
    shown = _tried(asked, bench, after) if asked and bench and after else None
    return render_template(
        "trials/page.html",
        asked=asked,
        shown=shown,
        size=bench.data.size if bench else 0,
        incomplete=shown.tried.incomplete[:LISTED] if shown else [],
        problem_title=problem_title,
        said=said,
        spoken=language(),
    )


def _tried(asked: Asked, bench: Bench, after: RuleSets) -> Shown:
    with bench.lock:
        return results_of(asked, bench, after)

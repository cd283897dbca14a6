"""The parts of the service put together: settings, database, pages, interface."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Flask
from flask_bootstrap import Bootstrap5
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

import evaluator.accounts.views
import evaluator.applications.views
import evaluator.appraisals.views
import evaluator.audit.views
import evaluator.awards.views
import evaluator.certificates.views
import evaluator.decisions.views
import evaluator.defences.views
import evaluator.evidence.views
import evaluator.home.views
import evaluator.notices.views
import evaluator.organisations.views
import evaluator.outbox.views
import evaluator.panels.views
import evaluator.progress.views
import evaluator.records.views
import evaluator.reviews.views
import evaluator.rounds.views
import evaluator.rule_sets.views
import evaluator.score_reports.views
import evaluator.site_checks.views
import evaluator.trials.views
import evaluator.web.views
from evaluator.access.guard import guard
from evaluator.accounts.confirming import ask_anew
from evaluator.accounts.sessions import load_sign_in, wants_second_factor
from evaluator.api.setting_up import set_up_api
from evaluator.config import configure
from evaluator.database import db
from evaluator.storage import set_up_storage
from evaluator.web.errors import set_up_errors
from evaluator.web.fields import described
from evaluator.web.headers import add_headers
from evaluator.web.kept_forms import send_again
from evaluator.web.kept_parts import set_up_kept_parts
from evaluator.web.languages import set_up_languages
from evaluator.web.navigation import set_up_navigation
from evaluator.web.numbers_in_addresses import set_up_numbers
from evaluator.web.pages import set_up_pages
from evaluator.web.service import Service, begin
from evaluator.web.showing import set_up_showing

SUBJECTS = (
    evaluator.web,
    evaluator.accounts,
    evaluator.audit,
    evaluator.organisations,
    evaluator.rule_sets,
    evaluator.rounds,
    evaluator.records,
    evaluator.evidence,
    evaluator.applications,
    evaluator.reviews,
    evaluator.appraisals,
    evaluator.site_checks,
    evaluator.progress,
    evaluator.trials,
    evaluator.panels,
    evaluator.defences,
    evaluator.decisions,
    evaluator.notices,
    evaluator.awards,
    evaluator.certificates,
    evaluator.score_reports,
    evaluator.outbox,
    evaluator.home,
)


def make_application(config: Mapping[str, Any]) -> Flask:
    """Return the application with everything that it answers."""
    app = Service("evaluator", static_folder=None, static_url_path="/static")
    set_up_numbers(app)
    configure(app, config)
    _trust_proxies(app)
    db.init_app(app)
    set_up_storage(app)
    Bootstrap5(app)
    set_up_languages(app)
    add_headers(app)
    set_up_errors(app)
    set_up_navigation(app)
    set_up_kept_parts(app)
    set_up_pages(app)
    set_up_showing(app)
    app.jinja_env.globals["described"] = described
    begin(app)
    app.before_request(load_sign_in)
    # After the sign-in: who left a page open too long is told so as whoever they are.
    set_up_api(app, CSRFProtect(app))
    guard(app, ask_anew, wants_second_factor, partial(send_again, signed_out=True))
    for subject in SUBJECTS:
        app.register_blueprint(subject.views.blueprint)
    return app


def _trust_proxies(app: Flask) -> None:
    """Believe the address that so many proxies in front of us name, and no others."""
    count = app.config["TRUSTED_PROXIES"]
    if count:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]

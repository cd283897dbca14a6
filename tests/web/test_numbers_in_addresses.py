"""An address with a number that no row can have is one that does not exist."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from district import make_account, make_district
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account


@pytest.mark.parametrize("number", [2**31 - 1, 2**31, 2**63, 10**40])
def test_number_beyond_all_rows_is_not_found(
    session: Session, browser_of: Callable[[Account], FlaskClient], number: int
) -> None:
    browser = browser_of(make_account(session, Role.ORGANISER, make_district(session).root))
    assert browser.get(f"/organisations/{number}").status_code == 404


@pytest.mark.parametrize("number", [2**31, 2**63, 10**40])
@pytest.mark.parametrize("address", ["/progress?round=", "/records?year=", "/organisations?page="])
def test_number_beyond_all_rows_in_a_query_is_answered_in_words(
    session: Session, browser_of: Callable[[Account], FlaskClient], address: str, number: int
) -> None:
    browser = browser_of(make_account(session, Role.ORGANISER, make_district(session).root))
    assert browser.get(f"{address}{number}").status_code in (200, 400, 404)

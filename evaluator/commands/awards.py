"""`evaluator awards expire`: ends levels whose last day is over."""

from __future__ import annotations

import click

from evaluator import create_app
from evaluator.awards.daily import expire_due


@click.group("awards")
def awards() -> None:
    """Look after the levels that organisations hold."""


@awards.command("expire")
def expire() -> None:
    """End every level whose last day is over; done again it does nothing more."""
    count = expire_due(create_app())
    click.echo(f"到期终止 expired: {count}")

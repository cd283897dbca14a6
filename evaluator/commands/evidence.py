"""`evaluator evidence`: whether stored files and their rows agree; old uploads are ended."""

from __future__ import annotations

import click

from evaluator import create_app


@click.group("evidence")
def evidence_command() -> None:
    """Look after the stored files of evidence."""


@evidence_command.command("check")
def check() -> None:
    """Compare every stored file with the row that names it; fails where one disagrees."""
    from evaluator.commands.stored_files import all_flaws
    from evaluator.database import db
    from evaluator.storage import storage

    with create_app().app_context():
        flaws = list(all_flaws(db.session, storage()))
    for flaw in flaws:
        row = f" (row {flaw.file_id})" if flaw.file_id else ""
        click.echo(f"{flaw.problem}: {flaw.key}{row}")
    if flaws:
        raise click.exceptions.Exit(1)
    click.echo("Every file has its row, and every row its file.")


@evidence_command.command("tidy")
def tidy() -> None:
    """End uploads that were begun more than a day ago; remove files that no row names."""
    from evaluator.commands.stored_files import tidy_up
    from evaluator.database import db, unit_of_work
    from evaluator.evidence.uploads import end_old_uploads
    from evaluator.storage import storage

    ended = 0
    with create_app().app_context():
        while True:
            with unit_of_work(db.session):
                count = end_old_uploads(db.session)
            ended += count
            if not count:
                break
        with unit_of_work(db.session):
            lost = tidy_up(db.session, storage())
    click.echo(f"Ended {ended} uploads, took {lost} files without a row out of use.")

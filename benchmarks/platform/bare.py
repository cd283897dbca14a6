"""The peer: a bare Flask and SQLAlchemy application that inserts one row, on the same server.

Run as `python -m benchmarks.platform.bare --port N`, with the same workers, threads and database.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import click
from flask import Flask, request
from sqlalchemy import DateTime, create_engine, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

import evaluator.database  # noqa: F401 - its settings of SQLite hold for both sides
from evaluator.commands.serve import Server
from evaluator.config import configure

PAGE = 20


class Base(DeclarativeBase):
    """The base of the one table."""


class Row(Base):
    """What a save of a field keeps at the least."""

    __tablename__ = "bare_row"

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int]
    fact: Mapped[str]
    value: Mapped[str]
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


def bare_app() -> Flask:
    """Return the application: it inserts what is posted, and lists twenty rows."""
    app = Flask("bare")
    configure(app, {})
    engine = create_engine(app.config["SQLALCHEMY_ENGINES"]["default"])
    Base.metadata.create_all(engine)
    engine.dispose()

    @app.post("/insert")
    def insert() -> dict[str, int]:
        sent = request.get_json()
        with Session(engine) as session:
            row = Row(**sent, at=datetime.now(UTC))
            session.add(row)
            session.commit()
            return {"id": row.id}

    @app.get("/rows")
    def rows() -> dict[str, list[str]]:
        with Session(engine) as session:
            found = session.scalars(select(Row).order_by(Row.id).limit(PAGE))
            return {"rows": [each.value for each in found]}

    @app.get("/health")
    def health() -> dict[str, int]:
        with Session(engine) as session:
            return {"rows": session.scalar(select(func.count()).select_from(Row)) or 0}

    return app


@click.command()
@click.option("--port", type=int, required=True)
def main(port: int) -> None:
    """Serve the bare application as the service is served."""
    Server(bare_app(), "127.0.0.1", port, workers=2, threads=8).run()


if __name__ == "__main__":
    os.chdir(Path(__file__).parents[2])
    main()

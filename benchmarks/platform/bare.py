"""The peer: a bare Flask and SQLAlchemy application, on the same server.

It inserts one row, and shows a page of twenty rows: no sign-in, no rights, no languages,
and nothing that goes on beside the pages.

Run as `python -m benchmarks.platform.bare --port N`, with the same workers, threads and database.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import click
from flask import Flask, render_template_string, request
from sqlalchemy import DateTime, create_engine, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

import evaluator.database  # noqa: F401 - its settings of SQLite hold for both sides
from evaluator.commands.serve import PageServer
from evaluator.config import configure

PAGE = 20
SHOWN = """<!doctype html>
<html lang="zh-Hans"><head><meta charset="utf-8"><title>组织</title>
<link rel="stylesheet" href="/bootstrap.css"></head>
<body><main class="container-xl py-3"><h1>组织</h1><p>{{ count }}</p>
<table class="table">
<thead><tr><th>编号</th><th>组织</th><th>项目</th><th>值</th><th>时间</th></tr></thead>
<tbody>{% for each in rows %}
<tr><th scope="row"><a href="/rows/{{ each.id }}">{{ each.id }}</a></th>
<td>{{ each.participant_id }}</td><td>{{ each.fact }}</td>
<td>{{ each.value }}</td><td>{{ each.at }}</td></tr>{% endfor %}
</tbody></table></main></body></html>"""


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
    engine = create_engine(**app.config["SQLALCHEMY_ENGINES"]["default"])
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
    def rows() -> str:
        with Session(engine) as session:
            count = session.scalar(select(func.count()).select_from(Row))
            found = session.scalars(select(Row).order_by(Row.id).limit(PAGE)).all()
            return render_template_string(SHOWN, count=count, rows=found)

    @app.get("/health")
    def health() -> dict[str, int]:
        with Session(engine) as session:
            return {"rows": session.scalar(select(func.count()).select_from(Row)) or 0}

    return app


@click.command()
@click.option("--port", type=int, required=True)
def main(port: int) -> None:
    """Serve the bare application as the service is served."""
    PageServer(bare_app(), "127.0.0.1", port, workers=2, threads=8).run()


if __name__ == "__main__":
    os.chdir(Path(__file__).parents[2])
    main()

"""Connections that rested are asked whether they still live; those in use are not.

A database that was started anew has closed the connections that are kept. SQLAlchemy's
`pool_pre_ping` would ask at every request: one of fourteen ways to PostgreSQL and back for a save,
and a thirteenth of its time. One that is closed within `RESTED` seconds of its use fails the
request that gets it, as one that is closed during a request does; the whole pool is opened anew
then.
"""

from __future__ import annotations

from time import monotonic

from sqlalchemy import Connection, Engine, event

RESTED = 5.0
"""Seconds from which a connection that nobody used is asked."""
_USED = "used at"


@event.listens_for(Engine, "engine_connect")
def _ask(connection: Connection) -> None:
    """Let a connection that was closed meanwhile be opened anew before anything is asked of it."""
    before, connection.info[_USED] = connection.info.get(_USED), monotonic()
    driver = connection.connection.dbapi_connection
    if driver is None or before is None or monotonic() - before < RESTED:
        return
    try:
        connection.dialect.do_ping(driver)
    except connection.dialect.loaded_dbapi.Error as error:
        connection.invalidate(error)

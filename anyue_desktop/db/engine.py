"""The encrypted SQLite database behind SQLAlchemy: everything particular to SQLCipher is here."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from anyue_desktop.core.errors import Unusable
from anyue_desktop.db.status import Status, unusable

WRITING = "anyue_writing"
WAIT_MILLISECONDS = 10_000
CACHE_KIB = 65_536  # measured: three times faster scans than the default
SETTINGS = (
    "cipher_compatibility=4",  # pins the file format
    f"busy_timeout={WAIT_MILLISECONDS}",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "temp_store=MEMORY",
    f"cache_size=-{CACHE_KIB}",
    "trusted_schema=OFF",
    "cell_size_check=ON",
)
CODES = {
    sqlcipher.SQLITE_BUSY: Status.WORKSPACE_BUSY,
    sqlcipher.SQLITE_LOCKED: Status.WORKSPACE_BUSY,
    sqlcipher.SQLITE_READONLY: Status.WORKSPACE_READONLY,
    sqlcipher.SQLITE_FULL: Status.WORKSPACE_FULL,
    sqlcipher.SQLITE_CANTOPEN: Status.WORKSPACE_READONLY,
    sqlcipher.SQLITE_NOTADB: Status.WORKSPACE_DAMAGED,
    sqlcipher.SQLITE_CORRUPT: Status.WORKSPACE_DAMAGED,
    sqlcipher.SQLITE_IOERR: Status.WORKSPACE_DISK,
}

# The module writes texts and numbers as they are but looks for an adapter of every None, at 0.7 µs and half the cost of
# a row; an adapter written in C that gives None back makes it 0.1 µs.
sqlcipher.register_adapter(type(None), {}.get)


def connect(path: Path, dek: bytes) -> Any:
    """Opens one keyed DB-API connection; the key is the first statement that touches the file."""
    connection = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")  # it would print page errors to the terminal
        connection.execute(f"PRAGMA key=\"x'{dek.hex()}'\"")
        for setting in SETTINGS:
            connection.execute(f"PRAGMA {setting}")
    except BaseException:
        connection.close()
        raise
    return connection


def open_engine(path: Path, dek: bytes) -> Engine:
    """Returns the engine of a database file; the key is never part of a URL.

    A connection reads only, unless its execution options say `WRITING`. Error texts never show a value.
    """
    creator: Callable[[], Any] = lambda: connect(path, dek)  # noqa: E731 - keeps the key out of every attribute
    engine = create_engine(
        "sqlite://", module=sqlcipher, creator=creator, poolclass=QueuePool, pool_use_lifo=True, hide_parameters=True
    )  # the connection used last has the pages in its cache; taking turns, each would fill a cache of its own
    event.listen(engine, "begin", _begin)
    return engine


def writing(engine: Engine) -> Engine:
    """Returns the same engine for transactions that write."""
    return engine.execution_options(**{WRITING: True})


def _begin(connection: Connection) -> None:
    may_write = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if may_write else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if may_write else "BEGIN")


@contextlib.contextmanager
def told(seen: str = "") -> Iterator[None]:
    """Turns what SQLite says of a file into the words of `Status`; programming errors pass unchanged."""
    try:
        yield
    except (DBAPIError, sqlcipher.Error) as error:
        known = explained(error, seen)
        if known is None:
            raise
        raise known from error


def explained(error: Exception, seen: str = "") -> Unusable | None:
    """Returns the `Unusable` of a database error, or None if it is a bug of the program."""
    original = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(original, "sqlite_errorcode", None)
    status = CODES.get(code & 0xFF) if isinstance(code, int) else None
    return unusable(status, seen) if status else None


def is_refused_write(error: DBAPIError) -> bool:
    """Tells whether a reading connection was asked to write (`query_only`)."""
    return bool(getattr(error.orig, "sqlite_errorcode", None) == sqlcipher.SQLITE_READONLY)

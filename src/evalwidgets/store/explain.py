"""What a database engine's refusal means, as a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from evalwidgets.errors import StoreError
from evalwidgets.store.location import Location

BUSY = 5

_NOTHING = "Nothing was stored"
_UNSURE = "Whether it was stored is not certain: submit the same review again, it is never stored twice"

_SQLITE = {
    BUSY: f"another program has been writing to it for 30 seconds. {_NOTHING}; try again.",
    6: f"another program holds a table of it. {_NOTHING}; try again.",
    8: f"it is read-only now. {_NOTHING}; ask for write access to the file and its folder.",
    10: f"the disk failed to read or write. {_UNSURE}. If it fails again, check the disk.",
    11: f"the file is damaged. {_NOTHING}; keep the file, and restore the last backup beside it.",
    13: f"the disk is full. {_NOTHING}; free some space, then submit again.",
    14: f"the file cannot be opened. {_NOTHING}; check that its folder exists and may be written.",
    26: f"the file is no SQLite file. {_NOTHING}; give another path.",
}
"""SQLite's primary result code to what it means."""

_POSTGRESQL = {
    "53100": f"the server's disk is full. {_NOTHING}; free some space, then submit again.",
    "42501": f"this login lacks the right. {_NOTHING}; ask the lead for access.",
    "25006": f"the server is read-only now. {_NOTHING}; ask the lead.",
}
"""PostgreSQL's SQLSTATE to what it means."""

RETRIED = frozenset({"40001", "40P01"})
"""SQLSTATEs of a transaction that lost a race and may simply run again."""


@contextmanager
def explained(location: Location) -> Iterator[None]:
    """Turn an engine's error into a `StoreError`; broken constraints pass, they decide races."""
    try:
        yield
    except IntegrityError:
        raise
    except DBAPIError as error:
        if _state_of(error.orig) in RETRIED:
            raise
        raise StoreError(sentence(error.orig, location)) from None
    except SQLAlchemyError as error:
        msg = f"The store {location.name!r}: {location.masked(str(error))}. {_NOTHING}."
        raise StoreError(msg) from None


def sentence(error: BaseException | None, location: Location) -> str:
    """Return what a driver's error means and what to do."""
    known = _SQLITE.get(_code_of(error)) or _POSTGRESQL.get(_state_of(error))
    if known is not None:
        return f"The store {location.name!r}: {known}"
    said = location.masked(str(error))
    if location.is_sqlite:
        return f"The store {location.name!r}: SQLite says {said!r}. {_NOTHING}."
    return (
        f"PostgreSQL, database {location.name!r} at {location.url.host or 'the local socket'}: {said}. "
        f"{_UNSURE}. Check that the server runs, the URL, and the password (PGPASSWORD or .pgpass)."
    )


def _code_of(error: BaseException | None) -> int:
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


def _state_of(error: BaseException | None) -> str:
    return str(getattr(error, "sqlstate", "") or "")

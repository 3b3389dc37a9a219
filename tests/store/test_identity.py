"""Who the reviewer is, and that a name is asked for once."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from evalwidgets.errors import EvalWidgetsError
from evalwidgets.store.identity import known_reviewer, remember_reviewer


@pytest.fixture(autouse=True)
def settings_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder of Jupyter settings, with nothing said in the environment."""
    for variable in ("EVALWIDGETS_REVIEWER", "EVALWIDGETS_SHARED", "JUPYTERHUB_USER"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "jupyter"))
    return tmp_path / "jupyter"


def test_nobody_is_known_at_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """The account of the operating system says nothing."""
    monkeypatch.setenv("USER", "root")
    monkeypatch.setenv("LOGNAME", "root")

    assert known_reviewer() is None


def test_a_name_is_remembered_without_the_space_around_it() -> None:
    """What was typed once is known from then on, in the form in which reviews keep it."""
    remember_reviewer(f"  {unicodedata.normalize('NFD', 'Zoë')} \n")

    assert known_reviewer() == unicodedata.normalize("NFC", "Zoë")


def test_the_last_name_that_was_typed_counts() -> None:
    """Whoever takes the account over gives the next name."""
    remember_reviewer("ana")
    remember_reviewer("ben")

    assert known_reviewer() == "ben"


def test_the_environment_comes_before_the_hub_and_the_hub_before_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The more deliberate word wins; an empty one says nothing."""
    remember_reviewer("ana")
    assert known_reviewer() == "ana"
    monkeypatch.setenv("JUPYTERHUB_USER", "hub")
    assert known_reviewer() == "hub"
    monkeypatch.setenv("EVALWIDGETS_REVIEWER", " ")
    assert known_reviewer() == "hub"
    monkeypatch.setenv("EVALWIDGETS_REVIEWER", "carla ")
    assert known_reviewer() == "carla"


def test_a_shared_account_remembers_nobody(monkeypatch: pytest.MonkeyPatch, settings_folder: Path) -> None:
    """The second person is not taken for the first, nor for whoever had the account before."""
    remember_reviewer("lead")
    monkeypatch.setenv("EVALWIDGETS_SHARED", "1")
    assert known_reviewer() is None

    remember_reviewer("ana")

    assert known_reviewer() is None
    assert (settings_folder / "evalwidgets-reviewer").read_text() == "lead\n"


def test_the_hub_knows_who_works_in_a_shared_account(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whom a hub has let in needs no asking."""
    monkeypatch.setenv("EVALWIDGETS_SHARED", "1")
    monkeypatch.setenv("JUPYTERHUB_USER", "hub")

    assert known_reviewer() == "hub"


@pytest.mark.parametrize("said", ["", " ", "0"])
def test_an_account_is_one_person_s_unless_said_otherwise(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing and 0 share nothing."""
    monkeypatch.setenv("EVALWIDGETS_SHARED", said)

    remember_reviewer("ana")

    assert known_reviewer() == "ana"


@pytest.mark.parametrize("name", ["", "  ", "a" * 201, "two\nlines", "a\x00b", "half \ud83d", "bell\x07"])
def test_what_can_be_no_name_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Empty, too long, or what no store can keep: told at once, and not remembered."""
    with pytest.raises(EvalWidgetsError, match="the reviewer's name: "):
        remember_reviewer(name)

    assert known_reviewer() is None


def test_an_odd_name_in_the_environment_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says which variable to correct."""
    monkeypatch.setenv("EVALWIDGETS_REVIEWER", "a" * 300)

    with pytest.raises(EvalWidgetsError, match="EVALWIDGETS_REVIEWER: expected one line of 1 to 200"):
        known_reviewer()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"two\nlines\n", b"a" * 300])
def test_a_damaged_memory_is_none(content: bytes, settings_folder: Path) -> None:
    """Then the panel asks again."""
    settings_folder.mkdir()
    (settings_folder / "evalwidgets-reviewer").write_bytes(content)

    assert known_reviewer() is None


def test_settings_that_cannot_be_written_stop_nobody(
    settings_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """On a read-only home the name holds for this time, and the log says so."""
    settings_folder.touch()  # a file where the folder should be: not even root can write into it

    remember_reviewer("ana")

    assert known_reviewer() is None
    assert "could not be remembered" in caplog.text

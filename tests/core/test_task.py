"""Tasks: which pictures and texts each kind needs, and what their hash rests on."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from pydantic import ValidationError

from evalwidgets.core.task import Requirement, Task

from ..samples import an_edit

DIGESTS = {"original": "0" * 64, "edited": "1" * 64}


@pytest.mark.parametrize(
    ("kind", "roles"),
    [
        ("image", ["image"]),
        ("prompt", ["image"]),
        ("edit", ["original", "edited"]),
        ("pair", ["a", "b"]),
        ("pair", ["a", "b", "original"]),
        ("pair", ["original", "a", "b", "c"]),
        ("pair", ["a", "b", "c", "d"]),
    ],
)
def test_a_kind_takes_its_own_roles(kind: str, roles: list[str]) -> None:
    """Each kind of task is made with the pictures that it needs or may have."""
    task = Task.model_validate(
        {"id": "t", "kind": kind, "images": dict.fromkeys(roles, "p.png"), "prompt": "p", "instruction": "i"}
    )

    assert roles == list(task.images)


@pytest.mark.parametrize(
    ("kind", "roles", "told"),
    [
        ("image", [], "needs the roles image; got none"),
        ("edit", ["original"], "needs the roles original, edited; got original"),
        ("edit", ["original", "edited", "a"], "got original, edited, a"),
        ("pair", ["a"], "needs the roles a, b and may have original, c, d; got a"),
        ("pair", ["a", "b", "d"], "letters in order; got d without c"),
        ("edit", ["original", "edited", "c"], "got original, edited, c"),
        ("image", ["original"], "got original"),
    ],
)
def test_missing_and_foreign_roles_are_told(kind: str, roles: list[str], told: str) -> None:
    """The message says which roles the kind needs and may have, and which were given."""
    with pytest.raises(ValidationError, match=told):
        Task.model_validate(
            {"id": "t", "kind": kind, "images": dict.fromkeys(roles, "p.png"), "instruction": "i"}
        )


@pytest.mark.parametrize(("kind", "text"), [("edit", "instruction"), ("prompt", "prompt")])
def test_a_kind_needs_the_text_that_it_is_judged_against(kind: str, text: str) -> None:
    """An edit without an instruction, or a prompt task without a prompt, is refused."""
    roles = ["original", "edited"] if kind == "edit" else ["image"]

    with pytest.raises(ValidationError, match=f"{text}: a task of kind '{kind}' needs it"):
        Task.model_validate({"id": "t", "kind": kind, "images": dict.fromkeys(roles, "p"), text: "  "})


def test_a_name_is_one_name_however_its_accents_are_composed() -> None:
    """A task's id is kept in NFC, as reviews keep it, so that a stored review finds its task."""
    task = an_edit(unicodedata.normalize("NFD", "café"))

    assert unicodedata.normalize("NFC", "café") == task.id


@pytest.mark.parametrize(
    "changes",
    [
        {"instruction": "Add a blue hat"},
        {"guideline": "Hats only"},
        {"requirements": (Requirement(id="hat", text="There is a hat"),)},
    ],
)
def test_the_hash_changes_with_what_is_judged(changes: dict[str, Any]) -> None:
    """Another text makes another content."""
    assert an_edit("t").content_hash(DIGESTS) != an_edit("t", **changes).content_hash(DIGESTS)


def test_the_hash_changes_with_the_bytes_of_a_picture() -> None:
    """Another picture behind the same path makes another content."""
    task = an_edit("t")

    assert task.content_hash(DIGESTS) != task.content_hash({**DIGESTS, "edited": "2" * 64})


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "other"},
        {"images": {"edited": "x/2.png", "original": "x/1.png"}},
        {"tags": {"model": "m"}, "source": "s"},
    ],
)
def test_the_hash_rests_on_no_name(changes: dict[str, Any]) -> None:
    """Ids, paths, tags and sources may change; what is judged stays the same."""
    task = an_edit("t")

    assert task.content_hash(DIGESTS) == task.model_copy(update=changes).content_hash(DIGESTS)


def test_swapping_two_pictures_makes_another_content() -> None:
    """Which picture has which role is part of what is judged."""
    swapped = {"original": DIGESTS["edited"], "edited": DIGESTS["original"]}

    assert an_edit("t").content_hash(DIGESTS) != an_edit("t").content_hash(swapped)

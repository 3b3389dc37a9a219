"""The lock files: they hold what is asked for, by content and not by the address it came from."""

from __future__ import annotations

import json
import re
import tomllib
from collections import defaultdict

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from .samples import ROOT

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ASKED = [
    line
    for lines in (
        SETTINGS["project"]["dependencies"],
        *SETTINGS["project"]["optional-dependencies"].values(),
        *SETTINGS["dependency-groups"].values(),
    )
    for line in lines
]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
NPM_LOCK = (ROOT / "package-lock.json").read_text(encoding="utf-8")


def pins() -> dict[str, list[Version]]:
    """Return the versions that requirements.lock allows; a package may have one per platform."""
    found = defaultdict(list)
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", LOCK, re.MULTILINE):
        found[canonicalize_name(name)].append(Version(version))
    return found


@pytest.mark.parametrize("line", ASKED)
def test_the_lock_satisfies_every_requirement(line: str) -> None:
    """Whatever pyproject.toml asks for is locked, at versions that it accepts."""
    asked = Requirement(line)

    locked = pins()[canonicalize_name(asked.name)]

    assert locked
    assert [version for version in locked if not asked.specifier.contains(version, prereleases=True)] == []


def test_every_locked_package_has_its_hashes() -> None:
    """Each package is named by the hash of its content, so that any registry will do."""
    without = [
        entry for entry in re.split(r"^(?=\S+==)", LOCK, flags=re.MULTILINE)[1:] if "sha256:" not in entry
    ]

    assert without == []
    assert len(pins()) > len(ASKED)


def test_the_lock_holds_no_address() -> None:
    """requirements.lock names no registry, mirror or other place to load from."""
    assert "://" not in LOCK
    assert re.findall(r"^\s*(?:-i|-f|--index|--extra|--find)\b.*", LOCK, re.MULTILINE) == []


def test_the_npm_lock_holds_what_is_asked_for_and_no_address() -> None:
    """package-lock.json has the versions of package.json by hash, and not where they came from."""
    asked = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    locked = json.loads(NPM_LOCK)["packages"]

    assert asked == {name: locked[f"node_modules/{name}"]["version"] for name in asked}
    assert all(entry["integrity"] for place, entry in locked.items() if place)
    assert '"resolved"' not in NPM_LOCK

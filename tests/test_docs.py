"""What the pages promise is there: notebooks, rubrics, commands, links, reasons for dependencies."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from .samples import ROOT

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
NOT_WITHIN_A_PATH = r"(?<![\w.~})-])"
MACHINE = re.compile(NOT_WITHIN_A_PATH + r"/(?:work|root|tmp)\b")
REGISTRY = re.compile(
    r"--(?:extra-)?index-url|pypi\.org/simple|pythonhosted\.|registry\.(?:npmjs|yarnpkg)"
    r"|://[^\s/]*(?:nexus|artifactory|devpi|mirror)|://\S+/(?:simple|npm)/"
)


def repository_files() -> list[str]:
    """Return every file that git keeps or would keep, relative to the repository."""
    command = [
        "git",
        "-c",
        "safe.directory=*",
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    return sorted({name for name in names if name and (ROOT / name).is_file()})


def leaks(text: str) -> list[str]:
    """Return the paths of a machine and the addresses of registries that a text holds."""
    found = [match.group() for pattern in (MACHINE, REGISTRY) for match in pattern.finditer(text)]
    return found + [
        place for place in _places() if re.search(NOT_WITHIN_A_PATH + re.escape(place) + r"\b", text)
    ]


def _places() -> set[str]:
    """Return where this machine keeps things, and the registries that it is told to use."""
    folders = {str(ROOT), str(Path.home()), tempfile.gettempdir()}
    told = (
        urlsplit(value) for name, value in os.environ.items() if re.search("INDEX_URL|REGISTRY", name.upper())
    )
    registries = {f"{one.hostname}{one.path}".rstrip("/") for one in told if one.hostname}
    return {place for place in folders | registries if len(place) > 1}


def links(page: Path) -> list[str]:
    """Return the targets of a page's links and pictures that are files of the repository."""
    targets = re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    return [target.split("#")[0] for target in targets if not re.match(r"[a-z]+:|#", target)]


def reasoned() -> list[str]:
    """Return the packages for which docs/dependencies.md gives a reason."""
    text = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    cells = re.findall(r"^\| ([^|]+?) \| [^|]+ \| [^|]*\w[^|]* \|$", text, re.MULTILINE)
    return [name.split("[")[0] for cell in cells for name in cell.split(", ") if name != "package"]


def needed() -> set[str]:
    """Return every package that pyproject.toml and package.json ask for."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = settings["project"]["optional-dependencies"].values()
    groups = settings["dependency-groups"].values()
    lists = [settings["project"]["dependencies"], *extras, *groups]
    python = {canonicalize_name(Requirement(line).name) for lines in lists for line in lines}
    return python | set(json.loads((ROOT / "package.json").read_text())["devDependencies"])


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb")))
def test_the_readme_names_every_notebook(name: str) -> None:
    """A notebook that the README does not link is not found by anybody."""
    assert f"notebooks/{name}" in links(ROOT / "README.md")


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "rubrics").glob("*.yaml")))
def test_the_readme_names_every_rubric(name: str) -> None:
    """Each rubric that ships is linked from the README."""
    assert f"rubrics/{name}" in links(ROOT / "README.md")


@pytest.mark.parametrize("target", ["lab", "test", "check"])
def test_the_readme_names_the_commands_of_a_newcomer(target: str) -> None:
    """The README names the command, and the Makefile has it, with its line of help."""
    assert f"make {target}" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:.*## \S", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files_of_the_repository(page: Path) -> None:
    """No link of a page is dead in a fresh clone: what git ignores is not there."""
    kept = {(ROOT / name).resolve() for name in repository_files()}
    kept |= {parent for file in kept for parent in file.parents}

    dead = [target for target in links(page) if (page.parent / target).resolve() not in kept]

    assert dead == []


def test_the_changelog_has_a_place_for_what_comes() -> None:
    """CHANGELOG.md has a section for what is not released yet."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert re.search(r"^## \[Unreleased\]$", text, re.MULTILINE)


def test_contributing_is_short() -> None:
    """CONTRIBUTING.md is read because it is under 60 lines."""
    assert len((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").splitlines()) < 60


def test_every_dependency_has_its_reason_and_no_reason_is_left_over() -> None:
    """docs/dependencies.md has one line for each package that is asked for, and no other."""
    assert sorted(needed()) == sorted(reasoned())


def test_no_file_names_a_machine_or_a_registry() -> None:
    """What is committed works on any machine: no path of one, no address of a package registry."""
    found = {}
    for name in repository_files():
        try:
            found[name] = leaks((ROOT / name).read_text(encoding="utf-8"))
        except UnicodeDecodeError:  # a picture
            continue

    assert len(found) > 100
    assert {name: what for name, what in found.items() if what} == {}


LEAKS = [
    "/" + "work/main/x.py",
    "sqlite:////" + "root/reviews.db",
    f"open('{ROOT}/README.md')",
    "--index" + "-url https://example.org",
    "https://pypi" + ".org/simple",
    "https://packages.example.org" + "/simple/numpy/",
    '"https://registry' + '.npmjs.org/typescript"',
]
INNOCENT = [
    "data/work/reviews.db",
    "/data/work/",
    "--no-emit-index-url",
    "{folder}/tmp",
    "https://example.org/root",
]


@pytest.mark.parametrize("text", LEAKS)
def test_a_leak_is_noticed(text: str) -> None:
    """Paths of a machine and addresses of registries are told from ordinary text."""
    assert leaks(text)


@pytest.mark.parametrize("text", INNOCENT)
def test_ordinary_text_is_no_leak(text: str) -> None:
    """Paths inside the repository and ordinary addresses are allowed."""
    assert leaks(text) == []

"""The seal of a published rubric: a line at the head of its file that names the hash of its content."""

from __future__ import annotations

import re

from evalwidgets.core.rubric import Rubric

__all__ = ["broken_seal", "seal"]

_SEAL = re.compile(
    rb"\A(?:\xef\xbb\xbf)?(?:[ \t]*(?:#[^\n]*)?\r?\n)*?"
    rb"# published: *(\S+) +sha256:([0-9a-f]{64})[ \t]*\r?\n"
)


def seal(rubric: Rubric) -> str:
    """Return the line that seals a version: the day of its changelog and its hash."""
    return f"# published: {rubric.changelog[0].date} sha256:{rubric.hash}"


def broken_seal(source: bytes, rubric: Rubric) -> tuple[int, str] | None:
    """Return the line of a seal that names another hash than the rubric has, and what to do; else None."""
    found = _SEAL.match(source)
    if found is None or found[2].decode() == rubric.hash:
        return None
    line = source.count(b"\n", 0, found.end())
    told = (
        f"published as {rubric.version}, and changed since: its seal names {found[2].decode()[:12]}..., "
        f"its content has {rubric.hash[:12]}.... A published version never changes. Put the published "
        "words back; or, to change them, publish a new version (`RubricDesk`), or copy the file to another "
        "name, give it a higher version and take the line '# published' out"
    )
    return line, told

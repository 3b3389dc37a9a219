"""YAML that expands, constructs, nests or lies."""

from __future__ import annotations

_BOMB = "a: &a [x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)

HOSTILE_YAML = {
    "a bomb of aliases": _BOMB,
    "an object of Python": "!!python/object/apply:os.system ['touch pwned']\n",
    "a tag inside": "id: !!python/name:os.system\n",
    "a merge of itself": "a: &a\n  <<: *a\n",
    "3000 brackets": "a: " + "[" * 3000,
    "3000 braces": "a: " + "{a: " * 3000,
    "3000 dashes": "- " * 3000,
    "a key twice": "id: one\nid: two\n",
    "a megabyte": "id: " + "a" * 1_000_000,
    "two documents": "id: one\n---\nid: two\n",
    "a control character": "id: \x1b[31m\n",
    "half a character": 'id: "\\ud800"\n',
    "numbers without end": "version: " + "9" * 100_000,
}

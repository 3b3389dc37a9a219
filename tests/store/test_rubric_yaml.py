"""YAML as rubrics use it: hostile files, plain values, lines."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from evalwidgets.errors import RubricError
from evalwidgets.store import rubric_yaml
from evalwidgets.store.rubric_yaml import read_plain
from evalwidgets.store.rubrics import read_rubric

GOOD = "id: sample\n"
BOMB = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi"))  # noqa: B905


@pytest.fixture(params=["libyaml", "python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run with each of the parsers that PyYAML may come with."""
    loader = yaml.CSafeLoader if request.param == "libyaml" else yaml.SafeLoader
    monkeypatch.setattr(rubric_yaml, "_LOADER", loader)
    return str(request.param)


def problems(folder: Path, content: str | bytes) -> list[str]:
    """Return what reading the content says."""
    path = folder / "sample.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(RubricError) as caught:
        read_rubric(path)
    return list(caught.value.problems)


HOSTILE = [
    ("alias bomb", BOMB, ":1: a: the anchor &a; anchors are not allowed"),
    ("alias", "a: *a\n", ":1: a: the alias *a; write the value out"),
    ("python object", "a: !!python/object:os.system {}\n", "python/object:os.system; tags are not allowed"),
    ("own tag", "a: !boom 1\n", ":1: a: the tag !boom; tags are not allowed"),
    ("merge of an alias", "a:\n  <<: *b\n", "the alias *b"),
    ("3000 flow levels", "a: " + "[" * 3000, "nested more than 40 levels deep"),
    ("3000 block levels", "- " * 3000, "nested more than 40 levels deep"),
    ("nested keys", "".join(" " * n + "a:\n" for n in range(300)), "nested more than 40 levels deep"),
    ("300 KB", GOOD + "#" * 300_000, ":1: the file is larger than 256 KB; split the rubric"),
    ("two documents", GOOD + "---\n" + GOOD, ":2: a second document ('---'); expected exactly one"),
    ("tab", "a:\n\tb: 1\n", ":2: a tab; YAML indents with spaces only"),
    ("NUL", "a: b\nc: \0\n", ":2: the character U+0000 is not allowed; remove it"),
    ("escaped NUL", 'a: b\nc: "\\0"\n', ":2: c: the text holds a NUL character"),
    ("control character", "a: \x1b[31m\n", "the character U+001B is not allowed"),
    ("line separator", "a: \u2028\n", "the character U+2028 is not allowed"),
    ("not UTF-8", b"a: b\nc: \xff\xfe\n", ":2: the file is not UTF-8 text; save it as UTF-8"),
    ("UTF-16", GOOD.encode("utf-16"), "the file is not UTF-8 text; save it as UTF-8"),
    ("empty", "", "the file is empty; expected a rubric"),
    ("comment only", "# nothing\n", "the file is empty; expected a rubric"),
    ("list at the top", "- a\n- b\n", "expected keys with values at the top"),
    ("text at the top", "hello\n", "expected keys with values at the top"),
    ("key that is a list", "? [a, b]\n: c\n", "a key that is no text; expected 'key: value'"),
    ("key without text", "'': c\n", "a key that is no text"),
    ("open bracket", "a: [1, 2\n", "not valid YAML"),
    ("colon in text", "a: b: c\n", "put text that holds ': ' in quotes"),
    ("thousands of keys", "".join(f"k{n}: 1\n" for n in range(20_000)), "k0: unknown key."),
    ("thousands of levels", "levels: [" + "{value: 1}," * 15_000 + "]", "levels: unknown key."),
    ("huge number", "version: " + "9" * 5000, "version: expected three numbers with points"),
]


@pytest.mark.parametrize(
    ("content", "told"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE]
)
def test_a_hostile_file_is_refused_fast_with_a_sentence(
    tmp_path: Path, parser: str, content: str | bytes, told: str
) -> None:
    """Each is refused within five seconds of work, told by what to do, at no more than 100 KB of text."""
    start = time.process_time()

    said = problems(tmp_path, content)

    assert time.process_time() - start < 5
    assert any(told in one for one in said), said[:5]
    assert sum(map(len, said)) < 100_000


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_whatever_a_file_holds_it_is_plain_or_told(source: bytes) -> None:
    """Any bytes give values that JSON can hold, or problems with a line; nothing else is raised."""
    plain = read_plain(source)

    assert all(problem.line >= 1 for problem in plain.problems)
    assert json.loads(json.dumps(plain.value, allow_nan=False)) == plain.value


@given(
    st.recursive(
        st.text("abcyno01:-#'\"[]{}&*!|>%@` \n", max_size=12)
        | st.integers(-9, 9)
        | st.booleans()
        | st.none(),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=3)
        ),
    )
)
def test_what_yaml_writes_is_read_back(value: Any) -> None:
    """Plain values that PyYAML writes come back the same, apart from its own kinds of scalars."""
    source = yaml.safe_dump({"a": value}, allow_unicode=True)

    class NoAliases(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            return True

    plain = read_plain(yaml.dump({"a": value}, Dumper=NoAliases, allow_unicode=True).encode())

    assert not plain.problems
    assert plain.value == {"a": value} == yaml.safe_load(source)


@pytest.mark.parametrize(
    "text", ["yes", "no", "on", "off", "y", "010", "0x1F", "12:30", "2026-01-31", "1_000"]
)
def test_only_plain_numbers_true_false_and_null_are_no_text(text: str, parser: str) -> None:
    """What YAML 1.1 turns into true, 8, 750 or a date stays the text that was written."""
    assert read_plain(f"a: {text}\n".encode()).value == {"a": text}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("1.5", 1.5),
        ("-.5", -0.5),
        ("1e3", 1000.0),
        ("1.", 1.0),
        ("'1'", "1"),
        ('"true"', "true"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("1e999", "1e999"),
        ("1.0.0", "1.0.0"),
    ],
)
def test_plain_values_follow_the_core_schema(text: str, expected: object, parser: str) -> None:
    """Numbers are finite; quotes make text."""
    value = read_plain(f"a: {text}\n".encode()).value["a"]

    assert value == expected
    assert type(value) is type(expected)

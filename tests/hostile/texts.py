"""Texts that break what shows or keeps them: markup, direction, control characters, length, halves."""

from __future__ import annotations

MEGABYTE = "a" * 1_000_000
KEPT = {
    "markup": "<b>bold</b> & &lt;i&gt; <!-- -->",
    "right to left": "the \u202egnp.tac\u202c file, \u2067isolated\u2069, \u202eleft open",
    "arabic and hebrew": "\u0627\u0644\u0642\u0637\u0629 \u05d4\u05d7\u05ea\u05d5\u05dc cat",
    "control characters": "bell\x07 escape\x1b[31mred\x1b[0m back\x08 delete\x7f",
    "zalgo": "h" + "\u0300\u0301\u0302\u0330" * 200 + "at",
    "invisible": "zero\u200bwidth\u200d\u2060\ufefftag\U000e0041 soft\u00adhyphen",
    "line ends": "one\r\ntwo\u2028three\u2029four\x85five\x0bsix",
    "templates": "{{ 7 * 7 }} ${7*7} {% raw %} %s %(x)s {0} {0.__class__}",
    "mathematics": r"$\frac{1}{0}$ $ unclosed \undefined{ _ ^ %",
    "emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f3f4\U000e0067\U000e0062",
    "longest": "w" * 20_000,
}
"""What a task may say; it is shown as the text that it is."""

REFUSED = {
    "a megabyte": (MEGABYTE, "at most 20000 characters"),
    "NUL": ("a\0b", "NUL character"),
    "half a character": ("a\ud800b", "half of a surrogate pair"),
}
"""What no task may say, and why."""

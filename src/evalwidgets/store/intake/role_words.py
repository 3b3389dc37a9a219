"""What names of columns, folders and files say of the role of a picture, or of a text."""

from __future__ import annotations

import re

_WORDS = {
    "original": ("original", "orig", "source", "src", "before", "input", "reference", "ref"),
    "edited": ("edited", "edit", "after", "target", "tgt", "output", "result", "generated"),
    "a": ("a", "left", "first"),
    "b": ("b", "right", "second"),
    "c": ("c", "third"),
    "d": ("d", "fourth"),
    "image": ("image", "img", "picture", "photo"),
    "instruction": ("instruction", "edit_instruction", "edit_prompt", "command", "request"),
    "prompt": ("prompt", "caption", "description"),
    "guideline": ("guideline",),
    "content_note": ("content_note", "content_warning"),
    "sensitive": ("sensitive", "nsfw"),
    "source": ("source", "source_id"),
    "id": ("id", "task", "task_id", "item_id", "image_id", "key", "uid", "uuid"),
    "model": ("model", "model_name", "model_id", "generator", "system", "method"),
    "edit_type": ("edit_type", "edit_category", "task_type", "category"),
}
_FILLING = frozenset(
    {"image", "images", "img", "picture", "photo", "file", "files", "filename", "name", "path", "url", "uri"}
)
PICTURES = ("original", "edited", "a", "b", "c", "d", "image")
SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".avif")
"""Of the kinds that the door admits; what a file really is, is found when it is opened."""


def spelled(name: str) -> str:
    """Return a name in lower case with underscores: ``"Edited image"`` is ``"edited_image"``."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return re.sub(r"[^0-9a-z]+", "_", parted.casefold()).strip("_")


def picture_role(name: str, *, letters: bool = True) -> str:
    """Return the role that a column, folder or word names, or an empty text.

    Parameters
    ----------
    name : str
        Such as ``"source_image_path"``, ``"originals"`` or ``"after"``.
    letters : bool
        Whether a single word such as ``"a"`` or ``"left"`` names the side of a pair.
    """
    words = [word for word in spelled(name).split("_") if word not in _FILLING]
    word = "_".join(words) or ("image" if spelled(name) else "")
    roles = PICTURES if letters else PICTURES[:2]
    return next((role for role in roles if {word, word.removesuffix("s")} & {*_WORDS[role]}), "")


def text_role(name: str) -> str:
    """Return the text or fact of a task that a column names, or an empty text."""
    word = spelled(name).removeprefix("tags_")
    return next((role for role in _WORDS if role not in PICTURES and word in _WORDS[role]), "")


def is_picture_name(text: str) -> bool:
    """Return whether a text looks like the name of a picture file."""
    return text.casefold().endswith(SUFFIXES) and "\n" not in text

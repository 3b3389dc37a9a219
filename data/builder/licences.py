"""The page that says whose pictures these are."""

from __future__ import annotations

from collections.abc import Iterable

from builder.photos import PHOTOS

_HEAD = """# Licences of the demo pictures

Two kinds of pictures are in this folder, and edited versions of both.

## Photographs

They ship inside the Python package scikit-image and are read from the installed package
when the demo is built. Only those are used whose documentation frees them; its words are
quoted. Each edited version was made by code of this project.

"""

_TAIL = """
## Drawn scenes

Kitchen, street, park, portrait, seaside, room and desk are painted by the code in
`data/builder` and carry the licence of this project (MIT). The people, shops and models
in them are invented. Words in the pictures are set in the typefaces that matplotlib
carries (DejaVu, STIX), whose licences allow this.
"""


def licence_page(used: Iterable[str]) -> str:
    """Return the page as Markdown for the photographs that were used."""
    parts = []
    for name in sorted(set(used)):
        photo = PHOTOS[name]
        parts.append(
            f"### {photo.shows}\n\n"
            f"- file: `skimage/data/{photo.file}`\n"
            f"- author: {photo.author}\n"
            f"- licence: {photo.licence}\n"
            f'- the documentation of scikit-image says: "{photo.statement}"\n'
            f"- source: {photo.source}\n"
        )
    return _HEAD + "\n".join(parts) + _TAIL

"""Edits of the shop front: signs, colours, night, styles."""

from __future__ import annotations

from dataclasses import replace

from builder import styles
from builder.colour import Floats
from builder.lettering import words
from builder.paint import Canvas, rounded
from builder.recipe import Edit, no_change, paint, scores
from builder.scenes.street import Street

ONE = Street()
TWO = Street(
    sign="OLD MILL BREAD",
    awning=("#35608a", "#f2e6d2"),
    paint="#6b4a3a",
    door="#3f6d5a",
    bicycle="#a8433a",
    bicycle_at=36.0,
    board=None,
    planters=1,
)


def _pencil() -> Floats:
    return styles.pencil(paint(ONE))


def _wash() -> Floats:
    return styles.watercolour(paint(TWO))


def _hardly(_: Floats, made: Floats, __: Floats) -> Floats:
    before = paint(TWO)
    return styles.faint(before, made, 0.13)


def _pasted_words(before: Floats, _: Floats, __: Floats) -> Floats:
    """Lay the words on the board as a bright box that does not belong there."""
    canvas = Canvas.of(before)
    canvas.paint(rounded(902, 540, 92, 70), "#c9c6d2")
    for k, line in enumerate(("HOT", "SOUP")):
        canvas.paint(words(line, 948, 560 + k * 30, 25, "plain"), "#15161c")
    return canvas.pixels


def texts() -> list[Edit]:
    """Words on the sign and on the board."""
    return [
        Edit(
            "street-1", "text", "Change the shop sign to read HARBOUR BAKERY.", ONE,
            replace(ONE, sign="HARBOUR BAKERY"), made=replace(ONE, sign="HARBOUR BAKRY"),
            planted="misspelt",
            gold=scores(3),
            why="Read it letter by letter: BAKRY. One letter is missing and the wording can still be "
                "read, so 3: spelling must be exact for a 4. Typeface, gold and relief match the old "
                "sign.",
        ),
        Edit(
            "street-2", "text", "Make the sign say NIGHT OWL BOOKS instead.", TWO,
            replace(TWO, sign="NIGHT OWL BOOKS"), gold=scores(5), difficulty="easy",
            why="Every letter is right, and typeface, colour and relief are those of the old sign.",
        ),
        Edit(
            "street-1", "text", "Change the words on the chalk board to HOT SOUP.", ONE,
            replace(ONE, board="HOT SOUP"), spoil=_pasted_words, planted="pasted_text",
            gold=scores(4, 5, (4, 5), 3, 2),
            why="The words are right, but they sit on a pale box with hard edges, in thin black letters: "
                "clearly pasted on, and nothing like chalk.",
            reasons={"visual_quality": "The box has visible straight edges, though they do not spoil the "
                                       "whole picture, 3.",
                     "style_alignment": "Chalk on slate became black print on grey: obviously different, 2."},
        ),
        Edit(
            "street-2", "attribute", "Switch on the street lamp.", TWO, replace(TWO, lamp_lit=True),
            made=TWO, planted="no_op", difficulty="medium", gold=no_change(),
            why="Hold the flip key: nothing moves. The picture came back unchanged, so the request is "
                "not done. A picture that was not edited earns nothing for preservation.",
        ),
    ]  # fmt: skip


def things() -> list[Edit]:
    """Something is removed, added or recoloured."""
    bare = replace(ONE, bicycle=None, bicycle_shadow=False)
    green = replace(ONE, awning=("#3f7d54", "#f2e6d2"))
    return [
        Edit(
            "street-1", "remove", "Remove the bicycle in front of the shop.", ONE, bare,
            gold=scores(5), tags=("shadow",), difficulty="medium",
            why="The bicycle is gone and so is its shadow on the pavement. That the shadow changed is a "
                "consequence of the request, never a preservation fault.",
        ),
        Edit(
            "street-2", "remove", "Get rid of the bike.", TWO,
            replace(TWO, bicycle=None, bicycle_shadow=False), made=replace(TWO, bicycle=None),
            planted="kept_shadow", tags=("shadow",), difficulty="hard",
            gold=scores((3, 4), 3, 5, (4, 5), (4, 5)),
            why="The shadow of two wheels lies on the pavement without a bicycle. A minor leftover of the "
                "request and one visible physical error; nothing that should stay has changed.",
        ),
        Edit(
            "street-1", "attribute", "Make the awning green and white.", ONE, green,
            made=replace(green, door="#3f7d54"), planted="extra_change",
            gold=scores((4, 5), 5, 3, 5, 5),
            why="The awning is exactly right, but the door turned green too: one significant difference "
                "outside the request. It costs preservation, not adherence.",
        ),
        Edit(
            "street-2", "attribute", "Paint the door bright blue.", TWO, replace(TWO, door="#2f6fc0"),
            made=replace(TWO, awning=("#2f6fc0", "#2f6fc0")), planted="wrong_target",
            gold=scores(2, 5, 3, 5, 5),
            why="The awning became blue, the door did not: the wrong target, however clean it looks. The "
                "awning is one significant unrequested change.",
        ),
        Edit(
            "street-2", "add", "Add a second flower box to the left of the shop window.", TWO,
            replace(TWO, planters=2), planted="size_mismatch", saved="small",
            gold=scores(5, 5, (4, 5), 4, 5),
            why="The flower box is right. The picture came back at two thirds of the size, which shows as "
                "slight softness when zoomed; content and framing are the same.",
        ),
        Edit(
            "street-1", "remove", "Remove the chalk board from the pavement.", ONE, replace(ONE, board=None),
            planted="exif_rotated", saved="turned", tags=("shadow",), difficulty="easy",
            gold=scores(5, 5, 5, (4, 5), 5),
            why="The board and its shadow are gone. (The file is stored lying on its side with an EXIF "
                "orientation; it must be shown upright.)",
        ),
    ]  # fmt: skip


def moods() -> list[Edit]:
    """Style and light of the whole picture."""
    night = replace(ONE, night=True, lamp_lit=True)
    return [
        Edit(
            "street-1", "style", "Turn this into a pencil drawing.", ONE, _pencil, gold=scores(5),
            why="Graphite lines and hatching all over, and every thing is where it was. With a style request "
                "preservation means content and layout, not colour.",
        ),
        Edit(
            "street-2", "style", "Make it look like a watercolour painting.", TWO, _wash, spoil=_hardly,
            planted="style_absent",
            gold=scores(2, 5, 5, (4, 5), (4, 5)),
            why="A trace of paper texture is all there is: no washes, no pigment edges. Only a hint of "
                "the style was done, a 2 for adherence; what there is, is the same in every part.",
        ),
        Edit(
            "street-1", "multi", "Make it night, with the street lamp switched on.", ONE, night,
            made=replace(night, lamp_lit=False), planted="part_missing",
            gold=scores(3, (4, 5), 5, 5, 5),
            why="Night fell convincingly, but the street lamp on the left is dark: a stated part is missing.",
        ),
    ]  # fmt: skip


def edits() -> list[Edit]:
    """All edits of this scene."""
    return [*texts(), *things(), *moods()]

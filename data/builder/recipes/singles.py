"""Single pictures against a brief, and pictures against a prompt."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from builder import defects
from builder.colour import Floats, rgb
from builder.face import Person
from builder.photos import photo
from builder.props import Cup
from builder.recipe import Accepted, Single, paint
from builder.recipes.people import ANNA, PARK_ONE
from builder.scenes.desk import Desk
from builder.scenes.kitchen import BLUE, RED, Kitchen
from builder.scenes.park import Park
from builder.scenes.portrait import Portrait
from builder.scenes.room import Cat, Room
from builder.scenes.seaside import Seaside
from builder.scenes.street import Street


def _dim() -> Floats:
    return defects.tinted(defects.exposed(photo("coffee"), -1.3), "#7aa4ff", 0.6)


def _soft() -> Floats:
    return defects.blurred(paint(Seaside(towel="#3f6fa8", gulls=0)), 6)


def _cropped() -> Floats:
    return photo("astronaut")[70:330, 0:196]


def _blocks() -> Floats:
    return defects.blocky(photo("coins"), 12)


def _garish() -> Floats:
    bright = defects.saturated(paint(Kitchen(cookies=3, plant=False)), 0.9)
    return np.clip(defects.exposed(bright, 0.45), 0, 1)


def _torn() -> Floats:
    """Grey out the lower two thirds, as a download that stopped does."""
    picture = paint(Park(person=replace(ANNA, hair="#4a3a30"), kite=False)).copy()
    picture[250:] = rgb("#808080")
    picture[236:250] = picture[236:250, ::-1] * 0.6 + 0.2
    return picture


def _images_gold(
    clarity: Accepted, composition: Accepted, light: Accepted, plausibility: Accepted,
    appeal: dict[str, float], usefulness: Accepted,
) -> dict[str, Accepted | dict[str, float]]:  # fmt: skip
    return {
        "viewable": "yes", "clarity": clarity, "composition": composition, "light_colour": light,
        "plausibility": plausibility, "aesthetic_appeal": appeal, "usefulness": usefulness,
    }  # fmt: skip


def images() -> list[Single]:
    """Pictures that are judged for themselves."""
    strange = replace(PARK_ONE, arms=3, pose="wave", person=replace(ANNA, coat="#7a4a6a"))
    return [
        Single(
            "image", "rocket", partial(photo, "rocket"), words="Cover of a magazine issue about space "
            "flight, landscape, with room for a title in the sky.",
            gold=_images_gold((4, 5), 5, 5, 5, {"3": 0.1, "4": 0.4, "5": 0.5}, 5),
            why="Sharp, calm, well lit, and the empty sky takes a title: it can go to print as it is.",
            difficulty="easy",
        ),
        Single(
            "image", "chelsea", partial(photo, "chelsea"), words="Header of the web page of an animal "
                                                                 "shelter.",
            gold=_images_gold((4, 5), (4, 5), (4, 5), 5, {"3": 0.15, "4": 0.5, "5": 0.35}, (4, 5)),
            why="A good close portrait; a little soft when zoomed, and one ear is cut by the frame.",
        ),
        Single(
            "image", "coffee", _dim, words="Menu card of a café.",
            gold=_images_gold((2, 3), (4, 5), 2, 5, {"1": 0.2, "2": 0.5, "3": 0.3}, (2, 3)),
            why="Far too dark and with a cold blue cast: two faults of light. The cup can be made out, its "
                "surroundings sink.",
        ),
        Single(
            "image", "seaside-3", _soft, words="Picture postcard of a seaside resort, 10 x 15 cm.",
            gold=_images_gold(2, (4, 5), (4, 5), (4, 5), {"1": 0.15, "2": 0.5, "3": 0.35}, (1, 2)),
            why="Blurred all over: boats and gulls dissolve. No editor brings that back for print.",
        ),
        Single(
            "image", "astronaut", _cropped, words="Portrait for the author page of a biography.",
            gold=_images_gold((4, 5), (1, 2), (4, 5), 5, {"1": 0.25, "2": 0.45, "3": 0.3}, (1, 2)),
            why="The frame cuts off most of the face and the weight leans to the side: of the person it is "
                "meant to show, half is missing.",
        ),
        Single(
            "image", "hubble", partial(photo, "hubble_deep_field"), words="Desktop background, any size.",
            gold=_images_gold((4, 5), (4, 5), 5, 5, {"3": 0.15, "4": 0.35, "5": 0.5}, 5),
            why="A field of galaxies without a single subject, which is its subject: sharp, deep, even.",
            difficulty="easy",
        ),
        Single(
            "image", "park-3", strange, words="Illustration in a picture book for children about going "
                                              "for a walk.",
            gold=_images_gold((4, 5), (4, 5), (4, 5), 2, {"2": 0.4, "3": 0.4, "4": 0.2}, 3),
            why="Friendly and clear, but she has three arms: an error on the main subject. It serves "
                "once the arm is removed.",
        ),
        Single(
            "image", "coins", _blocks, words="Plate in a museum catalogue, printed at full page.",
            gold=_images_gold((2, 3), (4, 5), (3, 4), (4, 5), {"1": 0.1, "2": 0.45, "3": 0.45}, 2),
            why="Compression blocks lie over the fine reliefs, which are the point of a catalogue plate.",
        ),
        Single(
            "image", "kitchen-4", _garish, words="Advertisement for a brand of organic biscuits.",
            gold=_images_gold((3, 4, 5), (4, 5), 2, (4, 5), {"1": 0.3, "2": 0.5, "3": 0.2}, (2, 3)),
            why="Blown lights on wall and plate, and colours far too strong: two faults of light and colour.",
        ),
        Single(
            "image", "park-4", _torn, words="Banner of a newsletter.", gold={"viewable": "no"},
            why="Two thirds of the picture are grey: the file is damaged. Nothing further is judged.",
            difficulty="easy",
        ),
    ]  # fmt: skip


def _prompt_gold(overall: Accepted, met: Accepted, unrequested: Accepted = "none") -> dict[str, Accepted]:
    return {
        "prompt_ok": "ok",
        "requirements_met": met,
        "unrequested": unrequested,
        "overall_adherence": overall,
    }


def prompts() -> list[Single]:
    """Pictures that were made from words."""
    blonde = replace(ANNA, style="long", hair="#c9a24a")
    return [
        Single(
            "prompt", "kitchen-5",
            Kitchen(cups=(Cup(335, 626, RED, 1.1), Cup(515, 662, BLUE, 1.2)), bowl=None),
            words="A kitchen table with two cups of coffee, one red and one blue, a green teapot and a "
            "potted plant. No spoon.",
            requirements=("two cups of coffee", "one cup is red, one is blue", "a green teapot",
                          "a potted plant", "no spoon"),
            gold=_prompt_gold(5, "all"), difficulty="easy",
            why="Count and colours are right, teapot and plant are there, and there is no spoon.",
        ),
        Single(
            "prompt", "street-3", Street(sign="MOON BAKERY", paint="#3a4a6a", board=None),
            words="A bakery at night with a lit street lamp and a yellow bicycle in front of it.",
            requirements=("a bakery", "it is night", "a lit street lamp", "a yellow bicycle in front"),
            gold=_prompt_gold((2, 3), ("most", "some")), difficulty="hard",
            why="Bakery and bicycle are right, but it is day and the lamp is dark: stated circumstances are "
                "missing.",
        ),
        Single(
            "prompt", "park-5", Park(person=ANNA, pose="wave", balloons=("#d2453f", "#e9b44a"), dog=None,
                                     kite=False, bench=None),
            words="A woman with round glasses and a striped scarf holds up three balloons: red, yellow "
                  "and blue.",
            requirements=("a woman with round glasses", "a striped scarf", "three balloons",
                          "a red, a yellow and a blue balloon"),
            gold=_prompt_gold(3, "most"),
            why="Everything is there but the blue balloon: two instead of three.",
        ),
        Single(
            "prompt", "seaside-4", Seaside(stripes="#2f5f9a", towel=None, ball=None, ball_shadow=False),
            words="A lighthouse with blue stripes, two sailing boats and an empty beach without any parasol.",
            requirements=("a lighthouse with blue stripes", "two sailing boats", "an empty beach",
                          "no parasol"),
            gold=_prompt_gold((2, 3), ("most", "some"), "major"), difficulty="hard",
            why="A large parasol stands where the prompt rules it out. What must not appear weighs as "
                "much as what must.",
        ),
        Single(
            "prompt", "room-3",
            Room(cat=Cat(coat="#d08a48", bib=None, stripes=True), picture="boat", plant=False, table=False,
                 sofa="#4f8f86"),
            words="A ginger cat on a bright green sofa under a picture of a sailing boat, with a floor "
                  "lamp on.",
            requirements=("a ginger cat on a sofa", "the sofa is bright green", "a picture of a sailing boat",
                          "a floor lamp that is on"),
            gold=_prompt_gold(4, ("most", "all")),
            why="All things are there; the sofa is a greyish teal rather than bright green: one "
                "attribute off.",
        ),
        Single(
            "prompt", "desk-3",
            Desk(wall="#6a5a6e", poster="BE KIND", poster_second="TO TYPES", mug="#4f86b5"),
            words="A tidy desk in daylight with a laptop and a red mug, and not a single book.",
            requirements=("a desk", "daylight", "a laptop", "a red mug", "no books"),
            gold=_prompt_gold((2, 3), "some", "major"),
            why="Desk and laptop are shown; but it is night, the mug is blue, and a stack of books "
                "stands there although books are ruled out.",
        ),
        Single(
            "prompt", "portrait-4", Portrait(blonde, "spring"),
            words="A bearded man reading a newspaper on a night train.",
            requirements=("a bearded man", "he reads a newspaper", "on a train", "at night"),
            gold=_prompt_gold(1, "none", ("major", "minor")), difficulty="easy",
            why="A woman in a spring park: nothing of the prompt is shown.",
        ),
        Single(
            "prompt", "kitchen-6", Kitchen(teapot=None, cookies=2, jars=2, tiles="#d8c9b4"),
            words="A teapot and a plate with three cookies on a wooden table, and nothing else on it.",
            requirements=("a teapot", "a plate with three cookies", "a wooden table",
                          "nothing else on the table"),
            gold=_prompt_gold(2, "some", "major"),
            why="The teapot, a main thing, is missing, there are two cookies, and cups, fruit and a "
                "plant stand where nothing else should.",
        ),
        Single(
            "prompt", "portrait-5", Portrait(Person(coat="#7a4a3a", style="long", hair="#5a3a2a"), "studio"),
            words="The same as the other one, just not so much and a bit more of it.",
            gold={"prompt_ok": "unclear"},
            why="Nobody could say what would satisfy this prompt; there is nothing to judge a picture "
                "against.",
        ),
    ]  # fmt: skip

"""The image stage: one image, an image edit or a pair, drawn and compared in the browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import anywidget
import traitlets

from evalwidgets.core.task import ROLES
from evalwidgets.errors import UnknownName
from evalwidgets.widgets import assets

__all__ = ["ImageStage"]

_ROLES = {kind: {*must, *may} for kind, (must, may) in ROLES.items()}
_MODES = ("flip", "side", "wipe")
_BLINK_RATES = (1, 2, 3)  # more would flash (WCAG 2.3.1); also in blink.js


class ImageStage(anywidget.AnyWidget):
    """Shows the pictures of one task and lets a person compare them.

    The stage fills the height that its container gives it. Pictures travel as
    binary messages, never as state: the browser asks for one part after the other
    (`on_need`) and each is answered (`send_part`, `send_missing`), so that no small
    message waits long behind a large picture. Nothing is kept here.

    Parameters
    ----------
    scene : dict, optional
        What is shown, as JSON: ``key`` (unique per shown review), ``kind``
        (``image``, ``prompt``, ``edit``, ``pair``), ``pictures`` (each with ``role``,
        ``label``, ``picture`` as a hash or None, ``width``, ``height``), ``texts``
        (each with ``label`` and ``text``) and ``notice`` (why a picture is None). Of a
        big picture ``picture`` is a preview, and ``tiles`` tells the ``size`` and the
        ``factors`` of its tiles, asked for as ``<hash>@<factor>/<column>/<row>``. Of a
        sensitive task also ``sensitive`` (``note``, ``seen``, ``pause``), and each picture
        has a ``cover``: the hash of what stands for it while ``picture`` is None. With ``intro``
        its first text is shown alone, then the original, then everything; once for each key.
    queue : list of dict, optional
        The scenes that come next. The browser decodes them ahead and moves to them by
        itself on the event ``ew:advance``; assigning `scene` confirms the step.
    evidence : dict, optional
        What was measured of the scene with this ``key``, or why that is not shown: see
        `evidence_work.EvidenceWork`.
    regions : list of dict, optional
        Marked places of the scene, to look at: ``region`` (see `evalwidgets.core.region`),
        ``label`` (in its badge), ``title`` (in words), ``look`` (``gold`` or ``other``). What a
        reviewer marks is not here: it travels with the form. After a review, ``look`` may be
        ``found`` or ``missed`` (an expert's place) or ``extra`` (one that no expert marked).
    mode : {"flip", "side", "wipe"}, optional
        How two to four pictures are compared; follows what the person chooses. A pair
        starts side by side, everything else in flip.
    blink_rate : {1, 2, 3}, default 2
        How many times a second the pictures change places while they blink; follows
        what the person chooses.
    controls : bool, default True
        Whether the toolbar is shown. Its keys work without it.

    Raises
    ------
    UnknownName
        If an argument, or the kind or a role of a scene, is not one of those above.
    """

    _esm = assets.module(
        "keys.js",
        "viewport.js",
        "tile_grid.js",
        "picture_cache.js",
        "picture_transfer.js",
        "scene_track.js",
        "comparison.js",
        "blink.js",
        "covers.js",
        "softened.js",
        "channels.js",
        "channel_pixels.js",
        "mosaic.js",
        "big_pictures.js",
        "stage_pictures.js",
        "stage_canvas.js",
        "stage_tools.js",
        "stage_page.js",
        "stage_icons.js",
        "stage_bar.js",
        "stage_input.js",
        "compare_part.js",
        "zoom_part.js",
        "tiles_part.js",
        "channel_part.js",
        "readout.js",
        "inspector_part.js",
        "overview_part.js",
        "part_pictures.js",
        "cover_part.js",
        "evidence_part.js",
        "region_shapes.js",
        "region_draft.js",
        "region_pen.js",
        "region_paint.js",
        "region_marks.js",
        "region_pointer.js",
        "region_keys.js",
        "region_words.js",
        "region_part.js",
        "intro.js",
        "intro_part.js",
        "image_stage.js",
    )
    _css = assets.styles(
        "image_stage.css",
        "stage_bar.css",
        "stage_look.css",
        "cover_part.css",
        "evidence_part.css",
        "region_part.css",
        "intro_part.css",
    )

    scene = traitlets.Dict().tag(sync=True)
    queue = traitlets.List(traitlets.Dict()).tag(sync=True)
    evidence = traitlets.Dict().tag(sync=True)
    regions = traitlets.List(traitlets.Dict()).tag(sync=True)
    mode = traitlets.Enum(_MODES).tag(sync=True)
    blink_rate = traitlets.Enum(_BLINK_RATES, default_value=2).tag(sync=True)
    controls = traitlets.Bool(default_value=True).tag(sync=True)

    def __init__(self, **options: Any) -> None:
        known = [name for name in self.class_trait_names() if not name.startswith("_")]
        for name in options:
            if name not in known:
                raise UnknownName(what="option", given=name, known=known, where="ImageStage")
        self._need_callbacks: list[Callable[[str, int], None]] = []
        self._shown_callbacks: list[Callable[[str], None]] = []
        self._report_callbacks: list[Callable[[Mapping[str, Any]], None]] = []
        super().__init__(**options)
        self.on_msg(self._receive)

    def on_need(self, callback: Callable[[str, int], None]) -> None:
        """Call `callback` with a picture's hash and the byte at which the part begins that is lacking."""
        self._need_callbacks.append(callback)

    def on_shown(self, callback: Callable[[str], None]) -> None:
        """Call `callback` with the key of each scene once the browser has painted it."""
        self._shown_callbacks.append(callback)

    def on_report(self, callback: Callable[[Mapping[str, Any]], None]) -> None:
        """Call `callback` with each message in which a person asks to see what lies closed.

        That is ``{"type": "evidence", "key"}``, or ``{"type": "reveal", "key", "role", "how"}``
        with "peek" or "reveal"; `key` is the scene's.
        """
        self._report_callbacks.append(callback)

    def send_part(self, picture: str, at: int, size: int, data: bytes, media_type: str) -> None:
        """Send a part of an encoded picture to the browser, which decodes the whole and keeps it.

        Parameters
        ----------
        picture : str
            Hash of the picture.
        at : int
            Where the part begins, in bytes, as it was asked for.
        size : int
            Bytes of the whole picture.
        data : bytes
            The part; all parts of a picture but the last have the same length.
        media_type : str
            Of the whole picture, for example ``image/jpeg``.
        """
        content = {"type": "part", "picture": picture, "at": at, "size": size, "media_type": media_type}
        self.send(content, [data])

    def send_missing(self, picture: str) -> None:
        """Tell the browser that a picture cannot be had, so that it goes on with the others."""
        self.send({"type": "missing", "picture": picture})

    def recall(self) -> None:
        """Bring the browser back to `scene`, whatever it moved on to by itself.

        A submit that is refused leaves `scene` as it is, so that no change of a trait
        could tell the browser, which has already advanced.
        """
        self.send({"type": "recall"})

    def __repr__(self) -> str:
        """Return one line that is the same in every run; also the notebook's text/plain."""
        return f"ImageStage(kind={self.scene.get('kind')!r}, mode={self.mode!r})"

    @traitlets.default("mode")
    def _usual_mode(self) -> str:
        return "side" if self.scene.get("kind") == "pair" else "flip"

    @traitlets.validate("scene")
    def _check_scene(self, proposal: dict[str, Any]) -> dict[str, Any]:
        return _checked(proposal["value"])

    @traitlets.validate("queue")
    def _check_queue(self, proposal: dict[str, Any]) -> list[dict[str, Any]]:
        return [_checked(scene) for scene in proposal["value"]]

    def _receive(self, _stage: ImageStage, content: Mapping[str, Any], _buffers: object) -> None:
        match content:
            case {"type": "need", "picture": str(picture), "at": int(at)}:
                for need in self._need_callbacks:
                    need(picture, at)
            case {"type": "shown", "key": str(key)}:
                for shown in self._shown_callbacks:
                    shown(key)
            case {"type": "evidence" | "reveal"}:
                for report in self._report_callbacks:
                    report(content)


def _checked(scene: dict[str, Any]) -> dict[str, Any]:
    """Return `scene` unless its kind or a role of it is unknown; an empty one shows nothing."""
    if not scene:
        return scene
    where = f"scene {scene.get('key')!r}"
    if scene.get("kind") not in _ROLES:
        raise UnknownName(what="kind", given=scene.get("kind"), known=_ROLES, where=where)
    roles = _ROLES[scene["kind"]]
    for role in (picture.get("role") for picture in scene.get("pictures", [])):
        if role not in roles:
            raise UnknownName(what="role", given=role, known=sorted(roles), where=where)
    return scene

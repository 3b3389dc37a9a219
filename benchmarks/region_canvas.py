"""ipyannotations' box, point and polygon annotators, mended as far as they can be from outside.

What is mended: no error box above the picture, none of its keys, no slider that alters the
picture; a drag that leaves the canvas ends there and keeps its box; handles are grabbed and
polygons closed within 8 pixels of the screen; undo never reaches into the picture before;
the widgets of a picture are closed with it. It opens on a crop of the picture at the
resolution of the canvas, so that a pixel of the canvas is a pixel of what is shown.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import uuid4

import ipywidgets
from ipyannotations.images import BoxAnnotator, PointAnnotator, PolygonAnnotator
from ipyannotations.images.canvases.box import BoundingBoxAnnotationCanvas
from ipyannotations.images.canvases.point import PointAnnotationCanvas
from ipyannotations.images.canvases.polygon import PolygonAnnotationCanvas
from PIL import Image

from evalwidgets.core.region import Region, Shape
from evalwidgets.core.task import Role
from evalwidgets.store.exchange.ipyannotations_shapes import from_ipyannotations, to_ipyannotations

Viewport = tuple[float, float, float, float]
"""Left, top, right, bottom, in pixels of the upright original."""

REACH = 8
"""Pixels of the screen within which a handle is grabbed and a polygon closed."""


class _Mended:
    """What all three canvases need."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.told: list[Callable[[], None]] = []
        super().__init__(*args, **kwargs)
        self.interaction_canvas.on_mouse_out(self.leave)  # type: ignore[attr-defined]

    def init_empty_data(self) -> None:
        self._proposed_annotation = None
        self.dragging: Any = None
        super().init_empty_data()  # type: ignore[misc]
        self._undo_queue.clear()  # type: ignore[attr-defined]

    def load_image(self, image: bytes) -> None:
        before = getattr(self, "current_image", None)
        super().load_image(image)  # type: ignore[misc]
        if before is not None:
            before.layout.close()
            before.close()

    def on_drag(self, x: float, y: float) -> None:
        if self.dragging is not None:  # else every move of the pointer would draw everything anew
            super().on_drag(*self.inside(x, y))  # type: ignore[misc]

    def on_release(self, x: float, y: float) -> None:
        super().on_release(x, y)  # type: ignore[misc]
        for tell in self.told:
            tell()

    def leave(self, x: float, y: float) -> None:
        """End a drag where the pointer left the canvas."""
        if self.dragging is not None:
            self.on_drag(x, y)
            self.on_release(x, y)

    def inside(self, x: float, y: float) -> tuple[float, float]:
        """Return the nearest spot of the picture."""
        left, top, right, bottom = self.image_extent  # type: ignore[attr-defined]
        return min(max(x, left), right), min(max(y, top), bottom)


class _BoxCanvas(_Mended, BoundingBoxAnnotationCanvas):
    """Boxes."""

    @property
    def drawn(self) -> list[Any]:
        return list(self.annotations)


class _PointCanvas(_Mended, PointAnnotationCanvas):
    """Points."""

    @property
    def drawn(self) -> list[Any]:
        return list(self.points)


class _PolygonCanvas(_Mended, PolygonAnnotationCanvas):
    """Polygons; the first corner stays the last one when it is moved."""

    @property
    def drawn(self) -> list[Any]:
        return list(self.polygons)

    def on_click(self, x: float, y: float) -> None:
        self.current_polygon.close_threshold = self.point_size
        super().on_click(x, y)

    def re_draw(self, _: Any = None) -> None:
        for polygon in self.polygons:
            polygon.points[-1] = polygon.points[0]
        super().re_draw()


class _Boxes(BoxAnnotator):
    CanvasClass = _BoxCanvas


class _Points(PointAnnotator):
    CanvasClass = _PointCanvas


class _Polygons(PolygonAnnotator):
    CanvasClass = _PolygonCanvas


_ANNOTATORS: dict[str, Any] = {"box": _Boxes, "point": _Points, "polygon": _Polygons}


class RegionCanvas(ipywidgets.VBox):
    """Marks one shape of regions on a crop of a picture.

    Parameters
    ----------
    shape : {"box", "point", "polygon"}
        What is drawn.
    classes : mapping of str to str
        Id of each class to its name.
    size : tuple of int
        Width and height on the screen.
    density : int
        Pixels of the canvas for each pixel of the screen: 2 is sharp on a fine screen.
    """

    def __init__(
        self,
        shape: Shape,
        classes: Mapping[str, str],
        *,
        size: tuple[int, int] = (700, 500),
        density: int = 1,
    ) -> None:
        width, height = size
        # Without a class at first: what nobody chose is not chosen.
        self._annotator = _ANNOTATORS[shape]((width * density, height * density), options=["", *classes])
        self._annotator.options = [("no class yet", ""), *((name, id_) for id_, name in classes.items())]
        self._annotator.event_watcher.watched_events = []
        self._canvas = self._annotator.canvas
        self._canvas.layout = {"width": f"{width}px", "height": f"{height}px"}
        self._canvas.point_size = min(20, REACH * density)
        self._canvas.told.append(self._tell)
        self._annotator.undo_button.on_click(lambda _: self._tell())
        row = [self._annotator.class_selector, self._annotator.edit_button, self._annotator.undo_button]
        super().__init__([self._canvas, ipywidgets.HBox(row)], layout={"width": f"{width}px"})
        self.shape = shape
        self._told: list[Callable[[tuple[Region, ...]], None]] = []

    def display(
        self,
        picture: Image.Image,
        viewport: Viewport,
        *,
        role: Role = "edited",
        digest: str = "",
        regions: Iterable[Region] = (),
    ) -> None:
        """Show a part of a picture; regions of other shapes, or partly outside, stay as they are."""
        left, top, right, bottom = viewport
        across, down = self._canvas.width, self._canvas.height
        self._scale = min(across / (right - left), down / (bottom - top))
        shown = (max(1, round((right - left) * self._scale)), max(1, round((bottom - top) * self._scale)))
        resample = Image.Resampling.LANCZOS if self._scale < 1 else Image.Resampling.NEAREST
        buffer = io.BytesIO()
        picture.convert("RGB").resize(shown, resample, box=viewport).save(buffer, "PNG", compress_level=1)
        self._viewport, self._shown = viewport, shown
        self._of: dict[str, Any] = {"role": role, "size": picture.size, "picture": digest}
        self._annotator.display(buffer.getvalue())
        given = tuple(regions)
        here = [one for one in given if one.type == self.shape and self._is_inside(one)]
        self._elsewhere = tuple(one for one in given if one not in here)
        shapes = to_ipyannotations([self._moved(one, self._onto_canvas, shown) for one in here]).shapes
        self._annotator.data = list(shapes)
        self._known = {
            id(drawn): (drawn, region, drawn.data)
            for drawn, region in zip(self._canvas.drawn, here, strict=True)
        }

    @property
    def regions(self) -> tuple[Region, ...]:
        """All regions, in pixels of the original; those that were not touched exactly as they came."""
        return (*self._elsewhere, *filter(None, map(self._region, self._canvas.drawn)))

    @property
    def unfinished(self) -> bool:
        """Whether a polygon is begun and not closed; it is no region yet."""
        return self.shape == "polygon" and bool(self._canvas.current_polygon.points)

    def on_change(self, callback: Callable[[tuple[Region, ...]], None]) -> None:
        """Call back with all regions whenever one was drawn, moved or taken back."""
        self._told.append(callback)

    def _tell(self) -> None:
        regions = self.regions
        for callback in self._told:
            callback(regions)

    def _region(self, drawn: Any) -> Region | None:
        _, before, data = self._known.get(id(drawn), (drawn, None, None))
        if drawn.data == data:
            return before
        read = from_ipyannotations([drawn.data], role=self._of["role"], size=self._shown).regions
        if not read:
            return None
        region = self._moved(read[0], self._onto_picture, self._of["size"])
        if before is None:
            self._known[id(drawn)] = (drawn, region.model_copy(update={"id": uuid4().hex[:12]}), None)
            before = self._known[id(drawn)][1]
        return before.model_copy(update={"points": region.points, "label": region.label})

    def _is_inside(self, region: Region) -> bool:
        left, top, right, bottom = region.box
        return (
            left >= self._viewport[0]
            and top >= self._viewport[1]
            and right <= self._viewport[2]
            and bottom <= self._viewport[3]
        )

    def _moved(self, region: Region, onto: Any, size: tuple[int, int]) -> Region:
        points = [(min(max(x, 0), size[0]), min(max(y, 0), size[1])) for x, y in map(onto, region.points)]
        return Region(**{**region.model_dump(), **self._of, "points": points, "size": size})

    def _onto_canvas(self, spot: tuple[float, float]) -> tuple[float, float]:
        return (spot[0] - self._viewport[0]) * self._scale, (spot[1] - self._viewport[1]) * self._scale

    def _onto_picture(self, spot: tuple[float, float]) -> tuple[float, float]:
        return spot[0] / self._scale + self._viewport[0], spot[1] / self._scale + self._viewport[1]

"""Reads everything that passes between a page and its server, and looks for what must not be there."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable

from playwright.sync_api import Error, Page, Request, Response, WebSocket

from evalwidgets.core.gold import Gold
from evalwidgets.core.region import Region
from evalwidgets.core.rubric import Rubric

_SHORTEST = 12  # characters: shorter sentences occur by chance
_KEYS = ('"accepted":', '"distribution":', '"rationale":')


class MessageReader:
    """What a page was sent and what it sent: frames of its websockets both ways, replies, requests.

    Notes
    -----
    Text is found as it is, escaped in JSON (once or twice) and in HTML, in text frames and
    inside binary ones. What is packed, encrypted or cut in two is not.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self._heard: list[tuple[str, bytes]] = []
        self._replies: list[Response] = []
        self.unread: list[str] = []
        page.on("websocket", self._follow)
        page.on("response", lambda reply: self._replies.append(reply))
        page.on("request", self._note)

    @property
    def size(self) -> int:
        """How many frames, replies and requests were read."""
        self._read_replies()
        return len(self._heard)

    def await_silence(self, milliseconds: int = 600) -> None:
        """Wait until nothing has come for so long."""
        before = -1
        while before != self.size:
            before = self.size
            self._page.wait_for_timeout(milliseconds)

    def forget(self) -> None:
        """Begin anew: what was said so far is not looked at again."""
        self._read_replies()
        self._heard.clear()

    def find(self, needles: Iterable[str]) -> dict[str, str]:
        """Return which of the needles occur, each with the place where it was found first."""
        self._read_replies()
        found = {}
        for needle in needles:
            spelled = spellings(needle)
            where = next((place for place, data in self._heard if any(one in data for one in spelled)), None)
            if where is not None:
                found[needle] = where
        return found

    def _follow(self, socket: WebSocket) -> None:
        def keep(way: str, frame: str | bytes) -> None:
            self._heard.append((way, frame.encode() if isinstance(frame, str) else frame))

        socket.on("framereceived", lambda frame: keep("received frame", frame))
        socket.on("framesent", lambda frame: keep("sent frame", frame))

    def _note(self, request: Request) -> None:
        self._heard.append(
            (f"request {request.url}", request.url.encode() + (request.post_data_buffer or b""))
        )

    def _read_replies(self) -> None:
        replies, self._replies = self._replies, []
        for reply in replies:
            if 300 <= reply.status < 400 or reply.status == 204:  # without a body
                continue
            try:
                self._heard.append((f"reply {reply.url}", reply.body()))
            except Error:
                self.unread.append(reply.url)


def spellings(text: str) -> set[bytes]:
    """Return a text in every spelling in which it may travel."""
    written = {text, html.escape(text), html.escape(text, quote=False)}
    for _ in range(2):  # JSON, and JSON within JSON
        written |= {json.dumps(one, ensure_ascii=plain)[1:-1] for one in written for plain in (True, False)}
    return {one.encode() for one in written} | {one.encode("latin-1", "ignore") for one in written}


def gold_needles(golds: Iterable[Gold], rubric: Rubric) -> set[str]:
    """Return what betrays gold: its sentences, the places it marks, and the names of its parts in JSON.

    Sentences that the rubric itself says are no secret.
    """
    public = rubric.model_dump_json()
    said: set[str] = set()
    places: set[str] = set()
    for gold in golds:
        said |= {gold.rationale, *(answer.rationale for answer in gold.answers.values())}
        places |= {spelled for region in gold.regions for spelled in _points(region)}
    return {one for one in said if len(one) >= _SHORTEST and one not in public} | places | set(_KEYS)


def _points(region: Region) -> set[str]:
    whole = [[round(number) for number in point] for point in region.points]
    return {
        json.dumps(points, separators=separators)
        for points in (region.points, whole)
        for separators in ((", ", ": "), (",", ":"))
    }

"""A notebook served by Voila as `make practice` does, and what somebody with a token and a script can try."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import websocket
from jupyter_client.session import Session
from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)
from playwright.sync_api import Page
from server import TOKEN, Server

CONFIG = Path(__file__).resolve().parents[2] / "tools" / "voila"
PROTOCOL = "v1.kernel.websocket.jupyter.org"


class Served(Server):
    """A Voila server on one notebook of a folder, with the settings of `make practice`."""

    def __init__(self, folder: Path, notebook: str, **environment: str) -> None:
        command = [
            *("voila", notebook, f"--Voila.config_file_paths={CONFIG}", f"--token={TOKEN}"),
            *("--Voila.port={port}", "--Voila.port_retries=0"),
        ]
        super().__init__(folder, command, "login", **environment)

    def url(self, theme: str = "light") -> str:
        """Return the address that a trainee is given."""
        return f"http://127.0.0.1:{self.port}/?token={TOKEN}&theme={theme}"

    def open(self, page: Page, theme: str = "light") -> None:
        """Open the page and wait until its panel is there, and the notice before it gone."""
        page.goto(self.url(theme))
        page.wait_for_selector(".ew-panel", timeout=60_000)
        page.wait_for_selector("#loading", state="detached")

    def begin(self, page: Page, name: str) -> None:
        """Give a name to the panel that asks for one, by keyboard, and wait for what it opens with."""
        page.wait_for_selector(".ew-card:not([hidden]) input:focus")
        page.keyboard.type(name)
        page.keyboard.press("Enter")
        page.wait_for_selector(".ew-home", timeout=60_000)

    def ask(self, method: str, path: str, token: str = TOKEN, **headers: str) -> tuple[int, bytes]:
        """Return status and body of a request whose path no client has tidied up."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            proof = {"Authorization": f"token {token}"} if token else {}
            connection.request(method, path, headers={**proof, **headers})
            reply = connection.getresponse()
            return reply.status, reply.read()
        finally:
            connection.close()

    def start_kernel(self) -> tuple[str, Callable[[], str]]:
        """Ask for the page: return the kernel's id as soon as it is said, and what waits for the page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", "/", headers={"Authorization": f"token {TOKEN}"})
        reply = connection.getresponse()
        html = ""
        while not (found := re.search(r'"kernelId": "([\w-]+)"', html)):
            piece = reply.read1()
            assert piece, "the page names no kernel"
            html += piece.decode()

        def whole() -> str:
            page = html + reply.read().decode()
            connection.close()
            return page

        return found[1], whole


class Channel:
    """A connection to a kernel's channels, as any script with the id and the token can make it."""

    def __init__(self, served: Served, kernel: str, *, token: str = TOKEN, protocol: str = PROTOCOL) -> None:
        self._session = Session()
        self._protocol = protocol
        self._socket = websocket.create_connection(
            f"ws://127.0.0.1:{served.port}/api/kernels/{kernel}/channels",
            header=[f"Authorization: token {token}"] if token else [],
            subprotocols=[protocol] if protocol else None,
            timeout=20,
        )
        self.heard: list[bytes] = []

    def send(self, kind: str, channel: str = "shell", version: str = "", **content: Any) -> None:
        """Send a message of a kind; messages to widgets bear the version of their language."""
        message = self._session.msg(kind, content, metadata={"version": version} if version else {})
        if self._protocol:
            self._socket.send_binary(serialize_msg_to_ws_v1(message, channel, self._session.pack))
        else:
            self._socket.send(json.dumps({**message, "channel": channel}, default=str))

    def listen(self, until: str) -> set[str]:
        """Return the kinds of all messages up to the first of the kind `until`, or up to silence."""
        kinds: set[str] = set()
        while until not in kinds:
            try:
                frame = self._socket.recv()
            except websocket.WebSocketTimeoutException:
                break
            self.heard.append(frame if isinstance(frame, bytes) else frame.encode())
            kinds.add(_kind(frame))
        return kinds

    def listen_until_silence(self) -> set[str]:
        """Return the kinds of all messages until none has come for two seconds."""
        self._socket.settimeout(2)
        return self.listen("nothing")

    def close(self) -> None:
        """Close the connection."""
        self._socket.close()


def _kind(frame: str | bytes) -> str:
    if isinstance(frame, str):
        return str(json.loads(frame)["header"]["msg_type"])
    _, parts = deserialize_msg_from_ws_v1(frame)
    return str(json.loads(parts[0])["msg_type"])

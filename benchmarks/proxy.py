"""A slow link on this machine: a TCP proxy that delays what it carries and limits its rate."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import threading
import time
from typing import Self

_CHUNK = 16_384  # bytes: 6.5 ms of a 20 Mbit/s link, so that connections take turns


class SlowLink:
    """Carries connections to a port of this machine as a distant link would.

    All connections share one line. In each direction a byte waits for its turn at
    `megabits` per second and arrives `round_trip` / 2 later. There is no loss and no
    slow start: kinder than a real line of the same figures. Use it as a context manager.

    Parameters
    ----------
    to : int
        The port on 127.0.0.1 that is made distant.
    round_trip : float
        Delay added there and back together, in seconds.
    megabits : float
        Rate of each direction, in megabits per second.
    """

    def __init__(self, to: int, round_trip: float = 0.06, megabits: float = 20.0) -> None:
        self.to, self.delay, self.rate = to, round_trip / 2, megabits * 1e6 / 8
        self.port = 0
        """The port of this machine's end of the link."""
        self._carried_at = 0.0
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    @property
    def quiet(self) -> float:
        """Seconds since the last byte arrived at either end."""
        return time.monotonic() - self._carried_at

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        self._free = {"up": 0.0, "down": 0.0}  # when the line has sent what it was given
        server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()

    async def _connect(self, near: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        try:
            far, far_out = await asyncio.open_connection("127.0.0.1", self.to)
        except OSError:
            near_out.close()
            return
        with contextlib.suppress(asyncio.CancelledError):  # the link is closed: nobody waits for the rest
            await asyncio.gather(self._carry("up", near, far_out), self._carry("down", far, near_out))

    async def _carry(self, way: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Put chunks on the line one after the other; a second task takes them off, later."""
        travelling: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        arrival = asyncio.create_task(self._arrive(travelling, writer))
        chunk = b"-"
        while chunk:
            chunk = await _read(reader)
            sent = max(self._loop.time(), self._free[way]) + len(chunk) / self.rate
            self._free[way] = sent
            travelling.put_nowait((sent + self.delay, chunk))
            # Reading no faster than the line: what does not fit waits with the sender, as on a real one.
            await asyncio.sleep(sent - self._loop.time())
        await arrival

    async def _arrive(
        self, travelling: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter
    ) -> None:
        while True:
            due, chunk = await travelling.get()
            await asyncio.sleep(due - self._loop.time())
            self._carried_at = time.monotonic()
            if not chunk:
                writer.close()
                return
            writer.write(chunk)


async def _read(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.read(_CHUNK)
    except ConnectionError:  # the other side left without a word: the end, too
        return b""


def main() -> None:
    """Hold a link open until Enter is pressed, to work over it by hand."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("to", type=int, help="the port of this machine that is made distant")
    parser.add_argument("--round-trip", type=float, default=0.06, help="seconds (default: 0.06)")
    parser.add_argument("--megabits", type=float, default=20.0, help="per second (default: 20)")
    given = parser.parse_args()
    with SlowLink(given.to, given.round_trip, given.megabits) as link:
        input(f"Port {link.port} leads to port {link.to}. Enter ends it. ")


if __name__ == "__main__":
    main()

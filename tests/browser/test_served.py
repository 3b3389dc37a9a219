"""`make practice`: a page that works by keyboard, on which nobody runs code, opens files or reads gold."""

from __future__ import annotations

import html
import json
import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import websocket
from lab import make_notebook
from message_reader import MessageReader, gold_needles
from playwright.sync_api import Page, expect
from served import CONFIG, Channel, Served

import evalwidgets as ew
from evalwidgets.core.gold import Gold
from evalwidgets.core.rubric import Rubric

from ..samples import ROOT

NOTEBOOK = "notebooks/02_practice.ipynb"
SECRET = "The reflection in the window was left out."
ANSWERS = {"comm_close", "comm_info_reply", "comm_msg", "comm_open", "kernel_info_reply", "status"}


@pytest.fixture(scope="module")
def served(workspace: Path) -> Iterator[Served]:
    """Return the copied workspace, served as trainees get it; what names a reviewer elsewhere is set too."""
    server = Served(workspace, NOTEBOOK, EVALWIDGETS_REVIEWER="lead")
    yield server
    server.close()


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    """Return the rubric of the notebook."""
    return ew.read_rubric(ROOT / "rubrics/image-edit.yaml")


@pytest.fixture(scope="module")
def needles(workspace: Path, rubric: Rubric) -> set[str]:
    """Return what betrays the demo's gold, answers and places."""
    files = [workspace / "data/demo" / name for name in ("gold.jsonl", "region_gold.jsonl")]
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return gold_needles([Gold.model_validate_json(line) for line in lines], rubric)


def test_the_next_trainee_is_asked_too_and_has_the_whole_window(served: Served, page: Page) -> None:
    """Nobody is taken for who came before; nothing scrolls and the panel has the room, here in the dark."""
    served.open(page, "dark")

    served.begin(page, "somebody else")

    expect(page.locator(".ew-bar-who")).to_contain_text("somebody else")
    expect(page.locator("body.theme-dark")).to_have_count(1)
    box = page.locator(".ew-panel").bounding_box()
    assert box
    assert (box["x"] <= 8, box["y"] <= 8, box["width"] >= 1264, box["height"] >= 784) == (True,) * 4
    assert page.evaluate("() => document.documentElement.scrollHeight <= innerHeight")


# What a script can try ----------------------------------------------------------------


@pytest.fixture(scope="module")
def kernel(served: Served) -> str:
    """Return the id of a kernel whose page is done."""
    name, whole = served.start_kernel()
    whole()
    return name


def _try_all(channel: Channel, pwned: Path) -> None:
    code = f"open({str(pwned)!r}, 'w')"
    channel.send("execute_request", code=code, silent=False, store_history=False, user_expressions={})
    channel.send("execute_request", "control", code=code, silent=True, user_expressions={"x": code})
    channel.send("complete_request", code="rub", cursor_pos=3)
    channel.send("inspect_request", code="rubric", cursor_pos=3, detail_level=1)
    channel.send("is_complete_request", code="1")
    channel.send("history_request", output=True, raw=True, hist_access_type="tail", n=9)
    channel.send("input_reply", "stdin", value=code)
    channel.send("debug_request", "control", type="request", command="debugInfo", seq=1)
    channel.send("interrupt_request", "control")
    channel.send("shutdown_request", "control", restart=False)
    state = {"_model_module": "@jupyter-widgets/controls", "_model_name": "IntSliderModel"}
    channel.send("comm_open", comm_id="a" * 32, target_name="jupyter.widget", data={"state": state})


def test_requests_for_code_get_no_answer(served: Served, kernel: str, workspace: Path) -> None:
    """Running, completing, inspecting, debugging, answering a prompt, ending the kernel: all dropped."""
    channel = Channel(served, kernel)
    _try_all(channel, workspace / "pwned")
    channel.send("kernel_info_request")

    kinds = channel.listen("kernel_info_reply")

    channel.close()
    assert "kernel_info_reply" in kinds  # the kernel is alive, and came to the last request
    assert kinds <= {"kernel_info_reply", "status"}
    assert not (workspace / "pwned").exists()
    assert "Refused execute_request on shell" in served.log()


def test_the_older_protocol_is_deaf(served: Served, kernel: str, workspace: Path) -> None:
    """Without the protocol that pages use, nothing passes either way."""
    channel = Channel(served, kernel, protocol="")
    _try_all(channel, workspace / "pwned")
    channel.send("kernel_info_request")

    assert channel.listen_until_silence() == set()
    channel.close()
    assert not (workspace / "pwned").exists()


def test_the_state_of_every_widget_holds_no_gold(served: Served, kernel: str, needles: set[str]) -> None:
    """A script that asks the kernel for all widgets at once gets them, and no gold among them."""
    channel = Channel(served, kernel)
    channel.send(
        "comm_open", comm_id="b" * 32, target_name="jupyter.widget.control", data={}, version="1.0.0"
    )
    channel.send("comm_msg", comm_id="b" * 32, data={"method": "request_states"})

    kinds = channel.listen("comm_msg")

    channel.close()
    assert "comm_msg" in kinds
    heard = b"".join(channel.heard)
    assert b"ew-panel" in heard
    assert [needle for needle in needles if needle.encode() in heard] == []


PATHS = [
    "/voila/files/../data/demo/gold.jsonl",
    "/voila/files/..%2Fdata%2Fdemo%2Fgold.jsonl",
    "/voila/files/data/demo/gold.jsonl",
    "/voila/files/02_practice.ipynb",
    "/voila/files/probe.png",
    "/files/data/demo/gold.jsonl",
    "/data/demo/masks/edit-001.png",
    "/02_practice.ipynb",
    "/voila/static/../../../../../{workspace}/data/demo/gold.jsonl",
    "/voila/static/..%2F..%2F..%2F..%2F..%2F{workspace}%2Fdata%2Fdemo%2Fgold.jsonl",
    "/voila/static/%2F{workspace}/data/demo/gold.jsonl",
    "/voila/templates/practice/static/../../../../../../../../{workspace}/data/demo/gold.jsonl",
    "/voila/templates/../static/..%2f..%2f..%2f{workspace}/data/demo/gold.jsonl",
    "/voila/labextensions/../../../../{workspace}/data/demo/gold.jsonl",
    "/voila/api/themes/../../../../{workspace}/data/demo/gold.jsonl",
    "/voila/api/contents/data/demo/gold.jsonl",
    "/voila/render/02_practice.ipynb",
    "/voila/tree/",
    "/api/contents/data/demo/gold.jsonl",
    "/api/contents",
    "/api/kernels",
    "/api/sessions",
    "/api/terminals",
    "/lab",
    "/tree",
    "/nbconvert/html/02_practice.ipynb",
    "/?template=../../../{workspace}&theme=../../../../{workspace}/data/demo/gold.jsonl",
]


@pytest.mark.parametrize("path", PATHS)
def test_no_path_gives_a_file(served: Served, path: str, workspace: Path, needles: set[str]) -> None:
    """Neither by name nor by climbing: the server hands out no file of the workspace, pictures included."""
    (workspace / "notebooks/probe.png").write_bytes(b"\x89PNG in the notebooks")

    status, body = served.ask("GET", path.replace("{workspace}", str(workspace).lstrip("/")))

    assert (status == 200) == path.startswith("/?")  # the page itself, whatever is asked of it
    assert [needle for needle in needles if needle.encode() in body] == []
    assert b"in the notebooks" not in body
    assert b"nbformat" not in body


@pytest.mark.parametrize("path", ["/api/kernels", "/api/sessions", "/api/contents/x.ipynb", "/api/terminals"])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_is_made_by_request(served: Served, method: str, path: str) -> None:
    """No kernel of one's own, no file, no terminal."""
    status, _ = served.ask(method, path)

    assert status in (403, 404, 405)


def test_without_the_token_there_is_nothing(served: Served, kernel: str) -> None:
    """Page, kernel and channels want the token; a person without it gets a form that asks for it."""
    assert served.ask("GET", "/", token="")[0] == 302
    assert served.ask("GET", f"/api/kernels/{kernel}", token="")[0] == 403
    assert served.ask("GET", f"/api/kernels/{kernel}", token="guessed")[0] == 403
    assert served.ask("POST", f"/voila/api/shutdown/{kernel}", token="")[0] == 403
    for token in ("", "guessed"):
        with pytest.raises(websocket.WebSocketBadStatusException, match="403"):
            Channel(served, kernel, token=token)


def test_another_s_kernel_cannot_be_guessed(served: Served, kernel: str) -> None:
    """With the token, a kernel is found by its random id only, and no page lists the ids."""
    assert uuid.UUID(kernel).version == 4
    with pytest.raises(websocket.WebSocketBadStatusException, match="404"):
        Channel(served, str(uuid.uuid4()))
    for path in ("/api/kernels", "/api/kernels/", "/api/sessions"):
        assert kernel.encode() not in served.ask("GET", path)[1]
    Channel(served, kernel).close()  # who knows the id can join


def test_another_site_cannot_use_a_trainee_s_login(served: Served, kernel: str) -> None:
    """A websocket that another page opens in the trainee's browser is refused by its origin."""
    address = f"ws://127.0.0.1:{served.port}/api/kernels/{kernel}/channels"
    with pytest.raises(websocket.WebSocketBadStatusException, match="403"):
        websocket.create_connection(address, origin="https://elsewhere.example", timeout=20)


FAILING = (
    "import time, pathlib, ipywidgets",
    "while not pathlib.Path('heard').exists():\n    ipywidgets.Label('made')\n    time.sleep(0.1)",
    f"print({SECRET!r})",
    f"secret = {SECRET!r}\nraise ValueError(secret)",
)


def test_a_cell_that_fails_tells_no_more_than_that(workspace: Path, page: Page) -> None:
    """Neither the page nor who listens while it is made gets the code, the message or what was printed."""
    make_notebook(workspace / "notebooks/failing.ipynb", *FAILING)
    served = Served(workspace, "notebooks/failing.ipynb")
    try:
        kernel, whole = served.start_kernel()
        channel = Channel(served, kernel)
        kinds = channel.listen("comm_open")  # a widget that is made now
        (workspace / "notebooks/heard").touch()
        made = whole()
        kinds |= channel.listen_until_silence()
        channel.close()
        page.goto(served.url())
        expect(page.locator("body")).to_contain_text("There was an error when executing cell", timeout=60_000)
        seen = page.content()
        page.goto("about:blank")
    finally:
        served.close()

    assert "comm_open" in kinds
    assert kinds <= ANSWERS
    for text in (made, seen, b"".join(channel.heard).decode("utf-8", "replace")):
        assert [word for word in (SECRET, "ValueError", "Traceback", "time.sleep") if word in text] == []


# The reader itself --------------------------------------------------------------------


def test_the_reader_finds_gold_that_is_sent(page: Page, needles: set[str], workspace: Path) -> None:
    """In JSON, in JSON within JSON, in HTML, as places alone: if not, finding none would say nothing."""
    line = (workspace / "data/demo/region_gold.jsonl").read_text(encoding="utf-8").splitlines()[0]
    gold = Gold.model_validate_json(line)
    bodies = [
        line,
        json.dumps(line),
        f"<p>{html.escape(gold.rationale)}</p>",
        json.dumps(gold.regions[0].points),
    ]
    reader = MessageReader(page)
    page.route("**/*", lambda route: route.fulfill(body=bodies[int(route.request.url[-1])]))
    for place in range(len(bodies)):
        page.goto(f"http://127.0.0.1/{place}")
        assert reader.find(needles)
        reader.forget()
        assert reader.find(needles) == {}


# The command --------------------------------------------------------------------------


def test_make_practice_serves_with_these_settings() -> None:
    """The Makefile names the settings tried here, this machine alone, and a notebook that is there."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = re.search(r"^practice:.*\n((?:\t.*\n)+)", text, re.MULTILINE)
    notebook = re.search(r"^PRACTICE_NOTEBOOK \?= (\S+)$", text, re.MULTILINE)

    assert recipe
    assert f'--Voila.config_file_paths="$(CURDIR)/{CONFIG.relative_to(ROOT)}"' in recipe[1]
    assert re.search(r"^PRACTICE_IP \?= 127\.0\.0\.1$", text, re.MULTILINE)
    assert notebook
    assert (ROOT / notebook[1]).is_file()

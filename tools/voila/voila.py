"""How `make practice` serves a notebook: a page without code, a kernel that only widgets talk to, no files.

What this protects and what it does not: docs/security.md. That it does: tests/browser/test_served.py.
"""

import os
from pathlib import Path

from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

_HERE = Path(__file__).parent
_PROTOCOL = "v1.kernel.websocket.jupyter.org"
_FROM_PAGES = {"comm_close", "comm_info_request", "comm_msg", "comm_open", "kernel_info_request"}
_TO_PAGES = {"comm_close", "comm_info_reply", "comm_msg", "comm_open", "kernel_info_reply", "status"}


class WidgetsOnly(ZMQChannelsWebsocketConnection):
    """Passes what widgets say to each other, and nothing else in either direction.

    Voila refuses requests to run code. It sends what a kernel prints and raises, with the
    lines of code in tracebacks, to whoever connects before the page is done, and lets a page
    make any widget of any Python class: both end here.
    """

    def handle_incoming_message(self, incoming_msg: bytes) -> None:
        """Pass a page's message on if it is for a widget that the kernel has made."""
        if self.subprotocol != _PROTOCOL or not isinstance(incoming_msg, bytes):
            return
        channel, parts = deserialize_msg_from_ws_v1(incoming_msg)
        kind = self.session.unpack(parts[0])["msg_type"]
        opens = kind == "comm_open" and self.session.unpack(parts[3])["target_name"]
        if channel == "shell" and kind in _FROM_PAGES and opens in (False, "jupyter.widget.control"):
            super().handle_incoming_message(incoming_msg)
        else:
            self.log.warning("Refused %s on %s", kind, channel)

    def handle_outgoing_message(self, stream, outgoing_msg: list) -> None:
        """Pass a kernel's message on if it is about widgets."""
        _, parts = self.session.feed_identities(outgoing_msg)
        if self.subprotocol == _PROTOCOL and self.session.unpack(parts[1])["msg_type"] in _TO_PAGES:
            super().handle_outgoing_message(stream, outgoing_msg)


# One account serves everybody: each person says who they are, and no name is kept for the next.
os.environ["EVALWIDGETS_SHARED"] = "1"
os.environ.pop("EVALWIDGETS_REVIEWER", None)
# Where Voila looks for the template.
os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, [str(_HERE), os.environ.get("JUPYTER_PATH")]))

c = get_config()  # noqa: F821 - Voila defines it where it reads this file

c.Voila.ip = "127.0.0.1"
c.Voila.open_browser = False
c.Voila.auto_token = True  # whoever is to practise gets the address with the token
c.Voila.kernel_websocket_connection_class = WidgetsOnly
c.Voila.tornado_settings = {
    "headers": {
        "Content-Security-Policy": (
            "default-src 'self' 'unsafe-inline' 'unsafe-eval' blob: data:; frame-ancestors 'self'"
        ),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
}

c.VoilaConfiguration.template = "practice"
c.VoilaConfiguration.allow_template_override = "NO"
c.VoilaConfiguration.allow_theme_override = "YES"  # ?theme=dark
c.VoilaConfiguration.strip_sources = True
c.VoilaConfiguration.show_tracebacks = False
c.VoilaConfiguration.file_allowlist = []  # Voila's own would hand out every picture, masks included
c.VoilaConfiguration.extension_denylist = ["ipyannotations", "ipycanvas", "ipyevents", "jupyterlab_pygments"]
c.VoilaConfiguration.preheat_kernel = False
c.VoilaConfiguration.progressive_rendering = False
c.VoilaExporter.exclude_markdown = True  # it speaks to people in JupyterLab

# A kernel ends with its page; one whose page was lost (a closed lid) an hour later.
c.MappingKernelManager.cull_idle_timeout = 3600
c.MappingKernelManager.cull_interval = 300
c.MappingKernelManager.allow_tracebacks = False

"""The control of the web server's kills: a server that says "saved" one answer before it has saved.

It answers each save at once and does the work behind the learner's back, as a cache that writes later would.
"""

import json
import queue
import threading
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs

from lms.wsgi import application as real

# One answer waits while another is written: no more than these two are promised too early.
_later: "queue.Queue[dict[str, Any]]" = queue.Queue(maxsize=1)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The site, hasty about answers alone."""
    if not environ["PATH_INFO"].endswith("/answer/"):
        _later.join()  # nothing is handed in before what was promised is written
        return real(environ, start_response)
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    _later.put({**environ, "wsgi.input": BytesIO(body)})
    seen = int(parse_qs(body.decode())["base_revision"][0])
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps({"revision": seen + 1}).encode()]


def _save_later() -> None:
    while True:
        for _ in real(_later.get(), lambda *_: None):
            pass
        _later.task_done()


threading.Thread(target=_save_later, daemon=True).start()

"""A proxy before a real annotation server that answers wrongly on demand: refuses, tears off, sleeps, is not there."""

import contextlib
import http.client
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

_SLEEP_S = 3.0
_SAID = '{"detail": "您没有权限 p-secret@annotate.invalid eyJhbGciOiJIUzI1NiJ9"}'
"""What a failure answers; nothing of it may be repeated."""


class FailingProxy:
    """The proxy.

    Args:
        url: The real server's address.
    """

    def __init__(self, url: str) -> None:
        self.asked: Counter[str] = Counter()
        """Requests by method and path."""
        self._target = urlsplit(url).netloc
        self._failures: list[str] = []
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                proxy._answer(self)

            def do_POST(self) -> None:
                proxy._answer(self)

            def log_message(self, *_args: object) -> None:
                """Stay quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def fail_next(self, kind: str, times: int = 1) -> None:
        """Let the next requests fail: down, slow, truncated, or a status; truncated ones reach the server."""
        self._failures += [kind] * times

    @contextlib.contextmanager
    def running(self) -> Iterator["FailingProxy"]:
        """Serve."""
        thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            thread.join()
            self._server.server_close()

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked[f"{handler.command} {urlsplit(handler.path).path}"] += 1
        body = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        kind = self._failures.pop(0) if self._failures else ""
        handler.close_connection = True
        if kind == "slow":
            time.sleep(_SLEEP_S)
        elif kind.isdecimal():
            _send(handler, int(kind), _SAID.encode())
        elif kind != "down":
            _send(handler, *self._forward(handler, body), is_torn=kind == "truncated")

    def _forward(self, handler: BaseHTTPRequestHandler, body: bytes) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(self._target, timeout=60)
        headers = {name: value for name, value in handler.headers.items() if name.lower() != "accept-encoding"}
        connection.request(handler.command, handler.path, body or None, headers)
        reply = connection.getresponse()
        try:
            return reply.status, reply.read()
        finally:
            connection.close()


def _send(handler: BaseHTTPRequestHandler, status: int, body: bytes, *, is_torn: bool = False) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(body) + is_torn))
    handler.end_headers()
    handler.wfile.write(body)

"""A door in front of a real cluster: it ends TLS, asks for credentials, and can be told to misbehave."""

from __future__ import annotations

import base64
import http.client
import json
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Asked:
    """A request that came in."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


class HangUpError(Exception):
    """Raised by a rule to close the connection without an answer."""


Answer = tuple[int, Any]
Rule = Callable[[Asked, Callable[[], Answer]], Answer]
"""Told the request and how to pass it on, gives the answer: a status, and JSON or bytes."""


@dataclass
class Door:
    """An open door. ``rule`` may be changed at any time; ``seen`` lists method and path of what came."""

    port: int
    rule: Rule
    seen: list[str] = field(default_factory=list)


def pass_on(asked: Asked, onward: Callable[[], Answer]) -> Answer:
    """The rule of a door that only lets through."""
    return onward()


def needs(*credentials: str) -> Rule:
    """A rule that wants one of these values of ``Authorization``."""

    def rule(asked: Asked, onward: Callable[[], Answer]) -> Answer:
        return onward() if asked.headers.get("authorization") in credentials else (401, b"Unauthorized")

    return rule


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


@contextmanager
def open_door(cluster: str, tls: ssl.SSLContext | None = None, rule: Rule = pass_on) -> Iterator[Door]:
    """Open a door on loopback in front of the node at ``cluster``."""
    place = urlsplit(cluster)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            asked = Asked(self.command, self.path, {name.lower(): value for name, value in self.headers.items()}, body)
            door.seen.append(f"{self.command} {self.path}")
            try:
                status, content = door.rule(asked, lambda: onward(asked))
            except HangUpError:
                self.close_connection = True
                return
            raw = content if isinstance(content, bytes) else json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=UTF-8")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(raw)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = answer  # noqa: N815 - names of http.server

        def log_message(self, format: str, *args: Any) -> None:
            pass

    def onward(asked: Asked) -> Answer:
        wanted = {name: asked.headers[name] for name in ("content-type", "content-encoding") if name in asked.headers}
        connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)
        try:
            connection.request(asked.method, asked.path, asked.body or None, wanted)
            answer = connection.getresponse()
            raw = answer.read()
        finally:
            connection.close()
        return answer.status, json.loads(raw) if raw[:1] in (b"{", b"[") else raw

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            """A client that refuses the certificate is what some tests want."""

        def finish_request(self, request: Any, client_address: Any) -> None:
            if tls is not None:
                request = tls.wrap_socket(request, server_side=True)
            super().finish_request(request, client_address)
            if tls is not None:
                request.close()

    server = Server(("127.0.0.1", 0), Handler)
    door = Door(server.server_address[1], rule)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield door
    server.shutdown()
    thread.join()
    server.server_close()


def certificate(folder: Path, name: str, days: int = 2) -> tuple[Path, ssl.SSLContext]:
    """A new self-signed certificate for ``name``: its file, and what a server needs to show it."""
    kind = "IP" if name[0].isdigit() else "DNS"
    public, private, asked = (folder / f"{name}.{ending}" for ending in ("pem", "key", "csr"))
    extension = folder / f"{name}.ext"
    extension.write_text(f"subjectAltName={kind}:{name}\n", "utf-8")
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    request = ["req", *curve, "-nodes", "-keyout", str(private), "-out", str(asked), "-subj", f"/CN={name}"]
    sign = ["x509", "-req", "-in", str(asked), "-signkey", str(private), "-days", str(days), "-out", str(public)]
    for command in (request, [*sign, "-extfile", str(extension)]):
        subprocess.run(["openssl", *command], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return public, context

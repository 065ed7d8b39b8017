"""The web page and the JSON API on waitress."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from types import FrameType

import click
import waitress

from search.engine import Engine
from search.errors import ConfigurationError
from web.app import create_app

THREADS = 8
_MOST_BODY = 1 << 16  # nothing here takes a body


def serve_forever(engine: Engine, host: str, port: int, prepare: Callable[[Engine], None]) -> None:
    """Serve until interrupted or terminated.

    Args:
        engine: Answers every question.
        host: Address to listen on.
        port: Port to listen on; 0 takes a free one.
        prepare: Called once the port is taken and before the first answer.

    Raises:
        ConfigurationError: The address cannot be listened on.
    """
    with _listen(host, port) as listening:
        prepare(engine)
        _run(engine, host, listening)


def _run(engine: Engine, host: str, listening: socket.socket) -> None:
    server = waitress.create_server(
        create_app(engine),
        sockets=[listening],
        threads=THREADS,
        ident=None,
        max_request_body_size=_MOST_BODY,
        clear_untrusted_proxy_headers=True,
    )
    shown = f"[{host}]" if ":" in host else host
    taken = listening.getsockname()[1]
    click.echo(f"OnRecord is at http://{shown}:{taken} with the index {engine.location}. Ctrl-C stops it.")

    def stop(number: int, frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)
    try:
        server.run()
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        server.close()


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before anything else is done, so that a failure costs nothing and leaves nothing open."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        reason = (error.strerror or str(error)).split(" (while")[0]
        happened = f"cannot listen on {host}:{port} ({reason})"
        raise ConfigurationError(happened, "choose another --host or --port") from error

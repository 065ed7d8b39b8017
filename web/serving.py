"""``onrecord serve``: the web page and JSON API on waitress, over the sample collection where there is no index yet."""

from __future__ import annotations

import signal
import socket
from importlib import resources
from types import FrameType

import click
import waitress

from search.engine import Engine, open_engine
from search.errors import ConfigurationError, IndexMissingError
from search.location import index_option
from web.app import create_app

THREADS = 8
_MOST_BODY = 1 << 16  # nothing here takes a body


@click.command()
@index_option
@click.option("--host", envvar="ONRECORD_HOST", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", envvar="ONRECORD_PORT", type=click.IntRange(0, 65535), default=8000, show_default=True, metavar="N",
    help="Port to listen on; 0 takes a free one.",
)  # fmt: skip
def serve(location: str, host: str, port: int) -> None:
    """Serve the web page and the JSON API.

    Where there is no index yet, one is built of the sample articles that come with OnRecord. An index that is rebuilt
    meanwhile is shown without a restart.
    """
    engine = open_engine(location)
    try:
        with _listen(host, port) as listening:
            ensure_index(engine)
            _run(engine, host, listening)
    finally:
        engine.close()


def ensure_index(engine: Engine) -> None:
    """Build the sample collection where there is no index yet, with a progress bar."""
    try:
        engine.generation()
    except IndexMissingError:
        from indexer.collection import Settings, reindex
        from indexer.progress import ProgressBar

        click.echo(f"There is no index at {engine.location} yet: indexing the sample articles.", err=True)
        with resources.as_file(resources.files("corpus")) as folder, ProgressBar() as progress:
            reindex(engine, [str(folder)], Settings(progress=progress))


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

"""The ``onrecord`` command: every package's commands in one place, and one way to fail."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from contextlib import closing
from importlib import resources

import click

from search.engine import Engine, open_engine
from search.errors import IndexMissingError, OnRecordError
from search.location import index_option

COMMANDS = {
    "serve": "web.cli",
    "reindex": "indexer.cli",
    "promote": "indexer.cli",
    "add": "indexer.cli",
    "delete": "indexer.cli",
    "extract": "indexer.cli",
    "topics": "indexer.topics_cli",
    "search": "search.cli",
    "stats": "search.cli",
    "check": "search.cli",
    "export": "search.cli",
}
"""Command -> the module that has it, under the same name."""


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
    from web.serving import serve_forever

    with closing(open_engine(location)) as engine:
        serve_forever(engine, host, port, ensure_index)


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


class Commands(click.Group):
    """Loads a command's module when it is asked for, so that none waits for what it does not use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, or None."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(importlib.import_module(COMMANDS[cmd_name]), cmd_name)
        return command if isinstance(command, click.Command) else None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="onrecord", message="onrecord %(version)s")
def onrecord() -> None:
    """Who said what about what, and where: a search engine over news text."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and end the process: 0 done, 1 failed, 2 wrong usage or configuration."""
    # there are no large matrices here, and numpy's waiting threads are a fifth of the start
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command; every failure is one line on standard error, ``onrecord: what happened: what to do``.

    Returns:
        The exit code.
    """
    try:
        result = onrecord.main(args=arguments, prog_name="onrecord", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return 2
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "onrecord"
        return _failed(error.format_message().rstrip("."), f"see '{path} --help'", error.exit_code)
    except click.ClickException as error:
        return _failed(error.format_message().rstrip("."), "", error.exit_code)
    except click.exceptions.Exit as error:
        return error.exit_code
    except OnRecordError as error:
        return _failed(error.happened, error.remedy, error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return _failed("stopped", "nothing was changed", 1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has gone; say nothing at exit
        return 0
    except OSError as error:
        where = f" {error.filename}" if error.filename else ""
        return _failed(f"{error.strerror or error}{where}", "check the path, its rights and the space on the disk", 1)
    except Exception as error:
        if os.environ.get("ONRECORD_DEBUG"):
            raise
        return _failed(
            f"unexpected {type(error).__name__}: {error}", "run it again with ONRECORD_DEBUG=1 and report it", 1
        )


def _failed(happened: str, remedy: str, code: int) -> int:
    click.echo(" ".join(f"onrecord: {happened}{f': {remedy}' if remedy else ''}".split("\n")), err=True)
    return code

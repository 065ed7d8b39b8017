"""``reindex``, ``add`` and ``delete`` on the command line: progress, summary, exit status."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from types import FrameType

import click

from indexer import collection
from indexer.collection import NothingReadError, Settings, Summary
from indexer.corrections import corrections_folder, load_corrections
from indexer.progress import ProgressBar
from indexer.summary_text import skipped_lines, summary_lines
from search.engine import Engine, open_engine

WORK: Mapping[str, Callable[[Engine, Iterable[str], Settings], Summary]] = {
    "reindex": collection.reindex,
    "add": collection.add,
    "delete": collection.delete,
}


def run_command(
    name: str, given: tuple[str, ...], location: str, strict: bool, workers: int, corrections: str | None
) -> None:
    """Run a command of :data:`WORK` with a progress bar, print its summary, and set the exit status.

    Raises:
        OnRecordError: It failed; the index is as it was.
    """
    with closing(open_engine(location)) as engine, naming_skipped(), terminable(), ProgressBar() as progress:
        settings = Settings(
            workers=workers,
            corrections=load_corrections(corrections_folder(location, corrections)),
            stdin=sys.stdin.buffer,
            progress=progress,
        )
        summary = WORK[name](engine, given, settings)
    for line in summary_lines(summary, location):
        click.echo(line)
    if strict and (summary.skipped or summary.missing or summary.ignored):
        click.get_current_context().exit(1)
    if summary.missing and not summary.deleted:
        click.get_current_context().exit(1)


@contextmanager
def naming_skipped() -> Iterator[None]:
    """When there was nothing to read, name what was left out before the error is told."""
    try:
        yield
    except NothingReadError as error:
        for line in skipped_lines(error.skipped):
            click.echo(line, err=True)
        raise


@contextmanager
def terminable() -> Iterator[None]:
    """Let SIGTERM end the run as Ctrl-C does: workers stopped, the unfinished generation removed, the lock let go."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, stop)
    except ValueError:  # not the main thread: whoever runs us there handles signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)

"""What the user named, as one stream of articles: files and standard input, each read in its turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Protocol

from indexer.article import Article, Skipped
from indexer.readers.dispatch import read, read_stream
from indexer.sources import find_inputs

STDIN = "-"
"""The path that means JSON lines from standard input."""


class Progress(Protocol):
    """Hears how far a long run is; every method may be called often and must be cheap."""

    def expect(self, size: int | None) -> None:
        """Bytes of input to come in all, or None when that cannot be known."""

    def read(self, size: int) -> None:
        """About this many bytes more have been read."""

    def stored(self, articles: int) -> None:
        """This many articles more are done with."""

    def stage(self, name: str) -> None:
        """A new stage began; ``name`` is a clause a person understands."""


class Silent:
    """Progress that nobody watches."""

    def expect(self, size: int | None) -> None:
        """Ignore it."""

    def read(self, size: int) -> None:
        """Ignore it."""

    def stored(self, articles: int) -> None:
        """Ignore it."""

    def stage(self, name: str) -> None:
        """Ignore it."""


def read_all(paths: Iterable[str], stdin: IO[bytes] | None, progress: Progress) -> Iterator[Article | Skipped]:
    """Read every article of every path, in the order given.

    Args:
        paths: Files, folders, glob patterns, or ``-`` for JSON lines from ``stdin``.
        stdin: Opened for bytes; only read when asked for.
        progress: Is told how much there is and how much was read.
    """
    paths = list(paths)
    given = [path for path in paths if path != STDIN]
    found = list(find_inputs(given))
    from_stdin = STDIN in paths and stdin is not None
    progress.expect(None if from_stdin else sum(_size(item) for item in found if isinstance(item, Path)))
    for item in found:
        if isinstance(item, Skipped):
            yield item
        else:
            yield from _metered(read(item), _size(item), progress)
    if from_stdin and stdin is not None:
        yield from read_stream(stdin, STDIN)


def _metered(items: Iterator[Article | Skipped], size: int, progress: Progress) -> Iterator[Article | Skipped]:
    """Tell progress of a file's bytes as its articles come by; their text stands for the bytes until the file ends."""
    left = size
    for item in items:
        step = min(left, len(item.text)) if isinstance(item, Article) else 0
        left -= step
        yield item
        progress.read(step)
    progress.read(left)


def _size(path: Path | Skipped) -> int:
    try:
        return path.stat().st_size if isinstance(path, Path) else 0
    except OSError:
        return 0

"""Which files a command was given: paths, folders and globs to a sorted, duplicate-free list."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from indexer.article import Skipped
from indexer.readers.dispatch import SUFFIXES

_DOCUMENTS = (".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub")
"""Endings of files that may well be articles: passed over in silence they would be missed."""
_COUNTING = frozenset((*SUFFIXES, *_DOCUMENTS))


def find_inputs(paths: Iterable[str]) -> Iterator[Path | Skipped]:
    """Expand what the user named into files, in a stable order.

    Files named directly are tried whatever their ending; in folders only known endings count and those of documents, of
    which the reader says that it cannot read them. Hidden files and ``README*`` are passed over, pipes and devices are
    skipped, and links to folders are not followed.

    Args:
        paths: Files, folders or glob patterns (``**`` included).

    Yields:
        Each file once; a :class:`~indexer.article.Skipped` for a path that does not exist or a folder that cannot be read.
    """
    seen: set[Path] = set()
    for given in paths:
        for found in _expand(given):
            if isinstance(found, Skipped):
                yield found
            elif (real := Path(os.path.realpath(found))) not in seen:
                seen.add(real)
                yield found


def _expand(given: str) -> Iterator[Path | Skipped]:
    path = Path(given)
    if path.is_dir():
        yield from _walk(path)
    elif path.exists():
        yield path
    elif matches := sorted(glob.glob(given, recursive=True)):
        for match in map(Path, matches):
            if match.is_dir():
                continue
            yield _regular(match)
    else:
        yield Skipped(given, "no such file or folder")


def _walk(folder: Path) -> Iterator[Path | Skipped]:
    problems: list[OSError] = []
    for root, folders, files in os.walk(folder, onerror=problems.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(root, name)
            if path.suffix.lower() in _COUNTING and not name.startswith(".") and not name.upper().startswith("README"):
                yield _regular(path)
    for problem in problems:
        yield Skipped(str(problem.filename), problem.strerror or type(problem).__name__)


def _regular(path: Path) -> Path | Skipped:
    """A file that was come across; a pipe or device among them would be waited for, maybe for ever."""
    if path.is_file() or not path.exists():
        return path
    return Skipped(str(path), "not a regular file")

"""Telling damaged files from other trouble."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from search.errors import IndexDamagedError, OnRecordError, SearchIndexError
from search.whoosh import manifest


@contextlib.contextmanager
def blaming(folder: Path) -> Iterator[None]:
    """Where reading a generation fails in an unforeseen way, see whether its files are what was written.

    Raises:
        IndexDamagedError: They are not; else the failure itself goes on.
    """
    try:
        yield
    except OnRecordError:
        raise
    except Exception as error:
        problem = ""
        with contextlib.suppress(SearchIndexError):
            problem = next(damaged_files(folder), "")
        if problem:
            raise IndexDamagedError(str(folder), problem.rstrip(".")) from error
        raise


def damaged_files(folder: Path) -> Iterator[str]:
    """Every file of the manifest against its size and checksum."""
    for name, entry in manifest.read(folder).files.items():
        path = folder / name
        try:
            found = manifest.entry_of(path)
        except OSError as error:
            yield f"{name} of generation {folder.name} cannot be read ({error.strerror})."
            continue
        if found.size != entry.size:
            yield f"{name} of generation {folder.name} has {found.size} bytes instead of {entry.size}."
        elif found.checksum != entry.checksum:
            yield f"{name} of generation {folder.name} fails its checksum."

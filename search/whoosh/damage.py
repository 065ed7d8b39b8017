"""Telling damaged files from other trouble."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from search.errors import IndexDamagedError, OnRecordError, SearchIndexError
from search.whoosh import manifest


class blaming:  # noqa: N801 - read as a verb: ``with blaming(folder):``
    """Where reading a generation fails in an unforeseen way, see whether its files are what was written.

    Leaving the block raises :class:`~search.errors.IndexDamagedError` where they are not; else the failure itself goes on.
    """

    __slots__ = ("_folder",)

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if not isinstance(error, Exception) or isinstance(error, OnRecordError):
            return
        problem = ""
        with contextlib.suppress(SearchIndexError):
            problem = next(damaged_files(self._folder), "")
        if problem:
            raise IndexDamagedError(str(self._folder), problem.rstrip(".")) from error


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

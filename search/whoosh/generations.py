"""The folder of an index: complete generations side by side, and one small file that says which is current.

DIR/current                    name of the current generation; replaced in one step
DIR/lock                       held by the one writer
DIR/generations/NAME/          a complete generation; never changed after it got this name
DIR/generations/building-NAME/ one being built, or left by a writer that died: the next writer takes it away
"""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from search.errors import IndexDamagedError, IndexMissingError, SearchIndexError
from search.whoosh import durable, manifest

_BUILDING = "building-"
_LEAVING = "leaving-"

Stamp = tuple[int, int, int] | None


class Generations:
    """Finds, begins, publishes and clears away generations."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pointer = folder / "current"
        self._pointer_name = str(self._pointer)
        self._all = folder / "generations"

    def stamp(self) -> Stamp:
        """Something that changes whenever another generation becomes current; costs one ``stat``."""
        try:
            status = os.stat(self._pointer_name)  # noqa: PTH116 - for every search, and a third of the time of Path.stat
        except OSError:  # :meth:`current` says what is wrong
            return None
        return status.st_mtime_ns, status.st_ino, status.st_size

    def current(self) -> str:
        """The name of the current generation.

        Where a first writer died between finishing its generation and pointing to it, that one counts.

        Raises:
            IndexMissingError: Nothing has been built here.
            IndexDamagedError: The pointer cannot be read.
        """
        try:
            name = self._pointed()
        except (FileNotFoundError, NotADirectoryError) as error:
            name = next(self.complete(), "")
            if not name:
                raise IndexMissingError(str(self.folder)) from error
        except OSError as error:
            raise SearchIndexError(
                f"cannot read {self._pointer} ({error.strerror})", "check its permissions"
            ) from error
        if not self._is_name(name):
            raise IndexDamagedError(str(self.folder), "the file 'current' does not name a generation")
        return name

    def is_current(self, name: str) -> bool:
        """Whether the pointer is there and names this generation."""
        try:
            return self._pointed() == name
        except OSError:
            return False

    def _pointed(self) -> str:
        return self._pointer.read_bytes()[:100].decode("ascii", "replace").strip()

    def path(self, name: str) -> Path:
        """The folder of a generation."""
        return self._all / name

    def complete(self) -> Iterator[str]:
        """Names of the complete generations, latest first."""
        try:
            names = sorted((entry.name for entry in self._all.iterdir()), reverse=True)
        except (FileNotFoundError, NotADirectoryError):
            return
        yield from (name for name in names if self._is_name(name) and (self._all / name / manifest.NAME).is_file())

    def begin(self) -> tuple[str, Path]:
        """Make the folder for a new generation; call it with the write lock held.

        Returns:
            The new generation's name and the folder to build it in.
        """
        self._all.mkdir(exist_ok=True)
        for entry in list(self._all.iterdir()):
            if entry.name.startswith((_BUILDING, _LEAVING)):
                durable.remove_folder(entry)
        name = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f") + "-" + secrets.token_hex(3)
        folder = self._all / (_BUILDING + name)
        folder.mkdir()
        return name, folder

    def publish(self, name: str) -> None:
        """Make a finished, synced build the current generation."""
        (self._all / (_BUILDING + name)).rename(self._all / name)
        durable.sync_folder(self._all)
        durable.sync_folder(self.folder)
        durable.replace_bytes(self._pointer, f"{name}\n".encode())

    def abandon(self, name: str) -> None:
        """Take away a build that was given up, however far it had come short of being current."""
        durable.remove_folder(self._all / (_BUILDING + name))
        if not self.is_current(name):
            self._remove(name)

    def clear(self, keep: set[str]) -> None:
        """Take away complete generations that are not in ``keep`` and that no reader holds."""
        for name in list(self.complete()):
            if name not in keep and not _is_leased(self._all / name / manifest.NAME):
                self._remove(name)

    def _remove(self, name: str) -> None:
        # First out of sight in one step, so that a half-removed generation is never taken for a complete one.
        leaving = self._all / (_LEAVING + name)
        try:
            (self._all / name).rename(leaving)
        except OSError:
            return
        durable.remove_folder(leaving)

    @staticmethod
    def _is_name(name: str) -> bool:
        return name[:1].isdigit() and name.isascii() and all(c.isalnum() or c == "-" for c in name)


class Lease:
    """Keeps a generation's folder from being cleared away while a reader has it open."""

    def __init__(self, folder: Path) -> None:
        self._file: IO[bytes] | None = (folder / manifest.NAME).open("rb")
        _share(self._file)

    def close(self) -> None:
        """Let go."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def __del__(self) -> None:
        self.close()


if sys.platform == "win32":

    def _share(file: IO[bytes]) -> None:
        """An open file keeps its folder from being renamed on Windows; nothing more is needed."""

    def _is_leased(path: Path) -> bool:
        return False
else:
    import fcntl

    def _share(file: IO[bytes]) -> None:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return  # no locks on this file system, or the folder is leaving: then the reader misses a file and knows

    def _is_leased(path: Path) -> bool:
        try:
            with path.open("rb") as file:
                fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return isinstance(error, BlockingIOError)
        return False

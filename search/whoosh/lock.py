"""One writer at a time: a lock that the operating system lets go of when its process ends, however it ends."""

from __future__ import annotations

import io
import json
import os
import socket
import sys
import threading
from pathlib import Path

from search.errors import IndexLockedError, SearchIndexError

_held: set[str] = set()
_held_guard = threading.Lock()


class WriterLock:
    """The write lock of one index folder.

    A POSIX record lock is used rather than ``flock``: children that a writer forks do not inherit it, so that a worker
    that outlives a killed writer cannot keep the index locked. Such locks belong to the process, therefore a list of
    the folders locked by this process stands beside it.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "lock"
        self._where = str(folder)
        self._key = os.path.realpath(self._path)
        self._file: io.FileIO | None = None

    def acquire(self) -> None:
        """Take the lock, in a folder that is made if need be.

        Raises:
            IndexLockedError: Somebody else has it; the message says who.
            SearchIndexError: The folder cannot be written to.
        """
        with _held_guard:
            if self._key in _held:
                raise IndexLockedError(self._where, f"this process ({os.getpid()})")
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                file = self._path.open("ab+", buffering=0)
            except OSError as error:
                remedy = "choose a folder that you may write to"
                raise SearchIndexError(f"cannot write to {self._where} ({error.strerror})", remedy) from error
            try:
                _lock(file)
            except OSError as error:
                holder = _holder(file)
                file.close()
                raise IndexLockedError(self._where, holder) from error
            _held.add(self._key)
        self._file = file
        self._sign(file)

    def release(self) -> None:
        """Let go of the lock; harmless when it is not held."""
        with _held_guard:
            if self._file is not None:
                self._file.close()
                self._file = None
                _held.discard(self._key)

    @staticmethod
    def _sign(file: io.FileIO) -> None:
        """Leave word of who holds it. Only for messages: a full disk must not stop a deletion."""
        try:
            file.seek(1)
            file.truncate(1)
            file.write(json.dumps({"pid": os.getpid(), "host": socket.gethostname()}).encode())
            file.flush()
        except OSError:
            return


def _holder(file: io.FileIO) -> str:
    try:
        file.seek(1)
        word = json.loads(file.read(1000) or b"")
        return f"process {int(word['pid'])} on {str(word['host'])[:80]}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"


if sys.platform == "win32":
    import msvcrt

    def _lock(file: io.FileIO) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: io.FileIO) -> None:
        fcntl.lockf(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB, 1, 0)

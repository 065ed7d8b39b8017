"""Files that survive a crash: every write, rename and link of the index goes through here.

The order is always the same: content, ``fsync`` of the file, ``fsync`` of its folder, and only then the rename that
makes it count, with an ``fsync`` of the folder after.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import time
from pathlib import Path

_UNSUPPORTED = {errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES, errno.EPERM}


def sync_file(path: Path) -> None:
    """Bring a file's content to the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Bring a folder's entries to the disk, where the system can do that (Windows needs and knows no such thing)."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise
    finally:
        os.close(handle)


def write_bytes(path: Path, content: bytes) -> None:
    """Write a new file and bring it to the disk."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def replace_bytes(path: Path, content: bytes) -> None:
    """Put ``content`` in place of a file in one step: a reader sees the old content or the new, never a part."""
    aside = path.with_name(path.name + ".new")
    write_bytes(aside, content)
    for patience in (0.01, 0.05, 0.2, 0.5):
        try:
            aside.replace(path)
            break
        except PermissionError:  # Windows, while a reader has the old file open for a moment
            time.sleep(patience)
    else:
        aside.replace(path)
    sync_folder(path.parent)


def share(source: Path, target: Path) -> None:
    """Give a finished file a second name, without copying it where the file system can do that."""
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.ENOENT):
            raise
        shutil.copyfile(source, target)


def remove_folder(path: Path) -> bool:
    """Take a folder away; returns False where something in it is still in use or may not be removed."""
    with contextlib.suppress(OSError):
        shutil.rmtree(path)
    return not path.exists()

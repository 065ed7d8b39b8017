"""Flat files mapped from disk: arrays of little-endian numbers, and bytes."""

from __future__ import annotations

import mmap
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.errors import IndexDamagedError

U4 = np.dtype("<u4")
U8 = np.dtype("<u8")
I4 = np.dtype("<i4")

SMALL = 16384
"""Bytes up to which a file is read rather than mapped: a mapping keeps a file handle, and small segments are many."""


def save(path: Path, values: Any, dtype: np.dtype[Any]) -> None:
    """Write numbers (a sequence or an array) as a flat file."""
    np.ascontiguousarray(values, dtype=dtype).tofile(path)


def load(path: Path, dtype: np.dtype[Any]) -> NDArray[Any]:
    """Map a flat file of numbers, read-only, without copying. The mapping lives as long as the array.

    Raises:
        IndexDamagedError: The file is missing or its size is not that of whole numbers.
    """
    content = load_bytes(path)
    if len(content) % dtype.itemsize:
        raise IndexDamagedError(str(path.parent), f"{path.name} has been cut short")
    return np.frombuffer(content, dtype=dtype)


def forget(values: NDArray[Any]) -> None:
    """Give back the memory of a mapped array; what is read of it later comes from the file again."""
    found: Any = values
    while isinstance(found, np.ndarray):
        found = found.base
    if isinstance(found, memoryview):
        found = found.obj
    if isinstance(found, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        found.madvise(mmap.MADV_DONTNEED)


def place(values: NDArray[Any], number: int, after: bool = False) -> int:
    """Where ``number`` belongs in ascending ``values``: before equal ones, or after them.

    The number takes the array's own type: NumPy would otherwise convert the whole array to another.
    """
    return int(values.searchsorted(values.dtype.type(number), "right" if after else "left"))


def load_bytes(path: Path) -> mmap.mmap | bytes:
    """Map a file's bytes, read-only; a small file is read instead.

    Raises:
        IndexDamagedError: The file is missing or may not be read.
    """
    try:
        with path.open("rb") as file:
            if path.stat().st_size <= SMALL:
                return file.read()
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except FileNotFoundError as error:
        raise IndexDamagedError(str(path.parent), f"{path.name} is missing") from error
    except OSError as error:
        raise IndexDamagedError(str(path.parent), f"{path.name} cannot be read, {error.strerror}") from error

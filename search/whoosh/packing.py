"""Small numbers in one byte each, with the few that do not fit written beside them; and ranges taken from flat arrays."""

from __future__ import annotations

from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from search.errors import IndexDamagedError
from search.whoosh import arrays

U1 = np.dtype("u1")
MOST = 255
"""Largest number that one byte holds; larger ones stand in ``NAME-large`` under their place in ``NAME-at``."""


class Packed:
    """Numbers from 0, mostly below 256, mapped from disk.

    Attributes:
        low: Each number, at most 255, uint8, shape (n,).
        places: Ascending places of those above 255, uint64, shape (m,).
        large: What stands there, uint32, shape (m,).
    """

    def __init__(self, low: NDArray[Any], places: NDArray[Any], large: NDArray[Any]) -> None:
        self.low, self.places, self.large = low, places, large

    @classmethod
    def load(cls, folder: Path, name: str) -> Packed:
        """Map what :func:`save_packed` wrote."""
        low = arrays.load(folder / name, U1)
        places = arrays.load(folder / f"{name}-at", arrays.U8)
        large = arrays.load(folder / f"{name}-large", arrays.U4)
        if len(places) != len(large) or (len(places) and int(places[-1]) >= len(low)):
            raise IndexDamagedError(str(folder), f"{name} and its large numbers do not belong together")
        return cls(low, places, large)

    def __len__(self) -> int:
        return len(self.low)

    def total(self) -> int:
        """The sum of all."""
        return int(self.low.sum(dtype=np.int64)) + int(self.large.sum(dtype=np.int64)) - MOST * len(self.large)

    def slice(self, begin: int, end: int) -> NDArray[np.uint32]:
        """Numbers ``begin`` to ``end``, copied."""
        found = self.low[begin:end].astype(np.uint32)
        if len(self.places):
            first, last = arrays.place(self.places, begin), arrays.place(self.places, end)
            if last > first:
                found[(self.places[first:last] - np.uint64(begin)).astype(np.intp)] = self.large[first:last]
        return found

    def take(self, at: NDArray[np.intp]) -> NDArray[np.uint32]:
        """The numbers at some places, copied."""
        found = self.low.take(at).astype(np.uint32)
        if len(self.places):
            big = np.flatnonzero(found == MOST)
            if len(big):
                wanted = at[big].astype(np.uint64)
                index = np.minimum(self.places.searchsorted(wanted), len(self.places) - 1)
                hit = self.places[index] == wanted
                found[big[hit]] = self.large[index[hit]]
        return found


class PackedWriter:
    """Writes numbers part by part so that :class:`Packed` reads them; memory is bounded by the few large ones."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._file: IO[bytes] = (folder / name).open("wb")
        self._places, self._large = [np.empty(0, np.uint64)], [np.empty(0, np.uint32)]
        self._done = 0

    def add(self, part: Packed) -> None:
        """Write the next numbers."""
        self._file.write(np.ascontiguousarray(part.low).data)
        if len(part.places):
            self._places.append(part.places + np.uint64(self._done))
            self._large.append(part.large)
        self._done += len(part)

    def written(self) -> Packed:
        """What has been written so far."""
        self._file.flush()
        low = arrays.load(self._folder / self._name, U1)
        return Packed(low, np.concatenate(self._places), np.concatenate(self._large))

    def finish(self) -> None:
        """Write what is left."""
        self._file.close()
        arrays.save(self._folder / f"{self._name}-at", np.concatenate(self._places), arrays.U8)
        arrays.save(self._folder / f"{self._name}-large", np.concatenate(self._large), arrays.U4)


def packed(values: NDArray[Any]) -> Packed:
    """Numbers in one byte each, the large ones beside them."""
    big = np.flatnonzero(values > MOST)
    return Packed(np.minimum(values, MOST).astype(U1), big.astype(np.uint64), values[big].astype(np.uint32))


def save_packed(folder: Path, name: str, values: NDArray[Any]) -> None:
    """Write numbers so that :class:`Packed` reads them."""
    writer = PackedWriter(folder, name)
    writer.add(packed(values))
    writer.finish()


def sizes_of(at: NDArray[Any]) -> NDArray[np.int64]:
    """The sizes of lists, from where each begins and an end mark."""
    wide = at.astype(np.int64)
    found: NDArray[np.int64] = wide[1:] - wide[:-1]
    return found


def ranges(begins: NDArray[Any], sizes: NDArray[Any]) -> NDArray[np.intp]:
    """The numbers ``begins[i] .. begins[i] + sizes[i] - 1`` of every i, end to end."""
    sizes = sizes.astype(np.intp)
    total = int(sizes.sum())
    steps = np.repeat(begins.astype(np.intp) - (np.cumsum(sizes) - sizes), sizes)
    steps += np.arange(total, dtype=np.intp)
    return steps

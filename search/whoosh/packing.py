"""Small numbers in one byte each, with the few that do not fit written beside them; and ranges taken from flat arrays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

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


def save_packed(folder: Path, name: str, values: NDArray[Any]) -> None:
    """Write numbers so that :class:`Packed` reads them."""
    big = np.flatnonzero(values > MOST)
    arrays.save(folder / name, np.minimum(values, MOST), U1)
    arrays.save(folder / f"{name}-at", big, arrays.U8)
    arrays.save(folder / f"{name}-large", values[big], arrays.U4)


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

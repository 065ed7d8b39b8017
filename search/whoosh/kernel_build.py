"""The compiled inner loops of building an index, where they are at hand; None where not, and NumPy does the same work."""

from __future__ import annotations

import ctypes
import weakref
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from search.whoosh.library import LIBRARY, function
from search.whoosh.library import address as _at
from search.whoosh.packing import MOST, Packed


class BuildKernel:
    """Calls the compiled functions of building. Numbers come from memory, not from files, and are not checked again."""

    def __init__(self, library: ctypes.CDLL) -> None:
        self.new = function(library, "spellings_new", 0)
        self.free = function(library, "spellings_free", 1)
        self.size = function(library, "spellings_size", 2)
        self.copy = function(library, "spellings_copy", 3)
        self.add = function(library, "spellings_add", 8)
        self._tally = function(library, "tally", 6)
        self._invert = function(library, "invert", 11)
        self._pack = function(library, "pack", 6)
        self._union = function(library, "union", 13)

    def invert(
        self, words: NDArray[np.uint32], list_of: NDArray[np.uint32], begins: NDArray[np.int64], lists: int
    ) -> tuple[NDArray[np.int64], NDArray[np.uint32], Packed, Packed]:
        """Postings of each list, their rows, their counts, and the positions of all occurrences, list by list.

        Args:
            words: A number for each occurrence in reading order, shape (occurrences,).
            list_of: The list of each such number.
            begins: First occurrence of each row and an end mark, shape (rows + 1,).
            lists: How many there are.
        """
        edges = np.zeros((lists, 3), np.int64)
        text = _at(words), _at(list_of), _at(begins), len(begins) - 1
        found = self._tally(*text, lists, _at(edges))
        rows, counts, positions = np.empty(found, np.uint32), np.empty(found, np.uint8), np.empty(len(words), np.uint8)
        beyond = np.maximum(
            np.diff(begins) - MOST, 0
        )  # a row of 256 words has one beyond the 255th, which stands at 255
        far, sizes = np.empty((int(np.maximum(beyond - 1, 0).sum()), 2), np.int64), np.zeros(2, np.int64)
        more = np.empty(int(beyond.sum()), np.int64)
        self._invert(*text, _at(edges), _at(rows), _at(counts), _at(positions), _at(far), _at(more), _at(sizes))
        far = far[: int(sizes[0])]
        far = far[np.argsort(far[:, 0])]
        places, times = np.unique(more[: int(sizes[1])], return_counts=True)
        return (
            np.diff(edges[:, 1], prepend=0), rows,
            Packed(counts, places.astype(np.uint64), (times + MOST).astype(np.uint32)),
            Packed(positions, far[:, 0].astype(np.uint64), far[:, 1].astype(np.uint32)),
        )  # fmt: skip

    def pack(
        self, sizes: NDArray[np.int64], rows: NDArray[np.uint32]
    ) -> tuple[NDArray[np.uint16], NDArray[np.uint16], NDArray[np.int64]]:
        """Rows of lists as they are stored; see :func:`search.whoosh.lists.pack_rows`."""
        low, steps, steps_of = (
            np.empty(len(rows), np.uint16),
            np.empty((len(rows), 2), np.uint16),
            np.empty(len(sizes), np.uint32),
        )
        many = self._pack(_at(rows), _at(sizes), len(sizes), _at(low), _at(steps), _at(steps_of))
        return low, steps[:many], steps_of.astype(np.int64)

    def union(
        self, members: NDArray[np.int64], sizes: NDArray[np.int64], low: NDArray[np.int64], steps: NDArray[np.int64],
        steps_of: NDArray[np.int64], counts: NDArray[np.int64],
    ) -> tuple[NDArray[np.int64], NDArray[np.uint32], NDArray[np.uint32]] | None:  # fmt: skip
        """Bring the lists of each group together in one, the counts of a row added; None where the steps do not fit.

        Args:
            members: How many lists each group has.
            sizes: Postings of each list, group by group; written over.
            low: Address of the lower halves of each list's rows.
            steps: Address of its steps.
            steps_of: How many steps it has.
            counts: Address of its counts, each below 256.

        Returns:
            Postings of each group, their rows and counts.
        """
        ends = np.cumsum(sizes)
        edges = np.concatenate([[0], ends])[np.concatenate([[0], np.cumsum(members)])]
        room, total = int(np.diff(edges).max(initial=0)), int(edges[-1])
        spare, out = np.empty((4, room), np.uint32), np.empty((2, total), np.uint32)
        totals = np.empty(len(members), np.int64)
        found = self._union(
            _at(members), len(members), _at(sizes), _at(low), _at(steps), _at(steps_of), _at(counts), _at(spare),
            _at(spare) + room * 8, room, _at(out), _at(out) + total * 4, _at(totals),
        )  # fmt: skip
        return None if found < 0 else (totals, out[0, :found], out[1, :found])


class Spellings:
    """Every way in which a word is written in some texts, numbered as they come."""

    def __init__(self, kernel: BuildKernel, kinds: NDArray[np.uint8]) -> None:
        """``kinds`` are those of :func:`search.analysis.character_kinds`."""
        self._kernel, self._kinds = kernel, kinds
        self._known = kernel.new()
        if not self._known:
            raise MemoryError
        weakref.finalize(self, kernel.free, self._known)

    def add(self, text: bytes, ends: NDArray[np.int64]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        """Divide texts, which lie end to end in UTF-8, into words.

        Returns:
            The number of the spelling of each word; how many words there are up to the end of each text.
        """
        content = np.frombuffer(text, np.uint8)
        numbers, word_ends = np.empty(len(content), np.uint32), np.empty(len(ends), np.int64)
        found = self._kernel.add(
            self._known, _at(self._kinds), len(self._kinds), _at(content), _at(ends), len(ends), _at(numbers),
            _at(word_ends),
        )  # fmt: skip
        if found < 0:
            raise MemoryError
        return numbers[:found], word_ends

    def all(self) -> Sequence[bytes]:
        """All spellings, by number."""
        total = np.zeros(1, np.int64)
        many = self._kernel.size(self._known, _at(total))
        text, ends = np.empty(int(total[0]), np.uint8), np.empty(many, np.int64)
        self._kernel.copy(self._known, _at(text), _at(ends))
        content, bounds = text.tobytes(), [0, *ends.tolist()]
        return [content[begin:end] for begin, end in pairwise(bounds)]


BUILD_KERNEL = None if LIBRARY is None else BuildKernel(LIBRARY)
"""The compiled loops of building in this process, or None."""

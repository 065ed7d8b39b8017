"""The compiled inner loops of searching, where they are at hand; None where not, and NumPy does the same work."""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.whoosh.library import LIBRARY, function
from search.whoosh.library import address as _at

Rows = NDArray[np.intp]
Scores = NDArray[np.float32]

_I8 = np.dtype(np.int64)


class Kernel:
    """Calls the compiled functions. Every method returns None when the case is none of theirs, and NumPy must do it.

    Arrays are one-dimensional and without gaps; rows ascend and are int64, lists uint32, counts uint8, scores float32.
    Tables are addressed as :attr:`search.whoosh.column_reader.Columns.table` says.

    Attributes:
        all_words: One pass for plain words, all of them; :mod:`search.whoosh.onepass` prepares it.
        any_words: The same for any of them.
    """

    def __init__(self, library: ctypes.CDLL) -> None:
        self._count = function(library, "count", 10)
        self._sift = function(library, "sift", 5)
        self._expand = function(library, "expand", 7)
        self._largest = function(library, "largest", 6)
        self._largest_of = function(library, "largest_of", 9)
        self._best = function(library, "best", 7)
        self._intersect = function(library, "intersect", 5)
        self._mark = function(library, "mark", 5)
        self._mark_wide = function(library, "mark_wide", 4)
        self._marked = function(library, "marked", 2)
        self._collect = function(library, "collect", 3)
        self._within = function(library, "within", 6)
        self._collect_sums = function(library, "collect_sums", 5)
        self._score = function(library, "score", 10, weight=8)
        self._score_all = function(library, "score_all", 8, weight=6)
        self._add = function(library, "add", 9, weight=6)
        self.all_words = function(library, "all_words", 4)
        self.any_words = function(library, "any_words", 4)

    def count(
        self, table: tuple[int, int, int], rows: Rows, fields: Sequence[tuple[int, int, int]]
    ) -> list[NDArray[np.int64]] | None:
        """Tallies of columns of a packed table over rows; ``fields`` are (offset, width, number of codes)."""
        offsets, widths, sizes = zip(*fields, strict=True)
        tallies = [
            np.zeros(size, np.int64) for size in sizes
        ]  # one room for all would be asked of the system anew each time
        parts = (*offsets, *widths, *sizes, *map(_at, tallies))
        shape = np.frombuffer(struct.pack(f"<{len(parts)}q", *parts), np.uint8)
        at, step = _at(shape), len(fields) * 8
        done = self._count(
            *table, _at(rows), len(rows), len(fields),
            at, at + step, at + 2 * step, at + 3 * step,
        )  # fmt: skip
        return tallies if done == 0 else None

    def sift(self, sieve: int, all_rows: int, rows: Rows) -> Rows | None:
        """Rows that pass the filters at an address (:class:`search.whoosh.selecting.Sieve`)."""
        out = np.empty(len(rows), np.int64)
        found = self._sift(sieve, all_rows, _at(rows), len(rows), _at(out))
        return None if found < 0 else out[:found]

    def expand(
        self, by_list: NDArray[np.int64], at: NDArray[np.uint32], flat: NDArray[np.uint32], size: int
    ) -> NDArray[np.int64] | None:
        """Tallies of values from tallies of the lists that hold them."""
        tally = np.zeros(size, np.int64)
        done = self._expand(_at(by_list), len(by_list), _at(at), _at(flat), len(flat), _at(tally), size)
        return tally if done == 0 else None

    def largest(self, tally: NDArray[np.int64], first: int, most: int) -> tuple[list[int], list[int], int]:
        """Numbers and counts of the largest of a tally from ``first`` on, and how many are above 0."""
        found = np.empty((2, max(most, 1)), np.int64)
        at = _at(found)
        above = self._largest(_at(tally), first, len(tally), most, at, at + found.shape[1] * 8)
        kept = min(above, most)
        return found[0, :kept].tolist(), found[1, :kept].tolist(), above

    def largest_of(self, column: int, rows: Rows, first: int, most: int, tally: int, met: int, found: int) -> int:
        """The same of the values of few rows: how many are above 0, negative where nothing can be said.

        Args:
            column: Address of a column as :class:`search.whoosh.few.Few` writes it.
            rows: Which rows.
            first: Least number.
            most: How many are wanted.
            tally: Address of room for a count of each value, zero before and after.
            met: Address of room for as many numbers, uint32.
            found: Address of room for ``most`` numbers, int64, and behind these for their counts.
        """
        above: int = self._largest_of(column, _at(rows), len(rows), first, most, tally, met, found, found + 8 * most)
        return above

    def score(
        self, scores: Scores, rows: Rows, listed: NDArray[np.uint32], counts: NDArray[np.uint8], base: int,
        lengths: Scores, weight: np.float32,
    ) -> bool:  # fmt: skip
        """Add the BM25 of one word's postings to the scores of rows; False when nothing can be said."""
        done = self._score(
            _at(listed), _at(counts), len(listed), base, _at(rows), len(rows), _at(lengths), len(lengths), weight,
            _at(scores),
        )  # fmt: skip
        return bool(done == 0)

    def score_all(
        self, listed: NDArray[np.uint32], counts: NDArray[np.uint8], base: int, lengths: Scores, weight: np.float32
    ) -> Scores | None:
        """The BM25 of all of one word's postings."""
        scores = np.zeros(len(listed), np.float32)
        done = self._score_all(
            _at(listed), _at(counts), len(listed), base, _at(lengths), len(lengths), weight, _at(scores)
        )
        return scores if done == 0 else None

    def add(
        self, listed: NDArray[np.uint32], counts: NDArray[np.uint8], base: int, lengths: Scores, weight: np.float32,
        bits: NDArray[np.uint64], sums: Scores,
    ) -> bool:  # fmt: skip
        """Add the BM25 of one word's postings to the sums over all rows, and mark the rows; False when that cannot be."""
        done = self._add(
            _at(listed), _at(counts), len(listed), base, _at(lengths), len(lengths), weight, _at(bits), _at(sums)
        )
        return bool(done == 0)

    def collect_sums(self, bits: NDArray[np.uint64], sums: Scores) -> tuple[Rows, Scores]:
        """Marked rows and their sums; both rooms are zero afterwards."""
        size = self._marked(_at(bits), len(bits))
        rows, scores = np.empty(size, np.int64), np.empty(size, np.float32)
        self._collect_sums(_at(bits), len(bits), _at(sums), _at(rows), _at(scores))
        return rows, scores

    def within(self, rows: Rows, listed: NDArray[np.uint32], base: int) -> Rows:
        """Which of some rows are in a word's list."""
        found = np.empty(min(len(rows), len(listed)), np.int64)
        return found[: self._within(_at(rows), len(rows), _at(listed), len(listed), base, _at(found))]

    def best(self, scores: Scores, rows: Rows, rank: NDArray[np.uint32], most: int) -> Rows | None:
        """Places of the best rows by score, then by rank."""
        places = np.empty(min(most, len(rows)), np.int64)
        kept = self._best(_at(scores), _at(rows), len(rows), _at(rank), len(rank), len(places), _at(places))
        return places if kept == len(places) else None

    def intersect(self, few: Rows, many: Rows) -> Rows:
        """Rows in both."""
        found = np.empty(min(len(few), len(many)), np.int64)
        return found[: self._intersect(_at(few), len(few), _at(many), len(many), _at(found))]

    def union(self, pieces: Sequence[tuple[NDArray[Any], int]], all_rows: int, bits: NDArray[np.uint64]) -> Rows | None:
        """Rows in any piece (an array and what to add to it); ``bits`` is room for a bit a row, zero before and after."""
        for piece, base in pieces:
            if piece.dtype == _I8 and not base:
                done = self._mark_wide(_at(piece), len(piece), all_rows, _at(bits))
            else:
                done = self._mark(_at(piece), len(piece), base, all_rows, _at(bits))
            if done < 0:
                bits[:] = 0
                return None
        found = np.empty(self._marked(_at(bits), len(bits)), np.int64)
        self._collect(_at(bits), len(bits), _at(found))
        return found


KERNEL = None if LIBRARY is None else Kernel(LIBRARY)
"""The compiled loops of searching in this process, or None."""

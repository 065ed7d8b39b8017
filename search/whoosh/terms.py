"""The postings of a word over all segments, and what they score: BM25F as Whoosh has it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.whoosh.column_reader import K1
from search.whoosh.kernel import KERNEL
from search.whoosh.lists import Lists
from search.whoosh.vocabulary import encode

if TYPE_CHECKING:
    from search.whoosh.collection import Collection

Rows = NDArray[np.intp]
"""Ascending row numbers of the whole collection."""
Scores = NDArray[np.float32]
Place = tuple[int, int]
"""Segment and list."""


class Term:
    """The postings of one word over all segments.

    Attributes:
        found: In how many rows, deleted ones included.
    """

    def __init__(self, collection: Collection, places: Sequence[Place]) -> None:
        self._collection, self.places = collection, places
        self._bounds = [collection.segments[segment].lists.bounds(number) for segment, number in places]
        self.found = sum([end - begin for begin, end in self._bounds])

    @cached_property
    def rows(self) -> Rows:
        """Where it stands, ascending."""
        pieces = []
        for (segment, _), (begin, end) in zip(self.places, self._bounds, strict=True):
            piece = self._collection.segments[segment].lists.rows[begin:end].astype(np.intp)
            base = int(self._collection.bases[segment])
            if base:
                piece += base
            pieces.append(piece)
        return pieces[0] if len(pieces) == 1 else np.concatenate([np.empty(0, np.intp), *pieces])

    def stretch(self, segment: int) -> tuple[int, int, int, int]:
        """Where its postings in one segment begin and end, and where their steps (:mod:`search.whoosh.lists`)."""
        for (where, number), (begin, end) in zip(self.places, self._bounds, strict=True):
            if where == segment:
                steps_at = self._collection.segments[segment].lists.rows.steps_at.item
                return begin, end, steps_at(number), steps_at(number + 1)
        return 0, 0, 0, 0

    def within(self, rows: Rows) -> Rows:
        """Which of some rows it stands in."""
        if KERNEL is None or len(self._bounds) != 1:
            return self._collection.intersect(rows, self.rows)
        listed, _, base = next(self._postings())
        return KERNEL.within(rows, listed, base)

    def _postings(self) -> Iterator[tuple[NDArray[np.uint32], NDArray[np.uint8], int]]:
        """Rows as stored, counts up to 255, and the first row of the segment."""
        for (segment, _), (begin, end) in zip(self.places, self._bounds, strict=True):
            lists = self._collection.segments[segment].lists
            yield lists.rows[begin:end], lists.counts.low[begin:end], int(self._collection.bases[segment])

    @property
    def weight(self) -> float:
        """Inverse document frequency as Whoosh has it: ln(N / (df + 1)) + 1, deleted rows counted."""
        return idf(self._collection.rows, self.found)

    def scores(self, at: Rows | None = None) -> Scores:
        """BM25 of all postings, or of those ``at`` some places in :attr:`rows`."""
        rows = self.rows if at is None else self.rows.take(at)
        return bm25(self.weight, self._counts(at), self._collection.columns.lengths.take(rows))

    def scores_in(self, rows: Rows) -> Scores | None:
        """BM25 in some rows, 0 where the word is not, by the compiled loops; None where they cannot."""
        if KERNEL is None:
            return None
        collection = self._collection
        lengths, weight = collection.columns.lengths, np.float32(self.weight * (K1 + 1))
        if rows is self.__dict__.get("rows") and len(self._bounds) == 1:
            return KERNEL.score_all(*next(self._postings()), lengths, weight)
        scores = np.zeros(len(rows), np.float32)
        for (segment, _), (listed, counts, base) in zip(self.places, self._postings(), strict=True):
            low, high = 0, len(rows)
            if len(collection.segments) > 1:
                low, high = map(int, rows.searchsorted((base, int(collection.bases[segment + 1]))))
            if not KERNEL.score(scores[low:high], rows[low:high], listed, counts, base, lengths, weight):
                return None
        return scores

    def add_to(self, bits: NDArray[np.uint64], sums: Scores) -> bool:
        """Mark every row, and add its BM25 to the sums over all rows, by the compiled loops; False where they cannot."""
        lengths, weight = self._collection.columns.lengths, np.float32(self.weight * (K1 + 1))
        return KERNEL is not None and all(KERNEL.add(*one, lengths, weight, bits, sums) for one in self._postings())

    def _counts(self, at: Rows | None) -> Scores:
        pieces = []
        done = 0
        for (segment, _), (begin, end) in zip(self.places, self._bounds, strict=True):
            lists = self._collection.segments[segment].lists
            if at is None:
                counts = lists.counts.slice(begin, end)
            else:
                low, high = at.searchsorted(done), at.searchsorted(done + end - begin)
                counts = lists.counts.take(at[low:high] - done + begin)
            pieces.append(counts.astype(np.float32))
            done += end - begin
        return pieces[0] if len(pieces) == 1 else np.concatenate([np.empty(0, np.float32), *pieces])


def idf(rows: int, found: int) -> float:
    """Inverse document frequency: ln(N / (df + 1)) + 1."""
    return math.log(max(rows, 1) / (found + 1)) + 1


def bm25(weight: float, counts: Scores, penalty: Scores) -> Scores:
    """BM25F of one field: ``weight * tf * (K1 + 1) / (tf + K1 * (1 - B + B * length / average))``, in float32."""
    penalty += counts
    counts *= np.float32(weight * (K1 + 1))
    counts /= penalty
    return counts


class Titled(NamedTuple):
    """Headlines with a stem.

    Attributes:
        runs: Their runs of rows, ascending.
        added: What each adds to the score of a record below that has the stem too.
        rows: How many records lie below them.
    """

    runs: NDArray[np.uint32]
    added: Scores
    rows: int


UNTITLED = Titled(np.empty(0, np.uint32), np.empty(0, np.float32), 0)


def title_scores(collection: Collection, stem: str) -> Titled:
    """Headlines with a stem, and what that adds to scores."""
    if not collection.titled:
        return UNTITLED
    found, runs, counts = title_rows(collection, stem)
    if not found:
        return UNTITLED
    added = bm25(idf(collection.rows, found), counts, collection.columns.titles.take(runs))
    return Titled(runs.astype(np.uint32), added, found)


def title_rows(collection: Collection, stem: str) -> tuple[int, Rows, Scores]:
    """Headlines with a stem: in how many rows they count, and by run of rows its number and its counts."""
    wanted = encode(stem)
    rows, runs, counts = 0, [np.empty(0, np.intp)], [np.empty(0, np.float32)]
    for number, segment in enumerate(collection.segments):
        at = segment.title_stems.find(wanted)
        if at < 0:
            continue
        lists: Lists = segment.titles
        begin, end = lists.bounds(at)
        found = lists.rows[begin:end].astype(np.intp)
        rows += int((segment.runs[found + 1].astype(np.int64) - segment.runs[found]).sum())
        runs.append(found + int(collection.run_bases[number]))
        counts.append(lists.counts.slice(begin, end).astype(np.float32))
    return rows, np.concatenate(runs), np.concatenate(counts)

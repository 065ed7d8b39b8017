"""The segments of a generation seen as one: rows are numbered through, and a word has one list of postings."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.whoosh.column_reader import K1, Columns
from search.whoosh.kernel import KERNEL
from search.whoosh.lists import Lists
from search.whoosh.segment import Segment
from search.whoosh.vocabulary import encode

Rows = NDArray[np.intp]
"""Ascending row numbers of the whole collection."""
Scores = NDArray[np.float32]
Place = tuple[int, int]
"""Segment and list."""


class OutOfTime(Exception):  # noqa: N818 - not an error: the search answers with what it has
    """The time limit of a search has passed."""


class Budget:
    """What a search may still spend.

    Attributes:
        partial: Whether something was left out.
        terms: Most words that a clause may expand to.
    """

    def __init__(self, time_ms: float, terms: int) -> None:
        self._until = time.perf_counter() + time_ms / 1000
        self.terms = terms
        self.partial = False

    def check(self) -> None:
        """Raise :class:`OutOfTime` when the time is up."""
        if self.spent():
            raise OutOfTime

    def spent(self) -> bool:
        """Whether the time is up; then the answer is partial."""
        if time.perf_counter() < self._until:
            return False
        self.partial = True
        return True


class Scratch(threading.local):
    """Arrays over all rows, zero between uses; one set for each thread, made when first needed."""

    def __init__(self, rows: int) -> None:
        self._rows = rows
        self._marks: NDArray[np.bool_] | None = None
        self._sums: Scores | None = None
        self._bits: NDArray[np.uint64] | None = None

    @property
    def bits(self) -> NDArray[np.uint64]:
        """A bit for each row."""
        if self._bits is None:
            self._bits = np.zeros((self._rows + 63) // 64, np.uint64)
        return self._bits

    @property
    def marks(self) -> NDArray[np.bool_]:
        """Room for marking rows."""
        if self._marks is None:
            self._marks = np.zeros(self._rows, bool)
        return self._marks

    @property
    def sums(self) -> Scores:
        """Room for adding up scores."""
        if self._sums is None:
            self._sums = np.zeros(self._rows, np.float32)
        return self._sums


class Collection:
    """Segments and columns of a generation, open for reading. Safe from several threads.

    Attributes:
        segments: In order.
        bases: Number of the first row of each segment, and an end mark; ``starts`` the same as plain numbers.
        columns: What is known of every row.
        scratch: Working room.
        titled: Whether any headline has a word.
    """

    def __init__(self, folder: Path, names: Sequence[str]) -> None:
        self.segments = [Segment(folder, name) for name in names]
        self.bases = np.cumsum([0, *(segment.rows for segment in self.segments)])
        self.starts: list[int] = self.bases.tolist()
        self.columns = Columns(folder)
        self.rows = int(self.bases[-1])
        self.scratch = Scratch(self.rows)
        self.titled = any(len(segment.title_stems) for segment in self.segments)
        run_counts = [len(segment.runs) - 1 for segment in self.segments]
        self.run_bases = np.cumsum([0, *run_counts])

    @cached_property
    def average(self) -> float:
        """Words in a record."""
        return sum(segment.lengths.total() for segment in self.segments) / max(self.rows, 1)

    def stem(self, stem: str) -> list[Place]:
        """Where the postings of a stem are."""
        wanted = encode(stem)
        found = [(number, segment.stem_number(wanted)) for number, segment in enumerate(self.segments)]
        return [place for place in found if place[1] >= 0]

    def word(self, word: str) -> list[Place]:
        """Where the postings of a word as written are."""
        wanted = encode(word)
        found = [(number, segment.words.find(wanted)) for number, segment in enumerate(self.segments)]
        return [place for place in found if place[1] >= 0]

    def postings(self, places: Sequence[Place]) -> Term:
        """The postings of a word."""
        return Term(self, places)

    def locate(self, row: int) -> tuple[int, int]:
        """Segment and row in it."""
        if len(self.segments) == 1:
            return 0, row
        segment = int(self.bases.searchsorted(row, "right")) - 1
        return segment, row - int(self.bases[segment])

    def record_id(self, row: int) -> str:
        """The id of a record."""
        segment, inside = self.locate(row)
        return self.segments[segment].record_id(inside)

    def union(self, pieces: Sequence[NDArray[Any]]) -> Rows:
        """All rows of several arrays, ascending, each once; a piece may hold a row twice and in any order."""
        total = sum(map(len, pieces))
        if KERNEL is not None and total * 64 > self.rows:
            known = KERNEL.union([(piece, 0) for piece in pieces], self.rows, self.scratch.bits)
            if known is not None:
                return known
        if total * 24 > self.rows:
            marks = self.scratch.marks
            for piece in pieces:
                marks[piece] = True
            found = np.flatnonzero(marks)
            marks[found] = False
            return found
        if not total:
            return np.empty(0, np.intp)
        joined = np.concatenate(pieces).astype(np.intp)
        joined.sort()
        keep = np.empty(len(joined), bool)
        keep[0] = True
        np.not_equal(joined[1:], joined[:-1], out=keep[1:])
        return joined[keep]

    def intersect(self, few: Rows, many: NDArray[Any]) -> Rows:
        """Rows in both."""
        if len(few) > len(many):
            few, many = many.astype(np.intp, copy=False), few
        if not len(few):
            return few
        if KERNEL is not None and many.dtype == np.int64:
            return KERNEL.intersect(few, many)
        if len(few) * 16 < len(many):
            at = many.searchsorted(few.astype(many.dtype, copy=False))
            at[at == len(many)] = 0
            both: Rows = few[many[at] == few]
            return both
        marks = self.scratch.marks
        marks[few] = True
        found: Rows = many[marks[many]].astype(np.intp, copy=False)
        marks[few] = False
        return found

    def without(self, rows: Rows, barred: NDArray[Any]) -> Rows:
        """Rows that are not in ``barred``."""
        marks = self.scratch.marks
        marks[barred] = True
        kept = rows[~marks[rows]]
        marks[barred] = False
        return kept


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


UNTITLED = np.empty(0, np.uint32), np.empty(0, np.float32)


def title_scores(collection: Collection, stem: str) -> tuple[NDArray[np.uint32], Scores]:
    """Headlines with a stem: their runs, ascending, and what it adds to the score of a record below that has it too."""
    if not collection.titled:
        return UNTITLED
    found, runs, counts = title_rows(collection, stem)
    if not found:
        return UNTITLED
    return runs.astype(np.uint32), bm25(idf(collection.rows, found), counts, collection.columns.titles.take(runs))


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

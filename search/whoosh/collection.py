"""The segments of a generation seen as one: rows are numbered through, and a word has one list of postings."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.whoosh.column_reader import Columns
from search.whoosh.kernel import KERNEL
from search.whoosh.segment import Segment
from search.whoosh.terms import Place, Rows, Scores, Term
from search.whoosh.vocabulary import encode


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
            try:
                for piece in pieces:
                    marks[piece] = True
            except IndexError:  # a damaged list: what comes next must find the room empty
                marks[:] = False
                raise
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

"""One compiled pass over the postings of some words: count, score, and keep the best, without writing down the rest."""

from __future__ import annotations

import struct
import threading
from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.whoosh.budget import Budget
from search.whoosh.collection import Collection
from search.whoosh.column_reader import K1, penalty
from search.whoosh.kernel import KERNEL
from search.whoosh.library import address
from search.whoosh.packing import Packed
from search.whoosh.segment import STRIDE, Segment
from search.whoosh.terms import UNTITLED, Rows, Scores, Term, title_scores

MOST_WORDS, MOST_LISTS = 16, 8
"""Words of one pass, and lists that only choose rows."""
MOST = 200
"""Hits that are kept in order while looking at all."""
_WORD = struct.Struct("<10q2d")
_FOUND = struct.Struct("<9q")
_PHRASE = struct.Struct(f"<{1 + MOST_WORDS + MOST_LISTS}q")
_PACKED = struct.Struct("<5q")
_RECORDS = struct.Struct("<9q")
_STOPS = struct.Struct("<3q")


class Wanted(NamedTuple):
    """What to look for.

    Attributes:
        terms: Words, each once unless it counts several times.
        every: Whether a record must have all of them, or any.
        stems: Of each word its stem where headlines count too; else empty.
        phrase: Places in ``terms``: which words must stand one right after the other; empty where they may stand anywhere.
    """

    terms: Sequence[Term]
    every: bool = True
    stems: Sequence[str] = ()
    phrase: Sequence[int] = ()

    def most(self, rows: int) -> int:
        """How many rows there can be at most."""
        sizes = [term.found for term in self.terms]
        return min(min(sizes) if self.every else sum(sizes), rows)


class Passed(NamedTuple):
    """What a pass found.

    Attributes:
        total: How many records.
        quotes: How many of them are quotes.
        best: Rows of the best, best first.
        scores: Their scores.
    """

    total: int
    quotes: int
    best: list[int]
    scores: list[float]


class _Room(threading.local):
    """Working room of one thread, made once: its addresses are known."""

    def __init__(self) -> None:
        self.best, self.scores = np.empty(MOST, np.int64), np.empty(MOST, np.float32)
        self.words, self.found = bytearray((MOST_WORDS + MOST_LISTS) * _WORD.size), bytearray(_FOUND.size)
        self.phrase = bytearray(_PHRASE.size)
        self.best_at, self.scores_at = address(self.best), address(self.scores)
        self.words_at, self.found_at, self.phrase_at = (
            address(np.frombuffer(room, np.uint8)) for room in (self.words, self.found, self.phrase)
        )


class _Records(NamedTuple):
    """Where the loops find what they need of a segment, and what must live as long as that address is used.

    Several threads may make these arrays at the same time, and then the collection keeps those of one thread only.
    """

    at: int
    content: bytes
    arrays: tuple[NDArray[Any] | None, ...]


class OnePass:
    """Passes over a collection. Safe from several threads."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._rows_at = [(address(part.lists.rows.low), address(part.lists.rows.steps)) for part in collection.segments]
        self._room = _Room()
        self._records: dict[tuple[int, bool], _Records] = {}

    def rows(self, wanted: Wanted, budget: Budget) -> Rows | None:
        """All rows that fit, ascending; None where the compiled loops cannot."""
        out = np.empty(wanted.most(self._collection.rows), np.int64)
        passed = self.run(wanted, budget, 0, out, True)
        return None if passed is None else out[: passed.total]

    def run(
        self, wanted: Wanted, budget: Budget, most: int, out: Rows | None, interviewer: bool, sieve: int = 0,
        lists: Sequence[NDArray[np.uint32]] = (),
    ) -> Passed | None:  # fmt: skip
        """Go through the segments, as far as the time allows; None where the compiled loops cannot.

        Args:
            wanted: What to look for.
            budget: What may be spent.
            most: How many of the best to keep.
            out: Room for every row, or None.
            interviewer: Whether questions of interviewers are wanted too.
            sieve: Address of a :class:`search.whoosh.selecting.Sieve` that rows must pass, or 0.
            lists: Ascending rows of the collection, of which all must be; only where every word is wanted.
        """
        if (
            KERNEL is None
            or len(wanted.terms) > MOST_WORDS
            or len(wanted.phrase) > MOST_WORDS
            or len(lists) > MOST_LISTS
        ):
            return None
        room, go = self._room, KERNEL.all_words if wanted.every else KERNEL.any_words
        if wanted.phrase:
            spare = [0] * (MOST_WORDS + MOST_LISTS - len(wanted.phrase))
            _PHRASE.pack_into(room.phrase, 0, len(wanted.phrase), *wanted.phrase, *spare)
        _FOUND.pack_into(
            room.found, 0, most, 0, 0, 0, room.best_at, room.scores_at, 0 if out is None else address(out), sieve,
            room.phrase_at if wanted.phrase else 0,
        )  # fmt: skip
        weights = [float(np.float32(term.weight * (K1 + 1))) for term in wanted.terms]
        times = [float(max(wanted.phrase.count(place), 1)) for place in range(len(wanted.terms))]
        titles = [title_scores(self._collection, stem) for stem in wanted.stems] or [UNTITLED] * len(weights)
        for number, segment in enumerate(self._collection.segments):
            base, at, packed = self._collection.starts[number], 0, segment.lists.rows
            low_at, steps_at = self._rows_at[number]
            for term, weight, time, title in zip(wanted.terms, weights, times, titles, strict=True):
                begin, end, step, last = term.stretch(number)
                if not (0 <= begin <= end <= len(packed.low) and 0 <= step <= last <= len(packed.steps)):
                    return None  # damaged; NumPy will tell
                titled = (address(title[0]), address(title[1]), len(title[0])) if len(title[0]) else (0, 0, 0)
                _WORD.pack_into(
                    room.words, at, low_at + 2 * begin, steps_at + 4 * step, last - step, 0, base, end - begin, begin,
                    *titled, weight, time,
                )  # fmt: skip
                at += _WORD.size
            for listed in lists:
                _WORD.pack_into(room.words, at, 0, 0, 0, address(listed), 0, len(listed), -1, 0, 0, 0, 0.0, 0.0)
                at += _WORD.size
            records = self._records_of(number, segment, interviewer)
            if go(records, room.words_at, at // _WORD.size, room.found_at) < 0:
                return None
            if len(self._collection.segments) > 1 and budget.spent():
                break
        _, kept, total, quotes, *_ = _FOUND.unpack(room.found)
        return Passed(total, quotes, room.best[:kept].tolist(), room.scores[:kept].tolist())

    @cached_property
    def _of_words(self) -> Scores:
        return penalty(np.arange(255), self._collection.average).astype(np.float32)

    def _records_of(self, number: int, segment: Segment, interviewer: bool) -> int:
        """Where the compiled loops read what they need of a segment and of every row."""
        known = self._records.get((number, interviewer))
        if known is None:
            of_words, quotes = self._of_words, self._collection.columns.quotes
            columns, (base, end) = self._collection.columns, self._collection.starts[number : number + 2]
            there = None if columns.whole else columns.there if interviewer else columns.shown
            content = (
                _RECORDS.pack(
                    address(segment.lengths.low), address(of_words), address(columns.lengths), address(columns.rank),
                    address(columns.runs), 0 if there is None else address(there), address(quotes), base, end,
                )
                + _packed(segment.lists.counts)
                + _packed(segment.positions)
                + _STOPS.pack(address(segment.checkpoints), len(segment.checkpoints), STRIDE)
            )  # fmt: skip
            made = _Records(address(np.frombuffer(content, np.uint8)), content, (of_words, quotes, there))
            known = self._records.setdefault((number, interviewer), made)  # another thread may have been quicker
        return known.at


def _packed(numbers: Packed) -> bytes:
    low, places, large = numbers.low, numbers.places, numbers.large
    return _PACKED.pack(address(low), len(low), address(places), address(large), len(places))

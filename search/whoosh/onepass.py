"""One compiled pass over the postings of some words: count, score, and keep the best, without writing down the rest."""

from __future__ import annotations

import struct
import threading
from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.query import TYPED_WEIGHT
from search.whoosh.budget import Budget
from search.whoosh.collection import Collection
from search.whoosh.column_reader import K1, penalty
from search.whoosh.kernel import KERNEL
from search.whoosh.library import address
from search.whoosh.packing import Packed
from search.whoosh.segment import STRIDE, Segment
from search.whoosh.terms import UNTITLED, Rows, Scores, Term, Titled, title_scores

MOST_WORDS, MOST_LISTS = 16, 8
"""Words of one pass, and lists that only choose rows."""
MOST = 201
"""Hits that are kept in order while looking at all: a page of 200, and one that tells whether there are more."""
_WORD = struct.Struct("<13q2d")
_FOUND = struct.Struct("<18qdq")
_PHRASE = struct.Struct(f"<{1 + MOST_WORDS + MOST_LISTS}q")
_PACKED = struct.Struct("<5q")
_RECORDS = struct.Struct("<12q")
_STOPS = struct.Struct("<3q")


class Wanted(NamedTuple):
    """What to look for.

    Attributes:
        terms: Words, each once unless it counts several times.
        every: Whether a record must have all of them, or any.
        stems: Of each word its stem where headlines count too; else empty.
        phrase: Places in ``terms``: which words must stand one right after the other; empty where they may stand anywhere.
        typed: Of each word its postings as typed where these score more; else empty.
        loose: Whether words may stand in the headline instead, all but one.
    """

    terms: Sequence[Term]
    every: bool = True
    stems: Sequence[str] = ()
    phrase: Sequence[int] = ()
    typed: Sequence[Term] = ()
    loose: bool = False

    def most(self, rows: int) -> int:
        """How many rows there can be at most."""
        sizes = [term.found for term in self.terms]
        return min(min(sizes) if self.every and not self.loose else sum(sizes), rows)


Groups = tuple[NDArray[np.int64], NDArray[np.int64]]
"""Ascending rows, and the group of each."""


class Kept(NamedTuple):
    """Which of the found to keep.

    Attributes:
        most: How many of the best.
        groups: Rows of which only the best of each group is kept; None to keep all.
        weights: By profile, what the score of a record is multiplied by; None where all weigh the same.
    """

    most: int
    groups: Groups | None = None
    weights: Scores | None = None


class Passed(NamedTuple):
    """What a pass found.

    Attributes:
        total: How many records.
        quotes: How many of them are quotes.
        best: Rows of the best, best first.
        scores: Their scores.
        more: Whether there are others after the best.
    """

    total: int
    quotes: int
    best: list[int]
    scores: list[float]
    more: bool = False

    def first(self, most: int) -> Passed:
        """The same with fewer of the best."""
        if len(self.best) <= most:
            return self
        return self._replace(best=self.best[:most], scores=self.scores[:most], more=True)


class _Room(threading.local):
    """Working room of one thread, made once: its addresses are known."""

    def __init__(self) -> None:
        self.best, self.scores, self.groups = (
            np.empty(MOST, np.int64),
            np.empty(MOST, np.float32),
            np.empty(MOST, np.int64),
        )
        self.words, self.found = bytearray((2 * MOST_WORDS + MOST_LISTS) * _WORD.size), bytearray(_FOUND.size)
        self.phrase = bytearray(_PHRASE.size)
        self.best_at, self.scores_at, self.groups_at = address(self.best), address(self.scores), address(self.groups)
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
        passed = self.run(wanted, budget, Kept(0), out, True)
        return None if passed is None else out[: passed.total]

    def run(
        self, wanted: Wanted, budget: Budget, kept: Kept, out: Rows | None, interviewer: bool, sieve: int = 0,
        lists: Sequence[NDArray[np.uint32]] = (),
    ) -> Passed | None:  # fmt: skip
        """Go through the segments, as far as the time allows; None where the compiled loops cannot.

        Args:
            wanted: What to look for.
            budget: What may be spent.
            kept: Which of the found to keep.
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
        groups = (address(kept.groups[0]), address(kept.groups[1]), len(kept.groups[0])) if kept.groups else (0, 0, 0)
        _FOUND.pack_into(
            room.found, 0, kept.most, 0, 0, 0, room.best_at, room.scores_at, 0 if out is None else address(out), sieve,
            room.phrase_at if wanted.phrase else 0, *groups, room.groups_at, *self._weighing(kept.weights), 0,
        )  # fmt: skip
        titles = [title_scores(self._collection, stem) for stem in wanted.stems] or [UNTITLED] * len(wanted.terms)
        times = [max(wanted.phrase.count(place), 1) for place in range(len(wanted.terms))]
        for number, segment in enumerate(self._collection.segments):
            if not self._write_words(number, segment, wanted, titles, times, lists):
                return None  # damaged; NumPy will tell
            records = self._records_of(number, segment, interviewer)
            if go(records, room.words_at, len(wanted.terms) + len(lists), room.found_at) < 0:
                return None
            if len(self._collection.segments) > 1 and budget.spent():
                break
        _, many, total, quotes, *_ = _FOUND.unpack(room.found)
        more = total > many and not kept.groups
        return Passed(total, quotes, room.best[:many].tolist(), room.scores[:many].tolist(), more)

    def _weighing(self, weights: Scores | None) -> tuple[int, int, int, int, int, float]:
        """Where the weights are and where the profiles, and the heaviest."""
        if weights is None:
            return 0, 0, 0, 0, 0, 1.0
        (at, width), (table, _, stride) = self._collection.columns.layout["profile"], self._collection.columns.table
        return address(weights), table + at, stride, width, len(weights), float(weights.max(initial=0))

    def _write_words(
        self, number: int, segment: Segment, wanted: Wanted, titles: Sequence[Titled], times: Sequence[int],
        lists: Sequence[NDArray[np.uint32]],
    ) -> bool:  # fmt: skip
        """Write for the compiled loops where a segment has the words: words, lists, and the words as typed behind them."""
        write, size, base = _WORD.pack_into, _WORD.size, self._collection.starts[number]
        words, at = self._room.words, 0
        typed_at = (len(wanted.terms) + len(lists)) * size
        for place, (term, title, time) in enumerate(zip(wanted.terms, titles, times, strict=True)):
            where = self._stretch(number, segment, term)
            if where is None:
                return False
            typed = 0
            if wanted.typed and wanted.typed[place].found:
                as_typed = self._stretch(number, segment, wanted.typed[place])
                if as_typed is None:
                    return False
                write(
                    words,
                    typed_at,
                    *as_typed[:4],
                    base,
                    *as_typed[4:],
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    _factor(wanted.typed[place]),
                    TYPED_WEIGHT,
                )
                typed, typed_at = self._room.words_at + typed_at, typed_at + size
            headlines = (address(title.runs), address(title.added), len(title.runs)) if len(title.runs) else (0, 0, 0)
            most = where[4] + title.rows if wanted.loose else where[4]
            write(words, at, *where[:4], base, *where[4:], *headlines, wanted.loose, most, typed, _factor(term), time)
            at += size
        for listed in lists:
            write(words, at, 0, 0, 0, address(listed), 0, len(listed), -1, 0, 0, 0, 0, len(listed), 0, 0.0, 0.0)
            at += size
        return True

    def _stretch(self, number: int, segment: Segment, term: Term) -> tuple[int, int, int, int, int, int] | None:
        """Where the postings of a word in a segment are, as the loops take it; None where they are not within the files."""
        begin, end, step, last = term.stretch(number)
        packed, (low_at, steps_at) = segment.lists.rows, self._rows_at[number]
        if not (0 <= begin <= end <= len(packed.low) and 0 <= step <= last <= len(packed.steps)):
            return None
        return low_at + 2 * begin, steps_at + 4 * step, last - step, 0, end - begin, begin

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
                    address(segment.runs), len(segment.runs) - 1, int(self._collection.run_bases[number]),
                )
                + _packed(segment.lists.counts)
                + _packed(segment.positions)
                + _STOPS.pack(address(segment.checkpoints), len(segment.checkpoints), STRIDE)
            )  # fmt: skip
            made = _Records(address(np.frombuffer(content, np.uint8)), content, (of_words, quotes, there))
            known = self._records.setdefault((number, interviewer), made)  # another thread may have been quicker
        return known.at


def _factor(term: Term) -> float:
    """What BM25 multiplies the counts of a word by, in single precision."""
    return float(np.float32(term.weight * (K1 + 1)))


def _packed(numbers: Packed) -> bytes:
    low, places, large = numbers.low, numbers.places, numbers.large
    return _PACKED.pack(address(low), len(low), address(places), address(large), len(places))

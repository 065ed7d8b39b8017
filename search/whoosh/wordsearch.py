"""The commonest search, for one or several plain words, in one compiled pass: count, score, and keep the best.

Other searches, and this one where there are no compiled loops, go step by step: :mod:`search.whoosh.execution`.
"""

from __future__ import annotations

import struct
import threading
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search import query as q
from search.analysis import stem
from search.analysis import words as words_of
from search.engine import SearchRequest, Sort
from search.whoosh.collection import Budget, Collection, Scores, Term, title_scores
from search.whoosh.column_reader import K1, penalty
from search.whoosh.kernel import KERNEL
from search.whoosh.library import address
from search.whoosh.selecting import MOST_LISTS, Selection

MOST_WORDS = 16
MOST = 200
"""Hits that are kept in order while looking at all."""
_WORD = struct.Struct("<7qd")
_FOUND = struct.Struct("<8q")
_RECORDS = struct.Struct("<9q")


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
        self.job = bytearray((MOST_WORDS + MOST_LISTS) * _WORD.size)
        self.found = bytearray(_FOUND.size)
        self.best_at, self.scores_at = address(self.best), address(self.scores)
        self.job_at = address(np.frombuffer(self.job, np.uint8))
        self.found_at = address(np.frombuffer(self.found, np.uint8))


class WordSearch:
    """Searches a collection for plain words. Safe from several threads."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        columns = collection.columns
        self._fixed = address(columns.lengths), address(columns.rank), address(columns.runs)
        self._lists = [
            (part.lists.rows, address(part.lists.counts.low), base)
            for part, base in zip(collection.segments, collection.bases.tolist(), strict=False)
        ]
        self._room = _Room()
        self._records: dict[tuple[int, bool], tuple[bytes, int]] = {}

    def search(self, request: SearchRequest, budget: Budget, listed: bool, selection: Selection) -> Passed | None:
        """Find what a request asks for, or None where it asks for more than plain words.

        Args:
            request: The search.
            budget: What it may spend.
            listed: Whether all rows are wanted.
            selection: The conditions of the request; it takes the rows.

        Raises:
            OutOfTime: The time is up.
        """
        most = max(request.page, 1) * request.per_page
        if (
            KERNEL is None or request.cursor or request.fold or request.sort is not Sort.RELEVANCE or most > MOST
            or not self._collection.columns.two_kinds
        ):  # fmt: skip
            return None
        asked = _words(request.query)
        if asked is None:
            return None
        words, every = asked
        collection = self._collection
        terms = [collection.postings(collection.stem(word)) for word in words]
        budget.check()
        sizes = [term.found for term in terms]
        room = min(min(sizes) if every else sum(sizes), collection.rows)
        lists: list[NDArray[np.uint32]] = []
        sieve = selection.sieve(room, lists if every else None) if selection.conditioned else None
        if selection.conditioned and sieve is None:
            return None
        out = np.empty(room if listed else 0, np.int64)
        where = address(out) if listed else 0
        _FOUND.pack_into(
            self._room.found,
            0,
            most,
            0,
            0,
            0,
            self._room.best_at,
            self._room.scores_at,
            where,
            sieve.at if sieve else 0,
        )
        if not self._pass(words, terms, every, lists, request.interviewer, budget):
            return None
        _, kept, total, quotes, *_ = _FOUND.unpack(self._room.found)
        selection.take(out[:total] if listed else None, sieve.kept_apart() if sieve else {})
        return Passed(total, quotes, self._room.best[:kept].tolist(), self._room.scores[:kept].tolist())

    def _pass(
        self, words: Sequence[str], terms: Sequence[Term], every: bool, lists: Sequence[NDArray[np.uint32]],
        interviewer: bool, budget: Budget,
    ) -> bool:  # fmt: skip
        """Go through the segments; False where the compiled loops cannot."""
        assert KERNEL is not None
        job, at_once = self._room.job, KERNEL.all_words if every else KERNEL.any_words
        weights = [float(np.float32(term.weight * (K1 + 1))) for term in terms]
        titles = [title_scores(self._collection, word) for word in words]
        for segment, (lists_rows, counts_at, base) in enumerate(self._lists):
            at, held = 0, []
            for term, weight, (runs, added) in zip(terms, weights, titles, strict=True):
                begin, end = term.bounds_in(segment)
                rows, titled = lists_rows[begin:end], len(runs)
                held.append(rows)
                _WORD.pack_into(
                    job, at, address(rows), base, end - begin, counts_at + begin,
                    address(runs) if titled else 0, address(added) if titled else 0, titled, weight,
                )  # fmt: skip
                at += _WORD.size
            for rows in lists:
                _WORD.pack_into(job, at, address(rows), 0, len(rows), 0, 0, 0, 0, 0.0)
                at += _WORD.size
            if (
                at_once(
                    self._records_of(segment, interviewer), self._room.job_at, at // _WORD.size, self._room.found_at
                )
                < 0
            ):
                return False
            if len(self._lists) > 1 and budget.spent():
                break
        return True

    @cached_property
    def _of_words(self) -> Scores:
        return penalty(np.arange(255), self._collection.average).astype(np.float32)

    def _records_of(self, segment: int, interviewer: bool) -> int:
        """Where the compiled loops read what they need of every row of a segment."""
        known = self._records.get((segment, interviewer))
        if known is None:
            collection, columns = self._collection, self._collection.columns
            there = None if columns.whole else columns.there if interviewer else columns.shown
            content = _RECORDS.pack(
                address(collection.segments[segment].lengths.low), address(self._of_words), *self._fixed,
                0 if there is None else address(there), address(columns.quotes), *collection.bases[segment : segment + 2],
            )  # fmt: skip
            known = self._records[segment, interviewer] = content, address(np.frombuffer(content, np.uint8))
        return known[1]


def _words(node: q.Node) -> tuple[list[str], bool] | None:
    """Stems of the words that a query is made of, and whether all must be there; None where it is more than words."""
    match node:
        case q.Word(text):
            return None if (one := _stem(text)) is None else ([one], True)
        case q.And(children) | q.Or(children) if 0 < len(children) <= MOST_WORDS:
            found = []
            for child in children:
                if not isinstance(child, q.Word) or (one := _stem(child.text)) is None:
                    return None
                found.append(one)
            return found, isinstance(node, q.And) or len(found) == 1
    return None


def _stem(text: str) -> str | None:
    words = words_of(text)
    return stem(words[0]) if len(words) == 1 else None

"""Evaluates a query tree over whole arrays: first which rows match, then the scores of those that are wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search import query as q
from search.analysis import fold, stem
from search.analysis import words as words_of
from search.whoosh import expanding
from search.whoosh.budget import Budget, OutOfTime
from search.whoosh.collection import Collection
from search.whoosh.kernel import KERNEL
from search.whoosh.onepass import OnePass, Wanted
from search.whoosh.phrases import in_order
from search.whoosh.scoring import NOTHING, Found, added, summed, term_scores
from search.whoosh.terms import Place, Rows, Scores, title_scores

FieldRows = Callable[[q.FieldMatch], Rows]


class Matcher:
    """Evaluates the nodes of one query."""

    def __init__(self, collection: Collection, budget: Budget, field_rows: FieldRows, one_pass: OnePass) -> None:
        """``field_rows`` gives the rows of a ``field:`` clause."""
        self._collection, self._budget, self._field_rows = collection, budget, field_rows
        self._one_pass = one_pass

    def evaluate(self, node: q.Node) -> Found:
        """What ``node`` matches; deleted rows may be among it.

        Raises:
            OutOfTime: The time is up before anything is certain.
        """
        self._budget.check()
        match node:
            case q.MatchAll():
                return Found(None)
            case q.Word(text, typed):
                return self._typed(text) if typed else self._word(text)
            case q.Phrase(words, slop):
                return self._phrase([part for word in words for part in words_of(word)], slop)
            case q.Prefix(text):
                return self._any(expanding.begun(self._collection, fold(text), self._budget))
            case q.Wildcard(pattern):
                return self._any(expanding.fitting(self._collection, pattern, self._budget))
            case q.Fuzzy(text, distance):
                return self._any(expanding.near(self._collection, fold(text), distance, self._budget))
            case q.FieldMatch():
                return Found(self._field_rows(node))
            case q.And(children):
                return self._and(children)
            case q.Or(children):
                return self._or(children)
            case q.Not(child):
                return Found(self._complement(self._barred(child)))
            case q.Unscored(child):
                return Found(self.evaluate(child).rows)
        return NOTHING

    def _word(self, text: str) -> Found:
        words = words_of(text)
        if len(words) != 1:
            return self._phrase(words, 0)
        wanted = stem(words[0])
        term = self._collection.postings(self._collection.stem(wanted))
        runs, in_title, _ = title_scores(self._collection, wanted)
        if not len(runs):
            return Found(None, lambda rows: term_scores(self._collection, term, rows), term, plain=True)

        def scores(rows: Rows) -> Scores:
            found = term_scores(self._collection, term, rows)
            run = self._collection.columns.runs.take(rows)
            at = runs.searchsorted(run)
            at[at == len(runs)] = 0
            hit = (runs[at] == run) & (found > 0)
            found[hit] += in_title[at[hit]]
            return found

        return Found(None, scores, term)

    def _typed(self, text: str) -> Found:
        """A word that scores more where it stands as typed."""
        found, words = self._word(text), words_of(text)
        scores_of = found.scores
        if len(words) != 1 or scores_of is None:
            return found
        written = self._collection.postings(self._collection.word(words[0]))

        def scores(rows: Rows) -> Scores:
            more: Scores = scores_of(rows) + term_scores(self._collection, written, rows) * np.float32(q.TYPED_WEIGHT)
            return more

        return Found(None, scores, found.term)

    def _phrase(self, words: Sequence[str], slop: int) -> Found:
        if not words:
            return NOTHING
        known = {word: self._collection.postings(self._collection.word(word)) for word in dict.fromkeys(words)}
        rows = None
        if slop == 0 and len(words) > 1:
            places = {word: place for place, word in enumerate(known)}
            wanted = Wanted(list(known.values()), phrase=[places[word] for word in words])
            rows = self._one_pass.rows(wanted, self._budget)
        if rows is None:
            rows = self._all_of([Found(None, None, term) for term in known.values()])
            if len(words) > 1 and len(rows):
                self._budget.check()
                rows = in_order(self._collection, [known[word] for word in words], rows, slop)

        def scores(wanted: Rows) -> Scores:
            total = np.zeros(len(wanted), np.float32)
            for word, term in known.items():
                total += term_scores(self._collection, term, wanted) * np.float32(words.count(word))
            return total

        return Found(rows, scores)

    def _any(self, places: Sequence[Place]) -> Found:
        """Rows with any of some words as written, each with score 1."""
        pieces: list[NDArray[Any]] = []
        for segment, part in enumerate(self._collection.segments):
            numbers = [number for where, number in places if where == segment]
            begins = part.lists.begins
            first = 0
            while first < len(numbers):
                last = first + 1
                while last < len(numbers) and numbers[last] == numbers[last - 1] + 1:
                    last += 1
                piece = part.lists.rows[int(begins[numbers[first]]) : int(begins[numbers[last - 1] + 1])]
                base = int(self._collection.bases[segment])
                pieces.append(piece + np.uint32(base) if base else piece)
                first = last
            self._budget.check()
        return Found(self._collection.union(pieces), lambda rows: np.ones(len(rows), np.float32))

    def _and(self, children: Sequence[q.Node]) -> Found:
        parts = [self.evaluate(child) for child in children if not isinstance(child, q.Not)]
        some = [part for part in parts if not part.every()]
        rows = self._all_of(some) if some else None
        for child in children:
            if isinstance(child, q.Not):
                barred = self._barred(child.child)
                if barred is None:
                    return NOTHING
                rows = self._complement(barred) if rows is None else self._collection.without(rows, barred)
        return Found(rows, summed([part.scores for part in parts if part.scores is not None]))

    def _all_of(self, some: Sequence[Found]) -> Rows:
        """Rows that every part matches, beginning with the rarest."""
        first, *others = sorted(some, key=lambda part: part.size)
        rows = first.rows
        assert rows is not None
        for other in others:
            if not len(rows):
                break
            rows = other.within(self._collection, rows)
            self._budget.check()
        return rows

    def _or(self, children: Sequence[q.Node]) -> Found:
        parts: list[Found] = []
        for child in children:
            try:
                parts.append(self.evaluate(child))
            except OutOfTime:
                if not parts:
                    raise
                break
        if (fused := self._words_added(parts)) is not None:
            return fused
        pieces = [part.rows for part in parts if part.rows is not None]
        rows = self._collection.union(pieces) if len(pieces) == len(parts) else None
        scoring = [part for part in parts if part.scores is not None]
        if not scoring:
            return Found(rows)

        def scores(wanted: Rows) -> Scores:
            return added(self._collection, scoring, wanted)

        return Found(rows, scores)

    def _words_added(self, parts: Sequence[Found]) -> Found | None:
        """Rows of plain words and the sums of their scores in one pass over their postings, where these are many."""
        terms = [part.term for part in parts if part.term is not None and part.plain]
        if KERNEL is None or len(terms) < len(parts) or sum(term.found for term in terms) * 64 < self._collection.rows:
            return None
        bits, sums = self._collection.scratch.bits, self._collection.scratch.sums
        if not all(term.add_to(bits, sums) for term in terms):
            bits[:], sums[:] = 0, 0
            return None
        rows, added = KERNEL.collect_sums(bits, sums)
        return Found(rows, lambda wanted: added if wanted is rows else added.take(rows.searchsorted(wanted)))

    def _barred(self, node: q.Node) -> Rows | None:
        """What an excluded node matches; every row when a limit cut it short, so that nothing wrong is listed."""
        before, self._budget.partial = self._budget.partial, False
        rows = self.evaluate(node).rows
        cut, self._budget.partial = self._budget.partial, self._budget.partial or before
        return None if cut else rows

    def _complement(self, barred: Rows | None) -> Rows:
        if barred is None:
            return np.empty(0, np.intp)
        keep = np.ones(self._collection.rows, bool)
        keep[barred] = False
        return np.flatnonzero(keep)

"""The commonest searches, for plain words or a phrase, in one compiled pass.

Others, and these too where there are no compiled loops, go step by step: :mod:`search.whoosh.execution`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from search import query as q
from search.analysis import stem
from search.analysis import words as words_of
from search.engine import SearchRequest, Sort
from search.whoosh.budget import Budget
from search.whoosh.collection import Collection
from search.whoosh.kernel import KERNEL
from search.whoosh.onepass import MOST, Groups, Kept, OnePass, Passed, Wanted
from search.whoosh.selecting import Selection
from search.whoosh.terms import Scores


class WordSearch:
    """Searches a collection for plain words. Safe from several threads."""

    def __init__(
        self, collection: Collection, one_pass: OnePass, groups: Callable[[], Groups], weights: Scores
    ) -> None:
        """Search a collection.

        Args:
            collection: Where.
            one_pass: Passes over it.
            groups: Gives the rows that are in a variant group, ascending, with the number of each group.
            weights: By profile, what a refined search multiplies scores by.
        """
        self._collection, self._one_pass, self._groups, self._weights = collection, one_pass, groups, weights

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
            KERNEL is None or request.cursor or request.sort is not Sort.RELEVANCE or most >= MOST
            or not self._collection.columns.two_kinds
        ):  # fmt: skip
            return None
        wanted = self._wanted(request.query, request.refined)
        if wanted is None:
            return None
        budget.check()
        room = wanted.most(self._collection.rows)
        lists: list[NDArray[np.uint32]] = []
        sieve = None
        if selection.conditioned:
            sieve = selection.sieve(room, lists if wanted.every else None)
            if sieve is None:
                return None
        out = np.empty(room, np.int64) if listed else None
        folded = request.fold and most > 0
        kept = Kept(most + folded, self._groups() if folded else None, self._weights if request.refined else None)
        passed = self._one_pass.run(
            wanted, budget, kept, out, request.interviewer, sieve.at if sieve is not None else 0, lists
        )
        if passed is not None:
            apart = {} if sieve is None else sieve.apart()
            selection.take(None if out is None else out[: passed.total], apart)
            passed = passed.first(most)
        return passed

    def _wanted(self, node: q.Node, refined: bool) -> Wanted | None:
        """The words that a query is made of; None where it is more than words.

        Args:
            node: The query.
            refined: Whether it is read as :func:`search.refining.refined` says.
        """
        match node:
            case q.Word(text, typed) if refined or not typed:
                words = words_of(text)
                return self._stemmed(words, True, refined) if len(words) == 1 else self.phrase(words)
            case q.Phrase(given, 0):
                return self.phrase([part for word in given for part in words_of(word)])
            case q.And(children) | q.Or(children) if children:
                found: list[str] = []
                for child in children:
                    if not isinstance(child, q.Word) or (child.typed and not refined):
                        return None
                    words = words_of(child.text)
                    if len(words) != 1:
                        return None
                    found += words
                return self._stemmed(found, isinstance(node, q.And) or len(found) == 1, refined)
        return None

    def _stemmed(self, words: Sequence[str], every: bool, refined: bool) -> Wanted:
        stems, term_of = [stem(word) for word in words], self._collection.postings
        typed = [term_of(self._collection.word(word)) for word in words] if refined else ()
        loose = refined and every and len(words) > 1 and self._collection.titled
        return Wanted([term_of(self._collection.stem(one)) for one in stems], every, stems, (), typed, loose)

    def phrase(self, words: Sequence[str]) -> Wanted | None:
        """Words as written that must stand one right after the other."""
        if not words:
            return None
        distinct = list(dict.fromkeys(words))
        terms = [self._collection.postings(self._collection.word(word)) for word in distinct]
        return Wanted(terms, phrase=[distinct.index(word) for word in words] if len(words) > 1 else ())

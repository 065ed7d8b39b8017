"""What parts of a query match, and their scores brought together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from search.whoosh.collection import Collection
from search.whoosh.kernel import KERNEL
from search.whoosh.terms import Rows, Scores, Term


class Found:
    """What a node matches.

    Attributes:
        scores: Gives the scores of some of :attr:`rows`, ascending; None when all are 0.
        term: The word's postings, where the node is one word.
        plain: Whether the scores are those of the word's postings and nothing else.
    """

    __slots__ = ("_rows", "plain", "scores", "term")

    def __init__(
        self,
        rows: Rows | None,
        scores: Callable[[Rows], Scores] | None = None,
        term: Term | None = None,
        plain: bool = False,
    ) -> None:
        self._rows, self.scores, self.term, self.plain = rows, scores, term, plain

    @property
    def rows(self) -> Rows | None:
        """Ascending rows, or None for every row."""
        return self._rows if self.term is None else self.term.rows

    @property
    def size(self) -> int:
        """How many rows, where not every one."""
        return self.term.found if self.term is not None else 0 if self._rows is None else len(self._rows)

    def every(self) -> bool:
        """Whether it is every row."""
        return self.term is None and self._rows is None

    def within(self, collection: Collection, rows: Rows) -> Rows:
        """Which of some rows it matches; it must not be every row."""
        if self.term is not None:
            return self.term.within(rows)
        return collection.intersect(rows, self._rows) if self._rows is not None else rows


NOTHING = Found(np.empty(0, np.intp))


def summed(scorers: Sequence[Callable[[Rows], Scores]]) -> Callable[[Rows], Scores] | None:
    """Adds up the scores of parts that a row must all be in."""
    if len(scorers) < 2:
        return scorers[0] if scorers else None

    def scores(rows: Rows) -> Scores:
        total = scorers[0](rows)
        for scorer in scorers[1:]:
            total = total + scorer(rows)
        return total

    return scores


def term_scores(collection: Collection, term: Term, rows: Rows) -> Scores:
    """Scores of a word in some rows, 0 where it is not; the cheapest way for how many are wanted."""
    if (known := term.scores_in(rows)) is not None:
        return known
    if rows is term.rows:
        return term.scores()
    if not term.found:
        return np.zeros(len(rows), np.float32)
    if len(rows) * 8 < term.found:
        at = term.rows.searchsorted(rows)
        at[at == term.found] = 0
        hit = term.rows[at] == rows
        if hit.all():
            return term.scores(at)
        found = np.zeros(len(rows), np.float32)
        found[hit] = term.scores(at[hit])
        return found
    sums = collection.scratch.sums
    sums[term.rows] = term.scores()
    found = sums.take(rows)
    sums[term.rows] = 0
    return found


def added(collection: Collection, parts: Sequence[Found], wanted: Rows) -> Scores:
    """Sums of scores where a row need not be in every part."""
    total = np.zeros(len(wanted), np.float32)
    pieces: list[tuple[Rows, Scores]] = []
    for part in parts:
        if part.scores is None:
            continue
        if part.every() or (part.term is not None and KERNEL is not None):  # 0 where the word is not
            total += part.scores(wanted)
            continue
        assert part.rows is not None
        few = len(wanted) * 8 < len(part.rows)
        inside = collection.intersect(wanted, part.rows) if few else part.rows
        pieces.append((inside, part.scores(inside)))
    sums = collection.scratch.sums  # only now: a part may be a sum itself
    for inside, values in pieces:
        sums[inside] += values
    total += sums.take(wanted)
    for inside, _ in pieces:
        sums[inside] = 0
    return total

"""One page of what was found, in its order, and the cursor after it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search.engine import SearchRequest, Sort
from search.whoosh.collection import Collection
from search.whoosh.onepass import Groups, Passed
from search.whoosh.ranking import Order, one_of_each
from search.whoosh.scoring import Found
from search.whoosh.snapshot import Overlay, RawMatch
from search.whoosh.terms import Rows, Scores


class Pager:
    """Makes pages. Safe from several threads."""

    def __init__(self, collection: Collection, overlays: Sequence[Overlay]) -> None:
        self._collection, self._overlays = collection, overlays

    def page(self, request: SearchRequest, rows: Rows | None, found: Found) -> tuple[tuple[RawMatch, ...], str]:
        """The hits of the page, and the cursor for the page after it."""
        begin = 0 if request.cursor else (max(request.page, 1) - 1) * request.per_page
        wanted = begin + request.per_page
        order = Order(self._collection, request)
        if rows is None and not request.cursor and request.sort is not Sort.OLDEST and not found.scores:
            first = self._newest(wanted + 1, request.fold)
            matches = tuple(self.match(row, None, 0) for row in first[begin:wanted])
            return matches, order.cursor(first[wanted - 1], 0.0) if matches and len(first) > wanted else ""
        if rows is None:
            rows = np.arange(self._collection.rows)
        if not request.per_page:
            return (), ""
        if found.scores is not None and found.every():
            rows = np.sort(rows)  # those of a stretch of days come by day
        scores = None if found.scores is None else found.scores(rows)
        if request.fold:
            kept = one_of_each(order, rows, scores, self.groups(rows))
            rows, scores = rows[kept], None if scores is None else scores[kept]
        if request.cursor:
            later = np.flatnonzero(order.after(request.cursor, rows, scores))
            rows, scores = rows[later], None if scores is None else scores[later]
        if begin >= len(rows):
            return (), ""
        places = order.best(rows, scores, wanted)[begin:]
        matches = tuple(self.match(int(rows[place]), scores, place) for place in places.tolist())
        if wanted >= len(rows):
            return matches, ""
        return matches, order.cursor(int(rows[places[-1]]), matches[-1].score)

    def listed(self, request: SearchRequest, passed: Passed) -> tuple[tuple[RawMatch, ...], str]:
        """The hits of the page and the cursor after it, from one pass over plain words."""
        begin = (max(request.page, 1) - 1) * request.per_page
        locate = self._collection.locate
        pairs = zip(passed.best[begin:], passed.scores[begin:], strict=True)
        matches = tuple([RawMatch(*locate(row), score) for row, score in pairs])
        if not matches or not passed.more:
            return matches, ""
        return matches, Order(self._collection, request).cursor(passed.best[-1], passed.scores[-1])

    def _newest(self, count: int, fold: bool) -> list[int]:
        """The first of all rows, newest first; if folded only the first of every variant group."""
        newest, looked = self._collection.columns.newest, count
        while True:
            rows = newest[:looked].astype(np.intp)
            if fold:
                groups = self.groups(rows)
                keep = groups < 0
                keep[np.unique(groups, return_index=True)[1]] = True
                rows = rows[keep]
            if len(rows) >= count or looked >= len(newest):
                found: list[int] = rows[:count].tolist()
                return found
            looked *= 4

    def match(self, row: int, scores: Scores | None, place: int) -> RawMatch:
        """A row as it is answered, with the score at a place."""
        return RawMatch(*self._collection.locate(row), 0.0 if scores is None else float(scores[place]))

    def groups(self, rows: Rows) -> NDArray[np.int64]:
        """The variant group of each row, or -1."""
        known, numbers = self.grouped
        found = np.full(len(rows), -1, np.int64)
        if len(known):
            at = known.searchsorted(rows)
            at[at == len(known)] = 0
            hit = known[at] == rows
            found[hit] = numbers[at[hit]]
        return found

    @cached_property
    def grouped(self) -> Groups:
        """Rows that are in a variant group, ascending, with its number."""
        pairs = list(zip(self._overlays, self._collection.bases.tolist(), strict=False))
        rows = [overlay.groups.rows.astype(np.intp) + base for overlay, base in pairs]
        numbers = [overlay.groups.numbers.astype(np.int64) for overlay, _ in pairs]
        return np.concatenate([np.empty(0, np.intp), *rows]), np.concatenate([np.empty(0, np.int64), *numbers])

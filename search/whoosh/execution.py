"""Execution over whole arrays: the four functions that storage needs, and the snapshot that answers searches.

execute = evaluate the tree -> select by filters -> score what is left -> order one page -> count facets
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engine import SearchRequest
from search.query import MatchAll
from search.records import FACETS, FIELD, FieldType
from search.refining import by_fields_alone, refined, weight_of
from search.whoosh.budget import Budget, OutOfTime
from search.whoosh.building import SegmentWriter, write_segment
from search.whoosh.collection import Collection
from search.whoosh.columns import write_columns
from search.whoosh.counting import Counter, facet
from search.whoosh.few import Few
from search.whoosh.lexicon import Lexicon
from search.whoosh.matching import Matcher
from search.whoosh.merging import merge_segments
from search.whoosh.onepass import OnePass, Passed
from search.whoosh.paging import Pager
from search.whoosh.ranking import Order
from search.whoosh.scoring import NOTHING, Found
from search.whoosh.selecting import Selection, chosen_keys
from search.whoosh.snapshot import Names, Overlay, RawFacet, RawMatch, RawResult
from search.whoosh.terms import Rows, Scores
from search.whoosh.values import Values
from search.whoosh.wordsearch import WordSearch

__all__ = ["ArraySnapshot", "SegmentWriter", "merge_segments", "open_snapshot", "write_columns", "write_segment"]


def open_snapshot(folder: Path, names: Sequence[str], overlays: Sequence[Overlay], tables: Names) -> ArraySnapshot:
    """Map the segments and columns of a generation."""
    return ArraySnapshot(Collection(folder, names), overlays, tables)


_MOST_STANDING = 32
"""Searches whose counts are kept."""


def _standing(request: SearchRequest) -> Hashable | None:
    """What tells the counts of searches for everything, or everything of a kind, apart; None for any other search.

    The front page and every tab without a query ask for these, and in one generation they stay as they are.
    """
    doubted = request.first_day or request.last_day or request.min_confidence
    if doubted or not isinstance(request.query, MatchAll) or any(clause.field != "kind" for clause in request.filters):
        return None
    return request.filters, request.interviewer, request.facets, request.facet_size, request.distinct


class ArraySnapshot:
    """Implements :class:`search.whoosh.snapshot.Snapshot`."""

    def __init__(self, collection: Collection, overlays: Sequence[Overlay], tables: Names) -> None:
        self._collection, self._pager, self._lexicon = collection, Pager(collection, overlays), Lexicon(collection)
        self._values = Values(collection, tables, overlays)
        self._whole, self._few = Counter(collection, self._values, None), Few(self._values)
        self._one_pass = OnePass(collection)
        self._standing: dict[Hashable, RawResult] = {}
        kinds = zip(self._values.profiles["kind"], self._values.profiles["part"], strict=True)
        self._weights = np.array([weight_of(kind, part) for kind, part in kinds], np.float32)
        self._plain = WordSearch(collection, self._one_pass, lambda: self._pager.grouped, self._weights)

    def execute(self, request: SearchRequest) -> RawResult:
        """Find one page of matches, totals and facets."""
        budget = Budget(request.limits.time_ms, request.limits.terms)
        wanted = FACETS if request.facets is None else request.facets
        selection = Selection(self._values, request, {"date", "sure", "kind", *(FACETS[name].name for name in wanted)})
        listed = bool(wanted or request.distinct or selection.conditioned)
        passed = self._passed(request, budget, listed, selection)
        if passed is None:
            found = self._evaluate(request, budget)
            selection.choose(found.rows)
            matches, cursor = self._pager.page(request, selection.rows(), found)
            counted = None if budget.partial else self._standing.get(_standing(request))
            if counted is not None:
                return replace(counted, matches=matches, next_cursor=cursor)
        else:
            matches, cursor = self._pager.listed(request, passed)
            if not listed:
                kinds = {"paragraph": passed.total - passed.quotes, "quote": passed.quotes}
                kinds = {kind: count for kind, count in kinds.items() if count}
                return RawResult(passed.total, matches, {}, kinds, partial=budget.partial, next_cursor=cursor)
        rows = selection.rows()
        counters: dict[object, Counter] = {}

        def counter(but: str = "") -> Counter:
            apart = selection.beside(but)
            if apart is not None:
                if but not in counters:
                    counters[but] = Counter.beside(self._collection, self._values, counter(), *apart)
                return counters[but]
            chosen = selection.rows(but)
            if chosen is None:
                return self._whole
            if id(chosen) not in counters:
                narrow = len(wanted) < 2 or chosen is not rows
                counters[id(chosen)] = Counter(self._collection, self._values, chosen, narrow, few=self._few)
            return counters[id(chosen)]

        facets: dict[str, RawFacet] = {}
        for name in wanted:
            field = FACETS[name].name
            chosen = chosen_keys(self._values, request.filters, field)
            own = "date" if FACETS[name].type is FieldType.DAY else field
            facets[name] = facet(counter(own), self._values, name, request.facet_size, chosen)
        main = counter()
        groups, articles, outlets = self._distinct(rows, main) if request.distinct else (-1, -1, -1)
        result = RawResult(
            total=main.total,
            matches=matches,
            facets=facets,
            kinds=counter("kind").count("kind"),
            variant_groups=groups,
            articles=articles,
            outlets=outlets,
            undated_left_out=self._undated(selection) if selection.dated else 0,
            uncertain_left_out=counter("sure").total - main.total if request.min_confidence else 0,
            partial=budget.partial,
            next_cursor=cursor,
        )
        if (standing := _standing(request)) is not None and not budget.partial:
            if len(self._standing) >= _MOST_STANDING:
                self._standing.clear()
            self._standing[standing] = replace(result, matches=())
        return result

    def matches(self, request: SearchRequest) -> Iterator[RawMatch]:
        """All matches in the request's order."""
        found = self._evaluate(request, Budget(float("inf"), request.limits.terms))
        selection = Selection(self._values, request, ())
        selection.choose(found.rows)
        rows = selection.rows()
        rows = np.arange(self._collection.rows) if rows is None else rows
        if found.scores is not None and found.every():
            rows = np.sort(rows)  # those of a stretch of days come by day
        scores = None if found.scores is None else found.scores(rows)
        order = Order(self._collection, request).best(rows, scores, len(rows))
        return (self._pager.match(int(rows[place]), scores, place) for place in order)

    def words(self, prefix: str, limit: int) -> Sequence[tuple[str, int]]:
        """See :meth:`search.whoosh.snapshot.Snapshot.words`."""
        return self._lexicon.words(prefix, limit)

    def near(self, word: str) -> Sequence[tuple[str, int]]:
        """See :meth:`search.whoosh.snapshot.Snapshot.near`."""
        return self._lexicon.near(word)

    def values(self, field_name: str) -> Mapping[str, int]:
        """Every value of a field with the number of records."""
        return self._value_counts(field_name)

    def problems(self) -> Iterator[str]:
        """One sentence for each damage in the structure of a segment."""
        for part in self._collection.segments:
            runs = len(part.runs) - 1
            for what, lists, rows in (
                ("text", part.lists, part.rows), ("headlines", part.titles, runs), ("roles", part.roles, part.rows),
            ):  # fmt: skip
                for problem in lists.rows.problems(rows):
                    yield f"the postings of the {what} of {part.name} {problem}"
            if len(part.stem_list) and int(part.stem_list.max()) >= len(part.lists.begins) - 1:
                yield f"the stems of {part.name} name lists that are not there"

    def _evaluate(self, request: SearchRequest, budget: Budget) -> Found:
        try:
            matcher = Matcher(self._collection, budget, self._values.clause, self._one_pass)
            if not request.refined:
                return matcher.evaluate(request.query)
            return self._weighted(matcher.evaluate(refined(request.query)), by_fields_alone(request.query))
        except OutOfTime:
            return NOTHING

    def _weighted(self, found: Found, alone: bool) -> Found:
        """The same rows, scored by what kind of record they are; ``alone``: found by fields, each row scoring 1."""
        scores_of = found.scores
        if scores_of is None and not alone:
            return found
        weights = self._weights
        profiles = self._collection.columns.facets["profile"]

        def scores(rows: Rows) -> Scores:
            weight: Scores = weights.take(profiles[rows])
            return weight if scores_of is None else scores_of(rows) * weight

        return Found(None if found.term else found.rows, scores, found.term)

    def _passed(self, request: SearchRequest, budget: Budget, listed: bool, selection: Selection) -> Passed | None:
        try:
            return self._plain.search(request, budget, listed, selection)
        except OutOfTime:
            selection.take_nothing()
            return Passed(0, 0, [], [])

    def _distinct(self, rows: Rows | None, counter: Counter) -> tuple[int, int, int]:
        """Variant groups (of quotes), articles and outlets among rows."""
        if rows is None:
            return self._whole_distinct
        return self._count_distinct(rows, counter)

    @cached_property
    def _whole_distinct(self) -> tuple[int, int, int]:
        return self._count_distinct(np.arange(self._collection.rows), self._whole)

    def _count_distinct(self, rows: Rows, counter: Counter) -> tuple[int, int, int]:
        groups = self._pager.groups(rows)
        grouped = groups[groups >= 0]
        variants = counter.count("kind").get("quote", 0) - len(grouped) + len(np.unique(grouped))
        runs = self._collection.columns.runs.take(rows)
        if len(runs) * 8 > len(self._collection.columns.runs):
            articles = int(np.count_nonzero(np.bincount(runs)))
        else:
            runs.sort()
            articles = int(np.count_nonzero(np.diff(runs))) + bool(len(runs))
        return variants, articles, len(counter.count("outlet"))

    def _undated(self, selection: Selection) -> int:
        apart = selection.beside("date")
        if apart is not None:
            return int(apart[1][0])  # the code of no month
        rows, day = selection.rows("date"), self._collection.columns.day
        return int(np.count_nonzero((day if rows is None else day.take(rows)) == 0))

    def _value_counts(self, name: str) -> Mapping[str, int]:
        if name not in self._counted:
            rows = Selection(self._values, SearchRequest(interviewer=True), ()).rows()
            counter = self._whole if rows is None else Counter(self._collection, self._values, rows)
            if FIELD[name].type is FieldType.IDENTITY:
                tally: NDArray[Any] = counter.tally(name)
                self._counted[name] = {str(at): int(tally[at]) for at in np.flatnonzero(tally).tolist()}
            else:
                self._counted[name] = counter.count(name)
        return self._counted[name]

    @cached_property
    def _counted(self) -> dict[str, Mapping[str, int]]:
        return {}

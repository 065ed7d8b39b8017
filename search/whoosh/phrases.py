"""Words that stand after each other: from rows that have all words to rows that have them in order."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.whoosh.collection import Collection
from search.whoosh.packing import ranges
from search.whoosh.segment import STRIDE
from search.whoosh.terms import Rows, Term

_SPAN = 32
"""Bits kept for a position in a sort key of (row, position)."""


def in_order(collection: Collection, words: Sequence[Term], rows: Rows, slop: int) -> Rows:
    """Which of ``rows``, all of which have every word, have them in order with at most ``slop`` other words between.

    For each place of the first word the nearest later one of the second is taken, and so on: no choice ends sooner.
    """
    kept = [np.empty(0, np.intp)]
    for segment in sorted({segment for word in words for segment, _ in word.places}):
        base, end = int(collection.bases[segment]), int(collection.bases[segment + 1])
        inside = rows[rows.searchsorted(base) : rows.searchsorted(end)]
        lists = [dict(word.places).get(segment) for word in words]
        if len(inside):
            kept.append(_by_keys(collection, segment, [n for n in lists if n is not None], inside - base, slop) + base)
    return np.concatenate(kept)


def _by_keys(collection: Collection, segment: int, lists: Sequence[int], rows: Rows, slop: int) -> Rows:
    """The same in one segment, by arrays of all positions."""
    known: dict[int, NDArray[np.int64]] = {}
    for number in lists:
        if number not in known:
            known[number] = _keys(collection, segment, number, rows)
    first = reached = known[lists[0]]
    for number in lists[1:]:
        keys = known[number]
        if slop == 0:
            at = keys.searchsorted(reached + 1)
            at[at == len(keys)] = 0
            ok = keys[at] == reached + 1 if len(keys) else np.zeros(len(reached), bool)
        else:
            at = keys.searchsorted(reached, "right")
            ok = at < len(keys)
            at[~ok] = 0
            ok &= (keys[at] >> _SPAN) == (reached >> _SPAN) if len(keys) else False
        first, reached = first[ok], keys[at[ok]]
        if not len(first):
            return np.empty(0, np.intp)
    if slop:
        first = first[reached - first - (len(lists) - 1) <= slop]
    places = (first >> _SPAN).astype(np.intp)
    if not len(places):
        return places
    return rows[places[np.flatnonzero(np.diff(places, prepend=-1))]]


def _keys(collection: Collection, segment: int, number: int, rows: Rows) -> NDArray[np.int64]:
    """Where a word stands in some rows: place among ``rows`` and position together, ascending."""
    part = collection.segments[segment]
    begin, end = part.lists.bounds(number)
    postings = begin + part.lists.rows[begin:end].searchsorted(rows.astype(np.uint32))
    counts = part.lists.counts.take(postings)
    if len(rows) * STRIDE > end - begin:
        before = np.cumsum(part.lists.counts.slice(begin, end), dtype=np.int64)
        start = int(part.occurrences_before(np.array([begin], np.intp))[0])
        starts = start + before[postings - begin] - counts
    else:
        starts = part.occurrences_before(postings)
    positions = part.positions.take(ranges(starts, counts))
    return np.repeat(np.arange(len(rows), dtype=np.int64), counts) << _SPAN | positions

"""From occurrences in reading order to postings in word order, by sorting integers, a bounded part at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.whoosh.kernel_build import BUILD_KERNEL
from search.whoosh.library import address
from search.whoosh.lists import Lists
from search.whoosh.packing import Packed, packed, ranges

AT_ONCE = 6_000_000
"""Occurrences sorted at once: about 200 MB."""

MOST_ROWS = 1 << 25
"""Most rows of a segment."""


class Postings(NamedTuple):
    """Part of an inversion: consecutive lists.

    Attributes:
        sizes: Postings of each list, shape (lists,).
        rows: Rows, list by list, ascending, uint32, shape (postings,).
        counts: Occurrences in each, shape (postings,).
        positions: Where the words stand, posting by posting, shape (occurrences,).
    """

    sizes: NDArray[np.int64]
    rows: NDArray[np.uint32]
    counts: Packed
    positions: Packed


def invert(
    words: NDArray[np.uint32], list_of: NDArray[np.uint32], begins: NDArray[np.int64], lists: int
) -> Iterator[Postings]:
    """Invert occurrences.

    Args:
        words: A number for each occurrence, rows end to end, shape (occurrences,).
        list_of: The list that each number belongs to.
        begins: First occurrence of each row and an end mark, shape (rows + 1,).
        lists: How many there are.

    Yields:
        Parts; their lists end to end are all lists in order.
    """
    if BUILD_KERNEL is not None:
        found = [Postings(*BUILD_KERNEL.invert(words, list_of, begins, lists))]
        del words, begins  # large, and not needed while the postings are written
        yield found.pop()
        return
    numbers = list_of.take(words) if len(words) else words
    totals = np.bincount(numbers, minlength=lists)
    row_of = np.repeat(np.arange(len(begins) - 1, dtype=np.uint32), np.diff(begins))
    for first, last in portions(totals):
        if last - first == lists:
            at: NDArray[np.intp] | None = None
            ranks = numbers
        else:
            at = np.flatnonzero((numbers >= first) & (numbers < last))
            ranks = numbers.take(at) - np.uint32(first)
        by_rank = _stable(ranks, last - first)
        at = by_rank if at is None else at.take(by_rank)
        ranks, rows = ranks.take(by_rank), row_of.take(at)
        positions = (at - begins.take(rows)).astype(np.uint32)
        new = np.empty(len(at), bool)
        new[:1] = True
        np.logical_or(ranks[1:] != ranks[:-1], rows[1:] != rows[:-1], out=new[1:])
        starts = np.flatnonzero(new)
        counts = np.diff(starts, append=len(at)).astype(np.uint32)
        sizes = np.bincount(ranks.take(starts), minlength=last - first)
        yield Postings(sizes, rows.take(starts), packed(counts), packed(positions))


def union(group_of: NDArray[np.int64], lists: Lists, total: int) -> Iterator[Postings]:
    """Bring the postings of several lists together in one, their counts added.

    Args:
        group_of: For each list the one that it goes to, or -1, shape (lists,).
        lists: The postings.
        total: How many lists there will be.
    """
    begins = lists.begins[: len(group_of) + 1].astype(np.int64)
    sizes = np.diff(begins)
    together = np.argsort(group_of, kind="stable")
    together = together[group_of[together] >= 0]
    members = np.bincount(group_of[together], minlength=total)
    postings = np.bincount(group_of[together], weights=sizes[together], minlength=total).astype(np.int64)
    of = np.concatenate([[0], np.cumsum(members)])
    for first, last in portions(postings):
        yield _united(lists, together[of[first] : of[last]], members[first:last].copy())
        lists.forget()


def _united(lists: Lists, numbers: NDArray[np.intp], members: NDArray[np.int64]) -> Postings:
    """Some groups of lists: ``members`` are how many of the ``numbers`` each has."""
    begins = lists.begins[numbers].astype(np.int64)
    sizes = lists.begins[numbers + 1].astype(np.int64) - begins
    nothing = packed(np.empty(0, np.uint32))
    frequent = lists.begins.searchsorted(lists.counts.places, "right") - 1
    if BUILD_KERNEL is not None and not np.isin(frequent, numbers).any():
        steps_at = lists.rows.steps_at[numbers].astype(np.int64)
        joined = BUILD_KERNEL.union(
            members, sizes.copy(), address(lists.rows.low) + 2 * begins, address(lists.rows.steps) + 4 * steps_at,
            lists.rows.steps_at[numbers + 1].astype(np.int64) - steps_at, address(lists.counts.low) + begins,
        )  # fmt: skip
        if joined is not None:
            return Postings(joined[0], joined[1], packed(joined[2]), nothing)
    at = ranges(begins, sizes)
    rows = np.concatenate([np.empty(0, np.uint32), *(lists.rows.of_lists(n, n + 1) for n in numbers.tolist())])
    keys = np.repeat(np.repeat(np.arange(len(members)), members), sizes) << MOST_ROWS.bit_length() | rows
    counts = lists.counts.take(at)
    order = np.argsort(keys, kind="stable")
    keys = keys.take(order)
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    summed = np.add.reduceat(counts.take(order), starts) if len(starts) else counts
    keys = keys.take(starts)
    found = np.bincount(keys >> MOST_ROWS.bit_length(), minlength=len(members))
    return Postings(found, (keys & (2 * MOST_ROWS - 1)).astype(np.uint32), packed(summed), nothing)


def portions(totals: NDArray[np.int64], share: int = 1) -> Iterator[tuple[int, int]]:
    """Ranges of lists with about :data:`AT_ONCE` entries each, or a share of that; all lists when there are no more."""
    ends = np.cumsum(totals)
    first = 0
    while first < len(totals):
        before = int(ends[first - 1]) if first else 0
        last = max(int(ends.searchsorted(before + AT_ONCE // share, "right")), first + 1)
        yield first, last
        first = last


def _stable(numbers: NDArray[np.uint32], bound: int) -> NDArray[np.intp]:
    """Stable order of numbers below ``bound``: NumPy sorts 16 bits by counting, so in one or two passes of them."""
    order = np.argsort((numbers & 0xFFFF).astype(np.uint16), kind="stable")
    if bound > 1 << 16:
        high = (numbers >> 16).astype(np.uint16).take(order)
        order = order.take(np.argsort(high, kind="stable"))
    return order

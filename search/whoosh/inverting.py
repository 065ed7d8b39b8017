"""From occurrences in reading order to postings in word order, by sorting integers, a bounded part at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.whoosh.kernel_build import BUILD_KERNEL
from search.whoosh.packing import ranges

AT_ONCE = 6_000_000
"""Occurrences sorted at once: about 200 MB."""

_ROW_BITS, _COUNT_BITS = 25, 17
MOST_ROWS = 1 << _ROW_BITS
"""Most rows of a segment."""


class Postings(NamedTuple):
    """Part of an inversion: consecutive lists.

    Attributes:
        sizes: Postings of each list, shape (lists,).
        rows: Rows, list by list, ascending, uint32, shape (postings,).
        counts: Occurrences in each, uint32, shape (postings,).
        positions: Where the words stand, posting by posting, uint32, shape (occurrences,).
    """

    sizes: NDArray[np.int64]
    rows: NDArray[np.uint32]
    counts: NDArray[np.uint32]
    positions: NDArray[np.uint32]


def invert(words: NDArray[np.uint32], begins: NDArray[np.int64], order: NDArray[np.int64]) -> Iterator[Postings]:
    """Invert occurrences.

    Args:
        words: The number of the word at each occurrence, rows end to end, shape (occurrences,).
        begins: First occurrence of each row and an end mark, shape (rows + 1,).
        order: Rank of each word; lists come in this order.

    Yields:
        Parts; their lists end to end are all words in order.
    """
    if BUILD_KERNEL is not None:
        yield Postings(*BUILD_KERNEL.invert(order.astype(np.uint32).take(words), begins, len(order)))
        return
    totals = np.zeros(len(order), np.int64)
    totals[order] = np.bincount(words, minlength=len(order))
    rank = order.astype(np.uint32)
    row_of = np.repeat(np.arange(len(begins) - 1, dtype=np.uint32), np.diff(begins))
    for first, last in _parts(totals):
        if last - first == len(order):
            at: NDArray[np.intp] | None = None
            ranks = rank.take(words)
        else:
            ranks = rank.take(words)
            at = np.flatnonzero((ranks >= first) & (ranks < last))
            ranks = ranks.take(at) - np.uint32(first)
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
        yield Postings(sizes, rows.take(starts), counts, positions)


def union(
    group_of: NDArray[np.int64],
    sizes: NDArray[np.int64],
    rows: NDArray[np.uint32],
    counts: NDArray[np.uint32],
    total: int,
) -> Iterator[Postings]:
    """Bring the postings of several lists together in one, their counts added.

    Args:
        group_of: For each list the one that it goes to, or -1, shape (lists,).
        sizes: Postings of each list.
        rows: Rows of all postings, list by list.
        counts: Their counts.
        total: How many lists there will be.
    """
    ends = np.cumsum(sizes)
    together = np.argsort(group_of, kind="stable")
    together = together[group_of[together] >= 0]
    members = np.bincount(group_of[together], minlength=total)
    postings = np.bincount(group_of[together], weights=sizes[together], minlength=total).astype(np.int64)
    of = np.concatenate([[0], np.cumsum(members)])
    for first, last in _parts(postings):
        lists = together[of[first] : of[last]]
        at = ranges(ends[lists] - sizes[lists], sizes[lists])
        if BUILD_KERNEL is not None:
            taken = (members[first:last].copy(), sizes[lists], rows.take(at), counts.take(at))
            yield Postings(*BUILD_KERNEL.union(*taken), np.empty(0, np.uint32))
            continue
        group = np.repeat(group_of[lists] - first, sizes[lists])
        keys = (group << _ROW_BITS | rows.take(at)) << _COUNT_BITS
        keys |= np.minimum(counts.take(at), (1 << _COUNT_BITS) - 1)
        keys.sort()
        pairs, tally = keys >> _COUNT_BITS, keys & ((1 << _COUNT_BITS) - 1)
        starts = np.flatnonzero(np.diff(pairs, prepend=-1))
        summed = np.add.reduceat(tally, starts) if len(starts) else tally
        pairs = pairs.take(starts)
        yield Postings(
            np.bincount(pairs >> _ROW_BITS, minlength=last - first), (pairs & (MOST_ROWS - 1)).astype(np.uint32),
            summed.astype(np.uint32), np.empty(0, np.uint32),
        )  # fmt: skip


def _parts(totals: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Ranges of lists with about :data:`AT_ONCE` entries each; all lists when there are no more."""
    ends = np.cumsum(totals)
    first = 0
    while first < len(totals):
        before = int(ends[first - 1]) if first else 0
        last = max(int(ends.searchsorted(before + AT_ONCE, "right")), first + 1)
        yield first, last
        first = last


def _stable(numbers: NDArray[np.uint32], bound: int) -> NDArray[np.intp]:
    """Stable order of numbers below ``bound``: NumPy sorts 16 bits by counting, so in one or two passes of them."""
    order = np.argsort((numbers & 0xFFFF).astype(np.uint16), kind="stable")
    if bound > 1 << 16:
        high = (numbers >> 16).astype(np.uint16).take(order)
        order = order.take(np.argsort(high, kind="stable"))
    return order

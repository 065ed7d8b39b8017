"""Brings the postings of several segments together, some words at a time, so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.whoosh import arrays, inverting
from search.whoosh.inverting import Postings
from search.whoosh.lists import Lists
from search.whoosh.packing import Packed, packed, ranges, sizes_of
from search.whoosh.vocabulary import Vocabulary

_SHARE = 4
"""Part of :data:`search.whoosh.inverting.AT_ONCE` that is brought together at once: each posting takes some 70 bytes here."""


class Source(NamedTuple):
    """Lists of one segment: ``new`` is the new row of each old one, or -1."""

    words: Vocabulary
    lists: Lists
    new: NDArray[np.int64]
    positions: Packed | None = None


class _Piece(NamedTuple):
    """What is kept of some lists of a source: which of the words at hand they are, and their postings."""

    of: NDArray[np.intp]
    rows: NDArray[np.int64]
    counts: NDArray[np.uint32]
    positions: NDArray[np.uint32]


def merged(sources: Sequence[Source]) -> Iterator[tuple[list[bytes], Postings]]:
    """Merge lists word by word; the rows of each source come after those of the sources before.

    Yields:
        Words that have a posting left, ascending, and their postings.
    """
    words = sorted(set().union(*(source.words for source in sources)))
    place = {word: number for number, word in enumerate(words)}
    sizes = np.zeros(len(words), np.int64)
    targets = []
    for source in sources:
        target = np.fromiter((place[word] for word in source.words), np.int64, len(source.words))
        sizes[target] += sizes_of(source.lists.begins[: len(target) + 1])
        targets.append(target)
    del place
    spots = [0] * len(sources)
    for first, last in inverting.portions(sizes, _SHARE):
        pieces = []
        for number, (source, target) in enumerate(zip(sources, targets, strict=True)):
            low, high = target.searchsorted((first, last)).tolist()
            piece, spots[number] = _piece(source, low, high, target[low:high] - first, spots[number])
            pieces.append(piece)
        found, part = _side_by_side(pieces, last - first)
        yield [words[first + at] for at in found.tolist()], part


def _piece(source: Source, first: int, last: int, target: NDArray[np.int64], spot: int) -> tuple[_Piece, int]:
    """The lists ``first`` to ``last`` of a source; ``spot`` occurrences lie before them. With where the next begin."""
    lists = source.lists
    begins = lists.begins[first : last + 1].astype(np.int64)
    low, high = (int(begins[0]), int(begins[-1])) if last > first else (0, 0)
    of = np.repeat(target, np.diff(begins))
    rows, counts = source.new[lists.rows.of_lists(first, last)], lists.counts.slice(low, high)
    lists.forget()
    keep = rows >= 0
    end = spot + int(counts.sum(dtype=np.int64))
    positions = np.empty(0, np.uint32)
    if source.positions is not None:
        positions = source.positions.slice(spot, end)
        arrays.forget(source.positions.low)
        if not keep.all():
            positions = positions[np.repeat(keep, counts)]
    return _Piece(of[keep], rows[keep], counts[keep], positions), end


def _side_by_side(pieces: Sequence[_Piece], words: int) -> tuple[NDArray[np.intp], Postings]:
    """Postings of all pieces, word by word; and the words that have any."""
    sizes = np.array([np.bincount(piece.of, minlength=words) for piece in pieces])
    tallies = np.array([np.bincount(piece.of, piece.counts, words) for piece in pieces]).astype(np.int64)
    total = sizes.sum(axis=0)
    rows, counts = np.empty(int(total.sum()), np.uint32), np.empty(int(total.sum()), np.uint32)
    positions = np.empty(sum(len(piece.positions) for piece in pieces), np.uint32)
    for piece, size, begin, tally, begin_at in zip(
        pieces, sizes, _begins(sizes), tallies, _begins(tallies), strict=True
    ):
        to = ranges(begin, size)
        rows[to], counts[to] = piece.rows, piece.counts
        if len(positions):
            positions[ranges(begin_at, tally)] = piece.positions
    found = np.flatnonzero(total)
    return found, Postings(total[found], rows, packed(counts), packed(positions))


def _begins(sizes: NDArray[np.int64]) -> NDArray[Any]:
    """Where the share of each source (first axis) in each list (second axis) begins, lists end to end."""
    total = sizes.sum(axis=0)
    begins: NDArray[Any] = np.cumsum(total) - total + np.cumsum(sizes, axis=0) - sizes
    return begins

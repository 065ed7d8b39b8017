"""Postings on disk: for each list ascending rows with a count in each. A row takes two bytes, its lower half.

The upper halves are told once for each *step*, a stretch of rows of one list that share theirs: 65,536 rows of the
segment at most. Files, of the texts (``PART`` is empty), headlines (``title-``) and roles (``role-``):

====================  =====================================================================================
``NAME.PARTlists``    where each list begins among the postings, with an end mark, uint64
``NAME.PARTrows``     the lower halves of the rows of the postings, uint16
``NAME.PARTsteps``    pairs of (upper half, how many rows less one), step by step, uint16
``NAME.PARTsteps-at`` where the steps of each list begin, with an end mark, uint32
``NAME.PARTcounts``   how often the word stands there (:mod:`search.whoosh.packing`)
====================  =====================================================================================
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from search.errors import IndexDamagedError
from search.whoosh import arrays
from search.whoosh.kernel_build import BUILD_KERNEL
from search.whoosh.library import LIBRARY, address, function
from search.whoosh.packing import Packed, PackedWriter

U2 = np.dtype("<u2")

_unpack = None if LIBRARY is None else function(LIBRARY, "unpack", 5)


class Lists:
    """Reads postings. Safe from several threads.

    Attributes:
        begins: First posting of each list and an end mark, uint64.
        rows: Row of each posting.
        counts: Its count.
    """

    def __init__(self, begins: NDArray[np.uint64], rows: PackedRows, counts: Packed) -> None:
        self.begins, self.rows, self.counts = begins, rows, counts

    @classmethod
    def load(cls, folder: Path, name: str, part: str = "") -> Lists:
        """Map what :class:`ListsWriter` wrote.

        Raises:
            IndexDamagedError: A file is missing, or does not go with the others.
        """
        begins = arrays.load(folder / f"{name}.{part}lists", arrays.U8)
        rows = PackedRows.load(folder, f"{name}.{part}", begins)
        counts = Packed.load(folder, f"{name}.{part}counts")
        if len(rows) != len(counts):
            raise IndexDamagedError(str(folder), f"{name}.{part}rows and {part}counts do not belong together")
        return cls(begins, rows, counts)

    def bounds(self, number: int) -> tuple[int, int]:
        """First posting of a list and the one after its last."""
        return int(self.begins[number]), int(self.begins[number + 1])

    def forget(self) -> None:
        """Let go of the memory of what was read; what is read again comes from disk again."""
        for array in (self.rows.low, self.rows.steps, self.counts.low):
            arrays.forget(array)


class PackedRows:
    """The rows of all postings; ``rows[begin:end]`` unpacks those of one list, or of several that lie end to end.

    Attributes:
        low: Lower half of each, uint16, shape (postings,).
        steps: Upper halves with how many rows less one have each, uint16, shape (steps, 2).
        steps_at: First step of each list and an end mark, uint32.
    """

    def __init__(
        self, name: str, begins: NDArray[np.uint64], low: NDArray[np.uint16], steps: NDArray[np.uint16],
        steps_at: NDArray[np.uint32],
    ) -> None:  # fmt: skip
        self._name, self._begins, self.low, self.steps, self.steps_at = name, begins, low, steps, steps_at
        self._low_at, self._steps_at = address(low), address(steps)

    @classmethod
    def load(cls, folder: Path, name: str, begins: NDArray[np.uint64]) -> PackedRows:
        """Map the rows of lists that begin so."""
        low, steps = arrays.load(folder / f"{name}rows", U2), arrays.load(folder / f"{name}steps", U2)
        steps_at = arrays.load(folder / f"{name}steps-at", arrays.U4)
        if not len(begins) or len(steps_at) != len(begins) or int(begins[-1]) != len(low):
            raise IndexDamagedError(str(folder), f"{name}lists and its postings do not belong together")
        if len(steps) != 2 * int(steps_at[-1]):
            raise IndexDamagedError(str(folder), f"{name}steps and {name}steps-at do not belong together")
        return cls(str(folder / name), begins, low, steps.reshape(-1, 2), steps_at)

    def __len__(self) -> int:
        return len(self.low)

    def __getitem__(self, postings: slice) -> NDArray[np.uint32]:
        begin, end = postings.start, postings.stop
        first = arrays.place(self._begins, begin, after=True) - 1
        last = arrays.place(self._begins, end)
        return self.of_lists(first, last)

    def of_lists(self, first: int, last: int) -> NDArray[np.uint32]:
        """Rows of the lists from ``first`` to before ``last``, end to end."""
        if last <= first:
            return np.empty(0, np.uint32)
        begin, end = self._begins.item(first), self._begins.item(last)
        step, stop = self.steps_at.item(first), self.steps_at.item(last)
        if not (begin <= end <= len(self.low) and step <= stop <= len(self.steps)):
            raise IndexDamagedError(self._name, "the lists are out of order")
        if _unpack is not None:
            rows = np.empty(end - begin, np.uint32)
            done = _unpack(self._low_at + 2 * begin, end - begin, self._steps_at + 4 * step, stop - step, address(rows))
        else:
            steps = self.steps[step:stop]
            sizes = steps[:, 1].astype(np.intp) + 1
            done = int(sizes.sum())
            rows = np.repeat(steps[:, 0].astype(np.uint32) << np.uint32(16), sizes)
            if done == end - begin:
                rows |= self.low[begin:end]
        if done != end - begin:
            raise IndexDamagedError(self._name, "steps do not fit the postings")
        return rows

    def problems(self, limit: int) -> Iterator[str]:
        """One sentence for each damage; rows must be below ``limit``."""
        begins = self._begins.astype(np.int64)
        if bool((np.diff(begins) < 0).any()) or bool((np.diff(self.steps_at.astype(np.int64)) < 0).any()):
            yield "are out of order"
            return
        ends = np.cumsum(self.steps[:, 1].astype(np.int64) + 1)
        reached = np.concatenate([[0], ends])[self.steps_at.astype(np.intp)]
        if bool((reached != begins).any()):
            yield "do not fit their steps"
            return
        highest = self.steps[:, 0].astype(np.int64) << 16
        if len(ends) and int((highest | self.low[ends - 1]).max()) >= limit:
            yield "name rows that are not there"


class ListsWriter:
    """Writes postings, list by list."""

    def __init__(self, folder: Path, name: str, part: str = "") -> None:
        self._folder, self._name = folder, f"{name}.{part}"
        self._rows: IO[bytes] = (folder / f"{self._name}rows").open("wb")
        self._steps: IO[bytes] = (folder / f"{self._name}steps").open("wb")
        self._counts = PackedWriter(folder, f"{self._name}counts")
        self._sizes, self._steps_of = [np.zeros(1, np.int64)], [np.zeros(1, np.int64)]

    def add(self, sizes: NDArray[np.int64], rows: NDArray[np.uint32], counts: Packed) -> None:
        """Write the next lists.

        Args:
            sizes: Postings of each.
            rows: Their rows, ascending within a list.
            counts: Their counts.
        """
        low, steps, steps_of = pack_rows(sizes, rows)
        self._rows.write(low.data)
        self._steps.write(steps.data)
        self._counts.add(counts)
        self._sizes.append(sizes)
        self._steps_of.append(steps_of)

    def written(self) -> Lists:
        """What has been written so far."""
        self._rows.flush()
        self._steps.flush()
        begins, steps_at = self._begins()
        low, steps = (
            arrays.load(self._folder / f"{self._name}rows", U2),
            arrays.load(self._folder / f"{self._name}steps", U2),
        )
        rows = PackedRows(self._name, begins, low, steps.reshape(-1, 2), steps_at)
        return Lists(begins, rows, self._counts.written())

    def finish(self) -> None:
        """Write what is left."""
        self._rows.close()
        self._steps.close()
        self._counts.finish()
        begins, steps_at = self._begins()
        arrays.save(self._folder / f"{self._name}lists", begins, arrays.U8)
        arrays.save(self._folder / f"{self._name}steps-at", steps_at, arrays.U4)

    def _begins(self) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
        begins, steps_at = np.cumsum(np.concatenate(self._sizes)), np.cumsum(np.concatenate(self._steps_of))
        return begins.astype(np.uint64), steps_at.astype(np.uint32)


def pack_rows(
    sizes: NDArray[np.int64], rows: NDArray[np.uint32]
) -> tuple[NDArray[np.uint16], NDArray[np.uint16], NDArray[np.int64]]:
    """Lower halves, steps, and how many steps each list has."""
    if BUILD_KERNEL is not None:
        return BUILD_KERNEL.pack(sizes, rows)
    high = (rows >> np.uint32(16)).astype(U2)
    new = np.empty(len(rows), bool)
    new[:1] = True
    np.not_equal(high[1:], high[:-1], out=new[1:])
    begins = np.cumsum(sizes) - sizes
    new[begins[sizes > 0]] = True
    starts = np.flatnonzero(new)
    steps = np.empty((len(starts), 2), U2)
    steps[:, 0] = high[starts]
    steps[:, 1] = np.diff(starts, append=len(rows)) - 1
    of = np.repeat(np.arange(len(sizes)), sizes)[starts]
    return rows.astype(U2), steps, np.bincount(of, minlength=len(sizes))

"""The commonest values of few rows, found without looking at the values that they do not have."""

from __future__ import annotations

import struct
import threading
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from search.whoosh.kernel import KERNEL
from search.whoosh.library import address
from search.whoosh.terms import Rows
from search.whoosh.values import Values

_COLUMN = struct.Struct("<11q")
_FIELDS = ("speaker", "topic", "outlet", "author")
_SHARE = 32
"""Rows are few where there are so many times more values."""
MOST = 100
"""Values that are kept in order while counting."""

Commonest = tuple[Sequence[int], Sequence[int], int]
"""Numbers of values, how many rows have each, and how many values there are in all."""


class _Room(threading.local):
    """Working room of one thread, at known addresses: a zero for each value, as many numbers, and what was found."""

    def __init__(self, size: int) -> None:
        self._tally, self._met, self.found = (
            np.zeros(size, np.int64),
            np.empty(size, np.uint32),
            np.empty(2 * MOST, np.int64),
        )
        self.tally_at, self.met_at, self.found_at = address(self._tally), address(self._met), address(self.found)


class Few:
    """Finds the commonest values of few rows. Safe from several threads."""

    def __init__(self, values: Values) -> None:
        self._values = values
        sizes = values.sizes
        self._enough = (sizes["speaker"] + sizes["topic"]) // _SHARE
        self._room = _Room(max(sizes.values()))

    def are(self, rows: Rows) -> bool:
        """Whether this is quicker for so many rows than counting every value."""
        return KERNEL is not None and len(rows) < self._enough

    def commonest(self, field: str, rows: Rows, first: int, most: int) -> Commonest | None:
        """The ``most`` commonest values, at most :data:`MOST`, from number ``first`` on; None where every value must be counted."""
        if KERNEL is None or field not in _FIELDS:
            return None
        room = self._room
        above = KERNEL.largest_of(self._columns[field][0], rows, first, most, room.tally_at, room.met_at, room.found_at)
        if above < 0:
            return None
        kept, found = min(above, most), room.found
        return found[:kept].tolist(), found[most : most + kept].tolist(), above

    @cached_property
    def _columns(self) -> dict[str, tuple[int, bytes]]:
        """Where the compiled loops find what they need of a column, and what lies there."""
        columns, sizes, found = self._values.columns, self._values.sizes, {}
        table, rows, stride = columns.table
        for field in _FIELDS:
            at, width = columns.layout[field]
            sets = columns.sets.get(field)
            lists, values, minus = (0, 0, 0), sizes[field], 0
            if sets is not None:
                values = sizes[f"{field} values"]
                lists = (address(sets.at), address(sets.flat), len(sets.flat)) if len(sets) else lists
                minus = int(not len(sets))  # code 0 is nobody
            content = _COLUMN.pack(table, rows, stride, at, width, sizes[field], *lists, values, minus)
            found[field] = address(np.frombuffer(content, np.uint8)), content
        return found

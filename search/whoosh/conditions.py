"""Conditions that rows must fulfil: values of fields, days, confidence. Each as masks over rows, and as the compiled loops take it."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from search.whoosh.collection import Collection
from search.whoosh.column_reader import Columns
from search.whoosh.library import address
from search.whoosh.packing import ranges
from search.whoosh.terms import Rows

Mask = NDArray[np.bool_]
_FORM = struct.Struct("<11qd")
_CODED, _BETWEEN, _DAYS, _SURE = range(4)


class Packed(NamedTuple):
    """A condition for the compiled loops; the array that it points to must live as long."""

    form: tuple[Any, ...]
    held: NDArray[Any] | None = None

    def bytes_for(self, group: int) -> bytes:
        """Its form in memory, as a member of a group."""
        return _FORM.pack(self.form[0], group, *self.form[1:])


class Condition(Protocol):
    """Something that rows must fulfil."""

    def mask(self, rows: Rows) -> Mask:
        """Which of ``rows`` do."""

    def all(self) -> Rows:
        """All rows that do, in any order."""

    def packed(self) -> Packed | None:
        """The same for the compiled loops, or None where they cannot."""

    def listed(self) -> NDArray[np.uint32] | None:
        """All rows that do, ascending, where there is such a list already."""


class Coded:
    """Rows whose code in one column fits."""

    def __init__(self, columns: Columns, field: str, fits: Mask) -> None:
        self._columns, self._field, self._fits = columns, field, fits
        self._codes = columns.facets[field]

    def packed(self) -> Packed:
        """See :class:`Condition`."""
        return coded(self._columns, self._field, self._fits, True)

    def listed(self) -> None:
        """There is none."""

    def mask(self, rows: Rows) -> Mask:
        """See :class:`Condition`."""
        return self._fits.take(self._codes[rows])  # take() would first copy a column that is not contiguous

    def all(self) -> Rows:
        """See :class:`Condition`."""
        return np.flatnonzero(self._fits.take(self._codes))


def coded(columns: Columns, field: str, fits: Mask, wanted: bool) -> Packed:
    """Rows whose code in one column fits, or does not."""
    (at, width), (where, _, stride) = columns.layout[field], columns.table
    return Packed((_CODED, where, stride, at, width, address(fits), len(fits), int(wanted), 0, 0, 0.0), fits)


class Several:
    """Rows that have one of some numbers in a field with several."""

    def __init__(
        self, collection: Collection, field: str, numbers: Sequence[int], list_of: NDArray[np.intp], exclude: bool
    ) -> None:
        columns = collection.columns
        self._collection, self._numbers, self._exclude = collection, numbers, exclude
        self._codes, self._listed, self._sets = columns.facets[field], columns.listed[field], columns.sets[field]
        self._single = field == "speaker" and not len(self._sets)
        self._list_of, self._rows = list_of, columns.rows
        self._columns, self._field = columns, field

    def listed(self) -> NDArray[np.uint32] | None:
        """See :class:`Condition`."""
        one = len(self._numbers) == 1 and not self._exclude and self._numbers[0] < len(self._listed)
        return self._listed[self._numbers[0]] if one else None

    def packed(self) -> Packed:
        """See :class:`Condition`."""
        if self._single and len(self._numbers) == 1 and not self._exclude:
            (at, width), (where, _, stride), code = (
                self._columns.layout[self._field],
                self._columns.table,
                self._numbers[0] + 1,
            )
            return Packed((_BETWEEN, where, stride, at, width, 0, 0, 0, code, code, 0.0))
        return coded(self._columns, self._field, self._fits(), not self._exclude)

    def mask(self, rows: Rows) -> Mask:
        """See :class:`Condition`."""
        codes = self._codes[rows]  # take() would first copy the whole column
        if self._single and len(self._numbers) == 1:
            found: Mask = codes == self._numbers[0] + 1
        else:
            found = self._fits().take(codes)
        return ~found if self._exclude else found

    def all(self) -> Rows:
        """See :class:`Condition`."""
        pieces = [self._listed[number] for number in self._numbers if number < len(self._listed)]
        if self._exclude:
            keep = np.ones(self._rows, bool)
            for piece in pieces:
                keep[piece] = False
            return np.flatnonzero(keep)
        if len(pieces) == 1:
            return pieces[0].astype(np.intp)
        return self._collection.union(pieces)

    def _fits(self) -> Mask:
        if self._single:
            fits = np.zeros(len(self._listed) + 1, bool)
            fits[[number + 1 for number in self._numbers if number < len(self._listed)]] = True
            return fits
        fits, flat = np.zeros(len(self._sets), bool), self._sets.flat
        inside = flat == self._numbers[0] if len(self._numbers) == 1 else np.isin(flat, self._numbers)
        fits[self._list_of[inside]] = True
        return fits


class Mentions:
    """Rows that mention one of some people."""

    def __init__(self, columns: Columns, numbers: Sequence[int], exclude: bool) -> None:
        self._columns, self._numbers, self._exclude = columns, numbers, exclude

    def mask(self, rows: Rows) -> Mask:
        """See :class:`Condition`."""
        begins = self._columns.mentions_at[rows].astype(np.intp)
        sizes = self._columns.mentions_at[rows + 1].astype(np.intp) - begins
        hit = np.isin(self._columns.mentions[ranges(begins, sizes)], self._numbers)
        found = np.zeros(len(rows), bool)
        found[np.repeat(np.arange(len(rows)), sizes)[hit]] = True
        return ~found if self._exclude else found

    def all(self) -> Rows:
        """See :class:`Condition`."""
        places = np.flatnonzero(np.isin(self._columns.mentions, self._numbers))
        rows = np.unique(self._columns.mentions_at.searchsorted(places.astype(np.uint32), "right") - 1)
        if not self._exclude:
            return rows
        keep = np.ones(self._columns.rows, bool)
        keep[rows] = False
        return np.flatnonzero(keep)

    def packed(self) -> None:
        """The compiled loops know nothing of mentions."""

    def listed(self) -> None:
        """There is none."""


class Days:
    """Rows published between two days, both inclusive (yyyymmdd); undated rows are not among them."""

    def __init__(self, columns: Columns, first: int, last: int) -> None:
        self._columns, self._first, self._last = columns, max(first, 1), last

    def mask(self, rows: Rows) -> Mask:
        """See :class:`Condition`."""
        day = self._columns.day.take(rows)
        return (day >= self._first) & (day <= self._last)

    def all(self) -> Rows:
        """See :class:`Condition`."""
        return self._columns.newest[self._place(self._last + 1) : self._place(self._first)].astype(np.intp)

    def _place(self, day: int) -> int:
        """How many rows are of ``day`` or newer."""
        low, high = 0, self._columns.rows
        newest, days = self._columns.newest, self._columns.day
        while low < high:
            middle = (low + high) >> 1
            if days[newest[middle]] >= day:
                low = middle + 1
            else:
                high = middle
        return low

    def packed(self) -> Packed:
        """See :class:`Condition`."""
        return Packed((_DAYS, address(self._columns.day), 0, 0, 0, 0, 0, 0, self._first, self._last, 0.0))

    def listed(self) -> None:
        """There is none."""


class Sure:
    """Rows attributed with enough confidence; paragraphs always are."""

    def __init__(self, columns: Columns, least: float) -> None:
        self._confidence, self._least = columns.confidence, np.float32(least)

    def mask(self, rows: Rows) -> Mask:
        """See :class:`Condition`."""
        found: Mask = self._confidence.take(rows) >= self._least
        return found

    def all(self) -> Rows:
        """See :class:`Condition`."""
        return np.flatnonzero(self._confidence >= self._least)

    def packed(self) -> Packed:
        """See :class:`Condition`."""
        return Packed((_SURE, address(self._confidence), 0, 0, 0, 0, 0, 0, 0, 0, float(self._least)))

    def listed(self) -> None:
        """There is none."""


class There:
    """Rows that are not gone, without questions of interviewers unless these are wanted."""

    def __init__(self, columns: Columns, interviewer: bool) -> None:
        self._state = columns.state
        self._fits = np.array([False, True, False, interviewer])

    def mask(self, rows: Rows) -> Mask:
        """See :class:`Condition`."""
        return self._fits.take(self._state.take(rows))

    def all(self) -> Rows:
        """See :class:`Condition`."""
        return np.flatnonzero(self._fits.take(self._state))

    def packed(self) -> Packed:
        """See :class:`Condition`: the states are a table of one column."""
        return Packed(
            (_CODED, address(self._state), 1, 0, 1, address(self._fits), len(self._fits), 1, 0, 0, 0.0), self._fits
        )

    def listed(self) -> None:
        """There is none."""

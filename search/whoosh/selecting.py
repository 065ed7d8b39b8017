"""Which rows a request's filters let through; the filters of a field can be left aside for its facet's own counts."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from search.engine import Filter, SearchRequest
from search.whoosh.conditions import Coded, Condition, Days, Mentions, Several, Sure, There
from search.whoosh.kernel import KERNEL
from search.whoosh.library import address
from search.whoosh.onepass import MOST_LISTS
from search.whoosh.terms import Rows
from search.whoosh.values import Values

GROUPS = 16
"""Fields with conditions that the compiled loops tell apart."""
_SIEVE = struct.Struct(f"<{5 + 4 * GROUPS}q")
_COLUMN = {"speaker": "speaker", "topic": "topic", "outlet": "outlet", "author": "author", "date": "month"}
"""Where the values of a field stand; those of all others in ``profile``."""

Apart = tuple[str, NDArray[np.int64]]
"""A column, and how many of some rows have each code in it."""


class Sieve:
    """The conditions of a search for the compiled loops, and tallies of the rows that only one field's conditions keep out.

    Attributes:
        at: Where the loops find it.
    """

    def __init__(
        self, conditions: Sequence[tuple[str, bytes]], held: object, table: tuple[int, int, int], apart: Mapping[str, Apart],
        layout: Mapping[str, tuple[int, int]],
    ) -> None:  # fmt: skip
        """``apart`` has room for the fields whose rows are wanted; ``layout`` tells where in the table a column is."""
        groups = list(dict.fromkeys(name for name, _ in conditions))
        self._held, self._forms = held, b"".join([form for _, form in conditions])
        self._apart = {name: apart[name] for name in groups if name in apart}
        columns = []
        for name in groups:
            column, tally = self._apart.get(name, ("", None))
            columns.append((0, 0, 0, 0) if tally is None else (address(tally), *layout[column], len(tally)))
        forms_at = address(np.frombuffer(self._forms, np.uint8)) if conditions else 0
        spare = [0] * (GROUPS - len(groups))
        parts = [part for of in zip(*columns, strict=True) for part in (*of, *spare)] if columns else [0] * (4 * GROUPS)
        self._content = bytearray(_SIEVE.pack(forms_at, len(conditions), len(groups), table[0], table[2], *parts))
        self.at = address(np.frombuffer(self._content, np.uint8))

    def apart(self) -> Mapping[str, Apart]:
        """By field what only its conditions kept out, of the fields that were wanted."""
        return self._apart


class Selection:
    """What a query found, under the conditions of a request. None stands for every row of the collection.

    Attributes:
        dated: Whether days are limited.
    """

    def __init__(self, values: Values, request: SearchRequest, apart: Iterable[str]) -> None:
        """``apart`` are the fields that will be asked for without their own conditions."""
        self._values, self._apart = values, frozenset(apart)
        columns = values.columns
        self._conditions: list[tuple[str, Condition]] = []
        if not columns.whole:
            self._conditions.append(("there", There(columns, request.interviewer)))
        for clause in request.filters:
            keys = values.keys(clause.field, clause.values)
            self._conditions.append((clause.field, values.condition(clause.field, keys, clause.exclude)))
        self.dated = bool(request.first_day or request.last_day)
        if self.dated:
            first, last = (_day(day) for day in (request.first_day, request.last_day))
            self._conditions.append(("date", Days(columns, first, last or 99_999_999)))
        if request.min_confidence:
            self._conditions.append(("sure", Sure(columns, request.min_confidence)))
        self._fields = {name for name, _ in self._conditions}
        self._known: dict[str, Rows | None] = {}
        self._only: Mapping[str, Apart] | None = None
        self._found: Rows | None = None

    def sieve(self, room: int, lists: list[NDArray[np.uint32]] | None = None) -> Sieve | None:
        """The conditions for the compiled loops, or None where they cannot judge them.

        Args:
            room: Most rows that may be found.
            lists: Takes the rows of conditions that are best met by walking along a list; these are no part of the sieve then.
        """
        packed, held = [], []
        groups = {name: number for number, name in enumerate(dict.fromkeys(name for name, _ in self._conditions))}
        if len(groups) > GROUPS:
            return None
        for name, condition in self._conditions:
            if lists is not None and name not in self._apart:
                listed = condition.listed()
                if listed is not None and len(listed) <= room and len(lists) < MOST_LISTS:
                    lists.append(listed)
                    continue
            form = condition.packed()
            if form is None:
                return None
            held.append(form)
            packed.append((name, form))
        groups = {name: number for number, name in enumerate(dict.fromkeys(name for name, _ in packed))}
        forms = [(name, form.bytes_for(groups[name])) for name, form in packed]
        columns = self._values.columns
        return Sieve(
            forms, held, columns.table, {name: self._room(name) for name in self._fields & self._apart}, columns.layout
        )

    def take(self, rows: Rows | None, only: Mapping[str, Apart]) -> None:
        """What a search found that heeded all conditions itself, and what one field's conditions kept out."""
        self._known[""], self._only = rows, only

    def take_nothing(self) -> None:
        """A search that found nothing, whatever the conditions."""
        self.take(np.empty(0, np.intp), {name: self._room(name) for name in self._fields & self._apart})

    def _room(self, field: str) -> Apart:
        column = _COLUMN.get(field, "profile")
        return column, np.zeros(self._values.sizes[column], np.int64)

    def choose(self, found: Rows | None) -> None:
        """What a query found, all conditions still to be heeded."""
        self._found = found
        if found is None or not self._conditions or KERNEL is None:
            return
        sieve = self.sieve(len(found))
        kept = None if sieve is None else KERNEL.sift(sieve.at, self._values.columns.rows, found)
        if sieve is not None and kept is not None:
            self.take(kept, sieve.apart())

    @property
    def conditioned(self) -> bool:
        """Whether there is any condition."""
        return bool(self._conditions)

    def beside(self, field: str) -> Apart | None:
        """What only the conditions on a field keep out, where that is known; else :meth:`rows` tells."""
        return self._only.get(field) if self._only is not None and field in self._fields else None

    def rows(self, but: str = "") -> Rows | None:
        """The rows, with the conditions on the field ``but`` left aside."""
        if but and but not in self._fields:
            but = ""
        if but not in self._known:
            self._known[but] = self._select(but)
        return self._known[but]

    def _select(self, but: str) -> Rows | None:
        rows = self._found
        conditions = [condition for name, condition in self._conditions if name != but]
        if rows is None and conditions:
            least = min(range(len(conditions)), key=lambda at: _eagerness(conditions[at]))
            rows = conditions.pop(least).all()
        for condition in conditions:
            if rows is not None:
                rows = rows[condition.mask(rows)]
        return rows


def _eagerness(condition: Condition) -> int:
    """Conditions that know their rows best come first when there is nothing else to begin with."""
    order: Mapping[type, int] = {Several: 0, Days: 1, Coded: 2, Mentions: 3, Sure: 4, There: 5}
    return order.get(type(condition), 6)


def _day(day: str) -> int:
    return int(day.replace("-", "") or 0)


def chosen_keys(values: Values, filters: Sequence[Filter], field: str) -> list[int | str]:
    """Every value of a field that a request names, chosen or excluded."""
    if not filters:
        return []
    keys = [key for clause in filters if clause.field == field for key in values.keys(field, clause.values)]
    return list(dict.fromkeys(keys))

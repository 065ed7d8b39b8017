"""Which rows a request's filters let through; the filters of a field can be left aside for its facet's own counts."""

from __future__ import annotations

import struct
from collections.abc import Collection as Names
from collections.abc import Mapping, Sequence

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
_SIEVE = struct.Struct(f"<{2 + 2 * GROUPS}q")


class Sieve:
    """The conditions of a search for the compiled loops, and room for the rows that only one field's conditions keep out.

    Attributes:
        at: Where the loops find it.
    """

    def __init__(self, conditions: Sequence[tuple[str, bytes]], held: object, apart: Names[str], room: int) -> None:
        """``apart`` are the fields whose rows are wanted, at most ``room`` each."""
        groups = list(dict.fromkeys(name for name, _ in conditions))
        self._held = held
        self._only = {name: np.empty(room, np.int64) for name in groups if name in apart}
        self._groups = groups
        self._forms = b"".join([form for _, form in conditions])
        places = [address(self._only[name]) if name in self._only else 0 for name in groups]
        none = [0] * (GROUPS - len(groups))
        forms_at = address(np.frombuffer(self._forms, np.uint8)) if conditions else 0
        self._content = bytearray(_SIEVE.pack(forms_at, len(conditions), *places, *none, *[0] * GROUPS))
        self.at = address(np.frombuffer(self._content, np.uint8))

    def kept_apart(self) -> dict[str, Rows]:
        """By field the rows that only its conditions kept out, of the fields that were wanted."""
        failed = _SIEVE.unpack(self._content)[2 + GROUPS :]
        return {name: self._only[name][: failed[at]] for at, name in enumerate(self._groups) if name in self._only}


class Selection:
    """What a query found, under the conditions of a request. None stands for every row of the collection.

    Attributes:
        dated: Whether days are limited.
    """

    def __init__(self, values: Values, request: SearchRequest, apart: Names[str]) -> None:
        """``apart`` are the fields that will be asked for without their own conditions."""
        self._values, self._apart = values, apart
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
        self._only: Mapping[str, Rows] | None = None
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
        return Sieve(forms, held, self._apart, room)

    def take(self, rows: Rows | None, only: Mapping[str, Rows]) -> None:
        """What a search found that heeded all conditions itself, with the rows that one field's conditions kept out."""
        self._known[""], self._only = rows, only

    def take_nothing(self) -> None:
        """A search that found nothing, whatever the conditions."""
        nothing = np.empty(0, np.intp)
        self.take(nothing, dict.fromkeys(self._fields, nothing))

    def choose(self, found: Rows | None) -> None:
        """What a query found, all conditions still to be heeded."""
        self._found = found
        if found is None or not self._conditions or KERNEL is None:
            return
        sieve = self.sieve(len(found))
        kept = None if sieve is None else KERNEL.sift(sieve.at, self._values.columns.rows, found)
        if sieve is not None and kept is not None:
            self.take(kept, sieve.kept_apart())

    @property
    def conditioned(self) -> bool:
        """Whether there is any condition."""
        return bool(self._conditions)

    def beside(self, field: str) -> Rows | None:
        """Rows that only the conditions on a field keep out, where that is known; else :meth:`rows` tells."""
        return self._only.get(field) if self._only is not None and field in self._fields else None

    def rows(self, but: str = "") -> Rows | None:
        """The rows, with the conditions on the field ``but`` left aside."""
        if but and but not in self._fields:
            but = ""
        if but not in self._known:
            self._known[but] = self._select(but)
        return self._known[but]

    def _select(self, but: str) -> Rows | None:
        if self._only is not None and but in self._only:
            return np.sort(np.concatenate([self._known[""], self._only[but]]))
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

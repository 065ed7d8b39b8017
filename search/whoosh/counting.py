"""Facets: how many of the rows have each value, from the codes of a row that lie side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.records import FACETS, FieldType
from search.whoosh.collection import Collection
from search.whoosh.few import MOST, Commonest, Few
from search.whoosh.kernel import KERNEL
from search.whoosh.packing import ranges
from search.whoosh.snapshot import RawFacet
from search.whoosh.terms import Rows
from search.whoosh.values import Values

Tally = NDArray[Any]
"""Rows with each value of a field, by its number."""


class Counter:
    """Counts the values of rows; one for each set of rows."""

    def __init__(
        self,
        collection: Collection,
        values: Values,
        rows: Rows | None,
        narrow: bool = False,
        beside: Counter | None = None,
        few: Few | None = None,
    ) -> None:
        """Prepare to count; nothing is counted before it is asked for.

        Args:
            collection: Where the rows are.
            values: What their codes mean.
            rows: Which rows, or None for all.
            narrow: One column is enough, do not fetch all.
            beside: Counts other rows, to which these are added.
            few: Finds the commonest values where rows are few.
        """
        self._columns, self._values, self._rows = collection.columns, values, rows
        self._beside = beside
        self._few = few if few is not None and rows is not None and few.are(rows) else None
        self._narrow = narrow or self._few is not None
        self._fetched: NDArray[Any] | None = None
        self._codes: dict[str, Tally] = {}
        self._added: set[str] = set()
        self._more: Tally | None = None
        self._counts: dict[str, dict[str, int]] = {}

    @classmethod
    def beside(cls, collection: Collection, values: Values, main: Counter, column: str, tally: Tally) -> Counter:
        """Counts one column of rows that are counted already, together with those of ``main``."""
        counter = cls(collection, values, np.empty(0, np.intp), True, main)
        counter._codes[column] = counter._more = tally
        return counter

    @property
    def total(self) -> int:
        """How many rows there are."""
        own = self._columns.rows if self._rows is None else len(self._rows)
        own += 0 if self._more is None else int(self._more.sum())
        return own + self._beside.total if self._beside else own

    def tally(self, field: str) -> Tally:
        """Rows with each value: by speaker number, by place in the field's dictionary, or by profile value."""
        if field == "mentions":
            return self._mentions()
        if field in self._columns.sets:
            return self._several(field)
        if field in self._values.profiles:
            names, places = self._values.profile_places(field)
            return np.bincount(places, weights=self.code_tally("profile"), minlength=len(names)).astype(np.int64)
        return self.code_tally("month" if field == "published" else field)

    def commonest(self, field: str, first: int, most: int) -> Commonest:
        """The commonest values from number ``first`` on, equally common ones by number."""
        if self._few is not None and self._rows is not None and 0 < most <= MOST:
            found = self._few.commonest(field, self._rows, first, most)
            if found is not None:
                return found
        tally = self.tally(field)
        if KERNEL is not None and 0 < most <= MOST and tally.dtype == np.int64:
            return KERNEL.largest(tally, first, most)
        return _largest(tally, first, most)

    def count(self, field: str) -> dict[str, int]:
        """Rows with each value of a field that has few."""
        if field not in self._counts:
            found = self._counts[field] = {}
            if field in self._values.profiles:  # a handful: plain Python is quickest
                for name, count in zip(self._values.profiles[field], self.code_tally("profile").tolist(), strict=True):
                    if count and name:
                        found[name] = found.get(name, 0) + count
            else:
                names, tally = self._values.dictionary(field), self.tally(field)
                found.update({names[at]: int(tally[at]) for at in np.flatnonzero(tally).tolist() if names[at]})
        return self._counts[field]

    def code_tally(self, column: str) -> Tally:
        """Rows with each code in a column."""
        if column not in self._codes and not self._counted(column):
            size = self._values.sizes[column]
            if self._narrow and self._rows is not None and self._fetched is None:
                codes = self._columns.facets[column][self._rows]
            else:
                codes = self._fetch()[column]
            self._codes[column] = np.bincount(codes, minlength=size)
        if self._beside is not None and column not in self._added:
            self._added.add(column)
            self._codes[column] = self._codes[column] + self._beside.code_tally(column)
        return self._codes[column]

    def _counted(self, column: str) -> bool:
        """Count by the compiled loops: the columns of a facet search in one pass, or the one that is asked for."""
        if KERNEL is None or self._rows is None:
            return False
        layout = self._columns.layout
        names = [column] if self._narrow else [name for name in layout if name not in self._codes]
        fields = [(*layout[name], self._values.sizes[name]) for name in names]
        tallies = KERNEL.count(self._columns.table, self._rows, fields)
        if tallies is None:
            return False
        self._codes.update(zip(names, tallies, strict=True))
        return True

    def _fetch(self) -> NDArray[Any]:
        """The codes of the rows, all columns at once."""
        if self._fetched is None:
            columns = self._columns
            taken = columns.facets if self._rows is None else columns.packed.take(self._rows).view(columns.facets.dtype)
            self._fetched = taken
        return self._fetched

    def _several(self, field: str) -> Tally:
        """Count lists of values, then what is in the lists."""
        by_list = self.code_tally(field)
        sets = self._columns.sets[field]
        if field == "speaker" and not len(sets):
            return by_list[1:]
        size = self._values.sizes[f"{field} values"]
        if KERNEL is not None and by_list.dtype == np.int64 and len(by_list) == len(sets):
            found = KERNEL.expand(by_list, sets.at, sets.flat, size)
            if found is not None:
                return found
        weights = by_list.take(self._values.lists[field])
        return np.bincount(sets.flat, weights=weights, minlength=size).astype(np.int64)

    def _mentions(self) -> Tally:
        columns, rows = self._columns, self._rows
        size = self._values.sizes["speaker values"]
        if rows is None:
            return np.bincount(columns.mentions, minlength=size)
        begins = columns.mentions_at.take(rows).astype(np.intp)
        sizes = columns.mentions_at.take(rows + 1).astype(np.intp) - begins
        tally = np.bincount(columns.mentions.take(ranges(begins, sizes)), minlength=size)
        return tally + self._beside.tally("mentions") if self._beside else tally


def facet(counter: Counter, values: Values, name: str, size: int, chosen: Sequence[int | str]) -> RawFacet:
    """One facet in its order, trimmed to ``size``; ``chosen`` values are always listed."""
    field = FACETS[name]
    if field.values and not chosen:  # all are listed
        counts = counter.count(field.name)
        return RawFacet(tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))))
    if field.type is FieldType.IDENTITY:
        return _ranked(counter, field.name, None, size, chosen)
    names = values.dictionary(field.name)
    if field.type is FieldType.DAY:
        tally = counter.tally(field.name)
        return RawFacet(tuple([pair for pair in zip(names, tally.tolist(), strict=True) if pair[1] and pair[0]]))
    ranked = _ranked(counter, field.name, names, len(names) if field.values else size, chosen)
    if field.type is FieldType.TOPIC:
        levels = values.levels
        return RawFacet(tuple(sorted(ranked.values, key=lambda pair: levels.get(pair[0], 9))), ranked.more)
    return ranked


def _ranked(
    counter: Counter, field: str, names: Sequence[str] | None, size: int, chosen: Sequence[int | str]
) -> RawFacet:
    """Values by count, equal ones by number; the numbers of names are in the order of the names."""
    first = int(names is not None and len(names) > 0 and not names[0])
    numbers, tallies, there = counter.commonest(field, first, size)
    keys: list[int | str] = [*numbers] if names is None else [names[number] for number in numbers]
    listed = list(zip(keys, tallies, strict=True))
    more = there - len(listed)
    if chosen:
        tally, have = counter.tally(field), frozenset(keys)
        late = [(key, _count_of(tally, names, first, key)) for key in chosen if key not in have]
        listed += sorted(
            ((key, count) for key, count in late if count),
            key=lambda pair: (-pair[1], pair[0]),
        )
        more -= sum(count > 0 for _, count in late)
        listed += [(key, 0) for key in sorted((key for key, count in late if not count), key=_by_kind)]
    return RawFacet(tuple(listed), more)


def _largest(tally: Tally, first: int, size: int) -> tuple[list[int], list[int], int]:
    """The largest counts from number ``first`` on, equal ones by number: numbers, counts, and how many are above 0."""
    found = np.flatnonzero(tally)
    if first:
        found = found[found > 0]
    counts = tally.take(found)
    if len(found) > size:
        least = int(np.partition(counts, len(counts) - size)[len(counts) - size]) if size else 1 << 62
        above, ties = np.flatnonzero(counts > least), np.flatnonzero(counts == least)
        top = np.concatenate([above, ties[: size - len(above)]])
    else:
        top = np.arange(len(found))
    top = top[np.argsort(-counts.take(top), kind="stable")]
    return found.take(top).tolist(), counts.take(top).tolist(), len(found)


def _count_of(tally: Tally, names: Sequence[str] | None, first: int, key: int | str) -> int:
    """How often a value was counted; 0 for one that is not in this collection."""
    number = -1
    if names is None and isinstance(key, int):
        number = key
    elif names is not None and key in names:
        number = names.index(str(key))
    return int(tally[number]) if first <= number < len(tally) else 0


def _by_kind(key: int | str) -> tuple[str, int | str]:
    return str(type(key)), key

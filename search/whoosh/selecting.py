"""Filters: which rows have the chosen values, days and confidence; any of them can be left aside for a facet's own counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from search import query as q
from search.analysis import words as words_of
from search.engine import Filter, SearchRequest
from search.records import FIELD, FieldType
from search.whoosh.collection import Collection, Rows
from search.whoosh.column_reader import Columns
from search.whoosh.kernel import KERNEL
from search.whoosh.packing import ranges, sizes_of
from search.whoosh.snapshot import Names

Mask = NDArray[np.bool_]
_HEADER = {"published": "month", "topic": "topics"}


def _places(values: Sequence[str]) -> tuple[Sequence[str], NDArray[np.intp]]:
    names = ["", *sorted(set(values) - {""})]
    number = {name: place for place, name in enumerate(names)}
    return names, np.array([number[value] for value in values], np.intp)


class Condition(Protocol):
    """Something that rows must fulfil."""

    def mask(self, rows: Rows) -> Mask:
        """Which of ``rows`` do."""

    def all(self) -> Rows:
        """All rows that do, in any order."""


def kept(condition: Condition, rows: Rows) -> Rows:
    """Those of some rows that fulfil a condition."""
    if KERNEL is not None and isinstance(condition, _Several) and (listed := condition.listed()) is not None:
        return KERNEL.within(rows, listed, 0)
    if KERNEL is not None and isinstance(condition, _Coded | _Several):
        found = KERNEL.fitting(*condition.column(), rows)
        if found is not None:
            return found
    return rows[condition.mask(rows)]


class Values:
    """Values of fields as codes, and codes as rows; for filters and ``field:`` clauses.

    Attributes:
        columns: The columns of the generation.
        lists: Of fields with several values the list that each flat entry belongs to.
        profiles: Of fields that are part of profiles the value of each profile.
        sizes: How many codes a column has, and how many values the fields with several.
    """

    def __init__(self, collection: Collection, tables: Names) -> None:
        self._collection, self.tables = collection, tables
        self.columns = columns = collection.columns
        header = columns.header
        self._numbers: dict[str, dict[str, int]] = {
            "topic": {topic: number for number, topic in enumerate(header["topics"])},
            "outlet": {value: number for number, value in enumerate(header["outlet"])},
            "author": {value: number for number, value in enumerate(header["author"])},
        }
        self.lists = {field: np.repeat(np.arange(len(sets)), sizes_of(sets.at)) for field, sets in columns.sets.items()}
        names: list[str] = header["profile_fields"]
        self.profiles = {name: [profile[at] for profile in header["profiles"]] for at, name in enumerate(names)}
        self._places = {name: _places(values) for name, values in self.profiles.items() if name != "interviewer"}
        self.sizes = {
            "speaker": 1 + header["speakers"] if not len(columns.sets["speaker"]) else len(columns.sets["speaker"]),
            "speaker values": header["speakers"],
            "topic": len(columns.sets["topic"]),
            "topic values": len(header["topics"]),
            "outlet": len(header["outlet"]),
            "author": len(header["author"]),
            "month": len(header["month"]),
            "profile": len(header["profiles"]),
        }

    @cached_property
    def levels(self) -> dict[int | str, int]:
        """How deep each topic of the vocabulary lies."""
        return {name: term.level for name, term in self.tables.topic_terms().items()}

    def dictionary(self, field: str) -> Sequence[str]:
        """All values of a field in their order; those of keywords begin with ``""`` where rows have none."""
        if field in self._places:
            return self._places[field][0]
        found: Sequence[str] = self.columns.header[_HEADER.get(field, field)]
        return found

    def profile_places(self, field: str) -> tuple[Sequence[str], NDArray[np.intp]]:
        """The dictionary of a field that is part of profiles, and for each profile the place of its value in it."""
        return self._places[field]

    def keys(self, field: str, values: Iterable[str]) -> list[int | str]:
        """What a facet calls the values of a filter: numbers of speakers, else the values; unknown speakers left out."""
        if FIELD[field].type is FieldType.IDENTITY:
            numbers = (self.tables.speaker_number(value) for value in values)
            return [number for number in dict.fromkeys(numbers) if number is not None]
        return list(dict.fromkeys(values))

    def condition(self, field: str, keys: Iterable[int | str], exclude: bool = False) -> Condition:
        """Rows with any of some values, or with none of them."""
        if field == "mentions":
            return _Mentions(self.columns, [int(key) for key in keys], exclude)
        if field in ("speaker", "topic"):
            known = self._numbers.get(field, {})
            wanted = [known.get(key, -1) if isinstance(key, str) else key for key in keys]
            return _Several(self._collection, field, [w for w in wanted if w >= 0], self.lists[field], exclude)
        chosen = set(keys) - {""}
        if field in self.profiles:
            fits = np.array([value in chosen for value in self.profiles[field]] or [False], bool)
            return _Coded(self.columns, "profile", fits != exclude)
        fits = np.zeros(len(self.columns.header[field]), bool)
        fits[[self._numbers[field][str(key)] for key in chosen if key in self._numbers[field]]] = True
        return _Coded(self.columns, field, fits != exclude)

    def clause(self, node: q.FieldMatch) -> Rows:
        """Ascending rows of a ``field:`` clause."""
        wanted = [part for word in node.words for part in words_of(word)]
        if not wanted:
            return np.empty(0, np.intp)
        kind = FIELD[node.field].type
        keys: list[int | str]
        if kind is FieldType.IDENTITY:
            keys = list(self.tables.speakers_named(wanted, node.prefix))
        elif kind is FieldType.TOPIC:
            terms = self.tables.topic_terms()
            exact = len(node.words) == 1 and node.words[0] in terms
            keys = (
                [node.words[0]]
                if exact
                else [term.id for term in terms.values() if _named(wanted, words_of(term.label), node.prefix)]
            )
        else:
            keys = [value for value in self.dictionary(node.field) if _named(wanted, words_of(value), node.prefix)]
        return np.sort(self.condition(node.field, keys).all()) if keys else np.empty(0, np.intp)


def _named(wanted: Sequence[str], words: Sequence[str], prefix: bool) -> bool:
    *whole, last = wanted
    return all(word in words for word in whole) and (
        last in words or (prefix and any(word.startswith(last) for word in words))
    )


class _Coded:
    """Rows whose code in one column fits."""

    def __init__(self, columns: Columns, field: str, fits: Mask) -> None:
        self._columns, self._field, self._fits = columns, field, fits
        self._codes = columns.facets[field]

    def column(self) -> tuple[tuple[int, int, int], tuple[int, int], Mask, bool]:
        """Table and column, which codes fit, and what fitting means."""
        return self._columns.table, self._columns.layout[self._field], self._fits, True

    def mask(self, rows: Rows) -> Mask:
        return self._fits.take(self._codes[rows])  # take() would first copy a column that is not contiguous

    def all(self) -> Rows:
        return np.flatnonzero(self._fits.take(self._codes))


class _Several:
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
        """All rows, where they are on one list."""
        one = len(self._numbers) == 1 and not self._exclude and self._numbers[0] < len(self._listed)
        return self._listed[self._numbers[0]] if one else None

    def column(self) -> tuple[tuple[int, int, int], tuple[int, int], Mask, bool]:
        """Table and column, which codes fit, and what fitting means."""
        return self._columns.table, self._columns.layout[self._field], self._fits(), not self._exclude

    def mask(self, rows: Rows) -> Mask:
        codes = self._codes[rows]  # take() would first copy the whole column
        if self._single and len(self._numbers) == 1:
            found: Mask = codes == self._numbers[0] + 1
        else:
            found = self._fits().take(codes)
        return ~found if self._exclude else found

    def all(self) -> Rows:
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
        fits = np.zeros(len(self._sets), bool)
        fits[self._list_of[np.isin(self._sets.flat, self._numbers)]] = True
        return fits


class _Mentions:
    """Rows that mention one of some people."""

    def __init__(self, columns: Columns, numbers: Sequence[int], exclude: bool) -> None:
        self._columns, self._numbers, self._exclude = columns, numbers, exclude

    def mask(self, rows: Rows) -> Mask:
        begins = self._columns.mentions_at[rows].astype(np.intp)
        sizes = self._columns.mentions_at[rows + 1].astype(np.intp) - begins
        hit = np.isin(self._columns.mentions[ranges(begins, sizes)], self._numbers)
        found = np.zeros(len(rows), bool)
        found[np.repeat(np.arange(len(rows)), sizes)[hit]] = True
        return ~found if self._exclude else found

    def all(self) -> Rows:
        places = np.flatnonzero(np.isin(self._columns.mentions, self._numbers))
        rows = np.unique(self._columns.mentions_at.searchsorted(places.astype(np.uint32), "right") - 1)
        if not self._exclude:
            return rows
        keep = np.ones(self._columns.rows, bool)
        keep[rows] = False
        return np.flatnonzero(keep)


class _Days:
    """Rows published between two days, both inclusive (yyyymmdd); undated rows are not among them."""

    def __init__(self, columns: Columns, first: int, last: int) -> None:
        self._columns, self._first, self._last = columns, max(first, 1), last

    def mask(self, rows: Rows) -> Mask:
        day = self._columns.day.take(rows)
        return (day >= self._first) & (day <= self._last)

    def all(self) -> Rows:
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


class _Sure:
    """Rows attributed with enough confidence; paragraphs always are."""

    def __init__(self, columns: Columns, least: float) -> None:
        self._confidence, self._least = columns.confidence, np.float32(least)

    def mask(self, rows: Rows) -> Mask:
        found: Mask = self._confidence.take(rows) >= self._least
        return found

    def all(self) -> Rows:
        return np.flatnonzero(self._confidence >= self._least)


class _There:
    """Rows that are not gone, without questions of interviewers unless these are wanted."""

    def __init__(self, columns: Columns, interviewer: bool) -> None:
        self._state = columns.state
        self._fits = np.array([False, True, False, interviewer])

    def mask(self, rows: Rows) -> Mask:
        return self._fits.take(self._state.take(rows))

    def all(self) -> Rows:
        return np.flatnonzero(self._fits.take(self._state))


class Selection:
    """What a query found, under the conditions of a request. None stands for every row of the collection."""

    def __init__(self, values: Values, request: SearchRequest, found: Rows | None) -> None:
        columns = values.columns
        self._found = found
        self._conditions: list[tuple[str, Condition]] = []
        if not columns.whole:
            self._conditions.append(("there", _There(columns, request.interviewer)))
        for clause in request.filters:
            keys = values.keys(clause.field, clause.values)
            self._conditions.append((clause.field, values.condition(clause.field, keys, clause.exclude)))
        self.dated = bool(request.first_day or request.last_day)
        if self.dated:
            first, last = (_day(day) for day in (request.first_day, request.last_day))
            self._conditions.append(("date", _Days(columns, first, last or 99_999_999)))
        if request.min_confidence:
            self._conditions.append(("sure", _Sure(columns, request.min_confidence)))
        self._known: dict[str, Rows | None] = {}

    @classmethod
    def of(cls, rows: Rows | None) -> Selection:
        """Rows that fulfil everything already."""
        whole = cls.__new__(cls)
        whole._conditions, whole._known, whole.dated = [], {"": rows}, False
        return whole

    def filtered(self, field: str) -> bool:
        """Whether there is a condition on a field."""
        return any(name == field for name, _ in self._conditions)

    def rows(self, but: str = "") -> Rows | None:
        """The rows, with the conditions on the field ``but`` left aside."""
        if but and not self.filtered(but):
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
                rows = kept(condition, rows)
        return rows


def _eagerness(condition: Condition) -> int:
    """Conditions that know their rows best come first when there is nothing else to begin with."""
    order: Mapping[type, int] = {_Several: 0, _Days: 1, _Coded: 2, _Mentions: 3, _Sure: 4, _There: 5}
    return order.get(type(condition), 6)


def _day(day: str) -> int:
    return int(day.replace("-", "") or 0)


def chosen_keys(values: Values, filters: Sequence[Filter], field: str) -> list[int | str]:
    """Every value of a field that a request names, chosen or excluded."""
    if not filters:
        return []
    keys = [key for clause in filters if clause.field == field for key in values.keys(field, clause.values)]
    return list(dict.fromkeys(keys))

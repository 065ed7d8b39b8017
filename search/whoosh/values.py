"""Values of fields as codes, and codes as rows; for filters and ``field:`` clauses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search import query as q
from search.analysis import words as words_of
from search.records import FIELD, FieldType
from search.whoosh.beside import rows_called, rows_titled
from search.whoosh.collection import Collection
from search.whoosh.conditions import Coded, Condition, Mentions, Several
from search.whoosh.packing import sizes_of
from search.whoosh.snapshot import Names, Overlay
from search.whoosh.terms import Rows

_HEADER = {"published": "month", "topic": "topics"}


def _places(values: Sequence[str]) -> tuple[Sequence[str], NDArray[np.intp]]:
    names = ["", *sorted(set(values) - {""})]
    number = {name: place for place, name in enumerate(names)}
    return names, np.array([number[value] for value in values], np.intp)


class Values:
    """Reads the values of the fields of a collection.

    Attributes:
        columns: The columns of the generation.
        lists: Of fields with several values the list that each flat entry belongs to.
        profiles: Of fields that are part of profiles the value of each profile.
        sizes: How many codes a column has, and how many values the fields with several.
    """

    def __init__(self, collection: Collection, tables: Names, overlays: Sequence[Overlay]) -> None:
        self._collection, self.tables = collection, tables
        corrected = [one.corrected.rows + base for one, base in zip(overlays, collection.starts, strict=False)]
        self._corrected: Rows = np.concatenate([np.empty(0, np.intp), *corrected]).astype(np.intp)
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
            return Mentions(self.columns, [int(key) for key in keys], exclude)
        if field in ("speaker", "topic"):
            known = self._numbers.get(field, {})
            wanted = [known.get(key, -1) if isinstance(key, str) else key for key in keys]
            return Several(self._collection, field, [w for w in wanted if w >= 0], self.lists[field], exclude)
        chosen = set(keys) - {""}
        if field in self.profiles:
            fits = np.array([value in chosen for value in self.profiles[field]] or [False], bool)
            return Coded(self.columns, "profile", fits != exclude)
        fits = np.zeros(len(self.columns.header[field]), bool)
        fits[[self._numbers[field][str(key)] for key in chosen if key in self._numbers[field]]] = True
        return Coded(self.columns, field, fits != exclude)

    def clause(self, node: q.FieldMatch) -> Rows:
        """Ascending rows of a ``field:`` clause."""
        wanted = [part for word in node.words for part in words_of(word)]
        if not wanted:
            return np.empty(0, np.intp)
        kind = FIELD[node.field].type
        keys: list[int | str]
        if kind is FieldType.TEXT:
            return rows_titled(self._collection, wanted, node.prefix)
        if kind is FieldType.WORDS:
            rows = rows_called(self._collection, wanted, node.prefix)  # which may be roles of whom it was not
            return np.setdiff1d(rows, self._corrected, assume_unique=True) if len(self._corrected) else rows
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

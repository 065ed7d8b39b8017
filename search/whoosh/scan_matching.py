"""Matching and scoring without any index: the slow half of :mod:`search.whoosh.scan`."""

from __future__ import annotations

import fnmatch
import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from search import query as q
from search.analysis import fold, stem
from search.analysis import words as words_of
from search.engine import SearchRequest
from search.highlight import distance_at_most, fold_pattern
from search.records import FIELD, FieldType
from search.refining import by_fields_alone, refined, weight_of
from search.whoosh.rows import IndexRow
from search.whoosh.snapshot import Names

K1, B = 1.2, 0.75


@dataclass(slots=True)
class ScanRow:
    """A row with all that is known of it, in plain Python."""

    row: IndexRow
    segment: int
    number: int
    deleted: bool
    group: int
    words: list[str]
    stems: Counter[str]
    title: Counter[str]
    role: list[str]
    values: dict[str, tuple[Any, ...]]

    @classmethod
    def of(
        cls, row: IndexRow, segment: int, number: int, deleted: bool, corrected: bool, speakers: list[int],
        mentions: list[int], group: int, review: str, tables: Names,
    ) -> ScanRow:  # fmt: skip
        """Take apart what is indexed."""
        words = words_of(row.text)
        terms = tables.topic_terms()
        topics = dict.fromkeys(
            above for topic in row.topics for above in (*(terms[topic].ancestors if topic in terms else ()), topic)
        )
        single = {
            "outlet": row.outlet, "author": row.author, "kind": row.kind, "quote_type": row.quote_type, "cue": row.cue,
            "lang": row.lang, "part": row.part, "genre": row.genre, "published": row.day[:7],
            "review": review if row.kind == "quote" else "",
        }  # fmt: skip
        values: dict[str, tuple[Any, ...]] = {name: (value,) if value else () for name, value in single.items()}
        values |= {"speaker": tuple(speakers), "mentions": tuple(mentions), "topic": tuple(topics)}
        stems, title = Counter(map(stem, words)), Counter(map(stem, words_of(row.title)))
        role = [] if corrected else row.role.split()
        return cls(row, segment, number, deleted, group, words, stems, title, role, values)


Found = dict[int, float]
"""Positions of rows with their scores."""


class ScanMatcher:
    """Evaluates queries by looking at every row.

    Attributes:
        live: Places of the rows that are there.
    """

    def __init__(self, rows: Sequence[ScanRow], tables: Names) -> None:
        self._rows, self._tables = rows, tables
        self.live = {place for place, row in enumerate(rows) if not row.deleted}
        self._text_length = sum(len(row.words) for row in rows) / max(len(rows), 1)
        self._title_length = sum(row.title.total() for row in rows) / max(len(rows), 1)

    def scored(self, request: SearchRequest) -> Found:
        """What a search matches, filters aside."""
        if not request.refined:
            return self._evaluate(request.query)
        found, base = self._evaluate(refined(request.query)), float(by_fields_alone(request.query))
        rows = {place: self._rows[place].row for place in found}
        return {p: (score + base) * weight_of(rows[p].kind, rows[p].part) for p, score in found.items()}

    def _evaluate(self, node: q.Node) -> Found:
        match node:
            case q.MatchAll():
                return dict.fromkeys(self.live, 0.0)
            case q.Word(text, typed):
                return self._word(text, typed)
            case q.Phrase(words, slop):
                return self._phrase([w for word in words for w in words_of(word)], slop)
            case q.Prefix(text):
                begun = fold(text)
                return self._any(lambda word: word.startswith(begun))
            case q.Wildcard(pattern):
                shape = re.compile(fnmatch.translate(fold_pattern(pattern)))
                return self._any(lambda word: shape.match(word) is not None)
            case q.Fuzzy(text, distance):
                wanted = fold(text)
                return self._any(lambda word: distance_at_most(word, wanted, distance))
            case q.FieldMatch(field, words, prefix):
                return dict.fromkeys(
                    self._field(field, [w for word in words for w in words_of(word)], words, prefix), 0.0
                )
            case q.And(children):
                parts = [self._evaluate(child) for child in children if not isinstance(child, q.Not)]
                barred = [self._evaluate(child.child) for child in children if isinstance(child, q.Not)]
                both = self.live.intersection(*parts).difference(*barred)
                return {place: sum(part[place] for part in parts) for place in both}
            case q.Or(children):
                parts = [self._evaluate(child) for child in children]
                return {place: sum(part.get(place, 0.0) for part in parts) for place in set().union(*parts)}
            case q.Not(child):
                return dict.fromkeys(self.live.difference(self._evaluate(child)), 0.0)
            case q.Unscored(child):
                return dict.fromkeys(self._evaluate(child), 0.0)
        return {}

    def _word(self, text: str, typed: bool) -> Found:
        words = words_of(text)
        if len(words) != 1:
            return self._phrase(words, 0)
        wanted = stem(words[0])
        idf = self._idf(lambda row: wanted in row.stems)
        title_idf = self._idf(lambda row: wanted in row.title)
        typed_idf = self._idf(lambda row: words[0] in row.words) * q.TYPED_WEIGHT if typed else 0.0
        found = {}
        for place in self.live:
            row = self._rows[place]
            if wanted in row.stems:
                found[place] = idf * _bm25(row.stems[wanted], len(row.words), self._text_length)
                if wanted in row.title:
                    found[place] += title_idf * _bm25(row.title[wanted], row.title.total(), self._title_length)
                if count := row.words.count(words[0]):
                    found[place] += typed_idf * _bm25(count, len(row.words), self._text_length)
        return found

    def _phrase(self, words: list[str], slop: int) -> Found:
        if not words:
            return {}
        idfs = {word: self._idf(lambda row, word=word: word in row.words) for word in set(words)}  # type: ignore[misc]
        found = {}
        for place in self.live:
            row = self._rows[place]
            if _stands(words, row.words, slop):
                length = len(row.words)
                found[place] = sum(idfs[w] * _bm25(row.words.count(w), length, self._text_length) for w in words)
        return found

    def _any(self, fits: Callable[[str], bool]) -> Found:
        return {place: 1.0 for place in self.live if any(map(fits, self._rows[place].words))}

    def _field(self, name: str, folded: list[str], given: Sequence[str], prefix: bool) -> set[int]:
        if not folded:
            return set()
        wanted: set[Any]
        if FIELD[name].type is FieldType.TEXT:
            *whole, last = folded if prefix else [*folded, ""]
            titles = {place: self._rows[place].title for place in self.live}
            return {
                place
                for place, title in titles.items()
                if all(stem(word) in title for word in whole) and (not prefix or any(s.startswith(last) for s in title))
            }
        if FIELD[name].type is FieldType.WORDS:
            return {place for place in self.live if _named(folded, self._rows[place].role, prefix)}
        if FIELD[name].type is FieldType.IDENTITY:
            wanted = set(self._tables.speakers_named(folded, prefix))
        elif FIELD[name].type is FieldType.TOPIC and len(given) == 1 and given[0] in self._tables.topic_terms():
            wanted = {given[0]}
        elif FIELD[name].type is FieldType.TOPIC:
            terms = self._tables.topic_terms().values()
            wanted = {term.id for term in terms if _named(folded, words_of(term.label), prefix)}
        else:
            values = {value for row in self._rows for value in row.values[name]}
            wanted = {value for value in values if _named(folded, words_of(value), prefix)}
        return {place for place in self.live if wanted & set(self._rows[place].values[name])}

    def _idf(self, has: Callable[[ScanRow], bool]) -> float:
        return math.log(max(len(self._rows), 1) / (sum(map(has, self._rows)) + 1)) + 1


def _bm25(frequency: int, length: int, average: float) -> float:
    return frequency * (K1 + 1) / (frequency + K1 * (1 - B + B * length / average))


def _named(wanted: Sequence[str], words: Sequence[str], prefix: bool) -> bool:
    *whole, last = wanted
    return all(word in words for word in whole) and (
        last in words or (prefix and any(word.startswith(last) for word in words))
    )


def _stands(wanted: Sequence[str], words: Sequence[str], slop: int) -> bool:
    """Whether ``wanted`` stand in order with at most ``slop`` other words between first and last."""

    def after(place: int, begin: int, left: int) -> bool:
        if place == len(wanted):
            return True
        reach = words[begin : begin + left + 1]
        return any(
            word == wanted[place] and after(place + 1, begin + gap + 1, left - gap) for gap, word in enumerate(reach)
        )

    return any(word == wanted[0] and after(1, begin + 1, slop) for begin, word in enumerate(words))

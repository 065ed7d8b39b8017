"""Completions for the search box: speakers, topics and outlets by the words of their names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from search.completing import BegunField, begun_field, field_query
from search.engine import Suggestion
from search.opensearch.collection import Collection
from search.opensearch.words import words_of
from search.records import FIELD, FieldType


def suggest(collection: Collection, text: str, limit: int) -> tuple[Suggestion, ...]:
    """Completions of ``text``; plain words are not completed, because a cluster keeps no list of them to read.

    Where a field is typed last, completions of its value alone.
    """
    if begun := begun_field(text):
        return tuple(replace(found, query=begun.completed(found.text)) for found in _of_field(collection, begun, limit))
    words = words_of(text)
    if not words or limit < 1:
        return ()
    speakers = _speakers(collection, text, limit)
    groups = [speakers, list(_values(collection, "topic", words)), list(_values(collection, "outlet", words))]
    share = max(1, limit // 2)
    chosen = [suggestion for group in groups for suggestion in group[:share]]
    chosen += [suggestion for group in groups for suggestion in group[share:]]
    order = {"speaker": 0, "topic": 1, "outlet": 2}
    return tuple(sorted(chosen[:limit], key=lambda suggestion: order[suggestion.kind]))


def _of_field(collection: Collection, begun: BegunField, limit: int) -> list[Suggestion]:
    words = words_of(begun.value)
    if not words or limit < 1:
        return []
    if FIELD[begun.field].type is FieldType.IDENTITY:
        return _speakers(collection, begun.value, limit)
    return list(_values(collection, begun.field, words))[:limit] if begun.field in ("topic", "outlet") else []


def _speakers(collection: Collection, text: str, limit: int) -> list[Suggestion]:
    return [
        Suggestion("speaker", speaker.name, field_query("speaker", speaker.name), speaker.quotes)
        for speaker in collection.people.listed(text, 1, limit).speakers
        if speaker.quotes
    ]


def _values(collection: Collection, field: str, words: list[str]) -> Iterator[Suggestion]:
    for value, count in collection.values(field).items():
        term = collection.topics.get(value) if field == "topic" else None
        label = term.label if term else value
        if all(any(word.startswith(prefix) for word in words_of(label)) for prefix in words):
            yield Suggestion(field, label, field_query(field, label), count)

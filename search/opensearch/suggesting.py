"""Completions for the search box: speakers, topics and outlets by the words of their names."""

from __future__ import annotations

from collections.abc import Iterator

from search.engine import Suggestion
from search.opensearch.collection import Collection
from search.opensearch.words import words_of


def suggest(collection: Collection, text: str, limit: int) -> tuple[Suggestion, ...]:
    """Completions of ``text``; plain words are not completed, because a cluster keeps no list of them to read."""
    words = words_of(text)
    if not words or limit < 1:
        return ()
    speakers = [
        Suggestion("speaker", speaker.name, f'speaker:"{_plain(speaker.name)}"', speaker.quotes)
        for speaker in collection.people.listed(text, 1, limit).speakers
        if speaker.quotes
    ]
    groups = [speakers, list(_values(collection, "topic", words)), list(_values(collection, "outlet", words))]
    share = max(1, limit // 2)
    chosen = [suggestion for group in groups for suggestion in group[:share]]
    chosen += [suggestion for group in groups for suggestion in group[share:]]
    order = {"speaker": 0, "topic": 1, "outlet": 2}
    return tuple(sorted(chosen[:limit], key=lambda suggestion: order[suggestion.kind]))


def _values(collection: Collection, field: str, words: list[str]) -> Iterator[Suggestion]:
    for value, count in collection.values(field).items():
        term = collection.topics.get(value) if field == "topic" else None
        label = term.label if term else value
        if all(any(word.startswith(prefix) for word in words_of(label)) for prefix in words):
            yield Suggestion(field, label, f'{field}:"{_plain(label)}"', count)


def _plain(name: str) -> str:
    return name.replace('"', " ")

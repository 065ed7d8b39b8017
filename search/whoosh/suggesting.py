"""Completions for the search box (speakers, topics, outlets, words), and "did you mean"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from search.analysis import words
from search.completing import BegunField, begun_field, field_query
from search.engine import SearchRequest, Suggestion
from search.parser import parse
from search.records import FIELD, FieldType
from search.spelling import suggest_spelling
from search.whoosh.opened import OpenGeneration


def suggest(generation: OpenGeneration, text: str, limit: int) -> tuple[Suggestion, ...]:
    """Completions of ``text``; at most half of them of one kind, unless there are no others.

    Where a field is typed last, of its value alone.
    """
    if begun := begun_field(text):
        return tuple(replace(found, query=begun.completed(found.text)) for found in _of_field(generation, begun, limit))
    typed = words(text)
    if not typed or limit < 1:
        return ()
    groups = [
        list(_speakers(generation, text, limit)),
        list(_topics(generation, typed, limit)),
        list(_outlets(generation, typed, limit)),
        list(_words(generation, text, typed[-1], limit)),
    ]
    share = max(1, limit // 2)
    found = [suggestion for group in groups for suggestion in group[:share]]
    rest = [suggestion for group in groups for suggestion in group[share:]]
    chosen = (found + rest)[:limit]
    order = {"speaker": 0, "topic": 1, "outlet": 2, "word": 3}
    return tuple(sorted(chosen, key=lambda suggestion: order[suggestion.kind]))


def _of_field(generation: OpenGeneration, begun: BegunField, limit: int) -> list[Suggestion]:
    typed = words(begun.value)
    if not typed or limit < 1:
        return []
    if FIELD[begun.field].type is FieldType.IDENTITY:
        return list(_speakers(generation, begun.value, limit))
    known = {"topic": _topics, "outlet": _outlets}.get(begun.field)
    return list(known(generation, typed, limit)) if known else []


def did_you_mean(generation: OpenGeneration, request: SearchRequest) -> str:
    """A spelling that finds something where ``request`` found nothing, or an empty string."""
    spelling = suggest_spelling(request.query, generation.snapshot.near)
    if not spelling:
        return ""
    again = replace(request, query=parse(spelling), per_page=0, page=1, cursor="", facets=(), distinct=False)
    return spelling if generation.snapshot.execute(again).total else ""


def _speakers(generation: OpenGeneration, text: str, limit: int) -> Iterator[Suggestion]:
    for number in generation.tables.speakers_listed(text)[:limit]:
        speaker = generation.tables.speaker(number)
        if not speaker.quotes:  # only named by others; they come last
            return
        yield Suggestion("speaker", speaker.name, field_query("speaker", speaker.name), speaker.quotes)


def _topics(generation: OpenGeneration, typed: list[str], limit: int) -> Iterator[Suggestion]:
    counts = generation.snapshot.values("topic")
    terms = [t for t in generation.tables.topics.values() if t.id in counts and _begin(typed, words(t.label))]
    for term in sorted(terms, key=lambda term: (-counts[term.id], term.label))[:limit]:
        yield Suggestion("topic", term.label, field_query("topic", term.label), counts[term.id])


def _outlets(generation: OpenGeneration, typed: list[str], limit: int) -> Iterator[Suggestion]:
    counts = generation.snapshot.values("outlet")
    outlets = [outlet for outlet in counts if _begin(typed, words(outlet))]
    for outlet in sorted(outlets, key=lambda outlet: (-counts[outlet], outlet))[:limit]:
        yield Suggestion("outlet", outlet, field_query("outlet", outlet), counts[outlet])


def _words(generation: OpenGeneration, text: str, last: str, limit: int) -> Iterator[Suggestion]:
    if text[-1:].isspace():
        return
    begun = text[: len(text) - len(text.split()[-1])]
    for word, count in generation.snapshot.words(last, limit):
        yield Suggestion("word", begun + word, begun + word, count)


def _begin(prefixes: list[str], label: list[str]) -> bool:
    """Whether each prefix begins some word."""
    return all(any(word.startswith(prefix) for word in label) for prefix in prefixes)

"""Why two engines count different records: both counts are made again, record by record, by each engine's own words.

OnRecord keeps an apostrophe inside a word ("they'll", "Clinton's"), folds accents, and stems by NLTK's Porter2; Tantivy divides at
everything that is no letter or digit, keeps accents, leaves out words of 40 bytes and more, and stems by an older table of Porter2.
A difference is explained where each engine's own words give each engine's own count; else one of them is wrong.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from rapidfuzz.distance import OSA
from search_peers.records import read_lines

from search.analysis import stem, words


@dataclass
class Recount:
    """Records that a query matches by the words of each, and the words that only one of them has in records of one alone."""

    ours: int = 0
    theirs: int = 0
    apart: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Reading:
    """How an engine reads a text."""

    words: Callable[[str], Sequence[str]]
    stem: Callable[[str], str]


def onrecord_reading() -> Reading:
    return Reading(words, stem)


def tantivy_reading() -> Reading:
    import tantivy

    simple, no_long, lower = tantivy.Tokenizer.simple(), tantivy.Filter.remove_long(40), tantivy.Filter.lowercase()
    divided = tantivy.TextAnalyzerBuilder(simple).filter(no_long).filter(lower).build()
    stemming = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw()).filter(tantivy.Filter.stemmer("english")).build()
    return Reading(divided.analyze, cache(lambda word: str(stemming.analyze(word)[0])))


def recount(queries: Mapping[int, dict[str, Any]], records: Path) -> dict[int, Recount]:
    """Count what each query matches, by either engine's words."""
    ours, theirs = onrecord_reading(), tantivy_reading()
    tests = [(number, query, fits(query, ours), fits(query, theirs)) for number, query in queries.items()]
    found = {number: Recount() for number in queries}
    worth = _worth_reading(list(queries.values()))
    for record in read_lines(records):
        if not worth(record["text"]):
            continue
        mine, yours = ours.words(record["text"]), theirs.words(record["text"])
        for number, query, by_ours, by_theirs in tests:
            if not chosen(query, record):
                continue
            here, there = by_ours(mine), by_theirs(yours)
            found[number].ours += here
            found[number].theirs += there
            if here != there:
                found[number].apart.update(_apart(query, mine, yours, ours.stem, theirs.stem))
    return found


def _apart(
    query: dict[str, Any], mine: Sequence[str], yours: Sequence[str], stem_mine: Callable[[str], str],
    stem_yours: Callable[[str], str],
) -> set[str]:  # fmt: skip
    """Words like those asked for that only one has, or that the two stem differently, one asked for among them."""
    both = (set(mine) & set(yours)) | set(query["words"])
    unlike = {word for word in both if stem_mine(word) != stem_yours(word)}
    return {
        word for word in (set(mine) ^ set(yours)) | unlike if any(word[:2] == asked[:2] for asked in query["words"])
    }


def fits(query: dict[str, Any], reading: Reading) -> Callable[[Sequence[str]], bool]:
    """Whether the words of a text match a query."""
    asked = query["words"]
    stems = {reading.stem(word) for word in asked}
    match query["op"]:
        case "and":
            return lambda text: stems <= set(map(reading.stem, text))
        case "or":
            return lambda text: not stems.isdisjoint(map(reading.stem, text))
        case "phrase":
            return lambda text: any(list(text[at : at + len(asked)]) == asked for at in range(len(text)))
        case "prefix":
            return lambda text: any(word.startswith(asked[0]) for word in text)
        case "fuzzy":
            close = cache(lambda word: OSA.distance(asked[0], word, score_cutoff=1) <= 1)
            return lambda text: any(map(close, text))
    return lambda text: True


def chosen(query: dict[str, Any], record: dict[str, Any]) -> bool:
    """Whether a record passes a query's filter."""
    for name, value in query["filter"].items():
        if name == "date":
            if not value[0] <= record["date"] <= value[1]:
                return False
        elif value not in (record[name] if isinstance(record[name], list) else [record[name]]):
            return False
    return True


def _worth_reading(queries: Sequence[dict[str, Any]]) -> Callable[[str], bool]:
    """Whether a text may match any query: words of one stem begin alike; a misspelling may be anything."""
    if any(query["op"] in ("fuzzy", "all") for query in queries):
        return lambda text: True
    begun = re.compile(
        "|".join(sorted({re.escape(word[:2]) for query in queries for word in query["words"]})), re.IGNORECASE
    )
    return lambda text: not text.isascii() or begun.search(text) is not None


def different(results: dict[str, Any], queries: Sequence[dict[str, Any]], records: Path) -> tuple[list[str], list[str]]:
    """Queries that onrecord and Tantivy count differently: those that their words explain, and those that these do not."""
    if "onrecord" not in results or "tantivy" not in results:
        return [], []
    counts = {
        number: (results["onrecord"]["each"].get(number), results["tantivy"]["each"].get(number))
        for number in range(len(queries))
    }
    unlike = {number: pair for number, pair in counts.items() if None not in pair and pair[0] != pair[1]}
    explained, unexplained = [], []
    again = recount({number: queries[number] for number in unlike}, records) if unlike else {}
    for number, (ours, theirs) in unlike.items():
        query, second = queries[number], again[number]
        told = f"query {number} ({query['type']} {' '.join(query['words'])}): {ours} hits, Tantivy {theirs}"
        if (second.ours, second.theirs) == (ours, theirs):
            apart = ", ".join(word for word, _ in second.apart.most_common(6))
            explained.append(f"{told}; words apart: {apart}")
        else:
            unexplained.append(f"{told}; by their own words {second.ours} and {second.theirs}")
    return explained, unexplained

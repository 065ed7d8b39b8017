"""From a prefix, a pattern or a misspelling to the words as written that it stands for."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from search.highlight import fold_pattern
from search.whoosh.budget import Budget
from search.whoosh.collection import Collection
from search.whoosh.segment import Segment
from search.whoosh.terms import Place
from search.whoosh.vocabulary import decode, encode

_ANY = rb"[^\n]*"
_ONE = rb"(?:[\x00-\x09\x0b-\x7f]|[\xc0-\xff][\x80-\xbf]+)"
"""One character in UTF-8."""


def begun(collection: Collection, prefix: str, budget: Budget) -> list[Place]:
    """Words that begin so."""
    return _each(collection, budget, lambda part: np.arange(*part.words.begun(encode(prefix))))


def fitting(collection: Collection, pattern: str, budget: Budget) -> list[Place]:
    """Words that fit a pattern of ``*`` and ``?``."""
    folded = fold_pattern(pattern)
    literal = encode(re.split(r"[*?]", folded)[0])
    shape = b"".join(
        _ANY if part == "*" else _ONE if part == "?" else re.escape(encode(part))
        for part in re.split(r"([*?])", folded)
    )
    return _each(collection, budget, lambda part: part.words.fitting(shape, *part.words.begun(literal)))


def near(collection: Collection, word: str, distance: int, budget: Budget) -> list[Place]:
    """Words within a Damerau-Levenshtein (optimal string alignment) distance."""
    return _each(collection, budget, lambda part: near_words(part, word, distance))


def _each(collection: Collection, budget: Budget, find: Callable[[Segment], NDArray[np.intp]]) -> list[Place]:
    """Apply to every segment; past the limit the first words in order are taken."""
    found = [(number, word) for number, part in enumerate(collection.segments) for word in find(part).tolist()]
    if len(found) > budget.terms:
        names = [(collection.segments[place[0]].words[place[1]], place) for place in found]
        kept = sorted({name for name, _ in names})[: budget.terms]
        if kept and len(kept) == budget.terms:
            budget.partial = budget.partial or any(name > kept[-1] for name, _ in names)
        found = [place for name, place in names if name <= kept[-1]] if kept else []
        if not kept:
            budget.partial = True
    return found


def near_words(part: Segment, word: str, distance: int) -> NDArray[np.intp]:
    """Numbers of the words of a segment within a distance, ascending."""
    words = part.words
    if not word or not len(words):
        return np.empty(0, np.intp)
    if distance == 1 and len(word) > 1:
        candidates = np.unique(np.concatenate([_same_start(part, word), _same_end(part, word), _swapped(part, word)]))
    else:
        candidates = np.arange(len(words))
    sizes = (words.at[candidates + 1].astype(np.int64) - words.at[candidates]) - 1
    room = distance if word.isascii() else 4 * distance
    candidates = candidates[(sizes >= len(encode(word)) - room) & (sizes <= len(encode(word)) + 4 * distance)]
    if not len(candidates):
        return np.empty(0, np.intp)
    texts = [decode(words[number]) for number in candidates.tolist()]
    distances = cdist([word], texts, scorer=OSA.distance, score_cutoff=distance)[0]
    found: NDArray[np.intp] = candidates[distances <= distance]
    return found


def _same_start(part: Segment, word: str) -> NDArray[np.intp]:
    """Words that share the first half: one edit in the second half leaves it as it is."""
    return np.arange(*part.words.begun(encode(word[: len(word) // 2])))


def _same_end(part: Segment, word: str) -> NDArray[np.intp]:
    """Words that share the second half: one edit in the first half leaves it as it is."""
    return part.backwards.ended(encode(word[len(word) // 2 :]))


def _swapped(part: Segment, word: str) -> NDArray[np.intp]:
    """The word with its two middle letters exchanged: the one edit that touches both halves."""
    half = len(word) // 2
    number = part.words.find(encode(word[: half - 1] + word[half] + word[half - 1] + word[half + 1 :]))
    return np.array([number] if number >= 0 else [], np.intp)

"""The features of an article and of its paragraphs counted at once, by number (a hot path).

:class:`indexer.topic_words.FeatureReader` counts the same features of one text by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, count
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from search.analysis import fold, stem, words

Numbers: TypeAlias = NDArray[np.int64]

_MOST_KEPT = 1 << 16


class NumberTable(dict[str, tuple[int, ...]]):
    """Tokens that names are read by, to the numbers of the stems within.

    >>> NumberTable({"ferri": 0})["ferry-builders"], NumberTable({})["—"]
    ((0, 1), ())
    """

    def __init__(self, known: dict[str, int]) -> None:
        self._numbers = known.copy()
        self._next = count(len(known)).__next__  # no number twice, whichever threads ask

    def __missing__(self, token: str) -> tuple[int, ...]:
        if token.isascii() and token.isalpha():  # most tokens are one word
            numbers: tuple[int, ...] = (self._numbers.setdefault(stem(fold(token)), self._next()),)
        else:
            numbers = tuple(self.numbers(token))
        self[token] = numbers
        return numbers

    def numbers(self, text: str) -> list[int]:
        """The numbers of a text's stems, in order."""
        return [self._numbers.setdefault(word, self._next()) for word in map(stem, words(text))]


class FeatureCounter:
    """Counts stems, and those phrases that are asked for.

    Attributes:
        known: The features asked for, each once; a feature's place is its number. Others have higher numbers.
    """

    def __init__(self, features: Sequence[str]) -> None:
        """Take the features to look for; a phrase that is given twice counts twice, as in :class:`indexer.topic_words.FeatureReader`."""
        self.known = tuple(dict.fromkeys(features))
        numbers = {feature: number for number, feature in enumerate(self.known)}
        self._begins: dict[int, dict[int, list[tuple[int, list[int]]]]] = {}
        for phrase in features:
            if " " in phrase:
                first, second, *rest = [numbers.setdefault(word, len(numbers)) for word in phrase.split(" ")]
                self._begins.setdefault(first, {}).setdefault(second, []).append((numbers[phrase], rest))
        self._numbered = numbers
        self._opens = np.zeros(len(self._numbered) + 1, np.bool_)  # the last stands for all unknown ones
        self._opens[list(self._begins)] = True
        self._table = NumberTable(self._numbered)

    def table(self) -> NumberTable:
        """Tokens to numbers; a new one when it has a book's vocabulary (who counts by the old one may go on)."""
        if len(self._table) >= _MOST_KEPT:
            self._table = NumberTable(self._numbered)
        return self._table

    def features(self, texts: Sequence[list[int]]) -> tuple[Numbers, Numbers]:
        """The features of texts given as numbers of stems, and the text of each: text by text, stems, then phrases."""
        flat = list(chain.from_iterable(texts))
        stems = np.array(flat, np.int64)
        of = np.repeat(np.arange(len(texts)), list(map(len, texts)))
        phrases: list[int] = []
        places: list[int] = []
        begins = self._begins
        opening = np.flatnonzero(self._opens[np.minimum(stems[:-1], len(self._opens) - 1)])
        for at in opening.tolist():
            if (found := begins[flat[at]].get(flat[at + 1])) is not None:
                for phrase, rest in found:
                    last = at + 1 + len(rest)
                    if flat[at + 2 : last + 1] == rest and of[at] == of[last]:
                        phrases.append(phrase)
                        places.append(at)
        if not phrases:
            return stems, of
        of = np.concatenate((of, of[places]))
        in_order = np.argsort(of, kind="stable")
        return np.concatenate((stems, np.array(phrases, np.int64)))[in_order], of[in_order]


def counted(features: Numbers) -> tuple[Numbers, Numbers]:
    """Each feature once, in order of first appearance, and how often it is there."""
    values, first, counts = np.unique(features, return_index=True, return_counts=True)
    in_order = np.argsort(first)
    return values[in_order], counts[in_order]


def counted_in_each(features: Numbers, of: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """The same for several texts: text, feature, count; texts in order."""
    if not len(features):
        return of, features, features
    span = int(features.max()) + 1
    keys, counts = counted(of * span + features)
    return keys // span, keys % span, counts

"""The features of an article and of its paragraphs counted at once, by number (a hot path).

:class:`indexer.topic_words.FeatureReader` counts the same features of one text by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, count
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from search.analysis import COMBINING, fold, stem, words

Numbers: TypeAlias = NDArray[np.int64]

NO_WORD = -1
"""Stands for a token without a word: a mark."""

JOINS = -2
"""Stands for a combining mark, which joins what tokens part."""

_MOST_KEPT = 1 << 16
_HALF = 32
"""Bits of a number that stands beside another one in a whole one."""
_PLACE = (1 << _HALF) - 1
_BUCKETS = 262_139
"""A prime much larger than the number of phrases."""


class NumberTable(dict[str, int]):
    """Tokens that names are read by, in small letters, to the number of the stem within; what holds several stems has a number below -2.

    Attributes:
        several: The stems of those that hold several.

    >>> table = NumberTable({"ferri": 0})
    >>> table["ferry"], table["—"], table.several[table["ferry-builders"]]
    (0, -1, [0, 1])
    """

    def __init__(self, known: dict[str, int]) -> None:
        self._numbers = known.copy()
        self._next = count(len(known)).__next__  # no number twice, whichever threads ask
        self._next_several = count(JOINS - 1, -1).__next__
        self.several: dict[int, list[int]] = {}

    def __missing__(self, token: str) -> int:
        if token.isascii() and token.isalpha():  # most tokens are one word
            number = self._number(stem(fold(token)))
        elif token in COMBINING:
            number = JOINS
        elif len(numbers := self.numbers(token)) > 1:
            number = self._next_several()
            self.several[number] = numbers
        else:
            number = numbers[0] if numbers else NO_WORD
        self[token] = number
        return number

    def _number(self, word: str) -> int:
        number = self._numbers.get(word)
        return self._numbers.setdefault(word, self._next()) if number is None else number

    def numbers(self, text: str) -> list[int]:
        """The numbers of a text's stems, in order."""
        return list(map(self._number, map(stem, words(text))))

    def read(self, tokens: Sequence[str], of: Sequence[int]) -> tuple[Numbers, Numbers] | None:
        """The numbers of the stems of tokens, and to which text each belongs; None where a combining mark stands among them."""
        numbers = np.fromiter(map(self.__getitem__, tokens), np.int64, len(tokens))
        sizes = (numbers >= 0).astype(np.int64)
        several = np.flatnonzero(numbers < NO_WORD)
        found = numbers[several].tolist()
        if JOINS in found:
            return None
        stems = [self.several[number] for number in found]
        sizes[several] = list(map(len, stems))
        numbers = np.repeat(numbers, sizes)
        for end, held in zip(np.cumsum(sizes)[several].tolist(), stems, strict=True):
            numbers[end - len(held) : end] = held
        return numbers, np.repeat(np.fromiter(of, np.int64, len(of)), sizes)


class FeatureCounter:
    """Counts stems, and those phrases that are asked for.

    Attributes:
        known: The features asked for, each once; a feature's place is its number. Others have higher numbers.
    """

    def __init__(self, features: Sequence[str]) -> None:
        """Take the features to look for; a phrase that is given twice counts twice, as in :class:`indexer.topic_words.FeatureReader`."""
        self.known = tuple(dict.fromkeys(features))
        numbers = {feature: number for number, feature in enumerate(self.known)}
        self._phrases: dict[int, list[tuple[int, list[int]]]] = {}  # by their first two stems
        for phrase in features:
            if " " in phrase:
                first, second, *rest = [numbers.setdefault(word, len(numbers)) for word in phrase.split(" ")]
                self._phrases.setdefault(first << _HALF | second, []).append((numbers[phrase], rest))
        self._may_begin = np.zeros(_BUCKETS, np.bool_)  # tells most pairs of stems that begin no phrase at once
        self._may_begin[[pair % _BUCKETS for pair in self._phrases]] = True
        self._numbered = numbers
        self._table = NumberTable(self._numbered)

    def table(self) -> NumberTable:
        """Tokens to numbers; a new one when it has a book's vocabulary (who counts by the old one may go on)."""
        if len(self._table) >= _MOST_KEPT:
            self._table = NumberTable(self._numbered)
        return self._table

    def features(self, stems: Numbers, of: Numbers) -> tuple[Numbers, Numbers]:
        """The features of texts, and the text of each: text by text, stems, then phrases.

        Args:
            stems: The numbers of the stems of one text behind the other.
            of: To which text each belongs.
        """
        phrases: list[int] = []
        places: list[int] = []
        pairs = stems[:-1] << _HALF | stems[1:]
        begins = np.flatnonzero(self._may_begin[pairs % _BUCKETS])
        for at, pair in zip(begins.tolist(), pairs[begins].tolist(), strict=True):
            for phrase, rest in self._phrases.get(pair, ()):
                last = at + 1 + len(rest)
                if (not rest or stems[at + 2 : last + 1].tolist() == rest) and of[at] == of[last]:
                    phrases.append(phrase)
                    places.append(at)
        if not phrases:
            return stems, of
        of = np.concatenate((of, of[places]))
        in_order = of.argsort(kind="stable")
        return np.concatenate((stems, np.array(phrases, np.int64)))[in_order], of[in_order]


def flattened(texts: Sequence[Sequence[int]]) -> tuple[Numbers, Numbers]:
    """Texts given as numbers of stems as :meth:`FeatureCounter.features` takes them."""
    stems = np.array(list(chain.from_iterable(texts)), np.int64)
    return stems, np.repeat(np.arange(len(texts)), list(map(len, texts)))


class Counted(NamedTuple):
    """Different features in order of first appearance: where each first stands, and how often it is there."""

    places: Numbers
    times: Numbers


def counted(features: Numbers, of: Numbers, weights: Numbers) -> tuple[Counted, Counted]:
    """Count the features of each text, and of all texts together.

    Args:
        features: Of the texts, one behind the other.
        of: The text of each, ascending.
        weights: How often each counts in the count of all texts.
    """
    total = len(features)
    ordered = np.sort(features << _HALF | np.arange(total))  # same features together, each in text order
    at, numbers = ordered & _PLACE, ordered >> _HALF
    new = np.ones(total, np.bool_)
    new[1:] = numbers[1:] != numbers[:-1]
    of = of[at]
    new_in_text = new.copy()
    new_in_text[1:] |= of[1:] != of[:-1]
    return _gathered(at, new_in_text, np.ones(total, np.int64)), _gathered(at, new, weights)


def _gathered(at: Numbers, new: NDArray[np.bool_], weights: Numbers) -> Counted:
    """Runs of places, each beginning where ``new`` is, as counts in text order."""
    if not len(at):
        return Counted(at, at)
    begins = np.flatnonzero(new)
    times = np.zeros(len(at), np.int64)
    times[at[begins]] = np.add.reduceat(weights[at], begins)
    places = np.flatnonzero(times)
    return Counted(places, times[places])

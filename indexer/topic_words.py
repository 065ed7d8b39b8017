"""Texts to topic features: stems, and the phrases of the lexicon as stems joined by spaces."""

from __future__ import annotations

import hashlib
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from search.analysis import stem, words

STRONG, PLAIN, WEAK = 2.0, 1.0, 0.4
_WEIGHTS = {"weak": WEAK, "words": PLAIN, "strong": STRONG}

_LEXICON = files("indexer").joinpath("data/topic_lexicon.toml")

Lexicon = Mapping[str, Mapping[str, float]]
"""Topic id -> feature -> weight."""


@cache
def hand_lexicon() -> Lexicon:
    """The lexicon that comes with the product."""
    return read_lexicon(_LEXICON.read_text("utf-8"))


def lexicon_digest() -> str:
    """What tells this lexicon from another: weights are learned around one and say around which."""
    return hashlib.sha256(_LEXICON.read_bytes()).hexdigest()[:16]


def read_lexicon(content: str) -> Lexicon:
    """Read a lexicon in TOML: a table for each topic id with lists ``strong``, ``words`` and ``weak``.

    Raises:
        ValueError: It is not TOML, or not of this form.
    """
    found: dict[str, dict[str, float]] = {}
    for topic, lists in tomllib.loads(content).items():
        if not isinstance(lists, dict) or not set(lists) <= set(_WEIGHTS):
            raise ValueError(f"{topic}: wants lists named strong, words or weak")
        terms = found.setdefault(topic, {})
        for name, weight in _WEIGHTS.items():
            for term in lists.get(name, ()):
                terms[feature(str(term))] = weight
    return found


def feature(term: str) -> str:
    """The feature of a word or phrase: its stems, joined by spaces."""
    return " ".join(stem(word) for word in words(term))


class FeatureReader:
    """Finds a text's features: every stem, and those phrases that are asked for."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """Take the phrases to look for, as features of several stems."""
        self._begins: dict[str, dict[str, list[tuple[str, list[str]]]]] = {}
        for phrase in phrases:
            first, *rest = phrase.split(" ")
            if rest:
                self._begins.setdefault(first, {}).setdefault(rest[0], []).append((phrase, rest[1:]))

    def read(self, text: str) -> dict[str, int]:
        """Count the features of a text."""
        return Counter(self.listed(text))

    def listed(self, text: str) -> list[str]:
        """The features of a text, each as often as it is there: stems in order, then phrases."""
        stems = list(map(stem, words(text)))
        phrases: list[str] = []
        begins = self._begins
        last = len(stems) - 1
        for number in [number for number, word in enumerate(stems) if word in begins]:
            if number < last and (found := begins[stems[number]].get(stems[number + 1])) is not None:
                for phrase, rest in found:
                    if not rest or stems[number + 2 : number + 2 + len(rest)] == rest:
                        phrases.append(phrase)
        return stems + phrases

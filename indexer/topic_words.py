"""Texts to topic features: stems, and the phrases of the lexicon as stems joined by spaces."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from search.analysis import stem, words

STRONG = 2.0
_LONGEST_PHRASE = 4

Lexicon = Mapping[str, Mapping[str, float]]
"""Topic id -> feature -> weight."""


@cache
def hand_lexicon() -> Lexicon:
    """The lexicon that comes with the product."""
    return read_lexicon(files("indexer").joinpath("data/topic_lexicon.toml").read_text("utf-8"))


def read_lexicon(content: str) -> Lexicon:
    """Read a lexicon in TOML: a table for each topic id with lists ``strong`` and ``words``.

    Raises:
        ValueError: It is not TOML, or not of this form.
    """
    found: dict[str, dict[str, float]] = {}
    for topic, lists in tomllib.loads(content).items():
        if not isinstance(lists, dict) or not set(lists) <= {"strong", "words"}:
            raise ValueError(f"{topic}: wants lists named strong and words")
        terms = found.setdefault(topic, {})
        for name, weight in (("words", 1.0), ("strong", STRONG)):
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
        self._first: dict[str, list[str]] = {}
        for phrase in phrases:
            if " " in phrase:
                self._first.setdefault(phrase.split(" ", 1)[0], []).append(phrase)

    def read(self, text: str) -> dict[str, int]:
        """Count the features of a text."""
        stems = list(map(stem, words(text)))
        found: dict[str, int] = Counter(stems)
        first = self._first
        for number in [number for number, word in enumerate(stems) if word in first]:
            ahead = " ".join(stems[number : number + _LONGEST_PHRASE]) + " "
            for phrase in first[stems[number]]:
                if ahead.startswith(phrase + " "):
                    found[phrase] = found.get(phrase, 0) + 1
        return found

"""Words that news writes small, so that their capital at the head of a sentence, or in a headline, makes no name."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def ordinary_words() -> frozenset[str]:
    """Return the words, in lower case; those of the lexicon of people and organisations are not among them.

    >>> "results" in ordinary_words(), "lindqvist" in ordinary_words()
    (True, False)
    """
    lines = files("indexer").joinpath("data/ordinary_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())

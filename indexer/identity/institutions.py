"""Names that many institutions share: every country has a Supreme Court, and an embassy in every other."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from importlib.resources import files


def is_shared(words: Collection[str]) -> bool:
    """Whether a name of these folded words, small words left out, does not say which institution it is."""
    few = 0 < len(words) <= MOST_WORDS
    return (few and is_institution(words)) or not _words("branch").isdisjoint(words)


def is_institution(words: Collection[str]) -> bool:
    """Whether there is nothing in these folded words but what institutions are called."""
    return _words("institution").issuperset(words)


MOST_WORDS = 2
"""Words up to which a name is likely to be shared; three such words together are usually one institution's own."""


@cache
def _words(kind: str) -> frozenset[str]:
    lines = files("indexer").joinpath("data/institutions.tsv").read_text("utf-8").splitlines()
    rows = (line.partition("\t") for line in lines if line and not line.startswith("#"))
    return frozenset(word for name, _, words in rows if name == kind for word in words.split())

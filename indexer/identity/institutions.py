"""Names that many institutions share, and names that one well-known organisation has: knowledge about the world, as data."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from importlib.resources import files


def is_shared(words: Collection[str]) -> bool:
    """Whether a name of these folded words, small words left out, does not say which institution it is."""
    few = 0 < len(words) <= MOST_WORDS
    if few and " ".join(sorted(words)) in _namesakes():
        return True
    return (few and is_institution(words)) or not _words("branch").isdisjoint(words)


def is_institution(words: Collection[str]) -> bool:
    """Whether there is nothing in these folded words but what institutions are called."""
    return _words("institution").issuperset(words)


MOST_WORDS = 2
"""Words up to which a name is likely to be shared; three such words together are usually one institution's own."""


@cache
def _namesakes() -> frozenset[str]:
    lines = files("indexer").joinpath("data/institutions.tsv").read_text("utf-8").splitlines()
    names = (line.partition("\t")[2] for line in lines if line.startswith("namesake\t"))
    return frozenset(" ".join(sorted(name.split())) for row in names for name in row.split("\t"))


@cache
def known_organisations() -> tuple[tuple[str, ...], ...]:
    """Organisations that news calls by several names without saying so, each with all of them."""
    lines = files("indexer").joinpath("data/known_organisations.tsv").read_text("utf-8").splitlines()
    rows = (tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))
    return tuple(names for names in rows if len(names) > 1)


@cache
def _words(kind: str) -> frozenset[str]:
    lines = files("indexer").joinpath("data/institutions.tsv").read_text("utf-8").splitlines()
    rows = (line.partition("\t") for line in lines if line and not line.startswith("#"))
    return frozenset(word for name, _, words in rows if name == kind for word in words.split())

"""What kind an organisation is, by the words of its name, and what kinds a common noun can mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files


@cache
def _kinds(use: str) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in files("indexer").joinpath("data/organisation_kinds.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, told_by, words = line.split("\t")
            for word in words.split() if told_by == use else ():
                found[word] = found.get(word, frozenset()) | {kind}
    return found


def kinds_of_noun(noun: str) -> frozenset[str]:
    """Return the kinds of organisations that a noun can mean.

    >>> sorted(kinds_of_noun("airline")), kinds_of_noun("weather")
    (['business'], frozenset())
    """
    return _kinds("noun").get(noun, frozenset())


def kinds_of_name(words: Iterable[str]) -> frozenset[str]:
    """Return the kinds that a name's words tell.

    >>> "public" in kinds_of_name(["harbour", "authority"]), kinds_of_name(["zembla"])
    (True, frozenset())
    """
    kinds = _kinds("name")
    return frozenset(kind for word in words for kind in kinds.get(word, ()))

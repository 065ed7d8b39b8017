"""Names in apposition to the words in a speaker's place: "the mayor of Oak, *Ann Lee*, said"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from indexer.name_tokens import Tokens
from indexer.noun_words import tells_age
from indexer.people_words import W
from indexer.premodifiers import is_plural
from indexer.spots import Spot

_GROUPS = ("organisation", "person", "single")
"""Kinds of names that a group may have; some read like a person's."""
_AFTER_APPOSED = frozenset(',—–(.;:”"»')
_LONGEST_TITLE = 8
_NO_TITLES = frozenset("the a an his her their its who which that said says".split())
_FIRST = attrgetter("first")


def apposed_name(tokens: Tokens, spots: Sequence[Spot], first: int, stop: int, part: int) -> int | None:
    """The name of whoever bears a role, behind it: "The mayor of Oak, Ann Lee, said", "the union's head (HU), Ann Lee,".

    The name may have a title of its own: "said its chairman, Sir Tom Hale.", "The lead author, doctoral candidate Ann Lee,".
    A group's noun has a group's name: "One news site, Harbour Wire, said". One of several: "One of the divers, Ann Lee, said".

    Args:
        tokens: Of the article.
        spots: Names, in text order.
        first: First token of the speaker's words.
        stop: One past their last.
        part: One past the last of their first part, up to "of" and the like.

    Returns:
        Index of the name, or None.
    """
    one = tokens.lower[first] == "one" or tokens.lower[max(0, first - 2) : first] == ["one", "of"]
    part = stop if one else part  # "One of the map's makers, botanist Ann Lee, said"
    bits = tokens.bits[part - 1]
    role = bool(bits & W.ROLE and not bits & W.COLLECTIVE) or (one and is_plural(tokens, part - 1))
    if not role and (not bits & W.COLLECTIVE or tokens.words[part - 1][0].isupper()):
        return None
    at = stop
    if at < len(tokens.words) and tokens.words[at] == "(":
        while at < min(len(tokens.words) - 1, stop + 14) and tokens.words[at] != ")":
            at += 1
        at += 1
    if at + 1 >= len(tokens.words) or tokens.words[at] != "," or tokens.sentence[at] != tokens.sentence[first]:
        return None
    if tells_age(tokens.lower[at + 1]) and at + 2 < len(tokens.words):
        at += 1  # "His daughter, nine-year-old Layla, said"
    index = bisect_left(spots, at + 1, key=_FIRST)
    if index >= len(spots) or spots[index].owner:
        return None
    spot = spots[index]
    own = spot.first == at + 1 or (not role and spot.first == at + 2 and tokens.lower[at + 1] == "the")
    if not own and not (role and spot.kind == "person" and _titles(tokens, at + 1, spot.first)):
        return None
    closing = spot.last + 1
    if spot.kind not in (("person", "single") if role else _GROUPS):
        return None
    if closing < len(tokens.words) and tokens.words[closing] not in _AFTER_APPOSED:
        return None
    return index


def _titles(tokens: Tokens, first: int, stop: int) -> bool:
    """Whether words before a name are titles and what goes with them: "doctoral candidate", "Labour MP", "Sir"."""
    if stop - first > _LONGEST_TITLE:
        return False
    last = stop - 2 if tokens.words[stop - 1] == "." else stop - 1
    return bool(tokens.bits[last] & (W.ROLE | W.TITLE | W.HONORIFIC)) and all(
        tokens.words[at] == "." or (tokens.words[at][0].isalnum() and tokens.lower[at] not in _NO_TITLES)
        for at in range(first, stop)
    )

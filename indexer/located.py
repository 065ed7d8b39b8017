"""Signs that a name is a place's: "Kesmark, Ontario", "the village of Kesmark"."""

from __future__ import annotations

from indexer.name_tokens import Tokens
from indexer.people_words import W
from indexer.spots import Spot

_SETTLEMENTS = frozenset(
    "city town village hamlet state province territory region county municipality capital district suburb suburbs community neighbourhood "
    "neighborhood township borough parish island port outskirts streets people residents resident native downtown".split()
)
"""Nouns whose "of" leads to a place."""
_VENUES = frozenset(
    "centre center hall arena stadium park coliseum theatre theater church school library pavilion rink gardens field plaza hotel "
    "auditorium complex cathedral museum square".split()
)
_WITHIN = frozenset("in at inside outside near".split())
_LONGEST_PROVINCE = 6  # letters of an abbreviated one, dots counted: "Sask", "P.E.I."


def is_located(tokens: Tokens, spot: Spot) -> bool:
    """Whether the words around a name make it a place: behind it the country or province, before it "the town of"."""
    lower, words = tokens.lower, tokens.words
    at = spot.last + 1
    if at + 1 < len(words) and words[at] == "," and tokens.bits[at + 1] & W.PLACE and not spot.owner:
        behind = at + 2
        while behind < len(words) and (tokens.bits[behind] & W.PLACE or words[behind] == "."):
            behind += 1
        if not tokens.owner[behind - 1] and (behind >= len(words) or not words[behind][0].isupper()):
            return True
    return spot.first > 1 and lower[spot.first - 1] == "of" and lower[spot.first - 2] in _SETTLEMENTS


def is_venue(tokens: Tokens, spot: Spot) -> bool:
    """Whether a name of two words or more is of a place to meet: at *Orsk Centre*; in the *Hale Arena*; at Kesmark's *Sage Hall*.

    Whoever stands behind its comma is somebody else: "At Orsk Hall, the premier said".
    """
    if tokens.lower[spot.last] not in _VENUES or len(spot.words) < 2 or not spot.first:
        return False
    before = spot.first - 1
    while before and spot.first - before < 4 and (tokens.owner[before] or tokens.lower[before] == "the"):
        before -= 1
    return tokens.lower[before] in _WITHIN


def past_province(tokens: Tokens, comma: int) -> int | None:
    """From the comma behind a town's province to the town: "the *Moncton, N.B.,* native said"."""
    words = tokens.words
    at = comma - 1
    if at > 2 and words[at] == ".":
        at -= 1
    if at < 2 or not words[at][0].isupper() or words[at - 1] != "," or not words[at - 2][0].isupper():
        return None
    if len(words[at]) > _LONGEST_PROVINCE and not tokens.bits[at] & W.PLACE:
        return None
    return at - 2 if tokens.sentence[at - 2] == tokens.sentence[comma] else None

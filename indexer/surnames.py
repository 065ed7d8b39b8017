"""Surnames that are words of another kind: "Kim Hill", "Amy Judge", "Ann Church".

Whether "Kim Hill" is somebody or somewhere, the words around tell, here or at another place in the article.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.name_tokens import Tokens
from indexer.ordinary_words import ordinary_words
from indexer.people_words import W
from indexer.spots import PERSONAL, Spot, make_spot

_SAYING = frozenset("said says told tells asked added wrote tweeted thinks".split())
_NO_SURNAME_BEHIND = frozenset("the a an our their his her your my this that".split())
_ARTICLES = frozenset(("a", "an", "the"))


def shown_person(tokens: Tokens, first: int, end: int, kind: int) -> bool:
    """Whether the words around show that a name, whose last word is one of another kind, is a person's.

    "Coach Kim Hill", "Kim Hill, 49, ...", "Kim Hill, a nurse, ...", "Kim Hill, who ...", "Kim S. Hill". A verb of saying shows it
    of streets and hills, which say nothing, not of churches and courts.

    Args:
        tokens: Of the article.
        first: The name's first word.
        end: One past its last.
        kind: Classes of its last word.
    """
    lower, words, bits = tokens.lower, tokens.words, tokens.bits
    if lower[first] in ordinary_words() or (first and lower[first - 1] == "the"):
        return False
    before = first - 2 if first > 1 and words[first - 1] == "." else first - 1
    if before >= 0 and bits[before] & PERSONAL and not bits[before] & (W.ORGANISATION | W.COLLECTIVE):
        return tokens.sentence[before] == tokens.sentence[first]
    if end - first > 2 and words[end - 2] == ".":
        return True
    following = lower[end : end + 4]
    if not following:
        return False
    if following[0] == "who" or (following[0] in _SAYING and not kind & W.ORGANISATION):
        return True
    if following[0] != "," or len(following) < 3:
        return False
    age = following[1].isdecimal() and len(following[1]) < 4 and following[2] in (",", ".")
    role = following[1] in _ARTICLES and any(bit & W.ROLE for bit in bits[end + 2 : end + 4])
    return age or role or following[1] == "who"


def with_surnames(tokens: Tokens, spots: list[Spot], lone: Sequence[int]) -> list[Spot]:
    """Read the words of another kind that are surnames in this article: those that speak, and those of people named in full.

    Kim Hill keeps a shop. Hill said flour was dear. Amy Judge came. Judge said nothing.

    Args:
        tokens: Of the article.
        spots: Its names so far.
        lone: Capitalised words of titles, directions and the like that stand alone and are no names so far.
    """
    bits, lower = tokens.bits, tokens.lower
    kinds = {spot.kind for spot in spots}
    if "thing" in kinds:
        speaking = {lower[s.last] for s in spots if s.kind == "thing" and len(s.words) == 1 and _speaks(tokens, s)}
        if speaking:
            spots = [_as_person(tokens, s) if lower[s.last] in speaking else s for s in spots]
    surnames = {lower[s.last] for s in spots if s.kind == "person" and bits[s.last] and len(s.words) > 1}
    if not surnames:
        return spots
    spots = [_as_surname(tokens, s) if lower[s.last] in surnames else s for s in spots]
    added = [
        make_spot(tokens, at, at + 1, "single", at, [])
        for at in lone
        if lower[at] in surnames and not (at and lower[at - 1] in _NO_SURNAME_BEHIND)
    ]
    return sorted((*spots, *added), key=lambda spot: spot.first) if added else spots


def _speaks(tokens: Tokens, spot: Spot) -> bool:
    """Whether a lone word speaks: "Hill said", "said Hill"."""
    if spot.after_the:
        return False
    behind = tokens.lower[spot.last + 1 : spot.last + 2]
    return (bool(behind) and behind[0] in _SAYING) or (spot.first > 0 and tokens.lower[spot.first - 1] in _SAYING)


def _as_person(tokens: Tokens, spot: Spot) -> Spot:
    if spot.kind != "thing" or len(spot.words) not in (2, 3) or spot.after_the:
        return spot
    if tokens.bits[spot.first] or tokens.lower[spot.first] in ordinary_words():
        return spot
    return spot._replace(kind="person")


def _as_surname(tokens: Tokens, spot: Spot) -> Spot:
    """A lone word as the surname that it is in this article; a place only where it speaks."""
    if len(spot.words) != 1 or spot.kind in ("single", "person") or not tokens.bits[spot.last]:
        return spot
    if tokens.lower[spot.first - 1] in _NO_SURNAME_BEHIND or (spot.kind == "place" and not _speaks(tokens, spot)):
        return spot
    return spot._replace(kind="single")

"""How an organisation's name goes on behind its head word: "Ministry of Culture", "Council of Early Childhood Centres"."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.coordination import is_field
from indexer.name_tokens import Tokens
from indexer.people_words import W
from indexer.spots import PERSONAL, Spot, name_words, spot_end

NAME_LINKS = frozenset(("of", "for", "on", "at"))
"""Prepositions within names: "Ministry of Culture"."""

_COMPLEMENT = W.PLACE | W.DEMONYM | W.PORTFOLIO | W.ORGANISATION | W.DIRECTION | W.MODIFIER | W.THING


def goes_on(tokens: Tokens, spots: Sequence[Spot], at: int) -> bool:
    """Whether only "of" or "for", with or without "the", stands between an organisation's name, the last found, and a token."""
    if not spots or spots[-1].kind != "organisation":
        return False
    between = tokens.lower[spots[-1].last + 1 : at]
    return 0 < len(between) <= 2 and between[0] in NAME_LINKS and between[1:] in ([], ["the"])


def complement_end(tokens: Tokens, at: int, end: int) -> int:
    """One past what of a run belongs to the organisation's name before it; ``at`` where nothing does.

    A title begins what is no part of it: "the Bank of Laria Deputy Governor Ann Lee". Behind "on", "for" and "at" a word must
    tell what an organisation can be for: "the Commission on Public Debates", not "the Senate on Lee".
    """
    bits = tokens.bits
    stop = at
    while stop < end and not (bits[stop] & PERSONAL and not bits[stop] & (W.PORTFOLIO | W.ORGANISATION)):
        stop += 1
    if stop < end:
        while stop > at + 1 and bits[stop - 1] & W.MODIFIER and not bits[stop - 1] & W.PORTFOLIO:
            stop -= 1
    behind_of = "of" in tokens.lower[at - 2 : at]
    named = tokens.words[at].isalpha() and stop == at + 1 and not bits[at]
    if stop > at and (behind_of or named or bits[at] & _COMPLEMENT or is_field(tokens, at)):
        return stop
    return at


def extended(tokens: Tokens, spot: Spot, stop: int) -> Spot:
    """The spot of a name that goes on to a token."""
    return spot._replace(end=spot_end(tokens, stop - 1), last=stop - 1, words=name_words(tokens, spot.first, stop))

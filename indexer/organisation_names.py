"""Runs of capitalised words that are one organisation's name, though its words are those of places, portfolios or people."""

from __future__ import annotations

from indexer.name_tokens import Tokens
from indexer.people_words import W, place_pairs

REGIONS = frozenset(
    "canada america usa ontario alberta manitoba saskatchewan quebec québec yukon nunavut newfoundland britain scotland england wales europe "
    "africa asia australia zealand columbia scotia brunswick".split()
)
"""Places that close the names of organisations and are nobody's surname."""

PAIRED = frozenset("zealand columbia scotia brunswick".split())
_TITLED = W.HONORIFIC | W.TITLE | W.ROLE


def is_whole(tokens: Tokens, at: int, end: int) -> bool:
    """Whether a run is an organisation's name from its first word to its last.

    "Harbour Workers Local 88", "Orlia Public Health", "Statistics Canada", "CUPE Ontario", "Destination Yukon",
    "U.S. Geological Survey".
    """
    if end - at < 2:
        return False
    words, lower, bits = tokens.words, tokens.lower, tokens.bits
    if words[end - 1].isdigit():
        return lower[end - 2] == "local"
    if lower[end - 1] in ("regulator", "survey"):
        return True
    if lower[end - 1] not in REGIONS and not bits[end - 1] & W.PORTFOLIO:
        return False
    if any(bits[index] & _TITLED and not bits[index] & W.ORGANISATION for index in range(at, end)):
        return False
    if any(bits[index] & W.CALENDAR for index in range(at, end)) or all(word.isupper() for word in words[at:end]):
        return False
    return _closed_by_region(tokens, at, end) or _opened_by_region(tokens, at, end)


def _closed_by_region(tokens: Tokens, at: int, end: int) -> bool:
    """Statistics Canada, Fisheries and Oceans Canada, Tourism Nova Scotia; but Atlantic Canada and Halifax, Nova Scotia are places."""
    lower, bits = tokens.lower, tokens.bits
    if lower[end - 1] not in REGIONS:
        return False
    stop = end - 2 if lower[end - 1] in PAIRED else end - 1
    if stop <= at or bits[stop - 1] & (W.DIRECTION | W.DEMONYM) or lower[at] == "the":
        return False
    return not bits[at] & (W.DIRECTION | W.PLACE | W.DEMONYM)


def _opened_by_region(tokens: Tokens, at: int, end: int) -> bool:
    """Ontario Health, Toronto Public Health: a place and what it sees to."""
    bits = tokens.bits
    begin = at + 2 if (tokens.lower[at], tokens.lower[at + 1]) in place_pairs() else at
    while begin < end and bits[begin] & W.PLACE:
        begin += 1
    if begin in (at, end) or not bits[end - 1] & W.PORTFOLIO:
        return False
    return all(bits[index] & (W.PORTFOLIO | W.MODIFIER) for index in range(begin, end))

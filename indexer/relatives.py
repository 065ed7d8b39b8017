"""What a "which" before a cue stands for: the board, *which* ruled that; a partner in Kesmark Data, *which* warns that."""

from __future__ import annotations

from indexer.name_tokens import Tokens
from indexer.noun_phrases import NounPhrases
from indexer.noun_words import is_adverb
from indexer.people_words import W

_AUXILIARIES = frozenset("has have had also then later".split())


def before_comma(tokens: Tokens, phrases: NounPhrases, comma: int, said: tuple[int, int]) -> tuple[int, int] | None:
    """The noun phrase before the comma of a "which": *the board*, which ruled that it leaked.

    A body named behind "in" is meant alone: it found a partner in *Kesmark Data*, which warns that it leaked.

    Args:
        tokens: Of the article.
        phrases: Its noun phrases.
        comma: The comma before the "which".
        said: Span of what is said.
    """
    spot = phrases.spot_at(comma - 1)
    if spot is not None and phrases.place_at(comma - 1) is None:
        first = phrases.first_of(spot)
        if first and tokens.lower[first - 1] == "in":
            return first, comma
    return phrases.ending(comma - 1, said)


def before_which(tokens: Tokens, phrases: NounPhrases, cue: int, said: tuple[int, int]) -> tuple[int, int] | None:
    """The noun that a "which" without a comma hangs on: the dock was shut by *the board* which ruled that it leaked."""
    at = cue - 1
    while at > 0 and (tokens.lower[at] in _AUXILIARIES or is_adverb(tokens.lower[at])):
        at -= 1
    if at < 1 or tokens.lower[at] != "which" or tokens.sentence[at - 1] != tokens.sentence[cue]:
        return None
    noun = tokens.bits[at - 1] & (W.COLLECTIVE | W.REPORT | W.ORGANISATION) or phrases.spot_at(at - 1) is not None
    return phrases.ending(at - 1, said) if noun else None

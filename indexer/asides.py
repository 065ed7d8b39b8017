"""Asides between a speaker and a cue: "Lena Orsk*, a nurse,* said", "Orsk*, of Oakland, Man.,* said"."""

from __future__ import annotations

from typing import Protocol

from indexer.located import past_province
from indexer.name_tokens import Tokens

_LONGEST = 28


class Nouns(Protocol):
    """What is known of an article's noun phrases."""

    def said(self, token: int, said: tuple[int, int]) -> bool:
        """Whether a token stands in what is said."""

    def spot_at(self, token: int) -> int | None:
        """Index of the name that a token belongs to."""

    def firm_end(self, token: int) -> bool:
        """Whether a token is a noun that a speaker's words can end with."""


def past_aside(tokens: Tokens, nouns: Nouns, at: int, said: tuple[int, int]) -> int | None:
    """From the mark that closes an aside to the token before the mark that opens it.

    A town's province is no aside of its own: Lena Orsk, a nurse *in Oakland, Man.*, said; Lena Orsk, *of Oakland, Man.*, said.
    """
    if tokens.words[at] == "," and (town := past_province(tokens, at)) is not None and not nouns.said(town, said):
        comma = town
        while tokens.words[comma] != ",":
            comma += 1
        outer = _before_aside(tokens, nouns, comma, said)
        return comma - 1 if outer is None else outer
    return _before_aside(tokens, nouns, at, said)


def _before_aside(tokens: Tokens, nouns: Nouns, at: int, said: tuple[int, int]) -> int | None:
    close = tokens.words[at]
    opens = "(" if close == ")" else close
    sentence = tokens.sentence[at]
    back = at - 1
    while back > 0 and at - back < _LONGEST and tokens.sentence[back] == sentence and not nouns.said(back, said):
        if tokens.words[back] == opens:
            before = back - 1
            capital = tokens.words[before][0].isupper() and not tokens.fresh[before]
            if tokens.words[before].isdigit() or capital or nouns.spot_at(before) is not None or nouns.firm_end(before):
                if tokens.words[before].isdigit() and before > 1 and tokens.words[before - 1] == ",":
                    before -= 2  # "Orsk, 49, a nurse, said"
                return before
        back -= 1
    return None

"""In which place of its clause a name stands: subject, object, owner, or behind a preposition."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.name_tokens import Tokens
from indexer.noun_words import DETERMINERS, NOUN, OPENERS, PREPOSITIONS, is_verb
from indexer.people_words import W
from indexer.spots import Spot

_OWNERS = frozenset("his her their whose".split())
_ARTICLES = frozenset(("a", "an", "the", "another", "one"))


class ClausePlaces:
    """Tells the place of each name of an article.

    Args:
        tokens: Of the article.
        spots: Names, in text order.
        role_starts: For each spot the token where its title begins.
    """

    def __init__(self, tokens: Tokens, spots: Sequence[Spot], role_starts: Sequence[int]) -> None:
        self._tokens = tokens
        self._spots = spots
        self._role_starts = role_starts

    def level(self, index: int) -> int:
        """2 when a name opens its sentence, 1 when it opens a clause, 0 elsewhere, -1 as a possessive or attribute, -2 behind a preposition."""
        tokens, spots = self._tokens, self._spots
        spot = spots[index]
        if spot.owner or self._is_attribute(spot):
            return -1
        first = min(self._role_starts[index], spot.title)
        before = first - 1
        while before >= 0 and (tokens.lower[before] in DETERMINERS or tokens.owner[before]):
            before -= 1
            if (
                index and tokens.owner[before + 1] and spots[index - 1].last == before + 1
            ):  # "Orsk's former partner Hale"
                before = min(self._role_starts[index - 1], spots[index - 1].title) - 1
        if before < 0 or tokens.sentence[before] != tokens.sentence[first]:
            return 2
        if (
            tokens.words[before] == ","
            and before
            and tokens.bits[before - 1] & W.ROLE
            and tokens.words[before - 1].islower()
        ):
            behind = spot.last + 1
            behind += behind < len(tokens.words) and tokens.words[behind] == ","
            return int(self._acts(behind))  # an apposition: "her chief, Tom Hale, laughed"
        if tokens.lower[before] in OPENERS:
            return 1
        if tokens.lower[before] in PREPOSITIONS:
            return -2
        return int(self._acts(spot.last + 1))

    def owned(self, index: int) -> bool:
        """Whether a name is brought in as somebody's: "his neighbour Max Hale", "her sister, Ann Hale"."""
        before = min(self._role_starts[index], self._spots[index].title) - 1
        return before >= 0 and (self._tokens.lower[before] in _OWNERS or self._tokens.owner[before])

    def _is_attribute(self, spot: Spot) -> bool:
        """Whether a name only tells of the noun behind it: "a Hale supporter", "the Orsk campaign"."""
        tokens, after = self._tokens, spot.last + 1
        if spot.title == 0 or tokens.lower[spot.title - 1] not in _ARTICLES or after >= len(tokens.words):
            return False
        return tokens.words[after].isalpha() and tokens.words[after].islower() and bool(tokens.bits[after] & NOUN)

    def _acts(self, token: int) -> bool:
        return token < len(self._tokens.lower) and is_verb(self._tokens.lower[token])

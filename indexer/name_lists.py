"""Names that stand together: "Orsk, Lee and Hale said", "Orsk and his lawyers said"."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.clause_places import ClausePlaces
from indexer.name_tokens import Tokens
from indexer.names_at import TitledNamesAt
from indexer.noun_words import OPENERS
from indexer.people_words import W, plural_of_role
from indexer.spots import Spot

_BEGINNINGS = OPENERS - {",", "and"} | {"the"}
_WITHIN = frozenset("from at of with for".split())


class NameLists:
    """Finds where lists of names begin.

    Args:
        tokens: Of the article.
        spots: Names, in text order.
        places: In which place of its clause each name stands.
        named: Which name stands at a token.
    """

    def __init__(self, tokens: Tokens, spots: Sequence[Spot], places: ClausePlaces, named: TitledNamesAt) -> None:
        self._tokens = tokens
        self._spots = spots
        self._places = places
        self._spot_at = named.spot_at
        self._first_of = named.first_of

    def joins(self, conjunction: int, first: int, spot: int | None) -> bool:
        """Whether "and" joins two names ("Orsk and Mayor Hale said") and not two clauses.

        Args:
            conjunction: Index of the "and".
            first: The token where the second begins.
            spot: Index of the name that the words end with, or None.
        """
        left = self._spot_at(conjunction - 1)
        right = spot if spot is not None and self._first_of(spot) == first else self._spot_at(first)
        if left is None and self._tokens.words[conjunction - 1] == ",":  # "Orsk, Hale, and Lee said"
            left = self._spot_at(conjunction - 2)
            start = self._first_of(left) if left is not None else 0
            if self.begin(start) == start:
                return False
        if left is None or right is None:
            return False
        return self._places.level(left) != -2 or self._of_group(left, right)

    def _of_group(self, left: int, right: int) -> bool:
        """Whether a group belongs to both: "*researchers from* Orsk University and Senna Institute"."""
        if self._spots[left].kind != "organisation" or self._spots[right].kind != "organisation":
            return False
        tokens = self._tokens
        at = self._first_of(left) - 1
        at -= tokens.lower[at] == "the"
        if at < 1 or tokens.lower[at] not in _WITHIN:
            return False
        return bool(tokens.bits[at - 1] & W.PLURAL) or plural_of_role(tokens.lower[at - 1])

    def begin(self, first: int) -> int:
        """From a name before "and" to the first of its list, where that opens a clause: "*Orsk, Lee* and Hale said"."""
        tokens = self._tokens
        start = first
        while start > 1 and tokens.words[start - 1] == "," and tokens.sentence[start - 2] == tokens.sentence[first]:
            spot = self._spot_at(start - 2)
            if spot is None or self._spots[spot].kind == "place" or self._spots[spot].owner:
                break
            start = self._first_of(spot)
        return start if self._opens(start) else first

    def opening_name(self, token: int) -> int | None:
        """The first token of the name, of no place, that opens a clause and ends before a token."""
        spot = self._spot_at(token - 1)
        if spot is None or self._spots[spot].kind == "place" or self._spots[spot].owner:
            return None
        first = self._first_of(spot)
        return first if self._opens(first) else None

    def _opens(self, token: int) -> bool:
        """Whether a token begins its sentence, or stands behind a word that opens a clause."""
        tokens = self._tokens
        begins = token == 0 or tokens.sentence[token - 1] != tokens.sentence[token]
        return begins or tokens.lower[token - 1] in _BEGINNINGS

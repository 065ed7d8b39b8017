"""Which name stands at a token, and where it begins with its title."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from indexer.spots import Spot


class NamesAt:
    """Finds the names of an article by their tokens.

    Args:
        spots: Names, in text order.

    Attributes:
        firsts: For each the token where it begins.
    """

    def __init__(self, spots: Sequence[Spot]) -> None:
        self._spots = spots
        self.firsts = [spot.first for spot in spots]

    def spot_at(self, token: int) -> int | None:
        """Index of the name that a token belongs to, or None."""
        at = bisect_right(self.firsts, token) - 1
        return at if at >= 0 and token <= self._spots[at].last else None

    def spot_ending(self, token: int) -> int | None:
        """Index of the name whose last token this is, or None."""
        at = bisect_right(self.firsts, token) - 1
        return at if at >= 0 and token == self._spots[at].last else None


class TitledNamesAt(NamesAt):
    """Finds them with their titles.

    Args:
        spots: Names, in text order.
        role_starts: For each the token where its title begins.
    """

    def __init__(self, spots: Sequence[Spot], role_starts: Sequence[int]) -> None:
        super().__init__(spots)
        self._role_starts = role_starts

    def first_of(self, spot: int) -> int:
        """The first token of a name with its title."""
        return min(self._role_starts[spot], self._spots[spot].title)

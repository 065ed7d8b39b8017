"""What a search may still spend, and whether it had to stop."""

from __future__ import annotations

import time


class OutOfTime(Exception):  # noqa: N818 - not an error: the search answers with what it has
    """The time limit of a search has passed."""


class Budget:
    """What a search may still spend.

    Attributes:
        partial: Whether something was left out.
        terms: Most words that a clause may expand to.
    """

    def __init__(self, time_ms: float, terms: int) -> None:
        self._until = time.perf_counter() + time_ms / 1000
        self.terms = terms
        self.partial = False

    def check(self) -> None:
        """Raise :class:`OutOfTime` when the time is up."""
        if self.spent():
            raise OutOfTime

    def spent(self) -> bool:
        """Whether the time is up; then the answer is partial."""
        if time.perf_counter() < self._until:
            return False
        self.partial = True
        return True

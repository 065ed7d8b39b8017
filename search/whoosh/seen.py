"""Which ids have been met: never wrong about one that was, and seldom about one that was not."""

from __future__ import annotations

from collections.abc import Iterable

_BITS = 26


class Seen:
    """A set of ids in 8 MB, however many they are. It may take a new id for a known one; at ten million every seventh."""

    def __init__(self) -> None:
        self._marks = bytearray()

    def update(self, ids: Iterable[str]) -> None:
        """Add ids."""
        marks = self._marks = self._marks or bytearray(1 << (_BITS - 3))
        for one in ids:
            at = hash(one) & ((1 << _BITS) - 1)
            marks[at >> 3] |= 1 << (at & 7)

    def __contains__(self, one: str) -> bool:
        at = hash(one) & ((1 << _BITS) - 1)
        return bool(self._marks) and bool(self._marks[at >> 3] & (1 << (at & 7)))

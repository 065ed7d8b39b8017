"""Strings to what they were read as: read when they are asked for, and kept while there is room."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

V = TypeVar("V")

_MOST = 1 << 16
_LONGEST = 64  # what is longer will not come again, and might be a megabyte


class Memo(dict[str, V]):
    """What is known of strings.

    Args:
        read: Reads one that is not known.
    """

    def __init__(self, read: Callable[[str], V]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> V:
        found = self._read(text)
        if len(text) > _LONGEST:
            return found
        if len(self) >= _MOST:
            self.clear()
        self[text] = found
        return found

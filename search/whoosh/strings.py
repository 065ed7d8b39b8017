"""Many short texts, end to end in UTF-8, with where each ends; taken in some thousand at a time, which is quicker."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

_AT_ONCE = 4096


class Strings:
    """Collects texts."""

    def __init__(self) -> None:
        self._text, self._ends = bytearray(), array("I")
        self._waiting: list[str] = []

    def __len__(self) -> int:
        return len(self._ends) + len(self._waiting)

    def append(self, text: str) -> None:
        """Add a text."""
        self._waiting.append(text)
        if len(self._waiting) >= _AT_ONCE:
            self._take_in()

    def extend(self, texts: Sequence[str]) -> None:
        """Add several."""
        self._waiting += texts
        if len(self._waiting) >= _AT_ONCE:
            self._take_in()

    def extend_packed(self, text: Any, ends: NDArray[Any]) -> None:
        """Add texts that lie end to end already."""
        self._take_in()
        self._ends.frombytes((ends + np.uint32(len(self._text))).astype(np.uint32).tobytes())
        self._text += text

    def all(self) -> tuple[bytearray, NDArray[np.uint32]]:
        """All texts, and where each ends."""
        self._take_in()
        return self._text, flat(self._ends, np.uint32)

    def _take_in(self) -> None:
        if self._waiting:
            encoded = [text.encode("utf-8", "surrogatepass") for text in self._waiting]
            ends = accumulate(map(len, encoded), initial=len(self._text))
            next(ends)
            self._ends.extend(ends)
            self._text += b"".join(encoded)
            self._waiting.clear()


def flat(values: array[Any], dtype: Any) -> NDArray[Any]:
    """The numbers of an array that grows, which must not grow while this is used."""
    return np.frombuffer(values, dtype) if values else np.empty(0, dtype)

"""A sorted list of words mapped from disk: each word once, UTF-8, ended by a newline, with the place where it begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.errors import IndexDamagedError
from search.whoosh import arrays
from search.whoosh.library import LIBRARY, address, function

PLACE = None if LIBRARY is None else function(LIBRARY, "place", 6, text=4)
"""The compiled search for a word's place, or None."""


def encode(word: str) -> bytes:
    """The stored form of a word. Lone surrogates of broken input stay what they are."""
    return word.encode("utf-8", "surrogatepass")


def decode(word: bytes) -> str:
    """The word of a stored form."""
    return word.decode("utf-8", "surrogatepass")


def save_words(folder: Path, name: str, words: Sequence[bytes]) -> None:
    """Write ``NAME`` and ``NAME-at``; ``words`` ascend and have no newline in them."""
    (folder / name).write_bytes(b"\n".join(words) + (b"\n" if words else b""))
    sizes = np.fromiter(map(len, words), np.int64, len(words)) + 1
    arrays.save(folder / f"{name}-at", np.concatenate([[0], np.cumsum(sizes)]), arrays.U4)


def save_backwards(folder: Path, name: str, words: Sequence[bytes]) -> None:
    """Write ``NAME``: the numbers of the words in the order of their bytes read backwards, uint32."""
    backwards = [word[::-1] for word in words]
    arrays.save(folder / name, sorted(range(len(words)), key=backwards.__getitem__), arrays.U4)


class Vocabulary:
    """Sorted words, numbered from 0. Safe from several threads."""

    def __init__(self, folder: Path, name: str) -> None:
        self._blob = arrays.load_bytes(folder / name)
        self.at = arrays.load(folder / f"{name}-at", arrays.U4)
        if not len(self.at) or int(self.at[-1]) != len(self._blob):
            raise IndexDamagedError(str(folder), f"{name} and {name}-at do not belong together")
        self._size = len(self.at) - 1
        # a text's address stays good as long as the text itself, which is kept here
        self._where = address(np.frombuffer(self._blob, np.uint8)), len(self._blob), address(self.at), self._size

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, number: int) -> bytes:
        item = self.at.item
        return self._blob[item(number) : item(number + 1) - 1]

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.slice(0, len(self)))

    def slice(self, begin: int, end: int) -> list[bytes]:
        """Words ``begin`` to ``end``."""
        if end <= begin:
            return []
        return self._blob[int(self.at[begin]) : int(self.at[end]) - 1].split(b"\n")

    def place(self, word: bytes) -> int:
        """The number of the first word that is not before ``word``."""
        if PLACE is not None:
            found: int = PLACE(*self._where, word, len(word))
            if found >= 0:
                return found
        low, high = 0, len(self)
        item, blob = self.at.item, self._blob
        while low < high:
            middle = (low + high) >> 1
            if blob[item(middle) : item(middle + 1) - 1] < word:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, word: bytes) -> int:
        """The number of a word, or -1."""
        if not self._size:
            return -1
        at = self.place(word)
        return at if at < self._size and self[at] == word else -1

    def begun(self, prefix: bytes) -> tuple[int, int]:
        """Where the words that begin with ``prefix`` begin and end."""
        return self.place(prefix), self.place(prefix + b"\xff") if prefix else len(self)

    def fitting(self, pattern: bytes, begin: int, end: int) -> NDArray[np.intp]:
        """Numbers from ``begin`` to ``end`` of the words that fit a regular expression from end to end."""
        first, last = int(self.at[begin]), int(self.at[end])
        text = self._blob[first:last]
        found = re.finditer(b"^(?:" + pattern + b")$", text, re.MULTILINE)
        starts = [match.start() for match in found if match.start() < last - first]  # not behind the last newline
        return self.at.searchsorted(np.array(starts, np.uint32) + np.uint32(first)).astype(np.intp)


class Backwards:
    """Words by how they end."""

    def __init__(self, folder: Path, name: str, words: Vocabulary) -> None:
        self._words = words
        self._order = arrays.load(folder / name, arrays.U4)
        if len(self._order) != len(words):
            raise IndexDamagedError(str(folder), f"{name} does not belong to its words")

    def ended(self, suffix: bytes) -> NDArray[np.intp]:
        """Numbers of the words that end so, in no order."""
        begun = suffix[::-1]
        found: NDArray[np.intp] = self._order[self._place(begun) : self._place(begun + b"\xff")].astype(np.intp)
        return found

    def _place(self, wanted: bytes) -> int:
        low, high = 0, len(self._order)
        while low < high:
            middle = (low + high) >> 1
            if self._words[int(self._order[middle])][::-1] < wanted:
                low = middle + 1
            else:
                high = middle
        return low

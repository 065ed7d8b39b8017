"""Texts become numbers as they come: of each word the number of its folded form, text by text."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from search.analysis import character_kinds, fold, raw_words
from search.whoosh.kernel_build import BUILD_KERNEL, BuildKernel, Spellings
from search.whoosh.vocabulary import decode, encode

_fold = fold.__wrapped__  # each spelling comes once
_MOST_SPELLINGS = 1_000_000


class Numbering(dict[Any, int]):
    """Numbers things as they are first asked for."""

    def __missing__(self, key: Any) -> int:
        number = self[key] = len(self)
        return number


class Texts(NamedTuple):
    """Texts as numbers.

    Attributes:
        words: All folded words.
        numbers: A number for each occurrence of a word, text by text, uint32.
        word_of: The word that each such number stands for, uint32.
        begins: Where each text begins among the occurrences, with an end mark, int64.
    """

    words: list[str]
    numbers: NDArray[np.uint32]
    word_of: NDArray[np.uint32]
    begins: NDArray[np.int64]


class Occurrences(Protocol):
    """Collects texts."""

    def extend(self, texts: Sequence[str]) -> None:
        """Take in the next texts."""

    def finish(self) -> Texts:
        """What has been collected; nothing can be added any more."""


def occurrences() -> Occurrences:
    """A collector, compiled where that can be; both give the same."""
    return PlainOccurrences() if BUILD_KERNEL is None else CompiledOccurrences(BUILD_KERNEL)


class PlainOccurrences:
    """By regular expression, a word at a time."""

    def __init__(self) -> None:
        self._words = _Words()
        self._numbers, self._ends = array("I"), array("Q", [0])

    def extend(self, texts: Sequence[str]) -> None:
        """See :class:`Occurrences`."""
        for text in texts:
            self._numbers.extend(map(self._words.__getitem__, raw_words(text)))
            self._ends.append(len(self._numbers))

    def finish(self) -> Texts:
        """See :class:`Occurrences`."""
        words = list(self._words.folded)
        numbers = np.frombuffer(self._numbers, np.uint32) if self._numbers else np.empty(0, np.uint32)
        begins = np.frombuffer(self._ends, np.uint64).astype(np.int64)
        return Texts(words, numbers, np.arange(len(words), dtype=np.uint32), begins)


class _Words(dict[str, int]):
    """From a word as it stands in a text to the number of its folded form."""

    def __init__(self) -> None:
        super().__init__()
        self.folded = Numbering()

    def __missing__(self, raw: str) -> int:
        if len(self) >= _MOST_SPELLINGS:
            self.clear()
        number = self[raw] = self.folded[fold(raw)]
        return number


class CompiledOccurrences:
    """By the compiled loops, many texts at a time; each spelling is folded once, at the end."""

    def __init__(self, kernel: BuildKernel) -> None:
        self._spellings = Spellings(kernel, _kinds())
        self._numbers, self._begins = array("I"), array("q", [0])

    def extend(self, texts: Sequence[str]) -> None:
        """See :class:`Occurrences`."""
        encoded = list(map(encode, texts))
        ends = np.fromiter(accumulate(map(len, encoded)), np.int64, len(encoded))
        numbers, begins = self._spellings.add(b"".join(encoded), ends)
        begins += len(self._numbers)
        self._numbers.frombytes(numbers.view(np.uint8).data)
        self._begins.frombytes(begins.view(np.uint8).data)

    def finish(self) -> Texts:
        """See :class:`Occurrences`."""
        folded = Numbering()
        spellings = self._spellings.all()
        word_of = np.fromiter((folded[_fold(decode(one))] for one in spellings), np.uint32, len(spellings))
        numbers = np.frombuffer(self._numbers, np.uint32) if self._numbers else np.empty(0, np.uint32)
        begins = np.frombuffer(self._begins, np.int64)
        del self._numbers, self._begins
        return Texts(list(folded), numbers, word_of, begins)


@cache
def _kinds() -> NDArray[np.uint8]:
    return np.frombuffer(character_kinds(), np.uint8)

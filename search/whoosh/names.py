"""Finding speakers by words of their names: a small inverted index over aliases, mapped from disk.

``names.words`` (all words, sorted, end to end) and ``names.words-at``; ``names.aliases`` (for each word the aliases
with it) and ``names.aliases-at``; ``names.speaker`` (the speaker of each alias).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.analysis import words
from search.whoosh import arrays


def write_names(folder: Path, speakers: Iterable[Iterable[str]]) -> None:
    """Write the index; ``speakers`` gives for each, by number, every alias."""
    aliases_of: dict[str, list[int]] = {}
    speaker_of: list[int] = []
    for number, aliases in enumerate(speakers):
        for alias in aliases:
            for word in set(words(alias)):
                aliases_of.setdefault(word, []).append(len(speaker_of))
            speaker_of.append(number)
    packed = sorted((word.encode(), aliases) for word, aliases in aliases_of.items())
    (folder / "names.words").write_bytes(b"".join(word for word, _ in packed))
    arrays.save(folder / "names.words-at", np.cumsum([0, *(len(word) for word, _ in packed)]), arrays.U4)
    arrays.save(folder / "names.aliases", [alias for _, aliases in packed for alias in aliases], arrays.U4)
    arrays.save(folder / "names.aliases-at", np.cumsum([0, *(len(aliases) for _, aliases in packed)]), arrays.U4)
    arrays.save(folder / "names.speaker", speaker_of, arrays.U4)


class NameIndex:
    """Answers which speakers bear a name. Safe from several threads."""

    def __init__(self, folder: Path) -> None:
        self._words = arrays.load_bytes(folder / "names.words")
        self._words_at = arrays.load(folder / "names.words-at", arrays.U4)
        self._aliases = arrays.load(folder / "names.aliases", arrays.U4)
        self._aliases_at = arrays.load(folder / "names.aliases-at", arrays.U4)
        self._speaker = arrays.load(folder / "names.speaker", arrays.U4)

    def in_one_alias(self, words: Sequence[str], prefix: bool) -> NDArray[Any]:
        """Speakers with one alias that has all ``words``, ascending; the last may begin a word when ``prefix``."""
        found: NDArray[Any] | None = None
        for place, word in enumerate(words):
            aliases = self._with_word(word, prefix and place == len(words) - 1)
            found = aliases if found is None else np.intersect1d(found, aliases, assume_unique=True)
        if found is None:
            return np.empty(0, np.uint32)
        return np.unique(self._speaker[found])

    def in_any_alias(self, prefixes: Sequence[str]) -> NDArray[Any]:
        """Speakers, ascending, for whom each of ``prefixes`` begins some word of some alias."""
        found: NDArray[Any] | None = None
        for prefix in prefixes:
            speakers = np.unique(self._speaker[self._with_word(prefix, True)])
            found = speakers if found is None else np.intersect1d(found, speakers, assume_unique=True)
        return np.empty(0, np.uint32) if found is None else found

    def _with_word(self, word: str, prefix: bool) -> NDArray[Any]:
        wanted = word.encode("utf-8", "replace")
        begin = self._place(wanted)
        if prefix:
            end = self._place(wanted + b"\xff")
        else:
            end = begin + (begin < len(self._words_at) - 1 and self._word(begin) == wanted)
        aliases = self._aliases[int(self._aliases_at[begin]) : int(self._aliases_at[end])]
        return np.unique(aliases)

    def _word(self, number: int) -> bytes:
        return self._words[int(self._words_at[number]) : int(self._words_at[number + 1])]

    def _place(self, wanted: bytes) -> int:
        low, high = 0, len(self._words_at) - 1
        while low < high:
            middle = (low + high) // 2
            if self._word(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return low

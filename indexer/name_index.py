"""The names found so far in an article, by their words."""

from __future__ import annotations

from indexer.local_names import LocalName
from indexer.name_keys import Key, core_of

_MOST = 40  # namesakes looked at; an article has hardly more


class NameIndex:
    """Names by whole key, by last word and by any word.

    Attributes:
        names: In the order in which they were added.
        exact: Numbers of names by every form in which they were met.
        by_last: By the last word, generation suffixes left out.
        lasts: Those last words by their first letter.
        by_word: By any word.
    """

    def __init__(self) -> None:
        self.names: list[LocalName] = []
        self.exact: dict[Key, int] = {}
        self.by_last: dict[str, list[int]] = {}
        self.lasts: dict[str, list[str]] = {}
        self._by_word: dict[str, list[int]] = {}

    def add(self, key: Key) -> int:
        """Add a name; returns its number."""
        number = len(self.names)
        self.names.append(LocalName(number, key))
        self.exact[key] = number
        core = core_of(key)
        if core[-1] not in self.by_last:
            self.lasts.setdefault(core[-1][:1], []).append(core[-1])
        self.by_last.setdefault(core[-1], []).append(number)
        for word in set(core):
            self._by_word.setdefault(word, []).append(number)
        return number

    def ending(self, word: str) -> list[int]:
        """The last added names that end in a word: a list of thousands of namesakes is no news, and must not cost their square."""
        return self.by_last.get(word, [])[-_MOST:]

    def holding(self, word: str) -> list[int]:
        """The last added names with a word anywhere in them."""
        return self._by_word.get(word, [])[-_MOST:]

    def personal(self, number: int) -> bool:
        """Whether a name stands somewhere as a person's does."""
        spots = self.names[number].spots
        return spots[0].kind == "person" or (len(spots) > 1 and "person" in [spot.kind for spot in spots[1:4]])

"""The words as written of a collection: what begins so, and what differs little."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from search.whoosh.collection import Collection
from search.whoosh.vocabulary import decode, encode


class Lexicon:
    """Reads the words of a collection. Safe from several threads."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection

    def words(self, prefix: str, limit: int) -> Sequence[tuple[str, int]]:
        """Words as written that begin so, with the number of records, most first."""
        counts: dict[bytes, int] = {}
        for segment, part in enumerate(self._collection.segments):
            first, last = part.words.begun(encode(prefix))
            tally = self._tally(segment, first, last)
            few = np.argsort(-tally, kind="stable")[: limit if len(self._collection.segments) == 1 else None]
            for number in few[tally[few] > 0].tolist():
                word = part.words[first + number]
                counts[word] = counts.get(word, 0) + int(tally[number])
        ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]
        return [(decode(word), count) for word, count in ranked]

    def near(self, word: str) -> Sequence[tuple[str, int]]:
        """Words with the same first letter that differ little; of a word that is there only itself."""
        own = sum(int(self._tally(segment, at, at + 1)[0]) for segment, at in self._collection.word(word))
        if own:
            return [(word, own)]
        counts: dict[str, int] = {}
        bound = 1 if len(word) <= 7 else 2
        for segment, part in enumerate(self._collection.segments):
            first, last = part.words.begun(encode(word[:1]))
            sizes = np.diff(part.words.at[first : last + 1].astype(np.int64)) - 1
            close = np.flatnonzero(np.abs(sizes - len(encode(word))) <= 4 * bound)
            if not len(close):
                continue
            texts = [decode(part.words[first + number]) for number in close.tolist()]
            distances = cdist([word], texts, scorer=OSA.distance, score_cutoff=bound)[0]
            for number in np.flatnonzero(distances <= bound).tolist():
                at = first + int(close[number])
                counts[texts[number]] = counts.get(texts[number], 0) + int(self._tally(segment, at, at + 1)[0])
        return [(text, count) for text, count in counts.items() if count]

    def _tally(self, segment: int, first: int, last: int) -> NDArray[np.int64]:
        """In how many records that are there each of some words stands."""
        lists = self._collection.segments[segment].lists
        begins = lists.begins[first : last + 1].astype(np.int64)
        if self._collection.columns.whole or last <= first:
            return np.diff(begins)
        base = int(self._collection.bases[segment])
        there = self._collection.columns.state[lists.rows[begins[0] : begins[-1]].astype(np.intp) + base] > 0
        sums = np.concatenate([[0], np.cumsum(there)])
        found: NDArray[np.int64] = np.diff(sums[begins - begins[0]])
        return found

"""Rows by what stands beside their text: ``title:`` words of the article's headline, ``role:`` words for the speaker.

No word of either changes what a word of the query finds.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np

from search.analysis import stem
from search.whoosh.collection import Collection
from search.whoosh.lists import Lists
from search.whoosh.packing import ranges
from search.whoosh.terms import Rows
from search.whoosh.vocabulary import Vocabulary, encode


def rows_titled(collection: Collection, words: Sequence[str], prefix: bool) -> Rows:
    """Ascending rows of articles whose headline has all words.

    Args:
        collection: The segments.
        words: Folded; matched by stem, like the words of a text.
        prefix: Whether of the last word only the beginning is given: of a stem, for headlines are kept as stems alone.
    """
    wanted = [*map(stem, words[:-1]), words[-1] if prefix else stem(words[-1])]
    pieces = [np.empty(0, np.intp)]
    for number, segment in enumerate(collection.segments):
        articles = _having(segment.title_stems, segment.titles, wanted, prefix)
        begins = segment.runs[articles].astype(np.intp)
        sizes = segment.runs[articles + 1].astype(np.intp) - begins
        pieces.append(ranges(begins + int(collection.bases[number]), sizes))
    return np.sort(np.concatenate(pieces))


def rows_called(collection: Collection, words: Sequence[str], prefix: bool) -> Rows:
    """Ascending rows whose article calls their speakers by all words, folded; of the last perhaps only the beginning."""
    pieces = [np.empty(0, np.intp)]
    for number, segment in enumerate(collection.segments):
        pieces.append(_having(segment.role_words, segment.roles, words, prefix) + int(collection.bases[number]))
    return np.concatenate(pieces)


def _having(vocabulary: Vocabulary, lists: Lists, words: Sequence[str], prefix: bool) -> Rows:
    """Ascending numbers that have all words in their lists."""
    found = []
    for place, word in enumerate(words):
        if prefix and place == len(words) - 1:
            first, last = vocabulary.begun(encode(word))
        else:
            first = vocabulary.find(encode(word))
            last = first + 1
        rows = lists.rows.of_lists(first, last) if first >= 0 else np.empty(0, np.uint32)
        found.append(np.unique(rows).astype(np.intp))
    return reduce(lambda one, other: np.intersect1d(one, other, assume_unique=True), found)

"""Rows by the words of their article's headline, for ``title:`` clauses; no word of a headline changes what a word finds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.analysis import stem
from search.whoosh.collection import Collection
from search.whoosh.packing import ranges
from search.whoosh.terms import Rows
from search.whoosh.vocabulary import encode


def rows_titled(collection: Collection, words: Sequence[str], prefix: bool) -> Rows:
    """Ascending rows of articles whose headline has all words.

    Args:
        collection: The segments.
        words: Folded; matched by stem, like the words of a text.
        prefix: Whether of the last word only the beginning is given: of a stem, for headlines are kept as stems alone.
    """
    pieces = [np.empty(0, np.intp)]
    for number, segment in enumerate(collection.segments):
        articles: Rows | None = None
        for place, word in enumerate(words):
            if prefix and place == len(words) - 1:
                lists = range(*segment.title_stems.begun(encode(word)))
            else:
                at = segment.title_stems.find(encode(stem(word)))
                lists = range(at, at + (at >= 0))
            found = [segment.titles.rows[slice(*segment.titles.bounds(at))] for at in lists]
            having = np.unique(np.concatenate([np.empty(0, np.intp), *found]).astype(np.intp))
            articles = having if articles is None else np.intersect1d(articles, having, assume_unique=True)
        if articles is not None and len(articles):
            begins = segment.runs[articles].astype(np.intp)
            sizes = segment.runs[articles + 1].astype(np.intp) - begins
            pieces.append(ranges(begins + int(collection.bases[number]), sizes))
    return np.sort(np.concatenate(pieces))

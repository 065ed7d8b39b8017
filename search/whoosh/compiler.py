"""The query tree as a query of stock Whoosh: what the fast execution is held against.

Not for searching: it walks postings one by one. ``field:`` clauses are not compiled, since people and topics belong to a
generation's tables and not to its segments.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from whoosh import query as wq
from whoosh.matching import AndMaybeMatcher, ConstantScoreWrapperMatcher, ListMatcher

from search import query as q
from search.analysis import fold, stem
from search.analysis import words as words_of
from search.highlight import distance_at_most, fold_pattern
from search.whoosh.codec import STEMS, TITLE, WRITTEN


class Everything(wq.Query):  # type: ignore[misc]
    """Every document with score 0; Whoosh's own ``Every`` always scores, whatever its boost."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Everything)

    def __hash__(self) -> int:
        return hash(Everything)

    def normalize(self) -> Everything:
        """Nothing to simplify."""
        return self

    def estimate_size(self, ixreader: Any) -> int:
        """All documents."""
        return int(ixreader.doc_count())

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """All documents that are not deleted."""
        return ConstantScoreWrapperMatcher(ListMatcher(list(searcher.reader().all_doc_ids())), 0.0)


class TitledMatcher(AndMaybeMatcher):  # type: ignore[misc]
    """Whoosh's own skips the optional part to the id that was asked for and not to the one reached, and so misses scores."""

    def skip_to(self, id: int) -> bool:
        """Skip both parts to the first document not below ``id`` that has the word."""
        moved = bool(self.a.skip_to(id))
        if self.a.is_active() and self.b.is_active():
            moved = bool(self.b.skip_to(self.a.id())) or moved
        return moved


class Titled(wq.AndMaybe):  # type: ignore[misc]
    """A word of the text, scored higher where the headline has it too."""

    matcherclass = TitledMatcher


def compile_query(node: q.Node, vocabulary: Iterable[str]) -> wq.Query:
    """Compile a tree.

    Args:
        node: What is asked.
        vocabulary: All words as written of the index. Whoosh's fuzzy automaton knows no exchanged letters, and clauses of
            several words must score a constant even where they come to one word: so these are expanded here.
    """
    words = sorted(set(vocabulary))
    match node:
        case q.MatchAll():
            return Everything()
        case q.Word(text, typed):
            folded = words_of(text)
            if len(folded) != 1:
                return _phrase(folded, 0)
            wanted = stem(folded[0])
            plain = Titled(wq.Term(STEMS, wanted), wq.Term(TITLE, wanted))
            return Titled(plain, wq.Term(WRITTEN, folded[0], boost=q.TYPED_WEIGHT)) if typed else plain
        case q.Phrase(given, slop):
            return _phrase([part for word in given for part in words_of(word)], slop)
        case q.Prefix(text):
            begun = fold(text)
            return _any(word for word in words if word.startswith(begun))
        case q.Wildcard(pattern):
            return _any(word for word in words if _fits(fold_pattern(pattern), word))
        case q.Fuzzy(text, distance):
            wanted = fold(text)
            return _any(word for word in words if distance_at_most(word, wanted, distance))
        case q.And(children):
            return wq.And([compile_query(child, words) for child in children])
        case q.Or(children):
            return wq.Or([compile_query(child, words) for child in children])
        case q.Not(child):
            return wq.AndNot(Everything(), compile_query(child, words))
        case q.Unscored(child):
            return wq.ConstantScoreQuery(compile_query(child, words), 0.0)
    return wq.NullQuery


def _phrase(words: list[str], slop: int) -> wq.Query:
    if len(words) < 2:
        return wq.Term(WRITTEN, words[0]) if words else wq.NullQuery
    return wq.Phrase(WRITTEN, words, slop=slop + 1)


def _any(words: Iterable[str]) -> wq.Query:
    terms = [wq.Term(WRITTEN, word) for word in words]
    return wq.ConstantScoreQuery(wq.Or(terms), 1.0) if terms else wq.NullQuery


def _fits(pattern: str, word: str) -> bool:
    """Whether a word fits a pattern of ``*`` and ``?``, by trying every way."""
    if not pattern:
        return not word
    if pattern[0] == "*":
        return any(_fits(pattern[1:], word[skip:]) for skip in range(len(word) + 1))
    return bool(word) and pattern[0] in ("?", word[0]) and _fits(pattern[1:], word[1:])

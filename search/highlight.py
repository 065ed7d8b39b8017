"""Which characters of a text a query found: for marking, not for matching."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Iterator, Sequence

from search.analysis import Token, fold, stem, tokenize, words
from search.query import And, FieldMatch, Fuzzy, Node, Or, Phrase, Prefix, Wildcard, Word

Spans = tuple[tuple[int, int], ...]
_Tokens = Sequence[Token]


def highlight(node: Node, text: str) -> Spans:
    """Find the words that a query found.

    Args:
        node: The query; what stands under NOT or in a field is not marked.
        text: A record's text.

    Returns:
        ``(start, end)`` offsets in order, without overlap.
    """
    leaves = list(_leaves(node))
    if not leaves:
        return ()
    tokens = tokenize(text)
    found: set[int] = set()
    spans: list[tuple[int, int]] = []
    for leaf in leaves:
        if isinstance(leaf, Phrase):
            for first, last in _phrase([word for part in leaf.words for word in words(part)], leaf.slop, tokens):
                spans.append((tokens[first].start, tokens[last].end))
        else:
            fits = _test(leaf)
            found.update(number for number, token in enumerate(tokens) if fits(token.text))
    spans += [(tokens[number].start, tokens[number].end) for number in found]
    return _merged(spans)


def highlight_title(node: Node, title: str) -> Spans:
    """Find the words of a headline that a query found: its plain words, and what it asks of ``title:``."""
    return highlight(_of_title(node), title) if title else ()


def _of_title(node: Node) -> Node:
    """The query with its ``title:`` clauses as words of their own."""
    match node:
        case FieldMatch("title", found, prefix):
            *whole, last = found
            return And((*map(Word, whole), Prefix(last) if prefix else Word(last)))
        case And(children):
            return And(tuple(map(_of_title, children)))
        case Or(children):
            return Or(tuple(map(_of_title, children)))
    return node


def _leaves(node: Node) -> Iterator[Node]:
    if isinstance(node, And | Or):
        for child in node.children:
            yield from _leaves(child)
    elif isinstance(node, Word) and len(parts := words(node.text)) != 1:
        yield Phrase(tuple(parts))
    elif isinstance(node, Word | Phrase | Prefix | Wildcard | Fuzzy):
        yield node


def _test(leaf: Node) -> Callable[[str], bool]:
    match leaf:
        case Word(text):
            wanted = stem(fold(text))
            return lambda word: stem(word) == wanted
        case Prefix(text):
            begun = fold(text)
            return lambda word: word.startswith(begun)
        case Wildcard(pattern):
            shape = re.compile(fnmatch.translate(fold_pattern(pattern)))
            return lambda word: shape.match(word) is not None
        case Fuzzy(text, distance):
            near = fold(text)
            return lambda word: distance_at_most(word, near, distance)
    return lambda _: False


def fold_pattern(pattern: str) -> str:
    """Fold the letters of a wildcard pattern, its ``*`` and ``?`` kept."""
    return "".join(part if part in ("*", "?") else fold(part) for part in re.split(r"([*?])", pattern) if part)


def distance_at_most(one: str, other: str, bound: int) -> bool:
    """Whether two words are within ``bound`` of each other by optimal string alignment.

    Insertions, deletions, substitutions and swaps of neighbours count one each (Damerau-Levenshtein, restricted).
    """
    if abs(len(one) - len(other)) > bound:
        return False
    before: list[int] = []
    above = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > bound and min(above) > bound:
            return False
        before, above = above, row
    return above[-1] <= bound


def _phrase(wanted: Sequence[str], slop: int, tokens: _Tokens) -> Iterator[tuple[int, int]]:
    """First and last token of every place where the words stand in order, at most ``slop`` others between in all."""
    if not wanted:
        return
    starts = [number for number, token in enumerate(tokens) if token.text == wanted[0]]
    for first in starts:
        ends = {(first, slop)}
        for word in wanted[1:]:
            ends = {
                (last + 1 + gap, left - gap)
                for last, left in ends
                for gap in range(left + 1)
                if last + 1 + gap < len(tokens) and tokens[last + 1 + gap].text == word
            }
        if ends:
            yield first, min(last for last, _ in ends)


def _merged(spans: list[tuple[int, int]]) -> Spans:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)

"""Did you mean: the query with each unknown word put right by a near one that the collection has."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from search.analysis import fold, words
from search.highlight import distance_at_most
from search.parser import read_as
from search.query import And, Node, Not, Or, Phrase, Word

SHORTEST = 4
"""Letters of the shortest word that is put right: shorter ones are near to everything."""

NearWords = Callable[[str], Iterable[tuple[str, int]]]
"""A folded word to the collection's words near it, each with the number of records that it is in."""


def suggest_spelling(node: Node, near: NearWords) -> str:
    """A spelling of a query that found nothing, or an empty string.

    Args:
        node: The query.
        near: Looks up the vocabulary; may return words that are not near, which are passed over.
    """
    put_right = _replace(node, near)
    return (
        ""
        if put_right == node
        else read_as(put_right).replace(" AND ", " ")
        if _plain(put_right)
        else read_as(put_right)
    )


def _plain(node: Node) -> bool:
    return isinstance(node, Word | Phrase) or (
        isinstance(node, And) and all(isinstance(child, Word | Phrase) for child in node.children)
    )


def _replace(node: Node, near: NearWords) -> Node:
    match node:
        case Word(text):
            return Word(_nearest(text, near))
        case Phrase(found, slop):
            return Phrase(tuple(_nearest(word, near) for word in found), slop)
        case And(children):
            return And(tuple(_replace(child, near) for child in children))
        case Or(children):
            return Or(tuple(_replace(child, near) for child in children))
        case Not():
            return node
    return node


def _nearest(text: str, near: NearWords) -> str:
    word = fold(text)
    if len(word) < SHORTEST or words(text) != [word]:
        return text
    best, most = text, 0
    for candidate, count in near(word):
        if candidate == word:
            return text
        if count > most and candidate[:1] == word[:1] and distance_at_most(candidate, word, 2 if len(word) > 7 else 1):
            best, most = candidate, count
    return best

"""One place where a name stands, and how it is made of an article's words."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from indexer.name_tokens import Tokens
from indexer.people_words import W

PERSONAL = W.HONORIFIC | W.TITLE | W.ROLE
"""Classes of words that only people have before their names."""

_GENDERED = W.MALE | W.FEMALE
_GENDERS = {W.MALE: "m", W.FEMALE: "f"}

NAME_MARKS = frozenset((".", "&", "'", "’", "‘", ",", '"', "“", "”", "(", ")"))
"""Marks that stand inside names and are none of their words."""


class Spot(NamedTuple):
    """One place where a name stands (a tuple, because there are very many).

    Attributes:
        start: First character of the name itself.
        end: One past its last, without a possessive ending.
        words: The name's words as written, without dots and possessive.
        kind: ``person``, ``organisation``, ``place``, ``thing``, or ``single`` (one word that could be any).
        first: Index of its first token.
        last: Index of its last token.
        title: First token of the capitalised title before the name ("Prime Minister"), or ``first``.
        personal: Whether that title is one that only people have.
        gender: ``m`` or ``f`` when the title's words say so, else empty.
        after_the: Whether "the" stands before.
        owner: Whether it is a possessive.
    """

    start: int
    end: int
    words: tuple[str, ...]
    kind: str
    first: int
    last: int
    title: int
    personal: bool
    gender: str
    after_the: bool
    owner: bool


_spot = partial(tuple.__new__, Spot)
"""Makes a spot of a tuple in one call: the named tuple's own constructor takes twice the time."""


def make_spot(tokens: Tokens, first: int, end: int, kind: str, title: int, before: list[int]) -> Spot:
    """Make the spot of the name from token ``first`` to before ``end``.

    Args:
        tokens: Of the article.
        first: The name's first token.
        end: One past its last.
        kind: See :class:`Spot`.
        title: The first token of its title, or ``first``.
        before: Classes of the title's words.
    """
    last = end - 1
    bits = 0
    for bit in before:
        bits |= bit
    return _spot((
        tokens.starts[first],
        tokens.ends[last] - 2 if tokens.owner[last] else tokens.ends[last],  # as spot_end() has it
        name_words(tokens, first, end),
        kind,
        first,
        last,
        title,
        bool(bits & PERSONAL),
        _GENDERS.get(bits & _GENDERED, "") if bits else "",
        title > 0 and tokens.lower[title - 1] == "the",
        tokens.owner[last]
        or (end < len(tokens.words) and tokens.words[end] in "’'" and tokens.lower[last].endswith("s")),
    ))  # fmt: skip


def spot_end(tokens: Tokens, last: int) -> int:
    """Where a name ends whose last token this is, without a possessive ending."""
    return tokens.ends[last] - 2 if tokens.owner[last] else tokens.ends[last]


def name_words(tokens: Tokens, first: int, end: int) -> tuple[str, ...]:
    """A name's words as written, without marks and possessive."""
    if end == first + 1 and tokens.words[first] not in NAME_MARKS:
        return (tokens.words[first][:-2] if tokens.owner[first] else tokens.words[first],)
    return tuple([_clean(tokens, index) for index in range(first, end) if tokens.words[index] not in NAME_MARKS])


def _clean(tokens: Tokens, index: int) -> str:
    word = tokens.words[index]
    return word[:-2] if tokens.owner[index] else word

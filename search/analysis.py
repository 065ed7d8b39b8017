"""Text to tokens: the one rule for what a word is, how it is folded, and what its stem is.

A token is a run of letters, digits and combining marks; an apostrophe between two of them belongs to it ("isn't", "O'Neill").
Everything else divides: hyphens, dots, underscores, other marks. Tokens are *folded*: lower case (by Unicode case folding),
without diacritics, with letters such as "ø" and "ł" as their plain neighbours and curly apostrophes as straight ones. Stems are
Porter2 (NLTK's Snowball) of the folded word. No stop word is removed. Offsets count characters of the original text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from nltk.stem.snowball import SnowballStemmer

MOST_CHARACTERS = 255
"""Longest token: what a run of letters has beyond is left out, so that no file of noise becomes a vocabulary."""


class Token(NamedTuple):
    """A folded word and where it stands in the original text."""

    text: str
    start: int
    end: int


COMBINING = frozenset(chr(code) for code in range(0x0300, 0xFE30) if unicodedata.category(chr(code))[0] == "M")
"""The combining marks (Unicode category M) of the Basic Multilingual Plane: they belong to the word they follow."""


def _marks() -> str:
    """Character class of the combining marks."""
    ranges: list[list[int]] = []
    for code in sorted(map(ord, COMBINING)):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


_BEGINS = r"[^\W_]"
_MARK = rf"[{_marks()}]"
_PART = rf"{_BEGINS}(?:{_BEGINS}|{_MARK})*"
_TOKEN = re.compile(rf"{_PART}(?:['’]{_PART})*")
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ħ": "h",
        "ı": "i",
        "ŧ": "t",
        "æ": "ae",
        "œ": "oe",
        "ð": "d",
        "þ": "th",
        "ĸ": "k",
        "’": "'",
    }
)
_CACHE = 1 << 18


def tokenize(text: str) -> list[Token]:
    """Divide a text into tokens, in order."""
    return [Token(fold(found[0]), found.start(), found.end()) for found in _TOKEN.finditer(text)]


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return [fold(word) for word in _TOKEN.findall(text)]


def raw_words(text: str) -> list[str]:
    """The words as they stand, for callers that keep their own table of folded forms."""
    return _TOKEN.findall(text)


def character_kinds() -> bytes:
    """For each character what the rule of words makes of it: 1 may begin a word, 2 may only go on with one, 0 neither.

    Characters beyond the table (from U+40000) are of kind 0. An apostrophe between two characters that go on and begin is no end.
    """
    kinds = bytearray(0x40000)
    characters = "".join(map(chr, range(len(kinds))))
    for kind, pattern in ((2, _MARK), (1, _BEGINS)):
        for found in re.finditer(f"{pattern}+", characters):
            kinds[found.start() : found.end()] = bytes([kind]) * (found.end() - found.start())
    return bytes(kinds)


@lru_cache(_CACHE)
def fold(word: str) -> str:
    """Fold one word; see the module's rule.

    >>> fold("Zürich’s"), fold("Łódź"), fold("STRASSE") == fold("straße")
    ("zurich's", 'lodz', True)
    """
    if word.isascii():
        return word.lower()[:MOST_CHARACTERS]
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    kept = "".join(character for character in decomposed if not unicodedata.combining(character))
    return kept.translate(_LETTERS)[:MOST_CHARACTERS] or word[:MOST_CHARACTERS]


@lru_cache(_CACHE)
def stem(word: str) -> str:
    """The Porter2 stem of a folded word."""
    return str(_STEMMER.stem(word)) if _MAY_CHANGE.search(word) else word


def stems(folded: Iterable[str]) -> list[str]:
    """The stem of each folded word."""
    return [stem(word) for word in folded]


_STEMMER = SnowballStemmer("english")
_MAY_CHANGE = re.compile(r"(?:[seyi']|ed|ing|al|ful|ll|er|ator|ic|ant|ent|ism|ion)\Z|^'|[^a-z0-9]")
"""What a word has that the stemmer changes: no step of Porter2 touches another ending (most names and numbers have none)."""

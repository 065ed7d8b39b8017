"""What a written word is, wherever it stands: its small form, its lexicon classes, and what rules look for in it.

Each word is read once and kept: news is written with few different words. The table is emptied when it has grown to a
book's vocabulary, so that a stream of noise cannot fill the memory.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TypeAlias

from indexer.cues import cue_words
from indexer.memo import Memo
from indexer.people_words import W, lexicon

CAPITAL = 1  # begins with a capital
OPENING = 2  # a mark behind which a sentence or quote begins
SHOUTED = 4  # a function word in capitals: "WHO", "US" may be names between words in small letters
CUE = 8  # can be the first word of a cue
HE_OR_SHE = 16  # a pronoun for one man or woman
ROLE = 32  # what a person can be: "mayor"

HE = frozenset(("he", "him", "his", "himself"))
SHE = frozenset(("she", "her", "hers", "herself"))
HE_AND_SHE = frozenset(("he", "she"))

_PRONOUN_FLAGS = dict.fromkeys(HE | SHE, HE_OR_SHE)
_OPENING = frozenset("\"“„«‘'([:—–-*•")
_PLACES = W.PLACE | W.DEMONYM
_OFFICES = W.TITLE | W.ROLE | W.MALE | W.FEMALE
_COMING = frozenset(("elect", "designate"))
_FORMER = frozenset("ex then vice deputy former acting co lieutenant".split())
_SCHOLARS = ("ologist", "ographer")
"""Endings of what scholars are called: "lichenologist"."""
_BONDS = re.compile("[-/]")

Entry: TypeAlias = tuple[str, str, str, int, bool, int]
"""A word as written, in lower case, in lower case without a possessive ending, its lexicon classes, whether it is a possessive,
and its flags of this module."""

NOTHING: Entry = ("", "", "", 0, False, 0)
"""What is no word."""


@cache
def word_table() -> Memo[Entry]:
    """Words as written (with straight apostrophes) to what they are, as this process has met them."""
    return Memo(read_word)


def read_word(word: str) -> Entry:
    """Tell what a word is.

    >>> read_word("Minister's")[1:5] == ("minister's", "minister", lexicon()["minister"], True)
    True
    """
    plain = word.lower()
    plain = word if plain == word else plain  # one string where one will do: less memory to go through
    capital = word[0].isupper()
    if word.isalpha() and not capital:
        bits = lexicon().get(plain, 0) or (W.ROLE if plain.endswith(_SCHOLARS) else 0)
        flags = (CUE if plain in cue_words() else 0) | (ROLE if bits & W.ROLE else 0)
        return word, plain, plain, bits, False, flags | _PRONOUN_FLAGS.get(plain, 0)
    capital = capital or elided(word)
    owner = len(plain) > 2 and plain.endswith("'s")
    small = plain[:-2] if owner else plain
    bits = lexicon().get(small, 0)
    if not bits and len(small) > 1:
        if "'" in small:
            bits = _contracted(small)
        elif "-" in small or "/" in small:
            bits = _compound(small)
    flags = CAPITAL if capital else 0
    if word in _OPENING:
        flags |= OPENING
    if capital and bits & W.FUNCTION and len(small) > 1 and word[: len(small)].isupper():
        flags |= SHOUTED
    if plain in cue_words():
        flags |= CUE
    if bits & W.ROLE:
        flags |= ROLE
    return word, plain, small, bits, owner, flags | _PRONOUN_FLAGS.get(small, 0)


def _compound(small: str) -> int:
    """Classes of a word bound of others: "Paris-London" is a place, "minister/chairman" a role, "mayor-elect" what "mayor" is.

    >>> _compound("mayor-elect") == _compound("ex-mayor") == lexicon()["mayor"], _compound("orsk/hale")
    (True, 0)
    """
    first, _, last = small.rpartition("-")
    if last in _COMING or first in _FORMER:
        return lexicon().get(first if last in _COMING else last, 0) & _OFFICES
    kinds = [lexicon().get(part, 0) for part in _BONDS.split(small)]
    if all(kind & _PLACES for kind in kinds):
        return W.PLACE
    return kinds[-1] if "/" in small and all(kinds) else 0


def elided(word: str) -> bool:
    """Whether a word is a name behind a shortened particle: "d'Aubigny", "l'Orsk".

    >>> elided("d'Aubigny"), elided("don't")
    (True, False)
    """
    return word[1:2] == "'" and word[0] in "dl" and word[2:3].isupper()


def _contracted(small: str) -> int:
    """Class of "I'm", "we're", "don't": that of the function word in front."""
    return lexicon().get(small.partition("'")[0].removesuffix("n"), 0) & W.FUNCTION

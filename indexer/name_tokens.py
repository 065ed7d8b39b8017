"""The words of an article with their lexicon classes, as the name rules read them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate, chain, compress
from typing import Any

from indexer.document import Document
from indexer.people_words import W
from indexer.word_table import CAPITAL, CUE, HE_OR_SHE, OPENING, SHOUTED, word_table

_TOKEN = re.compile(
    r"([a-zA-Z]++(?= |, )"  # most words; what follows holds for them too and for all others
    r"|(?:[^\W\d_]\.){2,}+|[^\W_]++(?:[-'&][^\W_]++|[.,]\d[^\W_]*+|/(?=[A-Z])[^\W_]++|[\u0300-\u036f]++[^\W_]*+)*+(?:\.(?:com|ca|org|net)(?:\.au)?(?![^\W_]))?+|[^\w\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|_)"
)
"""Words and marks; what is between them is white space, or invisible (zero-width spaces, joiners, marks of direction).

A stroke before a capital binds two names to one ("Orsk/Marlow poll"); marks above and below a letter belong to it ("Tlʼakwasik̓an").
"""

_LONGEST_HEADLINE = 200
_COLUMNS = 6  # of a word's entry in the table


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words and marks of the paragraphs that are not masked, as parallel lists (a hot path).

    Attributes:
        starts: Where each begins in the text.
        ends: One past where it ends.
        words: As written, but with straight apostrophes.
        plain: In lower case.
        lower: In lower case, without a possessive ending.
        capitals: Indexes of those that begin with a capital.
        cues: Indexes of those that can begin a cue ("said", "according").
        pronouns: Indexes of those that mean one man or woman ("he", "her").
        roles: Indexes of those that can be what a person is ("mayor").
        bits: Lexicon classes (:class:`indexer.people_words.W`).
        owner: Whether the word ends in a possessive.
        fresh: Whether a sentence (or a quote) begins here, so that the capital says nothing.
        paragraph: Index of its paragraph.
        sentence: Running number of its sentence.
        headline: Indexes of the paragraphs where capitals say little: headlines, and lines in title case.
        titled: Indexes of those of them that are in title case.
        common: Words that the article writes in lower case.
        proper: Words that it writes with a capital where no sentence begins.
        vocabulary: All words of ``lower``: whether a word stands anywhere is asked of it.
    """

    starts: list[int]
    ends: list[int]
    words: list[str]
    plain: list[str]
    lower: list[str]
    capitals: list[int]
    cues: list[int]
    pronouns: list[int]
    roles: list[int]
    bits: list[int]
    owner: list[bool]
    fresh: list[bool]
    paragraph: list[int]
    sentence: list[int]
    headline: frozenset[int]
    titled: frozenset[int]
    common: frozenset[str]
    proper: frozenset[str]
    vocabulary: frozenset[str]


def _sentences(starts: list[int], sentence_starts: list[int]) -> tuple[list[int], list[bool]]:
    """The sentence of each token, and whether it opens one."""
    numbers: list[int] = []
    fresh = [False] * len(starts)
    at = 0
    for number, start in enumerate(sentence_starts):
        following = bisect_left(starts, start, at)
        numbers.extend([number] * (following - at))
        at = following
        if at < len(fresh):
            fresh[at] = True
    numbers.extend([len(sentence_starts)] * (len(starts) - at))
    return numbers, fresh


def _title_case(line: str) -> bool:
    """Whether nearly every longer word has a capital."""
    longer = [word for word in line.split() if len(word) > 3]
    return len(longer) > 3 and sum([not word[0].islower() for word in longer]) >= 0.8 * len(longer)


def _shouted(words: list[str], index: int) -> bool:
    """Whether the next word on either side is in capitals too."""
    near = words[max(0, index - 1) : index] + words[index + 1 : index + 2]
    return any(word.isupper() and len(word) > 1 for word in near)


def read_tokens(document: Document) -> Tokens:
    """Cut the paragraphs of an article into tokens, in text order."""
    text = document.text.replace("’", "'")
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    paragraphs: list[int] = []
    sentence_starts: list[int] = []
    headlines: set[int] = set()
    titled: set[int] = set()
    for index, paragraph in enumerate(document.paragraphs):
        if paragraph.masked:
            continue
        short = paragraph.end - paragraph.start < _LONGEST_HEADLINE
        if short and _title_case(text[paragraph.start : paragraph.end]):
            titled.add(index)
        if paragraph.part == "headline" or index in titled:
            headlines.add(index)
        found = _TOKEN.split(text[paragraph.start : paragraph.end])
        # gaps and tokens in turn; every character that can be seen belongs to a token, so that lengths give the offsets
        edges = list(accumulate(map(len, found), initial=paragraph.start))
        starts += edges[1:-1:2]
        ends += edges[2::2]
        words += found[1::2]
        paragraphs += [index] * (len(found) // 2)
        sentence_starts.extend(sentence.start for sentence in paragraph.sentences)
    entries = map(word_table().__getitem__, words)
    flat: list[Any] = list(chain.from_iterable(entries))  # cut into columns, in half the time of zip
    # the table's own strings: their hashes are known, and equal words are the same object
    words, plain, lower, bits, owner, flags = [flat[column::_COLUMNS] for column in range(_COLUMNS)]
    sentences, fresh = _sentences(starts, sentence_starts)
    noted: list[tuple[int, int]] = list(compress(enumerate(flags), flags))
    last = len(words) - 1
    for index, flag in noted:
        if flag & OPENING and index < last:
            fresh[index + 1] = True
        elif flag & SHOUTED and not _shouted(words, index):
            bits[index] &= ~W.FUNCTION  # "WHO", "US" between words in small letters
    capitals = [index for index, flag in noted if flag & CAPITAL]
    common = frozenset(filter(str.islower, set(words)))
    proper = frozenset([words[index] for index in capitals if not fresh[index]])
    return Tokens(
        starts,
        ends,
        words,
        plain,
        lower,
        capitals,
        [index for index, flag in noted if flag & CUE],
        [index for index, flag in noted if flag & HE_OR_SHE],
        list(compress(range(len(words)), map(W.ROLE.__and__, bits))),
        bits,
        owner,
        fresh,
        paragraphs,
        sentences,
        frozenset(headlines),
        frozenset(titled),
        common,
        proper,
        frozenset(lower),
    )

"""The words of an article with their lexicon classes, as the name rules read them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate, compress
from operator import add
from typing import Any

from indexer.document import Document
from indexer.people_words import W
from indexer.pieces import COLUMNS, piece_table
from indexer.word_table import CAPITAL, CUE, HE_OR_SHE, OPENING, ROLE, SHOUTED

_LONGEST_HEADLINE = 200


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
        written: All words as written: whether the article has one in small letters, too, is asked of it.
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
    written: frozenset[str]
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


def _title_case(words: list[str]) -> bool:
    """Whether nearly every longer word of a line has a capital."""
    longer = small = 0
    most = len(words) // 5
    for word in words:
        if len(word) > 3:
            longer += 1
            if word[0].islower():
                small += 1
                if small > most:
                    return False  # of any number of longer words these are too many
    return longer > 3 and longer - small >= 0.8 * longer


def _without(column: list[Any], places: list[int]) -> list[Any]:
    """A column without what stands at some places, given in ascending order."""
    kept: list[Any] = []
    at = 0
    for place in (*places, len(column)):
        kept += column[at:place]
        at = place + 1
    return kept


def _shouted(words: list[str], index: int) -> bool:
    """Whether the next word on either side is in capitals too."""
    near = words[max(0, index - 1) : index] + words[index + 1 : index + 2]
    return any(word.isupper() and len(word) > 1 for word in near)


def read_tokens(document: Document) -> Tokens:
    """Cut the paragraphs of an article into tokens, in text order."""
    text = document.text.replace("’", "'")
    pieces = piece_table()
    flat: list[Any] = []
    starts: list[int] = []
    paragraphs: list[int] = []
    sentence_starts: list[int] = []
    headlines: set[int] = set()
    titled: set[int] = set()
    for index, paragraph in enumerate(document.paragraphs):
        if paragraph.masked:
            continue
        start, end = paragraph.start, paragraph.end
        line = text[start:end]
        between = line.split(" ")
        # what can be printed holds no white space but spaces
        if end - start < _LONGEST_HEADLINE and _title_case(between if line.isprintable() else line.split()):
            titled.add(index)
        if paragraph.part == "headline" or index in titled:
            headlines.add(index)
        before = len(flat)
        for piece in between:
            flat += pieces[piece]
        steps = flat[before + COLUMNS - 1 :: COLUMNS]
        starts += accumulate(steps[:-1], initial=start)
        paragraphs += [index] * len(steps)
        sentence_starts += [sentence.start for sentence in paragraph.sentences]
    # the table's own strings: their hashes are known, and equal words are the same object
    words, plain, lower, bits, owner, flags, lengths = [flat[column::COLUMNS] for column in range(COLUMNS - 1)]
    vocabulary = frozenset(lower)
    if "" in vocabulary:  # spaces that follow each other, or what cannot be seen: no words
        gaps = [index for index, word in enumerate(words) if not word]
        columns = (words, plain, lower, bits, owner, flags, lengths, starts, paragraphs)
        words, plain, lower, bits, owner, flags, lengths, starts, paragraphs = [
            _without(column, gaps) for column in columns
        ]
        vocabulary -= {""}
    ends = list(map(add, starts, lengths))
    sentences, fresh = _sentences(starts, sentence_starts)
    capitals: list[int] = []
    cues: list[int] = []
    pronouns: list[int] = []
    roles: list[int] = []
    last = len(words) - 1
    for index in compress(range(len(words)), flags):
        flag = flags[index]
        if flag & CAPITAL:
            capitals.append(index)
        if flag == CAPITAL:
            continue  # most of them
        if flag & ROLE:
            roles.append(index)
        if flag & CUE:
            cues.append(index)
        if flag & HE_OR_SHE:
            pronouns.append(index)
        if flag & OPENING and index < last:
            fresh[index + 1] = True
        elif flag & SHOUTED and not _shouted(words, index):
            bits[index] &= ~W.FUNCTION  # "WHO", "US" between words in small letters
    return Tokens(
        starts,
        ends,
        words,
        plain,
        lower,
        capitals,
        cues,
        pronouns,
        roles,
        bits,
        owner,
        fresh,
        paragraphs,
        sentences,
        frozenset(headlines),
        frozenset(titled),
        frozenset(words),
        frozenset([words[index] for index in capitals if not fresh[index]]),
        vocabulary,
    )

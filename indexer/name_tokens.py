"""The words of an article with their lexicon classes, as the name rules read them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.document import Document
from indexer.people_words import W, lexicon

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[-’'&][^\W_]+)*|[^\w\s]|_")
_LONGEST_HEADLINE = 200
_OPENING = frozenset("\"“„«‘'([:—–-*•")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words and marks of the paragraphs that are not masked, as parallel lists (a hot path).

    Attributes:
        starts: Where each begins in the text.
        ends: One past where it ends.
        words: As written.
        lower: In lower case, with straight apostrophes and without a possessive ending.
        bits: Lexicon classes (:class:`indexer.people_words.W`).
        owner: Whether the word ends in a possessive.
        fresh: Whether a sentence (or a quote) begins here, so that the capital says nothing.
        paragraph: Index of its paragraph.
        sentence: Running number of its sentence.
        headline: Indexes of the paragraphs where capitals say little: headlines, and lines in title case.
        common: Words that the article writes in lower case.
    """

    starts: list[int]
    ends: list[int]
    words: list[str]
    lower: list[str]
    bits: list[int]
    owner: list[bool]
    fresh: list[bool]
    paragraph: list[int]
    sentence: list[int]
    headline: frozenset[int]
    common: frozenset[str]


def _title_case(line: str) -> bool:
    """Whether nearly every longer word has a capital."""
    longer = [word for word in line.split() if len(word) > 3]
    return len(longer) > 3 and sum(not word[0].islower() for word in longer) >= 0.8 * len(longer)


def _shouted(words: list[str], index: int) -> bool:
    """Whether the next word on either side is in capitals too."""
    near = words[max(0, index - 1) : index] + words[index + 1 : index + 2]
    return any(word.isupper() and len(word) > 1 for word in near)


def _contracted(small: str) -> int:
    """Class of "I'm", "we're", "don't": that of the function word in front."""
    return lexicon().get(small.partition("'")[0].removesuffix("n"), 0) & int(W.FUNCTION)


def read_tokens(document: Document) -> Tokens:
    """Cut the paragraphs of an article into tokens, in text order."""
    lookup = lexicon().get
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    lower: list[str] = []
    owner: list[bool] = []
    fresh: list[bool] = []
    paragraphs: list[int] = []
    sentences: list[int] = []
    headlines: set[int] = set()
    number = 0
    for index, paragraph in enumerate(document.paragraphs):
        if paragraph.masked:
            continue
        if paragraph.part == "headline" or (
            paragraph.end - paragraph.start < _LONGEST_HEADLINE
            and _title_case(document.text[paragraph.start : paragraph.end])
        ):
            headlines.add(index)
        for sentence in paragraph.sentences:
            number += 1
            opens = True
            for found in _TOKEN.finditer(document.text, sentence.start, sentence.end):
                word = found.group()
                small = word.lower()
                owns = False
                if "’" in small:
                    small = small.replace("’", "'")
                if small.endswith("'s"):
                    small = small[:-2]
                    owns = True
                starts.append(found.start())
                ends.append(found.end())
                words.append(word)
                lower.append(small)
                owner.append(owns)
                fresh.append(opens)
                paragraphs.append(index)
                sentences.append(number)
                opens = word in _OPENING
    bits = [lookup(small, 0) or (_contracted(small) if "'" in small else 0) for small in lower]
    function = int(W.FUNCTION)
    for index, bit in enumerate(bits):
        if bit & function and words[index].isupper() and len(lower[index]) > 1 and not _shouted(words, index):
            bits[index] = bit & ~function  # "WHO", "US" between words in small letters
    common = frozenset(word for word in words if word.islower())
    return Tokens(starts, ends, words, lower, bits, owner, fresh, paragraphs, sentences, frozenset(headlines), common)

"""The words of an article with their lexicon classes, as the name rules read them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.document import Document
from indexer.people_words import lexicon

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[-’'&][^\W_]+)*|[^\w\s]|_")
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
    common: frozenset[str]


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
    number = 0
    for index, paragraph in enumerate(document.paragraphs):
        if paragraph.masked:
            continue
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
    bits = [lookup(small, 0) for small in lower]
    common = frozenset(word for word in words if word.islower())
    return Tokens(starts, ends, words, lower, bits, owner, fresh, paragraphs, sentences, common)

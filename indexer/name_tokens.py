"""The words of an article with their lexicon classes, as the name rules read them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate, chain, repeat

from indexer.document import Document
from indexer.people_words import W, lexicon

_TOKEN = re.compile(r"(\s*)((?:[^\W\d_]\.){2,}|[^\W_]+(?:[-’'&][^\W_]+|[.,]\d[^\W_]*)*|[^\w\s]|_)")
_PLACES = W.PLACE | W.DEMONYM
_LONGEST_HEADLINE = 200
_OPENING = frozenset("\"“„«‘'([:—–-*•")


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
        bits: Lexicon classes (:class:`indexer.people_words.W`).
        owner: Whether the word ends in a possessive.
        fresh: Whether a sentence (or a quote) begins here, so that the capital says nothing.
        paragraph: Index of its paragraph.
        sentence: Running number of its sentence.
        headline: Indexes of the paragraphs where capitals say little: headlines, and lines in title case.
        common: Words that the article writes in lower case.
        proper: Words that it writes with a capital where no sentence begins.
    """

    starts: list[int]
    ends: list[int]
    words: list[str]
    plain: list[str]
    lower: list[str]
    capitals: list[int]
    bits: list[int]
    owner: list[bool]
    fresh: list[bool]
    paragraph: list[int]
    sentence: list[int]
    headline: frozenset[int]
    common: frozenset[str]
    proper: frozenset[str]


def _folded(plain: list[str], special: list[int]) -> tuple[list[str], list[bool]]:
    """Words without a possessive ending, and which had one."""
    lower = plain.copy()
    owner = [False] * len(plain)
    for index in special:
        small = plain[index]
        if small.endswith("'s") and len(small) > 2:
            lower[index] = small[:-2]
            owner[index] = True
    return lower, owner


def _sentences(
    starts: list[int], words: list[str], special: list[int], sentence_starts: list[int]
) -> tuple[list[int], list[bool]]:
    """The sentence of each token, and whether it opens one or follows an opening mark."""
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
    last = len(words) - 1
    for index in special:
        if words[index] in _OPENING and index < last:
            fresh[index + 1] = True
    return numbers, fresh


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
    return lexicon().get(small.partition("'")[0].removesuffix("n"), 0) & W.FUNCTION


def read_tokens(document: Document) -> Tokens:
    """Cut the paragraphs of an article into tokens, in text order."""
    text = document.text.replace("’", "'")
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    paragraphs: list[int] = []
    sentence_starts: list[int] = []
    headlines: set[int] = set()
    for index, paragraph in enumerate(document.paragraphs):
        if paragraph.masked:
            continue
        if paragraph.part == "headline" or (
            paragraph.end - paragraph.start < _LONGEST_HEADLINE and _title_case(text[paragraph.start : paragraph.end])
        ):
            headlines.add(index)
        found = list(chain.from_iterable(_TOKEN.findall(text, paragraph.start, paragraph.end)))
        # every character that is no space belongs to a token, so that lengths give the offsets
        edges = list(accumulate(map(len, found), initial=paragraph.start))
        starts += edges[1::2]
        ends += edges[2::2]
        words += found[1::2]
        paragraphs += [index] * (len(found) // 2)
        sentence_starts.extend(sentence.start for sentence in paragraph.sentences)
    plain = list(map(str.lower, words))
    special = [index for index, word in enumerate(plain) if not word.isalpha()]
    lower, owner = _folded(plain, special)
    sentences, fresh = _sentences(starts, words, special, sentence_starts)
    lookup = lexicon().get
    bits = list(map(lookup, lower, repeat(0)))
    for index in special:
        small = lower[index]
        if not bits[index] and len(small) > 1 and ("'" in small or "-" in small):
            if "'" in small:
                bits[index] = _contracted(small)
            elif all(lookup(part, 0) & _PLACES for part in small.split("-")):
                bits[index] = W.PLACE  # "Paris-London"
    function = W.FUNCTION
    capitals = [index for index, word in enumerate(words) if word[0].isupper()]
    for index in capitals:
        small = lower[index]
        if (
            bits[index] & function
            and len(small) > 1
            and words[index][: len(small)].isupper()
            and not _shouted(words, index)
        ):
            bits[index] &= ~function  # "WHO", "US" between words in small letters
    common = frozenset(filter(str.islower, words))
    proper = frozenset(words[index] for index in capitals if not fresh[index])
    return Tokens(
        starts,
        ends,
        words,
        plain,
        lower,
        capitals,
        bits,
        owner,
        fresh,
        paragraphs,
        sentences,
        frozenset(headlines),
        common,
        proper,
    )

"""Quotes that are one event: near-copies of the same words in different articles.

normalise -> fold equal texts -> candidate pairs by their rarest shingles -> compare -> groups

Two texts are near-copies when they share most of their word shingles, or when the shorter is contained in the longer (an
outlet often prints part of a sentence). Candidates come from a prefix filter over shingles ordered by rarity (Chaudhuri,
Ganti, Kaushik 2006; Xiao et al., PPJoin, 2008): of the shingles of the shorter text at least a known number must be shared, so
that it is enough to look up its rarest few. Nothing is sampled: the candidates are complete for the threshold.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from indexer.identity.names import fold
from search.engine import QuoteText

SHINGLE = 3
"""Words in a shingle."""

FEWEST_WORDS = 6
"""Words from which a near-copy counts; of fewer words only an equal text by the same speaker does."""

FEWEST_EQUAL = 4
"""Words from which equal texts by one speaker count: "no comment" is no event."""

CONTAINED = 0.6
"""Share of the shorter text's shingles that the longer one must have, to be compared word by word."""

IN_ORDER = 0.85
"""Share of the shorter text's words that the longer one must have in the same order."""

TELLING_WORDS = 16
"""Common words from which it does not matter who is thought to have said them."""

MOST_BETWEEN = 3
"""Other words that may stand between a few common ones: "we are going to ... so much" is no event."""

SHORTEST_PART = 0.4
"""A part of a quote must be at least this long, as a share of the whole, to be a copy of it."""

CROWD = 400
"""Texts with one shingle beyond which it says nothing (boilerplate); equal texts were folded before."""

_COMPARED = 20
"""Members of a group that a new one is compared with."""

_WORD = re.compile(r"[a-z0-9]+")
_CONTRACTIONS = tuple(
    (re.compile(short + r"\b", re.IGNORECASE), full)
    for short, full in (
        (r"\bcan(?:not|['’]t)", "can not"), (r"\bwon['’]t", "will not"), (r"(?<=\w)n['’]t", " not"), (r"(?<=\w)['’]re", " are"),
        (r"(?<=\w)['’]ve", " have"), (r"(?<=\w)['’]ll", " will"), (r"\bi['’]m", "i am"),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Text:
    """A wording with everyone who prints it."""

    words: tuple[str, ...]
    quotes: tuple[int, ...]


def find_variants(quotes: Iterable[QuoteText], speaker_of: Mapping[str, str]) -> dict[str, str]:
    """Group near-copies; what interviewers ask is no event, whatever they ask again.

    Args:
        quotes: All quotes of the collection, in any order.
        speaker_of: Speaker id by entity key, for quotes attributed to somebody.

    Returns:
        Quote id -> group id, only for quotes with a near-copy in another article. A group is named after its earliest
        quote; the outcome does not depend on the order of ``quotes``.
    """
    said = (quote for quote in quotes if not quote.interviewer)
    known = sorted(said, key=lambda quote: (not quote.published, quote.published, quote.article_id, quote.id))
    speakers = [speaker_of.get(quote.entity or "", "") for quote in known]
    texts = _fold_equal(known, speakers)
    edges = sorted(
        (-likeness, one, other)
        for one, other in _candidates([text.words for text in texts])
        if (likeness := _likeness(texts[one], texts[other], speakers))
    )
    near = {(one, other) for _, one, other in edges}
    groups = _Groups(len(texts))
    for _, one, other in edges:
        groups.join_if_all(one, other, near)
    return _named(groups.members(), texts, known)


def words_of(text: str) -> tuple[str, ...]:
    """The words that count: without case, marks, brackets or the words inserted in brackets, contractions written out."""
    plain = re.sub(r"\[[^\]]*\]", " ", text)
    for short, full in _CONTRACTIONS:
        plain = short.sub(full, plain)
    return tuple(map(sys.intern, _WORD.findall(fold(plain))))


def _fold_equal(known: Sequence[QuoteText], speakers: Sequence[str]) -> list[_Text]:
    """Texts with equal words; a short one is only equal with the same speaker."""
    equal: dict[tuple[tuple[str, ...], str], list[int]] = defaultdict(list)
    for number, quote in enumerate(known):
        words = words_of(quote.text)
        if len(words) >= TELLING_WORDS:
            equal[words, ""].append(number)
        elif len(words) >= FEWEST_WORDS or (len(words) >= FEWEST_EQUAL and speakers[number]):
            equal[words, speakers[number]].append(number)
    return [_Text(words, tuple(numbers)) for (words, _), numbers in equal.items()]


def _candidates(texts: Sequence[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Pairs of texts long enough that may be near-copies, each with the lower number first, ascending."""
    long = [number for number, words in enumerate(texts) if len(words) >= FEWEST_WORDS]
    if len(long) < 2:
        return
    shingles, owner = _shingles([texts[number] for number in long])
    _, rank, counts = np.unique(shingles, return_inverse=True, return_counts=True)
    frequency = counts[rank]
    order = np.lexsort((rank, frequency, owner))  # each text's shingles, rarest first
    owner, rank, frequency = owner[order], rank[order], frequency[order]
    starts = np.searchsorted(owner, np.arange(len(long) + 1))
    sizes = np.diff(starts)
    place = np.arange(len(owner)) - starts[owner]
    probes = place <= sizes[owner] - np.ceil(CONTAINED * sizes[owner])
    probes &= (frequency > 1) & (frequency <= CROWD)
    by_shingle = np.lexsort((owner, rank))
    first = np.searchsorted(rank[by_shingle], np.arange(len(counts) + 1))
    seen: set[tuple[int, int]] = set()
    for at in np.flatnonzero(probes):
        mine = int(owner[at])
        for other in owner[by_shingle[first[rank[at]] : first[rank[at] + 1]]].tolist():
            if other != mine and sizes[other] >= sizes[mine]:
                seen.add((mine, other) if mine < other else (other, mine))
    for one, other in sorted(seen):
        yield long[one], long[other]


def _shingles(texts: Sequence[tuple[str, ...]]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """All distinct shingles of all texts as numbers, with the text each belongs to, ascending."""
    vocabulary: dict[str, int] = {}
    flat = np.fromiter((vocabulary.setdefault(word, len(vocabulary)) for words in texts for word in words), np.uint64)
    lengths = np.fromiter((len(words) for words in texts), np.int64, len(texts))
    owner = np.repeat(np.arange(len(texts)), lengths)
    mixed = flat[: len(flat) - SHINGLE + 1].copy()
    for step in range(1, SHINGLE):
        # An odd multiplier mixes the word numbers; a collision only makes one more pair to compare.
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + flat[step : len(flat) - SHINGLE + 1 + step]
    whole = owner[: len(mixed)] == owner[SHINGLE - 1 :]
    mixed, owner = mixed[whole], owner[: len(whole)][whole]
    order = np.lexsort((mixed, owner))
    mixed, owner = mixed[order], owner[order]
    first = np.ones(len(mixed), bool)
    first[1:] = (mixed[1:] != mixed[:-1]) | (owner[1:] != owner[:-1])
    return mixed[first], owner[first]


def _likeness(one: _Text, other: _Text, speakers: Sequence[str]) -> float:
    """How much of the longer text the two have in common; 0 unless they are near-copies.

    They are when the shorter stands in the longer word for word, but for a slip or two; a few words must be the same
    speaker's too.
    """
    short, long = sorted((one, other), key=lambda text: len(text.words))
    if len(short.words) < SHORTEST_PART * len(long.words):
        return 0.0
    common = LCSseq.similarity(short.words, long.words)
    if common < IN_ORDER * len(short.words):
        return 0.0
    if common < TELLING_WORDS and not (
        _same_speaker(one, other, speakers) and _between(short.words, long.words) <= MOST_BETWEEN
    ):
        return 0.0
    return float(common) / len(long.words)


def _between(short: Sequence[str], long: Sequence[str]) -> int:
    """How many words of the longer text stand between those that it has in common with the shorter."""
    parts = [part for part in LCSseq.opcodes(short, long) if part.tag in ("equal", "insert")]
    tags = [part.tag for part in parts]
    first, last = tags.index("equal"), len(tags) - tags[::-1].index("equal")
    return sum(part.dest_end - part.dest_start for part in parts[first:last] if part.tag == "insert")


def _same_speaker(one: _Text, other: _Text, speakers: Sequence[str]) -> bool:
    """Whether some quote of each is by the same speaker, or by nobody known."""
    some, others = {speakers[n] for n in one.quotes}, {speakers[n] for n in other.quotes}
    return "" in some or "" in others or not some.isdisjoint(others)


def _named(groups: Iterable[Sequence[int]], texts: Sequence[_Text], known: Sequence[QuoteText]) -> dict[str, str]:
    variants: dict[str, str] = {}
    for group in groups:
        numbers = sorted(number for text in group for number in texts[text].quotes)
        if len({known[number].article_id for number in numbers}) > 1:
            name = "v" + hashlib.sha256(known[numbers[0]].id.encode()).hexdigest()[:16]
            variants.update((known[number].id, name) for number in numbers)
    return dict(sorted(variants.items()))


class _Groups:
    """Groups of texts that are all near-copies of each other.

    Two halves of a sentence that one outlet prints whole are each like the whole but not like each other; merging only
    where every pair is near keeps such chains from growing.
    """

    def __init__(self, size: int) -> None:
        self._group = list(range(size))
        self._members: dict[int, list[int]] = {n: [n] for n in range(size)}

    def join_if_all(self, one: int, other: int, near: set[tuple[int, int]]) -> None:
        """Merge the groups of two texts if every member of one is near every member of the other."""
        keep, gone = sorted((self._group[one], self._group[other]))
        if keep == gone:
            return
        mine, theirs = self._members[keep], self._members[gone]
        if all((min(a, b), max(a, b)) in near for a in mine[:_COMPARED] for b in theirs[:_COMPARED]):
            for n in theirs:
                self._group[n] = keep
            mine += theirs
            del self._members[gone]

    def members(self) -> Iterator[list[int]]:
        """The groups, in order of their first text."""
        yield from self._members.values()

"""Levels 2 and 3 below a level-1 topic: the branch whose own words (its label's, and the lexicon's) the text has most of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, count
from typing import NamedTuple

from indexer.topic_vocabulary import vocabulary
from indexer.topic_words import feature, hand_lexicon

LEAST_EVIDENCE = {2: 3.0, 3: 4.0}
"""Weighted occurrences of its words that a branch of a level needs, and ..."""
LEAST_PART = {2: 0.55, 3: 0.65}
"""... its least part of all such evidence below the same parent: a narrower topic must be plain."""

_COMMON = frozenset("and of the in to for".split())


class _Evidence(NamedTuple):
    """A word that speaks for a branch; numbered branch by branch, so that sums always come out alike."""

    number: int
    branch: str
    word: str
    weight: float


class Branches:
    """Finds branches by their words."""

    def __init__(self, extra: Mapping[str, Mapping[str, float]]) -> None:
        """Take the labels, the lexicon, and a newsroom's own terms (topic id -> feature -> weight)."""
        below: dict[str, dict[str, dict[str, float]]] = {}
        lexicon = hand_lexicon()
        for term in vocabulary().values():
            if term.level in LEAST_EVIDENCE:
                words = _label_words(term.label)
                for terms in (lexicon.get(term.id, {}), extra.get(term.id, {})):
                    for word, weight in terms.items():
                        words[word] = max(weight, words.get(word, 0.0))
                below.setdefault(term.ancestors[-1], {})[term.id] = words
        self._below = {parent: _by_word(branches) for parent, branches in below.items()}
        self.features = {word for words in self._below.values() for word in words}

    def below(self, topic: str, counts: Mapping[str, int]) -> list[tuple[str, float]]:
        """The way down from a level-1 topic as far as the text's features carry it: each id with its part, never growing.

        A part is the product of the parts of the evidence on the way, so that a child has no more than its parent.
        """
        found: list[tuple[str, float]] = []
        part = 1.0
        for level in sorted(LEAST_EVIDENCE):
            best, evidence, total = self._best(topic, counts)
            if evidence < LEAST_EVIDENCE[level] or evidence < LEAST_PART[level] * total:
                break
            part *= evidence / total
            found.append((best, part))
            topic = best
        return found

    def _best(self, parent: str, counts: Mapping[str, int]) -> tuple[str, float, float]:
        """The child of most evidence, its evidence, and all children's."""
        words = self._below.get(parent, {})
        evidence: dict[str, float] = {}
        for _, branch, word, weight in sorted(chain.from_iterable([words[word] for word in counts if word in words])):
            evidence[branch] = evidence.get(branch, 0.0) + weight * min(counts[word], 3)
        best = max(evidence, key=lambda branch: (evidence[branch], branch), default="")
        return best, evidence.get(best, 0.0), sum(evidence.values())


def _by_word(branches: Mapping[str, Mapping[str, float]]) -> Mapping[str, Sequence[_Evidence]]:
    """The words of branches to what each speaks for."""
    number = count()
    found: dict[str, list[_Evidence]] = {}
    for branch, words in branches.items():
        for word, weight in words.items():
            found.setdefault(word, []).append(_Evidence(next(number), branch, word, weight))
    return found


def _label_words(label: str) -> dict[str, float]:
    """The label as a phrase, and its plain words, weaker."""
    found = {feature(word): 0.5 for word in label.replace("(NGO)", "").split() if word not in _COMMON}
    found[feature(label)] = 2.0
    return found

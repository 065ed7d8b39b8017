"""Level 2 below a level-1 topic: the branch whose own words (its label's, and the lexicon's) the text has most of."""

from __future__ import annotations

from collections.abc import Mapping

from indexer.topic_vocabulary import vocabulary
from indexer.topic_words import feature, hand_lexicon

LEAST_EVIDENCE = 3.0
"""Weighted occurrences of its words that a branch needs, and ..."""
LEAST_PART = 0.55
"""... its least part of all such evidence below the same topic."""

_COMMON = frozenset("and of the in to for".split())


class Branches:
    """Finds branches by their words."""

    def __init__(self, extra: Mapping[str, Mapping[str, float]]) -> None:
        """Take the labels, the lexicon, and a newsroom's own terms (topic id -> feature -> weight)."""
        self._below: dict[str, dict[str, dict[str, float]]] = {}
        lexicon = hand_lexicon()
        for term in vocabulary().values():
            if term.level == 2:
                words = _label_words(term.label)
                words |= dict(lexicon.get(term.id, {}))
                words |= dict(extra.get(term.id, {}))
                self._below.setdefault(term.ancestors[0], {})[term.id] = words
        self.features = {word for below in self._below.values() for words in below.values() for word in words}

    def below(self, topic: str, counts: Mapping[str, int]) -> list[tuple[str, float]]:
        """The branch below a topic that the text's features carry: id and part of the evidence, or nothing."""
        evidence = {
            branch: sum(weight * min(counts[word], 3) for word, weight in words.items() if word in counts)
            for branch, words in self._below.get(topic, {}).items()
        }
        total = sum(evidence.values())
        best = max(evidence, key=lambda branch: (evidence[branch], branch), default="")
        if not best or evidence[best] < LEAST_EVIDENCE or evidence[best] < LEAST_PART * total:
            return []
        return [(best, evidence[best] / total)]


def _label_words(label: str) -> dict[str, float]:
    """The label as a phrase, and its plain words, weaker."""
    found = {feature(word): 0.5 for word in label.replace("(NGO)", "").split() if word not in _COMMON}
    found[feature(label)] = 2.0
    return found

"""The linear topic model: a score for each level-1 topic from a text's features.

Features weigh ``1 + ln(count)`` and are divided by their Euclidean length, so that long and short texts compare; a topic's
score is the sum of its weights plus an intercept, and shares are the scores' softmax. The weights come from a file, see
``tests/bench/train_topics.py``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain

import numpy as np
from numpy.typing import NDArray


class TopicModel:
    """Learned weights, and a newsroom's own on top.

    Attributes:
        topics: Ids of the level-1 topics, in the order of scores.
        features: Everything that has a weight.
    """

    def __init__(self, content: Mapping[str, object], extra: Mapping[str, Mapping[str, float]] | None = None) -> None:
        """Read weights; ``extra`` adds to them: topic id -> feature -> weight."""
        self.topics: tuple[str, ...] = tuple(content["topics"])  # type: ignore[arg-type]
        rows: Mapping[str, Mapping[str, float]] = content["weights"]  # type: ignore[assignment]
        own = {feature for terms in (extra or {}).values() for feature in terms}
        self._rows = {feature: number for number, feature in enumerate(dict.fromkeys((*rows, *sorted(own))))}
        self._weights = np.zeros((len(self._rows), len(self.topics)), np.float32)
        for feature, row in rows.items():
            for place, weight in row.items():
                self._weights[self._rows[feature], int(place)] = weight
        for topic, terms in (extra or {}).items():
            if topic in self.topics:
                for feature, weight in terms.items():
                    self._weights[self._rows[feature], self.topics.index(topic)] += weight * OWN_TERM
        self._intercept = np.array(content["intercept"], np.float32)
        self.features = self._rows.keys()

    def shares(self, counts: Mapping[str, int]) -> list[float]:
        """Share of each topic, in the order of :attr:`topics`; they sum to 1."""
        return self.shares_of_each([counts])[0]

    def shares_of_each(self, texts: Sequence[Mapping[str, int]]) -> list[list[float]]:
        """The shares for several texts at once: one pass over all their features."""
        known = self._rows
        weighed = [[(known[name], count) for name, count in text.items() if name in known] for text in texts]
        rows = np.array(list(chain.from_iterable(weighed)), np.int64).reshape(-1, 2)
        return self.shares_of_rows(rows[:, 0], rows[:, 1], np.array(list(map(len, weighed)), np.int64))

    def shares_of_rows(
        self, rows: NDArray[np.int64], counts: NDArray[np.int64], sizes: NDArray[np.int64]
    ) -> list[list[float]]:
        """The shares for several texts: features by their places in :attr:`features`, one text behind the other.

        Args:
            rows: The place of each feature of the first text, of the second, and so on.
            counts: How often each is there.
            sizes: How many features each text has.
        """
        starts = np.cumsum(sizes) - sizes
        scores = np.repeat(self._intercept[None], len(sizes), axis=0)
        some = np.flatnonzero(sizes)
        if len(some):
            values = 1.0 + np.log(counts.astype(np.float32))
            sums = np.add.reduceat(self._weights[rows] * values[:, None], starts[some])
            scores[some] += sums / np.sqrt(np.add.reduceat(values * values, starts[some]))[:, None]
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        found: list[list[float]] = (shares / shares.sum(axis=1, keepdims=True)).tolist()
        return found

    def _read(self, counts: Mapping[str, int]) -> tuple[list[int], NDArray[np.float32]]:
        """Rows of the features that have weights, and their values."""
        known = self._rows
        found = [(known[feature], count) for feature, count in counts.items() if feature in known]
        values = np.array([count for _, count in found], np.float32)
        return [row for row, _ in found], (1.0 + np.log(values)).astype(np.float32)

    def contributions(self, counts: Mapping[str, int], topic: str) -> list[tuple[str, float]]:
        """What each feature adds to a topic's score, largest first."""
        place = self.topics.index(topic)
        features = [feature for feature in counts if feature in self._rows]
        rows, values = self._read(counts)
        if not rows:
            return []
        added = values * self._weights[rows, place] / np.sqrt(values @ values)
        found = [(feature, float(value)) for feature, value in zip(features, added, strict=True) if value]
        return sorted(found, key=lambda pair: -abs(pair[1]))


OWN_TERM = 10.0
"""What a newsroom's own term of weight 1 adds: twice what the strongest learned words do, so that it decides a short text."""


@cache
def learned_weights() -> Mapping[str, object]:
    """The weights that come with the product."""
    loaded: dict[str, object] = json.loads(files("indexer").joinpath("data/topic_weights.json").read_text("utf-8"))
    return loaded

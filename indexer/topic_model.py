"""The linear topic model: a score for each level-1 topic from a text's features.

Features weigh ``1 + ln(count)`` and are divided by their Euclidean length, so that long and short texts compare; a topic's
score is the sum of its weights plus an intercept, and shares are the scores' softmax. The weights come from a file, see
``tests/bench/train_topics.py``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


class TopicModel:
    """Learned weights, and a newsroom's own on top.

    Attributes:
        topics: Ids of the level-1 topics, in the order of scores.
        features: Everything that has a weight.
    """

    def __init__(self, content: Mapping[str, object], extra: Mapping[str, Mapping[str, float]] | None = None) -> None:
        """Read weights; ``extra`` adds to them: topic id -> feature -> weight."""
        self.topics: tuple[str, ...] = tuple(content["topics"])  # type: ignore[arg-type]
        self._intercept: tuple[float, ...] = tuple(content["intercept"])  # type: ignore[arg-type]
        rows: Mapping[str, Mapping[str, float]] = content["weights"]  # type: ignore[assignment]
        self._weights = {feature: [(int(n), w) for n, w in row.items()] for feature, row in rows.items()}
        places = {topic: number for number, topic in enumerate(self.topics)}
        for topic, terms in (extra or {}).items():
            if topic in places:
                for feature, weight in terms.items():
                    self._weights.setdefault(feature, []).append((places[topic], weight * OWN_TERM))
        self.features = self._weights.keys()

    def shares(self, counts: Mapping[str, int]) -> list[float]:
        """Share of each topic, in the order of :attr:`topics`; they sum to 1."""
        scores = list(self._intercept)
        weights = self._weights
        length = 0.0
        sums = [0.0] * len(scores)
        for feature, count in counts.items():
            row = weights.get(feature)
            if row is None:
                continue
            value = 1.0 + math.log(count) if count > 1 else 1.0
            length += value * value
            for place, weight in row:
                sums[place] += value * weight
        if length:
            norm = math.sqrt(length)
            scores = [score + total / norm for score, total in zip(scores, sums, strict=True)]
        top = max(scores)
        shares = [math.exp(score - top) for score in scores]
        total = sum(shares)
        return [share / total for share in shares]

    def contributions(self, counts: Mapping[str, int], topic: str) -> list[tuple[str, float]]:
        """What each feature adds to a topic's score, largest first."""
        place = self.topics.index(topic)
        values = {f: 1.0 + math.log(c) for f, c in counts.items() if f in self._weights}
        norm = math.sqrt(sum(v * v for v in values.values())) or 1.0
        found = [(f, v / norm * sum(w for n, w in self._weights[f] if n == place)) for f, v in values.items()]
        return sorted(((f, w) for f, w in found if w), key=lambda pair: -abs(pair[1]))


OWN_TERM = 4.0
"""What a newsroom's own term of weight 1 adds: as much as the strongest learned words."""


@cache
def learned_weights() -> Mapping[str, object]:
    """The weights that come with the product."""
    loaded: dict[str, object] = json.loads(files("indexer").joinpath("data/topic_weights.json").read_text("utf-8"))
    return loaded

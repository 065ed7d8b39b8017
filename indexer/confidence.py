"""How sure an attribution is, as a share: of the quotes given 0.9, about nine in ten are right.

The probability that the right words were taken for the speaker's, times the probability that those words were led to
the right name; each is a small logistic model whose weights ``tests/bench/train_confidence.py`` fits.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from indexer.attribution_weights import attribution_weights
from indexer.document import Quotation
from indexer.references import Reference

Features = list[tuple[str, float]]


def confidence(quotation: Quotation, reference: Reference | None, rule: str, steps: int) -> float:
    """Return the probability that the speaker is right.

    Args:
        quotation: The quote.
        reference: Whom it is credited to; None for nobody.
        rule: Name of the rule that found the speaker's words.
        steps: How many quotes away they were found.
    """
    weights = attribution_weights()
    words = _probability(word_features(quotation, reference, rule, steps), weights["confidence: words"])
    name = _probability(name_features(reference), weights["confidence: name"])
    return round(min(0.99, max(0.01, words * name)), 3)


def word_features(quotation: Quotation, reference: Reference | None, rule: str, steps: int) -> Features:
    """Features of "these are the speaker's words", as (name, value)."""
    found: Features = [("bias", 1.0), (f"type: {quotation.type}", 1.0)]
    if quotation.cue is None:
        found.append(("no cue", 1.0))
    elif quotation.cue.end <= quotation.start:
        found.append(("cue before", 1.0))
    if reference is None:
        found.append(("nobody", 1.0))
        return found
    found.append((f"found: {rule}", 1.0))
    found.append((f"form: {reference.form}", 1.0))
    found.append((f"kind: {reference.kind or 'none'}", 1.0))
    if steps > 1:
        found.append(("steps", min(steps, 5) - 1.0))
    if quotation.cue is not None:
        near = min(abs(quotation.cue.start - reference.end), abs(reference.start - quotation.cue.end))
        found.append(("words far from cue", min(near, 100) / 100))
    return found


def name_features(reference: Reference | None) -> Features:
    """Features of "these words mean this name", as (name, value)."""
    if reference is None:
        return [("bias", 1.0)]
    found: Features = [("bias", 1.0), (f"led by: {reference.rule.partition(':')[0]}", 1.0)]
    if reference.form == "pronoun" and reference.entity is not None:
        found.append(("pronoun margin", max(0.0, min(reference.sureness, 3.0))))
    return found


def _probability(features: Features, weights: Mapping[str, float]) -> float:
    get = weights.get
    score = sum(get(name, 0.0) * value for name, value in features)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))

"""How sure an attribution is, as a share: of the quotes given 0.9, about nine in ten are right."""

from __future__ import annotations

import math

from indexer.document import Quotation
from indexer.mentions import Reference, attribution_weights


def confidence(quotation: Quotation, reference: Reference | None, rule: str, steps: int) -> float:
    """Return the probability that the speaker is right, by a logistic model over :func:`features`."""
    weights = attribution_weights()["confidence"]
    score = weights.get("bias", 0.0)
    for name, value in features(quotation, reference, rule, steps):
        score += weights.get(name, 0.0) * value
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, score)))), 3)


def features(quotation: Quotation, reference: Reference | None, rule: str, steps: int) -> list[tuple[str, float]]:
    """Features of an attribution, as (name, value); a training script fits a weight for each."""
    found: list[tuple[str, float]] = [(f"type: {quotation.type}", 1.0)]
    if quotation.cue is None:
        found.append(("no cue", 1.0))
    if reference is None:
        found.append(("nobody", 1.0))
        return found
    found.append((f"form: {reference.form}", 1.0))
    found.append((f"kind: {reference.kind or 'none'}", 1.0))
    found.append((f"found: {rule}", 1.0))
    found.append((f"led by: {reference.rule.partition(':')[0]}", 1.0))
    found.append(("steps", min(steps, 4)))
    if reference.form == "pronoun":
        found.append(("pronoun margin", max(0.0, min(reference.sureness, 4.0))))
    return found

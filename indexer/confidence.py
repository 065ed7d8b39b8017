"""How sure an attribution is, as a share: of the quotes given 0.9, about nine in ten are right.

The probability that the right words were taken for the speaker's, times the probability that those words were led to
the right name; each is a small logistic model whose weights ``tests/bench/train_confidence.py`` fits.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeAlias

from indexer.attribution_weights import attribution_weights
from indexer.document import Quotation
from indexer.references import Reference

Features: TypeAlias = list[tuple[str, float]]
WordCase: TypeAlias = tuple[str, str, str, str, str, int, int]
NameCase: TypeAlias = tuple[str, float | None]


def confidence(quotation: Quotation, reference: Reference | None, rule: str, steps: int) -> float:
    """Return the probability that the speaker is right.

    Args:
        quotation: The quote.
        reference: Whom it is credited to; None for nobody.
        rule: Name of the rule that found the speaker's words.
        steps: How many quotes away they were found.
    """
    words = _words_probability(*word_case(quotation, reference, rule, steps))
    return round(min(0.99, max(0.01, words * _name_probability(*name_case(reference)))), 3)


def word_case(quotation: Quotation, reference: Reference | None, rule: str, steps: int) -> WordCase:
    """What "these are the speaker's words" depends on, as :func:`word_features` takes it."""
    cue = quotation.cue
    place = "none" if cue is None else "before" if cue.end <= quotation.start else "elsewhere"
    if reference is None:
        return quotation.type, place, "", "", "", 0, 0
    far = 0 if cue is None else min(abs(cue.start - reference.end), abs(reference.start - cue.end), 100)
    return quotation.type, place, rule, reference.form, reference.kind or "none", min(steps, 5), far


def word_features(kind: str, cue: str, rule: str, form: str, speaker: str, steps: int, far: int) -> Features:
    """Features of "these are the speaker's words", as (name, value).

    Args:
        kind: The quote's type.
        cue: Where its cue stands: ``before``, ``elsewhere`` or ``none``.
        rule: Name of the rule that found the speaker's words; empty where there are none.
        form: Their form, see :class:`indexer.references.Reference`.
        speaker: The kind of speaker they mean.
        steps: How many quotes away they were found, at most 5.
        far: How many characters from the cue, at most 100.
    """
    found: Features = [("bias", 1.0), (f"type: {kind}", 1.0)]
    if cue == "none":
        found.append(("no cue", 1.0))
    elif cue == "before":
        found.append(("cue before", 1.0))
    if not form:
        found.append(("nobody", 1.0))
        return found
    found += [(f"found: {rule}", 1.0), (f"form: {form}", 1.0), (f"kind: {speaker}", 1.0)]
    if steps > 1:
        found.append(("steps", steps - 1.0))
    if cue != "none":
        found.append(("words far from cue", far / 100))
    return found


def name_case(reference: Reference | None) -> NameCase:
    """What "these words mean this name" depends on, as :func:`name_features` takes it."""
    if reference is None:
        return "", None
    rule = reference.rule
    if rule.startswith(("pronoun: subject of", "pronoun: named in")):
        return "pronoun", reference.sureness
    return rule, None


def name_features(rule: str, margin: float | None) -> Features:
    """Features of "these words mean this name", as (name, value).

    Args:
        rule: Name of the rule that led to the name, ``pronoun`` for all those of he and she; empty where there are no words.
        margin: By how much a pronoun's person outweighs the next best; None for other words.
    """
    found: Features = [("bias", 1.0)]
    if rule:
        found.append((f"led by: {rule}", 1.0))
    if margin is not None:
        found.append(("pronoun margin", max(0.0, min(margin, 3.0))))
    return found


@lru_cache(1 << 14)
def _words_probability(*case: Any) -> float:
    return _probability(word_features(*case), attribution_weights()["confidence: words"])


@lru_cache(1 << 14)
def _name_probability(*case: Any) -> float:
    return _probability(name_features(*case), attribution_weights()["confidence: name"])


def _probability(features: Features, weights: Mapping[str, float]) -> float:
    get = weights.get
    score = sum(get(name, 0.0) * value for name, value in features)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))

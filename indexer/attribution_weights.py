"""The learned weights of attribution: which candidate a pronoun means, how sure an attribution is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def attribution_weights() -> Mapping[str, Mapping[str, float]]:
    """Return the learned weights: groups of feature -> weight."""
    loaded: dict[str, dict[str, float]] = json.loads(
        files("indexer").joinpath("data/attribution_weights.json").read_text(encoding="utf-8")
    )
    return {name: group for name, group in loaded.items() if not name.startswith("_")}

"""Features of the clause models in groups: names are built once for each combination that occurs, and then only weights are added.

A group is a function that names features, with what it names them of: ``(words_around, "and/0", "he", "-ing")``. The trainers
take the names; the extractor adds up the weights, in the same order as if it had the names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, repeat
from typing import Any, TypeAlias

Group: TypeAlias = tuple[Any, ...]
"""A function that returns names of features, and its arguments."""

_MOST = 1 << 14


def feature_names(groups: Sequence[Group]) -> list[str]:
    """All features of some groups.

    >>> feature_names([(lambda rule: ["bias", f"rule {rule}"], "denial")])
    ['bias', 'rule denial']
    """
    return [name for kind, *key in groups for name in kind(*key)]


def score_of(weights: Mapping[str, float]) -> Callable[[Sequence[Group]], float]:
    """Return what tells the sum of the weights of some groups' features; a feature that has no weight counts nothing.

    >>> score_of({"rule denial": 0.5})([(lambda rule: ["bias", f"rule {rule}"], "denial")])
    0.5
    """

    @lru_cache(maxsize=_MOST)
    def of_group(group: Group) -> tuple[float, ...]:
        kind, *key = group
        return tuple(filter(None, map(weights.get, kind(*key), repeat(0.0))))

    def score(groups: Sequence[Group]) -> float:
        return sum(chain.from_iterable(map(of_group, groups)))

    return score

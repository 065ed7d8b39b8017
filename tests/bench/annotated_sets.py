"""Annotated sets as the training scripts take them: files of several annotators, each article with a weight."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Cases(NamedTuple):
    """Cases of several sets in one row.

    Attributes:
        features: Names of the features of each case.
        labels: Whether it is one.
        articles: Its article, numbered over all sets.
        weights: How often it counts.
    """

    features: list[list[str]]
    labels: NDArray[np.int64]
    articles: NDArray[np.int64]
    weights: NDArray[np.float64]


def arguments(description: str | None) -> tuple[list[tuple[Path, float]], Path | None]:
    """Read ``GOLD.jsonl[*WEIGHT] ... [--out OUT.json]`` from the command line."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "gold", nargs="+", help="annotated articles, with *WEIGHT behind the name where they count more"
    )
    parser.add_argument("--out", type=Path)
    chosen = parser.parse_args()
    sets = []
    for name in chosen.gold:
        path, _, weight = name.partition("*")
        sets.append((Path(path), float(weight or 1)))
    return sets, chosen.out


def gathered(
    sets: list[tuple[Path, float]], cases: Callable[[Path], tuple[list[list[str]], list[int], list[int]]]
) -> Cases:
    """The cases of all sets; ``cases`` gives features, labels and article numbers of one."""
    features: list[list[str]] = []
    labels: list[int] = []
    articles: list[int] = []
    weights: list[float] = []
    for path, weight in sets:
        found, right, numbers = cases(path)
        begin = max(articles, default=-1) + 1
        features += found
        labels += right
        articles += [begin + number for number in numbers]
        weights += [weight] * len(found)
    return Cases(features, np.array(labels), np.array(articles), np.array(weights))


_ABOUT = (
    "polnear is US politics, wiki Wikinews, bbc the BBC News articles of 2004-05, quotes_A a dozen invented articles; "
    "all but polnear were annotated for this project"
)


def told(sets: list[tuple[Path, float]]) -> str:
    """The sets in words, for a provenance line."""
    names = ", ".join(path.name + (f" (weight {weight:g})" if weight != 1 else "") for path, weight in sets)
    return f"{names} [{_ABOUT}]"

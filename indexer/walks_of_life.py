"""The walk of life that a role's word tells of: a goaltender's is sport, a senator's politics, a resident's none."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def walks_of_words() -> Mapping[str, tuple[str, ...]]:
    """Return for each known word of roles the walks of life it tells of; ``generic`` stands for none.

    >>> walks_of_words()["senator"], "navigates" in walks_of_words()
    (('politics',), False)
    """
    lines = files("indexer").joinpath("data/role_domains.tsv").read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {word: tuple(walks.split()) for word, walks in pairs}

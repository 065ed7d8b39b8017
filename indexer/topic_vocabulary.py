"""The topic vocabulary: IPTC Media Topics (© IPTC, CC BY 4.0), with every term's way up."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from search.records import TopicTerm


@cache
def vocabulary() -> Mapping[str, TopicTerm]:
    """All terms by id, in the vocabulary's order; ``ancestors`` run from the top level down."""
    rows = json.loads(files("indexer").joinpath("data/mediatopics.json").read_text("utf-8"))["terms"]
    parent = {name: above for name, _, _, above in rows}
    return {name: TopicTerm(name, label, level, _ancestors(name, parent)) for name, label, level, _ in rows}


@cache
def top_level() -> tuple[str, ...]:
    """Ids of level 1, in the vocabulary's order."""
    return tuple(term.id for term in vocabulary().values() if term.level == 1)


def _ancestors(name: str, parent: Mapping[str, str | None]) -> tuple[str, ...]:
    above: list[str] = []
    at = parent[name]
    while at is not None:
        above.append(at)
        at = parent[at]
    return tuple(reversed(above))

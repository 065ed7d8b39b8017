"""Entities to groups, each one person, one organisation, or one wording of an unnamed speaker."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from indexer.identity.names import fold, fold_unnamed
from search.engine import EntityInArticle


def group_entities(entities: Sequence[EntityInArticle]) -> list[list[EntityInArticle]]:
    """Group entities that are the same; two that one article keeps apart stay apart.

    Args:
        entities: Sorted by article and key.
    """
    groups: dict[tuple[str, str, int], list[EntityInArticle]] = defaultdict(list)
    met: dict[tuple[str, str, str], int] = defaultdict(int)
    for item in entities:
        kind = item.entity.kind
        name = fold_unnamed(item.entity.name) if kind == "unnamed" else fold(item.entity.name)
        nth = met[kind, name, item.article_id] if kind != "unnamed" else 0
        met[kind, name, item.article_id] += 1
        groups[kind, name, nth].append(item)
    return list(groups.values())

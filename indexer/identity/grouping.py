"""Entities to groups, each one person, one organisation, or one wording of an unnamed speaker."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from indexer.identity.evidence import Evidence
from indexer.identity.names import fold, fold_unnamed
from indexer.identity.organisations import group_organisations, is_known_organisation
from indexer.identity.people import group_people
from indexer.identity.unions import Unions
from search.engine import EntityInArticle


def group_entities(items: Sequence[EntityInArticle]) -> list[list[EntityInArticle]]:
    """Group entities that are the same; the outcome depends on the set of entities alone.

    Args:
        items: Sorted by article and key.

    Returns:
        Groups in order of their first member.
    """
    evidence = Evidence(items)
    unions = Unions(evidence.article)
    kinds = kinds_of(items)
    group_people([n for n, kind in enumerate(kinds) if kind == "person"], evidence, unions)
    group_organisations([n for n, kind in enumerate(kinds) if kind == "organisation"], evidence, unions)
    _group_unnamed([n for n, kind in enumerate(kinds) if kind == "unnamed"], items, unions)
    return [[items[n] for n in group] for group in unions.groups(range(len(items)))]


def kinds_of(items: Sequence[EntityInArticle]) -> list[str]:
    """The kind of each entity: where articles disagree about a name, what most say.

    What one article takes for an unnamed speaker is an organisation where another knows a proper name in the same words.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for item in items:
        if item.entity.kind != "unnamed":
            votes[fold(item.entity.name)][item.entity.kind] += 1
    return [_kind(item, votes) for item in items]


def _kind(item: EntityInArticle, votes: dict[str, Counter[str]]) -> str:
    if item.entity.kind == "person" and is_known_organisation(item.entity.name):
        return "organisation"
    known = votes.get(fold(item.entity.name))
    if item.entity.kind != "unnamed":
        return _leading(known) if known else item.entity.kind
    proper = item.entity.name[:1].isupper() and known is not None and _leading(known) == "organisation"
    return "organisation" if proper else "unnamed"


def _leading(votes: Counter[str]) -> str:
    return min(votes, key=lambda kind: (-votes[kind], kind))


def _group_unnamed(numbers: Sequence[int], items: Sequence[EntityInArticle], unions: Unions) -> None:
    """Merge unnamed speakers of one wording; nobody knows more about them."""
    first: dict[str, int] = {}
    for n in numbers:
        unions.join(first.setdefault(fold_unnamed(items[n].entity.name), n), n)

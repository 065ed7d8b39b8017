"""What speaks for or against two entities being one: who they are named with, the words of their roles, their walk of life."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from heapq import nsmallest
from math import isqrt

from indexer.identity.institutions import is_shared
from indexer.identity.names import fold
from indexer.walks_of_life import walks_of_words
from search.engine import EntityInArticle

MANY = 60
"""Members looked at for evidence about a group: enough to tell, and bounded for those in every article."""

_FORMER = frozenset({"former", "formerly", "ex", "onetime", "retired", "late", "then", "previously"})


class Evidence:
    """Answers about entities by their number in ``items``.

    Attributes:
        items: The entities, sorted by article and key.
        article: For each entity the number of its article.
    """

    def __init__(self, items: Sequence[EntityInArticle]) -> None:
        self.items = items
        self.article: list[int] = []
        self._of_article: list[list[int]] = []
        last = None
        for number, item in enumerate(items):
            if item.article_id != last:
                self._of_article.append([])
                last = item.article_id
            self.article.append(len(self._of_article) - 1)
            self._of_article[-1].append(number)
        self._articles_naming = Counter(
            name
            for members in self._of_article
            for name in {fold(items[n].entity.name) for n in members if items[n].entity.kind != "unnamed"}
        )
        self._common = max(5, isqrt(len(self._of_article)))

    def company(self, number: int) -> frozenset[str]:
        """Folded names the entity shares its article with, leaving out those that half the news or many bear."""
        own = fold(self.items[number].entity.name)
        return frozenset(
            name
            for other in self._of_article[self.article[number]]
            if (item := self.items[other].entity).kind != "unnamed"
            and (name := fold(item.name)) != own
            and " " in name
            and not is_shared(name.replace(" of ", " ").split())
            and self._articles_naming[name] <= self._common
        )

    def role_words(self, number: int) -> frozenset[str]:
        """Telling words of the entity's roles."""
        return frozenset(word for role in self.items[number].entity.roles for word in telling_words(role))

    def walks(self, number: int) -> frozenset[str]:
        """Walks of life its present roles tell of."""
        roles = self.items[number].entity.roles
        return frozenset(walk for role in roles if not is_former(role) for walk in walks_of_life(role))

    def past(self, number: int) -> frozenset[str]:
        """Walks of life its former roles tell of."""
        roles = self.items[number].entity.roles
        return frozenset(walk for role in roles if is_former(role) for walk in walks_of_life(role))

    def shared(self, some: Iterable[int], others: Iterable[int]) -> int:
        """How many names and role words two groups have in common."""
        return len(self.signs(some) & self.signs(others))

    def signs(self, members: Iterable[int]) -> frozenset[tuple[str, str]]:
        """What can be held in common: names they are named with, telling words of their roles."""
        signs: set[tuple[str, str]] = set()
        for number in nsmallest(MANY, members):
            signs.update(("named with", name) for name in self.company(number))
            signs.update(("role", word) for word in self.role_words(number))
        return frozenset(signs)

    def gender(self, members: Iterable[int]) -> str:
        """``he`` or ``she`` where nine in ten of the pronouns found agree, else empty."""
        seen = Counter(self.items[number].entity.pronouns for number in members)
        he, she = seen["he"], seen["she"]
        return "he" if he and he >= 9 * she else "she" if she and she >= 9 * he else ""


@lru_cache(maxsize=1 << 16)
def telling_words(role: str) -> frozenset[str]:
    """Words of a role that not just anybody's role has."""
    return frozenset(
        word for word in fold(role).split() if len(word) > 2 and "generic" not in walks_of_words().get(word, ())
    )


@lru_cache(maxsize=1 << 16)
def walks_of_life(role: str) -> frozenset[str]:
    """Walks of life a role tells of; most tell of none."""
    return frozenset(
        walk for word in fold(role).split() for walk in walks_of_words().get(word, ()) if walk != "generic"
    )


@lru_cache(maxsize=1 << 16)
def is_former(role: str) -> bool:
    """Whether a role is one that somebody no longer has."""
    return not _FORMER.isdisjoint(fold(role).split())

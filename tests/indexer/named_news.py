"""News for tests of who is who: who is named in each article, with a word or two on them."""

from __future__ import annotations

from indexer.identity.registry import identify
from search.engine import EntityInArticle
from search.records import LocalEntity


class News:
    """Articles for tests: who is named in each, with a word or two on them."""

    def __init__(self) -> None:
        self.entities: list[EntityInArticle] = []

    def article(
        self, article_id: str, *people: dict[str, object], outlet: str = "Gull", day: str = "2024-01-01"
    ) -> News:
        for number, person in enumerate(people):
            entity = LocalEntity(key=f"{article_id}#{number}", **{"kind": "person", "quotes": 1, **person})  # type: ignore[arg-type]
            self.entities.append(EntityInArticle(article_id, outlet, day, entity))
        return self

    def speakers(self) -> dict[str, list[str]]:
        """Speaker names to sorted member keys; fails on two speakers of one name."""
        return {speaker.name: sorted(speaker.members) for speaker in identify(self.entities)}

    def same(self, one: str, other: str) -> bool:
        return any({one, other} <= set(speaker.members) for speaker in identify(self.entities))


def p(name: str, *roles: str, **more: object) -> dict[str, object]:
    return {"name": name, "roles": roles, **more}


def org(name: str, *aliases: str) -> dict[str, object]:
    return {"name": name, "kind": "organisation", "aliases": aliases}

"""What is written: a generation at a time, and what is read of a whole collection to make its tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, Self

from search.records import CollectionTables, IndexedArticle, LocalEntity


@dataclass(frozen=True, slots=True)
class QuoteText:
    """What grouping of variants needs to know of a stored quote."""

    id: str
    article_id: str
    outlet: str
    published: str
    quote_type: str
    entity: str | None
    text: str
    interviewer: bool = False


@dataclass(frozen=True, slots=True)
class EntityInArticle:
    """What identity needs to know of an article-local entity."""

    article_id: str
    outlet: str
    published: str
    entity: LocalEntity


class CollectionView(Protocol):
    """What is read of a whole collection to tell who is who and which quotes are one event."""

    def entities(self) -> Iterator[EntityInArticle]:
        """Every article-local entity of what is being written, by article id."""

    def quotes(self) -> Iterator[QuoteText]:
        """Every quote of what is being written, by article id, then place."""

    def previous(self) -> CollectionTables | None:
        """The tables of the generation before, so that ids and slugs stay what they were; None on the first."""


class Writer(CollectionView, Protocol):
    """Writes one new generation. Nothing is visible until :meth:`commit`; leaving the block without it changes nothing."""

    generation: str

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc: object) -> None: ...

    def add(self, indexed: IndexedArticle) -> None:
        """Store an article and its records, in place of an earlier version of the same id."""

    def delete(self, article_id: str) -> bool:
        """Take an article and its records out. Returns whether it was there."""

    def content_hash(self, article_id: str) -> str | None:
        """The stored hash of an article in what is being written, or None."""

    def commit(self, tables: CollectionTables) -> str:
        """Verify what was written, then swap it in atomically. Returns the generation."""

"""The table of contents of search: what every engine can do, and how one is opened.

==========================  ===================================================================================
what is asked               :mod:`search.asking`: a request with its filters, order, page and limits
what is found               :mod:`search.found`: matches, facets and totals; the hits that a page shows; suggestions
what is written             :mod:`search.writing`: one generation, and what is read to make its tables
what is stored              :mod:`search.records`: articles, records, speakers, and the one table of fields
how words are read          :mod:`search.parser`: text to the tree of :mod:`search.query`, as :mod:`search.refining` means it
==========================  ===================================================================================

``open_engine("whoosh:DIR")`` (or a plain folder) is the embedded engine, ``open_engine("opensearch:URL")`` the distributed one.
A search is query-then-fetch: :meth:`Engine.search` finds ids, totals and facets, :meth:`Engine.fetch` reads what a page shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from search.asking import Filter, Limits, SearchRequest, Sort
from search.found import Counts, Facet, FacetValue, Hit, Match, SearchResult, SpeakerPage, Stats, Suggestion, Variants
from search.records import Speaker, StoredArticle, TopicTerm
from search.writing import CollectionView, EntityInArticle, QuoteText, Writer

__all__ = [
    "CollectionView",
    "Counts",
    "Engine",
    "EntityInArticle",
    "Facet",
    "FacetValue",
    "Filter",
    "Hit",
    "Limits",
    "Match",
    "QuoteText",
    "SearchRequest",
    "SearchResult",
    "Sort",
    "SpeakerPage",
    "Stats",
    "Suggestion",
    "Variants",
    "Writer",
    "open_engine",
]


class Engine(Protocol):
    """A search engine over records. Safe to use from several threads; each call sees exactly one generation."""

    location: str

    def generation(self) -> str:
        """The generation that a search would see now. Raises :class:`~search.errors.IndexMissingError` when none."""

    def search(self, request: SearchRequest) -> SearchResult:
        """Find ids, totals and facets."""

    def fetch(self, request: SearchRequest, result: SearchResult) -> tuple[Hit, ...]:
        """Read what a page shows of the matches, in their order, from the generation that was searched."""

    def stream(self, request: SearchRequest) -> Iterator[Hit]:
        """All matches in the request's order, one generation throughout, in bounded memory; paging fields are ignored."""

    def suggest(self, text: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """Completions of what is typed so far: speakers, topics, outlets and words."""

    def record(self, record_id: str) -> Hit:
        """One record by id. Raises :class:`~search.errors.NotFoundError`."""

    def article(self, article_id: str) -> StoredArticle:
        """One article by id. Raises :class:`~search.errors.NotFoundError`."""

    def article_records(self, article_id: str) -> tuple[Hit, ...]:
        """All records of an article in reading order."""

    def speakers(self, query: str = "", page: int = 1, per_page: int = 50) -> SpeakerPage:
        """Speakers by name: each word of ``query`` is a prefix of a word of any alias."""

    def speaker(self, key: str) -> Speaker:
        """One speaker by id, slug or old slug. Raises :class:`~search.errors.NotFoundError`."""

    def topics(self) -> tuple[TopicTerm, ...]:
        """The topic vocabulary of the collection."""

    def stats(self) -> Stats:
        """What is in the index."""

    def check(self) -> tuple[str, ...]:
        """Verify the index; one sentence for each damage found, empty when sound."""

    def rebuild(self) -> Writer:
        """Begin a generation from nothing. Raises :class:`~search.errors.IndexLockedError`."""

    def update(self) -> Writer:
        """Begin a generation from the present one. Raises :class:`~search.errors.IndexLockedError`."""

    def close(self) -> None:
        """Let go of files and connections."""


def open_engine(location: str) -> Engine:
    """Open the engine that ``location`` names; the index itself need not exist yet.

    Args:
        location: ``whoosh:DIR``, a plain folder, or ``opensearch:http://HOST:PORT/NAME``.

    Raises:
        ConfigurationError: The address cannot be read, or its engine is not installed.
    """
    scheme, colon, rest = location.partition(":")
    if colon and scheme == "opensearch":
        from search.opensearch.engine import OpenSearchEngine

        return OpenSearchEngine(rest)
    from search.whoosh.engine import WhooshEngine

    return WhooshEngine(rest if colon and scheme == "whoosh" else location)

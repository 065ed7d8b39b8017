"""The table of contents of search: what every engine can do, and how one is opened.

``open_engine("whoosh:DIR")`` (or a plain folder) is the embedded engine, ``open_engine("opensearch:URL")`` the distributed one.
A search is query-then-fetch: :meth:`Engine.search` finds ids, totals and facets, :meth:`Engine.fetch` reads what a page shows.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, Self

from search.errors import BadRequestError
from search.query import MatchAll, Node
from search.records import (
    FACETS,
    PARAMS,
    CollectionTables,
    IndexedArticle,
    LocalEntity,
    Record,
    Review,
    Speaker,
    StoredArticle,
    TopicTerm,
)


class Sort(enum.Enum):
    """Order of hits. Ties: newest first, then record id; undated last."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Filter:
    """Values chosen in one field: OR-ed inside, AND-ed with other filters; ``exclude`` keeps records with none of them.

    ``field`` is a key of :data:`search.records.FIELD`; speaker values are ids or slugs, topic values ids.
    """

    field: str
    values: tuple[str, ...]
    exclude: bool = False

    def __post_init__(self) -> None:
        """Raise :class:`~search.errors.BadRequestError` for a field that no filter can be on."""
        if self.field not in PARAMS:
            raise BadRequestError(f"there is no filter on {self.field!r}", f"filters are on {', '.join(PARAMS)}")


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one query; past them the answer is what was found so far, flagged ``partial``.

    What is listed then matches the query and the filters, and every count is a lower bound; the best hits may be missing, and
    scores lack the words that were not reached. A clause under a NOT that is cut short bars everything, so that nothing is
    listed that should not be. An answer that is not flagged is whole.

    Attributes:
        time_ms: Wall time, looked at between steps: a step that has begun is finished.
        terms: Most words that a prefix, wildcard or fuzzy clause may expand to; the first in alphabetical order are taken.
    """

    time_ms: float = 5000.0
    terms: int = 10_000


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search.

    Attributes:
        query: The parsed query.
        filters: Chosen facet values.
        first_day: ``YYYY-MM-DD`` or empty, inclusive.
        last_day: ``YYYY-MM-DD`` or empty, inclusive.
        min_confidence: Leave out quotes attributed with less than this, 0..1.
        interviewer: Include the questions of an interview.
        sort: Order of hits.
        page: From 1; ignored with a cursor.
        per_page: Hits on a page, 0..200.
        cursor: Where the page before ended, from :attr:`SearchResult.next_cursor`, or empty.
        facets: Names of the facets to count, or None for all.
        facet_size: Most values listed in an open facet (chosen ones are always listed).
        fold: Show one hit for a group of variant quotes (totals and facets count all).
        distinct: Also count variant groups, articles and outlets.
        limits: Bounds.
        refined: The query is read as people mean it, by :func:`search.refining.refined`, and quotes go before paragraphs.
    """

    query: Node = field(default_factory=MatchAll)
    filters: tuple[Filter, ...] = ()
    first_day: str = ""
    last_day: str = ""
    min_confidence: float = 0.0
    interviewer: bool = False
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    per_page: int = 10
    cursor: str = ""
    facets: tuple[str, ...] | None = None
    facet_size: int = 30
    fold: bool = False
    distinct: bool = True
    limits: Limits = Limits()
    refined: bool = False

    def __post_init__(self) -> None:
        """Raise :class:`~search.errors.BadRequestError` for a facet that there is not."""
        for name in self.facets or ():
            if name not in FACETS:
                raise BadRequestError(f"there is no facet {name!r}", f"facets are {', '.join(FACETS)}")


@dataclass(frozen=True, slots=True)
class Match:
    """A found record. ``handle`` is the engine's own way back to it and means nothing outside."""

    id: str
    score: float
    handle: object = None


class FacetValue(NamedTuple):
    """A value of a facet with its count over ALL matches, this facet's own selection ignored.

    ``value`` is what a filter takes (a speaker's slug, a topic's id); ``parent`` is the topic above, or empty. A named tuple,
    since a search makes hundreds, and each takes a third of the time of a frozen dataclass.
    """

    value: str
    label: str
    count: int  # type: ignore[assignment]  # tuple.count is not missed
    selected: bool = False
    excluded: bool = False
    level: int = 0
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet. Values by count (months by time, topics top level first); ``more`` = values not listed.

    ``approximate`` is true only where a distributed engine cannot count exactly.
    """

    name: str
    values: tuple[FacetValue, ...]
    more: int = 0
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """Totals over all matches, in named units. ``kinds`` ignores a chosen kind. -1 = not counted."""

    kinds: Mapping[str, int]
    variant_groups: int = -1
    articles: int = -1
    outlets: int = -1


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to one request.

    Attributes:
        generation: The generation that was searched.
        total: Records that match, before variants are folded.
        undated_left_out: Undated records that a date filter left out.
        uncertain_left_out: Quotes that ``min_confidence`` left out.
        partial: True when a limit stopped the search: what is listed is right, counts are lower bounds.
        next_cursor: For the page after this, or empty at the end.
        suggestion: A spelling that finds more ("did you mean"), or empty.
        took_ms: Wall time inside the engine.
    """

    generation: str
    total: int
    matches: tuple[Match, ...]
    facets: Mapping[str, Facet]
    counts: Counts
    undated_left_out: int = 0
    uncertain_left_out: int = 0
    partial: bool = False
    next_cursor: str = ""
    suggestion: str = ""
    took_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Variants:
    """Near-copies of a quote, itself counted. ``ids`` earliest first."""

    ids: tuple[str, ...] = ()
    articles: int = 1
    outlets: int = 1


@dataclass(frozen=True, slots=True)
class Hit:
    """A record with everything a page shows of it. ``article`` has the whole text; context is cut from it.

    Attributes:
        highlights: ``(start, end)`` offsets into ``record.text``, in order, without overlap.
        speaker: The identity the quote is attributed to, or None.
        speakers: On a paragraph: the identities of its quotes' speakers.
        mentions: Identities named in it.
        before: Words around it in its paragraph: what stands before.
        after: What stands after.
    """

    record: Record
    article: StoredArticle
    score: float = 0.0
    highlights: tuple[tuple[int, int], ...] = ()
    speaker: Speaker | None = None
    speakers: tuple[Speaker, ...] = ()
    mentions: tuple[Speaker, ...] = ()
    topics: tuple[TopicTerm, ...] = ()
    before: str = ""
    after: str = ""
    variants: Variants = Variants()
    review: Review | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion for the search box. ``kind``: ``speaker``, ``topic``, ``outlet`` or ``word``; ``query`` is what to search."""

    kind: str
    text: str
    query: str
    count: int


@dataclass(frozen=True, slots=True)
class SpeakerPage:
    """Part of the list of speakers, most quoted first, then by name."""

    total: int
    speakers: tuple[Speaker, ...]


@dataclass(frozen=True, slots=True)
class Stats:
    """What is in an index. ``size_bytes`` on disk; days empty when nothing is dated.

    ``speakers`` are those who are quoted, ``named`` everyone who is named or quoted.
    """

    location: str
    engine: str
    generation: str
    built_at: str
    extractor: str
    articles: int
    quotes: int
    paragraphs: int
    attributed: int
    speakers: int
    named: int
    topics: int
    outlets: int
    first_day: str
    last_day: str
    size_bytes: int


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

"""What is found: matches with totals and facets, then the hits that a page shows; and what an index says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from search.records import Record, Review, Speaker, StoredArticle, TopicTerm


@dataclass(frozen=True, slots=True)
class Match:
    """A found record. ``handle`` is the engine's own way back to it and means nothing outside."""

    id: str
    score: float
    handle: object = None


class FacetValue(NamedTuple):
    """A value of a facet with its count over ALL matches, this facet's own selection ignored.

    ``value`` is what a filter takes (a speaker's slug, a topic's id); ``parent`` is the topic above, or empty; ``kind`` is
    that of a speaker (``person organisation unnamed``), or empty. A named tuple, since a search makes hundreds, and each takes
    a third of the time of a frozen dataclass.
    """

    value: str
    label: str
    count: int  # type: ignore[assignment]  # tuple.count is not missed
    selected: bool = False
    excluded: bool = False
    level: int = 0
    parent: str = ""
    kind: str = ""


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
        title_highlights: The same into ``article.title``.
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
    title_highlights: tuple[tuple[int, int], ...] = ()
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

    ``quotes`` are those without the questions of interviewers, ``speakers`` those who are quoted, ``named`` everyone who is named or quoted.
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

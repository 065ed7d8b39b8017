"""What is asked: one search over the records, in the words that every engine understands."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from search.errors import BadRequestError
from search.query import MatchAll, Node
from search.records import FACETS, PARAMS


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

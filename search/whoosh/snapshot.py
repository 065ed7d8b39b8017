"""The seam between storage and search: what a generation tells about its rows, and what an execution answers.

Storage (directories, stores, tables) knows ids and people; execution knows rows by ``(segment, row)`` numbers and
speakers by their number in the generation's table. Neither looks into the other's files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from numpy.typing import NDArray

from search.engine import SearchRequest
from search.records import TopicTerm
from search.whoosh.ids import Ids
from search.whoosh.rowmap import RowMap


class Names(Protocol):
    """The generation's tables as execution needs them. Speakers are numbered most quoted first, then by name."""

    def speaker_count(self) -> int:
        """How many speakers there are; their numbers run from 0."""

    def speaker_number(self, key: str) -> int | None:
        """The number of a speaker by id, slug or old slug."""

    def speakers_named(self, words: Sequence[str], prefix: bool = False) -> Sequence[int]:
        """Everyone with an alias that has each of ``words`` (folded) among its words; the last may begin one."""

    def topic_terms(self) -> Mapping[str, TopicTerm]:
        """The vocabulary, by id."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """What a generation says about the rows of one segment.

    Attributes:
        deleted: Numbers of rows that are gone, ascending, uint32, shape (n,).
        corrected: Row -> number of the speaker a reader put there, or -1 for nobody.
        groups: Row -> number of its variant group (from 0, dense over the generation); rows alone in theirs are absent.
        reviews: Row -> place of its status in :data:`search.records.REVIEWS`; absent is ``unreviewed``.
    """

    deleted: NDArray[Any]
    corrected: RowMap
    groups: RowMap
    reviews: RowMap


class RawMatch(NamedTuple):
    """A found row: segment number in the generation, row number in the segment."""

    segment: int
    row: int
    score: float


@dataclass(frozen=True, slots=True)
class RawFacet:
    """Counts of one facet, trimmed to the request's size and ordered as :class:`search.engine.Facet` says.

    Values are speaker numbers in ``speaker`` and ``mentions``, else what the filter takes. Equal counts: by number or
    by value. Chosen and excluded values are always in, with count 0 if need be; ``more`` = values with a count that are
    not listed.
    """

    values: tuple[tuple[int | str, int], ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class RawResult:
    """What an execution found; see :class:`search.engine.SearchResult`. -1 = not counted."""

    total: int
    matches: tuple[RawMatch, ...]
    facets: Mapping[str, RawFacet]
    kinds: Mapping[str, int]
    variant_groups: int = -1
    articles: int = -1
    outlets: int = -1
    undated_left_out: int = 0
    uncertain_left_out: int = 0
    partial: bool = False
    next_cursor: str = ""


class Snapshot(Protocol):
    """One generation, open for search. Safe to use from several threads."""

    def execute(self, request: SearchRequest) -> RawResult:
        """Find one page of matches, totals and facets.

        Raises:
            CursorError: The cursor is damaged or of another search.
        """

    def matches(self, request: SearchRequest) -> Iterator[RawMatch]:
        """All matches in the request's order; paging and folding are ignored."""

    def words(self, prefix: str, limit: int) -> Sequence[tuple[str, int]]:
        """Words as written (folded) that begin with ``prefix``, with the number of records they are in, most first."""

    def near(self, word: str) -> Sequence[tuple[str, int]]:
        """Words as written that differ little from ``word`` (folded), itself if it is one, with their numbers of records.

        Where it is none, at least all that begin with the same letter and are within a distance of 2 (of 1, up to seven
        letters); others are no harm.
        """

    def values(self, field_name: str) -> Mapping[str, int]:
        """Every value of a keyword field (``outlet`` ...) with the number of records that have it."""

    def problems(self) -> Iterator[str]:
        """One sentence for each damage in the segments' structure, checksums apart."""


class Entities(Protocol):
    """From the key of an article-local entity to its speaker's number; ``ids`` has the hashes and numbers as arrays."""

    ids: Ids

    def speaker_number(self, key: str) -> int | None:
        """The speaker that an entity is, or None."""


# A module of execution offers four functions (``search.whoosh.execution``; ``search.whoosh.scan``
# is the slow and simple one):
#
#   write_segment(folder, name, rows) -> None
#       Make the files ``{name}.*`` of a segment from rows (Iterable[IndexRow]).
#   merge_segments(folder, name, parts) -> None
#       Make one segment of several: parts are (segment name, deleted row numbers); live rows in the order of parts.
#   write_columns(folder, names, overlays, entities, tables) -> None
#       Make the columns of a generation over its segments; files ``columns.*``.
#   open_snapshot(folder, names, overlays, tables) -> Snapshot
#       Open segments and columns; tables is a Names.

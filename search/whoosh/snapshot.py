"""The seam between storage and search: what a generation tells about its rows, and what an execution answers.

Storage (directories, stores, tables) knows ids and people; execution knows rows by ``(segment, row)`` numbers and speakers
by their number in the generation's table. Neither looks into the other's files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from search.engine import SearchRequest
from search.records import TopicTerm


class Names(Protocol):
    """The generation's tables as execution needs them. Speakers are numbered most quoted first, then by name."""

    def speaker_count(self) -> int:
        """How many speakers there are; their numbers run from 0."""

    def speaker_number(self, key: str) -> int | None:
        """The number of a speaker by id, slug or old slug."""

    def speakers_named(self, words: Sequence[str], prefix: bool = False) -> Sequence[int]:
        """Everyone with an alias that has each of ``words`` (folded) among its words; the last may begin one of them."""

    def topic_terms(self) -> Mapping[str, TopicTerm]:
        """The vocabulary, by id."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """What a generation says about the rows of one segment.

    Attributes:
        deleted: Numbers of rows that are gone, ascending.
        corrected: Row -> number of the speaker a reader put there, or -1 for nobody.
        groups: Row -> number of its variant group (from 0, dense over the generation); rows alone in theirs are absent.
        reviews: Row -> status; absent is ``unreviewed``.
    """

    deleted: Sequence[int] = ()
    corrected: Mapping[int, int] = field(default_factory=dict)
    groups: Mapping[int, int] = field(default_factory=dict)
    reviews: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RawMatch:
    """A found row: segment number in the generation, row number in the segment."""

    segment: int
    row: int
    score: float


@dataclass(frozen=True, slots=True)
class RawFacet:
    """Counts of one facet, trimmed to the request's size and ordered as :class:`search.engine.Facet` says.

    Values are speaker numbers in ``speaker`` and ``mentions``, else what the filter takes. Equal counts: by number, by value.
    Chosen and excluded values are always in, with count 0 if need be; ``more`` = values with a count that are not listed.
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
        """Words as written (folded) that begin with ``prefix``, with the number of records they stand in, most first."""

    def values(self, field_name: str) -> Mapping[str, int]:
        """Every value of a keyword field (``outlet`` ...) with the number of records that have it."""

    def problems(self) -> Iterator[str]:
        """One sentence for each damage in the segments' structure, checksums apart."""


# A module of execution offers these functions (``search.whoosh.scan`` is the slow and simple one):
#   write_segment(folder, name, rows) -> None         rows: Iterable[IndexRow]; makes files ``{name}.*`` in folder
#   merge_segments(folder, name, parts) -> None       parts: Sequence[tuple[segment name, deleted rows]]; live rows in order
#   write_columns(folder, names, overlays, speaker_of) -> None
#                                                     per-generation columns ``columns.*``; speaker_of: entity key -> number
#   open_snapshot(folder, names, overlays, names_of) -> Snapshot

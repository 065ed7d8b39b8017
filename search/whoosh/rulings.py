"""What readers and near-copies add to rows, laid out for one generation: variants, corrections and reviews by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from search.errors import NotFoundError
from search.records import REVIEWS, CollectionTables, Record, Speaker, StoredArticle
from search.whoosh.rowmap import RowMap
from search.whoosh.tables import VariantGroup


class Finder(Protocol):
    """Finds and reads records of the generation that is being written."""

    def find_record(self, record_id: str) -> tuple[int, int]:
        """Segment and row. Raises :class:`~search.errors.NotFoundError`."""

    def read(self, segment: int, row: int) -> tuple[Record, StoredArticle]:
        """A record with its article."""


@dataclass(slots=True)
class Rulings:
    """For each segment, by row: group numbers, corrected speakers (-1 nobody) and places in ``REVIEWS``."""

    groups: list[dict[int, int]]
    corrected: list[dict[int, int]]
    reviews: list[dict[int, int]]
    variant_groups: list[VariantGroup] = field(default_factory=list)

    def save(self, folder: Path, segments: Sequence[str]) -> None:
        """Write one sparse column each for each segment."""
        for number, name in enumerate(segments):
            RowMap.of(self.groups[number]).save(folder, f"grouped.{name}")
            RowMap.of(self.corrected[number]).save(folder, f"corrected.{name}")
            RowMap.of(self.reviews[number]).save(folder, f"reviews.{name}")


def rule(finder: Finder, segments: int, tables: CollectionTables, speakers: Sequence[Speaker]) -> Rulings:
    """Find the rows that the tables speak of. Quotes that are not there any more are passed over."""
    rulings = Rulings([{} for _ in range(segments)], [{} for _ in range(segments)], [{} for _ in range(segments)])
    _group(finder, tables.variants, rulings)
    numbers = {speaker.id: number for number, speaker in enumerate(speakers)} if tables.attributions else {}
    for quote, speaker_id in tables.attributions.items():
        _put(finder, rulings.corrected, quote, numbers.get(speaker_id, -1))
    for quote, review in tables.reviews.items():
        _put(finder, rulings.reviews, quote, REVIEWS.index(review.status))
    return rulings


def _put(finder: Finder, columns: list[dict[int, int]], quote: str, value: int) -> None:
    try:
        segment, row = finder.find_record(quote)
    except NotFoundError:
        return
    columns[segment][row] = value


def _group(finder: Finder, variants: Mapping[str, str], rulings: Rulings) -> None:
    members: dict[str, list[str]] = {}
    for quote, group in variants.items():
        members.setdefault(group, []).append(quote)
    for group in sorted(members):
        found = []
        for quote in members[group]:
            try:
                segment, row = finder.find_record(quote)
            except NotFoundError:
                continue
            record, article = finder.read(segment, row)
            key = (not article.published, article.published, article.id, record.ordinal)
            found.append((key, quote, article.id, article.outlet, segment, row))
        if len(found) < 2:
            continue
        found.sort()
        for *_, segment, row in found:
            rulings.groups[segment][row] = len(rulings.variant_groups)
        articles = len({entry[2] for entry in found})
        outlets = len({entry[3] for entry in found if entry[3]})
        quotes = tuple(entry[1] for entry in found)
        rulings.variant_groups.append(VariantGroup(group, quotes, articles, max(outlets, 1)))

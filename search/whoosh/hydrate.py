"""From row numbers to what a page shows: the record in its article, with its people, topics, context and variants."""

from __future__ import annotations

from collections.abc import Iterable

from search.engine import Hit, Variants
from search.highlight import highlight, highlight_title
from search.query import MatchAll, Node
from search.records import REVIEWS, Record, Review, Speaker, StoredArticle, TopicTerm
from search.whoosh.opened import OpenGeneration
from search.whoosh.store import Piece


class Hydrator:
    """Reads hits of one generation. Speakers and articles met twice are read once; make one for each page or stream."""

    def __init__(self, generation: OpenGeneration, query: Node | None = None) -> None:
        """Read from ``generation``; mark in the texts what ``query`` found."""
        self._generation = generation
        self._query = query or MatchAll()
        self._speakers: dict[int, Speaker] = {}
        self._piece: tuple[tuple[int, int], Piece] | None = None

    def hit(self, segment: int, row: int, score: float = 0.0) -> Hit:
        """Everything a page shows of one record."""
        record, article = self.record(segment, row)
        overlay = self._generation.overlays[segment]
        before, after = _context(record, article)
        return Hit(
            record=record,
            article=article,
            score=score,
            highlights=highlight(self._query, record.text),
            title_highlights=highlight_title(self._query, article.title),
            speaker=self._speaker_of(record, overlay.corrected.get(row)),
            speakers=self._people(record.speakers),
            mentions=self._people(record.mentions),
            topics=self._topics(record),
            before=before,
            after=after,
            variants=self._variants(record.id, overlay.groups.get(row)),
            review=self._review(record.id, overlay.reviews.get(row)),
        )

    def record(self, segment: int, row: int) -> tuple[Record, StoredArticle]:
        """A record with its article; the rows of one article are mostly read after each other."""
        store = self._generation.segments.stores[segment]
        place = (segment, store.article_of(row))
        if self._piece is None or self._piece[0] != place:
            self._piece = (place, store.piece(place[1]))
        return self._piece[1].record(row), self._piece[1].article

    def _speaker_of(self, record: Record, corrected: int | None) -> Speaker | None:
        if record.kind != "quote":
            return None
        if corrected is not None:
            return self._speaker(corrected) if corrected >= 0 else None
        said = record.attribution
        if said is None or said.entity is None:
            return None
        number = self._generation.tables.entities.speaker_number(said.entity)
        return None if number is None else self._speaker(number)

    def _people(self, keys: Iterable[str]) -> tuple[Speaker, ...]:
        numbers = (self._generation.tables.entities.speaker_number(key) for key in keys)
        return tuple(self._speaker(number) for number in dict.fromkeys(numbers) if number is not None)

    def _speaker(self, number: int) -> Speaker:
        if number not in self._speakers:
            if len(self._speakers) > 10_000:
                self._speakers.clear()
            self._speakers[number] = self._generation.tables.speaker(number)
        return self._speakers[number]

    def _topics(self, record: Record) -> tuple[TopicTerm, ...]:
        terms = self._generation.tables.topics
        return tuple(terms[topic.id] for topic in record.topics if topic.id in terms)

    def _variants(self, quote_id: str, number: int | None) -> Variants:
        if number is None:
            return Variants(ids=(quote_id,))
        group = self._generation.tables.group(number)
        return Variants(group.quotes, group.articles, group.outlets)

    def _review(self, quote_id: str, status: int | None) -> Review | None:
        if status is None:
            return None
        return self._generation.tables.reviews.get(quote_id, Review(REVIEWS[status]))


def _context(record: Record, article: StoredArticle) -> tuple[str, str]:
    """What stands before and after a record in its paragraph."""
    begin, end = min(record.paragraph_start, record.start), max(record.paragraph_end, record.end)
    return article.text[begin : record.start], article.text[record.end : end]

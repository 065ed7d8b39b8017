"""The embedded engine: an index folder that is searched while the next generation of it is written.

Reading: every call takes the current generation (one ``stat`` says whether there is a newer one) and stays with it.
Writing: :meth:`WhooshEngine.rebuild` and :meth:`WhooshEngine.update` hand out the one writer.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from search.engine import (
    Counts,
    Hit,
    Match,
    SearchRequest,
    SearchResult,
    SpeakerPage,
    Stats,
    Suggestion,
)
from search.errors import IndexMissingError
from search.records import Speaker, StoredArticle, TopicTerm
from search.whoosh.checking import check
from search.whoosh.damage import blaming
from search.whoosh.facets import label_facets
from search.whoosh.generations import Generations
from search.whoosh.hydrate import Hydrator
from search.whoosh.lock import WriterLock
from search.whoosh.opened import OpenGeneration
from search.whoosh.reader import Reader
from search.whoosh.suggesting import did_you_mean, suggest
from search.whoosh.writer import GenerationWriter


class WhooshEngine:
    """Implements :class:`search.engine.Engine` over a folder."""

    def __init__(self, folder: str | Path) -> None:
        self._folder = Path(folder).expanduser()
        self.location = str(self._folder)
        self._generations = Generations(self._folder)
        self._reader = Reader(self._generations)

    def generation(self) -> str:
        """The generation that a search would see now."""
        return self._reader.current().name

    def search(self, request: SearchRequest) -> SearchResult:
        """Find ids, totals and facets."""
        began = time.perf_counter()
        generation = self._reader.current()
        with blaming(generation.folder):
            raw = generation.snapshot.execute(request)
            ids = [store.record_ids for store in generation.segments.stores]
            return SearchResult(
                generation=generation.name,
                total=raw.total,
                matches=tuple([
                    Match(ids[segment][row], score, (generation, segment, row)) for segment, row, score in raw.matches
                ]),
                facets=label_facets(raw.facets, request, generation.tables),
                counts=Counts(raw.kinds, raw.variant_groups, raw.articles, raw.outlets),
                undated_left_out=raw.undated_left_out,
                uncertain_left_out=raw.uncertain_left_out,
                partial=raw.partial,
                next_cursor=raw.next_cursor,
                suggestion="" if raw.total or raw.partial else did_you_mean(generation, request),
                took_ms=(time.perf_counter() - began) * 1000,
            )  # fmt: skip

    def fetch(self, request: SearchRequest, result: SearchResult) -> tuple[Hit, ...]:
        """Read what a page shows of the matches; each match holds on to the generation that it was found in."""
        hits, hydrator = [], None
        for match in result.matches:
            generation, segment, row = _place(match)
            hydrator = hydrator or Hydrator(generation, request.query)
            with blaming(generation.folder):
                hits.append(hydrator.hit(segment, row, match.score))
        return tuple(hits)

    def stream(self, request: SearchRequest) -> Iterator[Hit]:
        """All matches in the request's order, one generation throughout."""
        with self._reader.reading() as generation:
            hydrator = Hydrator(generation, request.query)
            for match in generation.snapshot.matches(request):
                yield hydrator.hit(match.segment, match.row, match.score)

    def suggest(self, text: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """Completions of what is typed so far: speakers, topics, outlets and words."""
        with self._reader.reading() as generation:
            return suggest(generation, text, limit)

    def record(self, record_id: str) -> Hit:
        """One record by id."""
        with self._reader.reading() as generation:
            return Hydrator(generation).hit(*generation.segments.find_record(record_id))

    def article(self, article_id: str) -> StoredArticle:
        """One article by id."""
        with self._reader.reading() as generation:
            segment, number = generation.segments.find_article(article_id)
            return generation.segments.stores[segment].piece(number).article

    def article_records(self, article_id: str) -> tuple[Hit, ...]:
        """All records of an article in reading order."""
        with self._reader.reading() as generation:
            segment, number = generation.segments.find_article(article_id)
            hydrator = Hydrator(generation)
            return tuple(hydrator.hit(segment, row) for row in generation.segments.stores[segment].rows_of(number))

    def speakers(self, query: str = "", page: int = 1, per_page: int = 50) -> SpeakerPage:
        """Speakers by name, most quoted first."""
        with self._reader.reading() as generation:
            found = generation.tables.speakers_listed(query)
            begin = (max(page, 1) - 1) * per_page
            speakers = map(generation.tables.speaker, found[begin : begin + per_page])
            return SpeakerPage(len(found), tuple(speakers))

    def speaker(self, key: str) -> Speaker:
        """One speaker, with members, by id, slug or old slug."""
        with self._reader.reading() as generation:
            return generation.tables.find_speaker(key)

    def topics(self) -> tuple[TopicTerm, ...]:
        """The topic vocabulary of the collection."""
        with self._reader.reading() as generation:
            return tuple(generation.tables.topics.values())

    def stats(self) -> Stats:
        """What is in the index."""
        generation = self._reader.current()
        manifest, totals = generation.manifest, generation.manifest.totals
        return Stats(
            location=self.location,
            engine="whoosh",
            generation=generation.name,
            built_at=manifest.built_at,
            extractor=manifest.extractor,
            articles=totals.articles,
            quotes=totals.quotes,
            paragraphs=totals.paragraphs,
            attributed=totals.attributed,
            speakers=totals.speakers,
            named=totals.named,
            topics=totals.topics,
            outlets=totals.outlets,
            first_day=totals.first_day,
            last_day=totals.last_day,
            size_bytes=generation.size(),
        )

    def check(self) -> tuple[str, ...]:
        """Verify checksums, structure and ids; one sentence for each damage found."""
        return tuple(check(self._generations))

    def rebuild(self) -> GenerationWriter:
        """Begin a generation from nothing."""
        return self._write(fresh=True)

    def update(self) -> GenerationWriter:
        """Begin a generation from the present one."""
        return self._write(fresh=False)

    def close(self) -> None:
        """Let go of the files."""
        self._reader.close()

    def _write(self, fresh: bool) -> GenerationWriter:
        lock = WriterLock(self._folder)
        lock.acquire()  # makes the folder where there is none
        try:
            base = self._reader.open_any() if fresh else self._reader.open_base()
            return GenerationWriter(self._generations, lock, base, fresh)
        except BaseException:
            lock.release()
            raise


def _place(match: Match) -> tuple[OpenGeneration, int, int]:
    if not isinstance(match.handle, tuple):
        raise IndexMissingError("a match of another engine")
    generation, segment, row = match.handle
    return generation, segment, row

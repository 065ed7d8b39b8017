"""Writing a generation: articles in, segments spilled, tables laid out, everything on disk before it counts.

rebuild = begin -> add ... -> spill -> merge -> tables -> columns -> sync -> verify -> publish
update  = the same, beginning with hard links to the segments of the generation before
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Self

from search.engine import EntityInArticle, QuoteText
from search.errors import NotFoundError, SearchIndexError
from search.records import CollectionTables, IndexedArticle
from search.roles import entities_by_key
from search.whoosh import durable, execution, manifest
from search.whoosh.finishing import Laid, verify
from search.whoosh.generations import Generations
from search.whoosh.inverting import MOST_ROWS
from search.whoosh.lock import WriterLock
from search.whoosh.merge_policy import due
from search.whoosh.opened import OpenGeneration
from search.whoosh.rows import to_row
from search.whoosh.seen import Seen
from search.whoosh.segments import Segments
from search.whoosh.store import StoreWriter, merge_stores

SPILL_ROWS = 1 << 20
"""Rows before they become a segment."""

SPILL_CHARACTERS = 400_000_000
"""Characters before they become one: with the postings that are made of them about 600 MB."""

TIER = 4
"""Segments of about one size before they are merged; sizes count as about one within this factor."""


class GenerationWriter:
    """Implements :class:`search.engine.Writer`.

    Attributes:
        generation: The name that the generation will have.
    """

    def __init__(self, generations: Generations, lock: WriterLock, base: OpenGeneration | None, fresh: bool) -> None:
        """Begin; the write lock is held by the caller and passes to this writer.

        ``base`` is the present generation, if there is one; unless ``fresh``, its articles are taken over.
        """
        self._generations, self._lock, self._base = generations, lock, base
        self._open = True
        self._previous = base.name if base is not None else next(generations.complete(), "")
        self.generation = ""
        self._made = 0 if base is None else base.manifest.segments_made
        self._known: dict[str, manifest.FileEntry] = {}
        self._filling: dict[str, int] = {}
        self._seen = Seen()
        self._segment: execution.SegmentWriter | None = None
        self._filled = self._characters = 0
        self._store: StoreWriter | None = None
        self._hashes: list[str] = []
        self._dropped: set[int] = set()
        with self._explained():
            self.generation, self._folder = generations.begin()
            self._segments = Segments(self._folder)
            if base is not None and generations.is_current(base.name):
                # An orphan may be there, of a writer that died between finishing and pointing.
                generations.clear(keep={base.name, base.manifest.previous})
            if base is not None and not fresh:
                self._take_over(base)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._give_up()

    def add(self, indexed: IndexedArticle) -> None:
        """Store an article and its records, in place of an earlier version of the same id."""
        article, records = indexed.article, indexed.records
        if len(records) > MOST_ROWS:
            raise SearchIndexError(f"article {article.id} has {len(records):,} records", f"{MOST_ROWS:,} is the most")
        self.delete(article.id)
        try:
            if self._filled + len(records) > MOST_ROWS:
                self._spill()
            if self._store is None or self._segment is None:
                name = self._next_name()
                self._store, self._segment = (
                    StoreWriter(self._folder, name),
                    execution.SegmentWriter(self._folder, name, ids=False),
                )
            self._filling[article.id] = self._store.add(indexed)
            self._hashes.append(article.content_hash)
            known = entities_by_key(article)
            for record in records:
                self._segment.add(to_row(record, article, known))
                self._characters += len(record.text)
            self._characters += len(article.title)
            self._filled += len(records)
            if self._filled >= SPILL_ROWS or self._characters >= SPILL_CHARACTERS:
                self._spill()
        except OSError as error:
            raise self._failed(error) from error

    def delete(self, article_id: str) -> bool:
        """Take an article and its records out. Returns whether it was there."""
        self._must_be_open()
        place = self._find(article_id)
        if place is None:
            return False
        segment, number = place
        (self._dropped if segment == len(self._segments.names) else self._segments.deleted[segment]).add(number)
        self._filling.pop(article_id, None)
        return True

    def content_hash(self, article_id: str) -> str | None:
        """The stored hash of an article in what is being written, or None."""
        self._must_be_open()
        place = self._find(article_id)
        if place is None:
            return None
        segment, number = place
        if segment == len(self._segments.names):
            return self._hashes[number]
        return self._segments.stores[segment].piece(number).article.content_hash

    def entities(self) -> Iterator[EntityInArticle]:
        """Every article-local entity of what is being written, by article id."""
        self._must_be_open()
        self._spill()
        for _, piece in self._segments.pieces():
            article = piece.article
            for entity in article.entities:
                yield EntityInArticle(article.id, article.outlet, article.published, entity)

    def quotes(self) -> Iterator[QuoteText]:
        """Every quote of what is being written, by article id, then place."""
        self._must_be_open()
        self._spill()
        for _, piece in self._segments.pieces():
            article = piece.article
            for record in map(piece.record, piece.rows):
                if record.kind == "quote":
                    entity = record.attribution.entity if record.attribution is not None else None
                    head = (record.id, article.id, article.outlet, article.published, record.quote_type)
                    yield QuoteText(*head, entity, record.text, record.interviewer)

    def previous(self) -> CollectionTables | None:
        """The tables of the generation before, so that ids and slugs stay what they were; None on the first."""
        return None if self._base is None else self._base.tables.everything()

    def commit(self, tables: CollectionTables) -> str:
        """Verify what was written, then swap it in atomically. Returns the generation.

        Raises:
            SearchIndexError: It could not be written, or is not what it should be; the present generation stays.
        """
        self._must_be_open()
        try:
            with self._explained():
                self._spill()
                self._merge()
                sealed = Laid(self._folder, self._segments, tables)
                sealed.seal(self._known, self.generation, self._previous, self._made)
                verify(self._folder)
                self._segments = Segments(self._folder)  # nothing may be open in a folder that is renamed
                self._generations.publish(self.generation)
                self._open = False
                self._generations.clear(keep={self.generation, self._previous})
        finally:
            self._give_up()
        return self.generation

    def _take_over(self, base: OpenGeneration) -> None:
        """Share the segments of the present generation."""
        for name in base.manifest.segments:
            for file, entry in base.manifest.files.items():
                if file.startswith(f"{name}."):
                    durable.share(base.folder / file, self._folder / file)
                    self._known[file] = entry
        for name, deleted in zip(base.segments.names, base.segments.deleted, strict=True):
            self._segments.append(name, set(deleted))

    def _find(self, article_id: str) -> tuple[int, int] | None:
        """Segment and number of an article; the segment being filled counts as the last."""
        number = self._filling.get(article_id)
        if number is not None:
            return len(self._segments.names), number
        if self._known or article_id in self._seen:
            with contextlib.suppress(NotFoundError):
                return self._segments.find_article(article_id)
        return None

    def _next_name(self) -> str:
        self._made += 1
        return f"s{self._made:06d}"

    def _spill(self) -> None:
        """Make a segment of what is in memory."""
        if self._store is None or self._segment is None:
            return
        self._seen.update(self._filling)
        self._filling, self._hashes = {}, []
        self._store.finish()
        self._segment.finish()
        self._segments.append(f"s{self._made:06d}", self._dropped)
        self._store = self._segment = None
        self._filled = self._characters = 0
        self._dropped = set()

    def _merge(self) -> None:
        """Keep segments few: as few as there can be when building anew, else like sizes when there are many of them."""
        while parts := due(self._segments, not self._known, TIER, MOST_ROWS):
            old = self._segments
            self._segments = Segments(self._folder)
            for part, segment in enumerate(old.names):
                if part not in parts:
                    self._segments.append(segment, old.deleted[part])
            if any(old.stores[part].articles > len(old.deleted[part]) for part in parts):
                name = self._next_name()
                merge_stores(self._folder, name, [(old.stores[part], sorted(old.deleted[part])) for part in parts])
                execution.merge_segments(
                    self._folder, name, [(old.names[part], old.deleted_rows(part)) for part in parts], ids=False
                )
                self._segments.append(name, set())
            gone = [old.names[part] for part in parts]
            del old  # lets go of the mapped files, which Windows would not remove
            for segment in gone:
                self._discard(segment)

    def _discard(self, segment: str) -> None:
        for path in self._folder.glob(f"{segment}.*"):
            path.unlink()
            self._known.pop(path.name, None)

    def _give_up(self) -> None:
        if self._open:
            self._open = False
            if self._store is not None:
                self._store.close()
            if self.generation:
                self._generations.abandon(self.generation)
        if self._base is not None:
            self._base.close()
        self._lock.release()

    def _must_be_open(self) -> None:
        if not self._open:
            raise SearchIndexError("this writer has ended", "begin another one")

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        """Say a failing disk in one line; nothing that was there before is touched."""
        try:
            yield
        except OSError as error:
            raise self._failed(error) from error

    def _failed(self, error: OSError) -> SearchIndexError:
        """Give up, with the one line to say about it."""
        self._give_up()
        happened = f"cannot write to {self._generations.folder} ({error.strerror or error})"
        remedy = "what was there before still answers; make room or choose another folder, then try again"
        return SearchIndexError(happened, remedy)

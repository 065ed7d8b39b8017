"""A collection kept in step with its articles.

reindex | add = read -> extract -> store -> work out the tables -> swap in
delete        = take out -> work out the tables -> swap in
tables        = who is who -> the user's rulings -> near-copies

Nothing is visible before the swap, and whatever stops a run before it leaves the index as it was.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import IO, Any

from indexer.article import Article, Skipped
from indexer.collection_tables import work_out
from indexer.corrections import Corrections
from indexer.extracting import extract_all, tagger
from indexer.feed import Progress, Silent, read_all
from indexer.pipeline import EXTRACTOR_VERSION
from indexer.record_maker import content_hash
from search.engine import Engine, Stats, Writer
from search.errors import OnRecordError
from search.records import CollectionTables


class NothingReadError(OnRecordError):
    """Not one article could be read, so that the index was left as it is."""

    slug = "nothing-read"

    def __init__(self, skipped: tuple[Skipped, ...]) -> None:
        self.skipped = skipped
        super().__init__("no article could be read", "give files, folders or - with .txt, .html or .jsonl articles")


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did, and what the index holds now.

    Attributes:
        generation: The generation that answers now.
        stored: Articles extracted and stored by this run.
        unchanged: Articles recognised as they were, and left alone.
        duplicates: Articles whose id came again in the same run; the last one counts.
        deleted: Articles taken out.
        missing: Ids to delete that were not there.
        articles: Articles in the index; ``quotes``, ``attributed``, ``speakers`` (who are quoted), ``named`` (whether quoted or not)
            and ``topics`` likewise.
        skipped: Inputs left out, with reasons.
        corrections: Rows of the user's corrections that were carried out.
        ignored: Rows that were not, and why, a sentence each.
        seconds: Wall time.
    """

    generation: str
    stored: int = 0
    unchanged: int = 0
    duplicates: int = 0
    deleted: int = 0
    missing: tuple[str, ...] = ()
    articles: int = 0
    quotes: int = 0
    attributed: int = 0
    speakers: int = 0
    named: int = 0
    topics: int = 0
    skipped: tuple[Skipped, ...] = ()
    corrections: int = 0
    ignored: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run works.

    Attributes:
        workers: Processes that extract.
        corrections: What the user ruled.
        stdin: Read for the path ``-``.
        progress: Hears how far the run is.
    """

    workers: int = 1
    corrections: Corrections = field(default_factory=Corrections)
    stdin: IO[bytes] | None = None
    progress: Progress = field(default_factory=Silent)


def reindex(engine: Engine, paths: Iterable[str], settings: Settings) -> Summary:
    """Build a new generation from nothing and swap it in.

    Raises:
        NothingReadError: There was no article; the index stays as it is.
        IndexLockedError: Another process is writing.
        WorkerDiedError: A worker process died; the index stays as it is.
    """
    begun = time.monotonic()
    with engine.rebuild() as writer:
        run = _Run(writer, settings)
        run.take(read_all(paths, settings.stdin, settings.progress))
        if not run.stored:
            raise NothingReadError(tuple(run.skipped))
        writer.commit(run.tables())
    return run.summary(engine, begun)


def add(engine: Engine, paths: Iterable[str], settings: Settings) -> Summary:
    """Add new and changed articles to the present generation (or begin one); what has not changed is left alone.

    Raises:
        NothingReadError: There is no index yet, and no article to begin it with.
        IndexLockedError: Another process is writing.
        WorkerDiedError: A worker process died; the index stays as it is.
    """
    begun = time.monotonic()
    with engine.update() as writer:
        run = _Run(writer, settings)
        run.take(read_all(paths, settings.stdin, settings.progress))
        if writer.previous() is None and not run.stored:
            raise NothingReadError(tuple(run.skipped))
        run.commit_if_needed()
    return run.summary(engine, begun)


def delete(engine: Engine, article_ids: Iterable[str], settings: Settings) -> Summary:
    """Take articles out.

    Raises:
        IndexMissingError: There is no index yet.
        IndexLockedError: Another process is writing.
    """
    begun = time.monotonic()
    engine.generation()
    with engine.update() as writer:
        run = _Run(writer, settings)
        for article_id in dict.fromkeys(article_ids):
            if writer.delete(article_id):
                run.deleted += 1
            else:
                run.missing.append(article_id)
        run.commit_if_needed()
    return run.summary(engine, begun)


def _same(tables: CollectionTables, others: CollectionTables | None) -> bool:
    """Whether two tables say the same; an engine may keep speakers in an order of its own."""
    if others is None:
        return False
    speakers = {speaker.id: speaker for speaker in tables.speakers} == {s.id: s for s in others.speakers}
    return speakers and replace(tables, speakers=()) == replace(others, speakers=())


class _Run:
    """One run over one writer, with its counts."""

    def __init__(self, writer: Writer, settings: Settings) -> None:
        self._writer, self._settings = writer, settings
        self.unchanged = self.duplicates = self.deleted = 0
        self.skipped: list[Skipped] = []
        self.missing: list[str] = []
        self.corrections = 0
        self.ignored: tuple[str, ...] = ()
        self._seen: dict[str, str] = {}
        self._stored: set[str] = set()

    @property
    def stored(self) -> int:
        """Articles stored so far."""
        return len(self._stored)

    def take(self, items: Iterator[Article | Skipped]) -> None:
        """Extract and store everything that is new or changed."""
        progress = self._settings.progress
        progress.stage("extracting")
        tagger()  # a wrong topic file is told before anything is read
        for item in extract_all(self._changed(items), self._settings.workers):
            if isinstance(item, Skipped):
                self.skipped.append(item)
            else:
                self._writer.add(item)
                self._stored.add(item.article.id)
                progress.stored(1)

    def _changed(self, items: Iterator[Article | Skipped]) -> Iterator[Article | Skipped]:
        """Pass on what must be extracted: told by hash, so that nothing is extracted to find out."""
        for item in items:
            if isinstance(item, Skipped):
                yield item
                continue
            found = content_hash(item, EXTRACTOR_VERSION)
            earlier = self._seen.get(item.id)
            if earlier is not None:
                self.duplicates += 1
            stored = earlier if earlier is not None else self._writer.content_hash(item.id)
            self._seen[item.id] = found
            if stored == found:
                self.unchanged += earlier is None
                self._settings.progress.stored(1)
            else:
                yield item

    def tables(self) -> CollectionTables:
        """Work out what is known of the collection as a whole."""
        found = work_out(self._writer, self._settings.corrections, self._settings.progress)
        self.corrections, self.ignored = found.corrections, found.ignored
        return found.tables

    def commit_if_needed(self) -> None:
        """Swap in what was written, unless nothing changed at all."""
        tables = self.tables()
        if self.stored or self.deleted or not _same(tables, self._writer.previous()):
            self._writer.commit(tables)

    def summary(self, engine: Engine, begun: float) -> Summary:
        """What the run did; the totals are those of the generation that answers now."""
        return summary_of(
            engine.stats(),
            begun,
            stored=self.stored,
            unchanged=self.unchanged,
            duplicates=self.duplicates,
            deleted=self.deleted,
            missing=tuple(self.missing),
            skipped=tuple(self.skipped),
            corrections=self.corrections,
            ignored=self.ignored,
        )


def summary_of(stats: Stats, begun: float, **did: Any) -> Summary:
    """A summary of what a run ``did``, with the totals of what the index holds; ``begun`` by :func:`time.monotonic`."""
    return Summary(
        generation=stats.generation,
        articles=stats.articles,
        quotes=stats.quotes,
        attributed=stats.attributed,
        speakers=stats.speakers,
        named=stats.named,
        topics=stats.topics,
        seconds=time.monotonic() - begun,
        **did,
    )

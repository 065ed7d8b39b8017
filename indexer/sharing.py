"""A collection indexed by several machines: each writes its share of one unpublished generation, then one promotes it.

reindex --shard 2/8 = read everything -> keep the articles of share 2 -> extract -> store -> report
promote             = all shares there and of the same input? -> work out the tables -> carry them in -> swap
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.article import Article, Skipped
from indexer.collection import NothingReadError, Settings, Summary, summary_of
from indexer.collection_tables import work_out
from indexer.extracting import extract_all, tagger
from indexer.feed import read_all
from indexer.pipeline import EXTRACTOR_VERSION
from indexer.record_maker import content_hash
from search.engine import Engine
from search.errors import ConfigurationError
from search.records import CollectionTables
from search.sharing import InputSeen, Promoted, Share, SharedBuilds


@dataclass(frozen=True, slots=True)
class ShareSummary:
    """What one machine did.

    Attributes:
        generation: The unpublished generation.
        share: Which share it wrote.
        stored: Articles in it.
        read: Distinct articles that were read, of all shares.
        skipped: Inputs left out, with reasons; files that cannot be read are skipped by every machine.
        seconds: Wall time.
    """

    generation: str
    share: Share
    stored: int
    read: int
    skipped: tuple[Skipped, ...]
    seconds: float


def write_share(engine: Engine, paths: Iterable[str], share: Share, settings: Settings) -> ShareSummary:
    """Extract and store the articles of one share. Nothing is served until :func:`promote`.

    Raises:
        ConfigurationError: The engine belongs to one machine, or the build is divided otherwise.
        NothingReadError: There was no article at all.
        IndexLockedError: Another process is writing this share, or the generation is being promoted.
    """
    begun = time.monotonic()
    settings.progress.stage("extracting")
    tagger()  # a wrong topic file is told before anything is read
    with _shared(engine, "--shard").write_share(share, EXTRACTOR_VERSION) as writer:
        hashes: dict[str, str] = {}
        skipped: list[Skipped] = []
        own = _of_share(read_all(paths, settings.stdin, settings.progress), share, hashes)
        for item in extract_all(own, settings.workers):
            if isinstance(item, Skipped):
                skipped.append(item)
            else:
                writer.add(item)
                settings.progress.stored(1)
        if not hashes:
            raise NothingReadError(tuple(skipped))
        settings.progress.stage("sending")
        tables = CollectionTables(topics=tagger().terms(), extractor=EXTRACTOR_VERSION)
        stored = writer.finish(InputSeen.of(hashes), tables)
        return ShareSummary(writer.generation, share, stored, len(hashes), tuple(skipped), time.monotonic() - begun)


def promote(engine: Engine, settings: Settings, replace: bool = False) -> Summary | Promoted:
    """Verify that every share is there, tell who is who, and serve the generation.

    Args:
        engine: The engine.
        settings: Corrections and progress.
        replace: Even if the served collection was changed since the generation was begun.

    Returns:
        What the index holds now; or that this generation is served already, and nothing was done.

    Raises:
        UnfinishedBuildError: Shares are missing, or not as they were reported.
    """
    begun = time.monotonic()
    promotion = _shared(engine, "promote").promote(replace)
    if isinstance(promotion, Promoted):
        return promotion
    with promotion:
        found = work_out(promotion, settings.corrections, settings.progress)
        promotion.commit(found.tables)
    return summary_of(engine.stats(), begun, corrections=found.corrections, ignored=found.ignored)


def abandon(engine: Engine) -> str:
    """Remove the unpublished generation. Returns its name, empty when there is none."""
    return _shared(engine, "promote").abandon()


def _of_share(items: Iterator[Article | Skipped], share: Share, hashes: dict[str, str]) -> Iterator[Article | Skipped]:
    """The articles of a share, each version once; notes what was read of all shares."""
    for item in items:
        if isinstance(item, Skipped):
            yield item
            continue
        found = content_hash(item, EXTRACTOR_VERSION)
        changed = hashes.get(item.id) != found
        hashes[item.id] = found
        if changed and share.takes(item.id):
            yield item


def _shared(engine: Engine, what: str) -> SharedBuilds:
    if isinstance(engine, SharedBuilds):
        return engine
    raise ConfigurationError(
        f"{what} needs a cluster that several machines reach, and {engine.location} is a folder of this one",
        "give --index opensearch:http://HOST:PORT/NAME, or run 'onrecord reindex PATH...' here",
    )

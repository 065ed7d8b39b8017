"""Articles to indexed articles, in this process or in several, always in the order they came.

Workers are spawned, never forked (a forked one would inherit the index's lock), and end with the process that started
them, however that one ends. A worker that dies (out of memory, killed) ends the run with an error; nothing was swapped in.
"""

from __future__ import annotations

import gc
import itertools
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from typing import TypeAlias

from indexer.article import Article, Skipped
from indexer.pipeline import index
from indexer.topics import TopicTagger
from search.errors import OnRecordError
from search.records import IndexedArticle

BATCH_CHARACTERS = 200_000
"""Characters of article text handed to a worker at once: a fraction of a second of work."""

ALONE = 3
"""Batches of input up to which starting processes takes longer than it saves."""

Batch: TypeAlias = list[Article | Skipped]
Extracted: TypeAlias = list[IndexedArticle | Skipped]


class WorkerDiedError(OnRecordError):
    """A worker process ended in the middle of its work."""

    slug = "worker-died"

    def __init__(self) -> None:
        super().__init__(
            "a worker process died (killed, or out of memory)",
            "the index is as it was; try again with fewer --workers",
        )


def extract_all(items: Iterable[Article | Skipped], workers: int) -> Iterator[IndexedArticle | Skipped]:
    """Extract every article.

    Args:
        items: Articles and what was skipped; the latter passes through in its place.
        workers: Processes; with 1, or little input, the work is done in this one.

    Raises:
        WorkerDiedError: A worker process ended before its time.
    """
    batches = _batches(items)
    first = list(itertools.islice(batches, ALONE + 1)) if workers > 1 else []
    if workers > 1 and len(first) > ALONE:
        yield from _in_processes(itertools.chain(first, batches), workers)
    else:
        for batch in itertools.chain(first, batches):
            yield from extract_batch(batch)


def extract_batch(batch: Batch) -> Extracted:
    """Extract a batch in this process. An article that the extractor fails on is skipped, with the failure named."""
    done: Extracted = []
    for item in batch:
        if isinstance(item, Skipped):
            done.append(item)
            continue
        try:
            done.append(index(item, tagger()))
        except Exception as error:
            # One strange article must not cost the other million; the summary names it, and --strict fails on it.
            done.append(
                Skipped(item.origin or item.id, f"the extractor failed on it ({type(error).__name__}: {error})")
            )
    return done


@cache
def tagger() -> TopicTagger:
    """The topic tagger of this process, loaded when first wanted.

    Models and lexicons live as long as the process, and an article's objects hold no cycles: the collector of cycles is
    told to pass over the former and to look seldom, which makes extraction a third faster.
    """
    gc.disable()
    loaded = TopicTagger()
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)
    gc.enable()
    return loaded


def _batches(items: Iterable[Article | Skipped]) -> Iterator[Batch]:
    batch: Batch = []
    characters = 0
    for item in items:
        batch.append(item)
        characters += len(item.text) if isinstance(item, Article) else 100
        if characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _in_processes(batches: Iterator[Batch], workers: int) -> Iterator[IndexedArticle | Skipped]:
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=_begin_worker)
    waiting: deque[Future[Extracted]] = deque()
    try:
        for batch in batches:
            waiting.append(pool.submit(extract_batch, batch))
            if len(waiting) > 2 * workers:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool:
        raise WorkerDiedError from None
    finally:
        for future in waiting:
            future.cancel()
        pool.shutdown(wait=True, cancel_futures=True)


def _begin_worker() -> None:
    """Leave Ctrl-C to the parent, and end when it ends: a killed parent cannot tell its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)

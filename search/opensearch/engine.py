"""The distributed engine: the same collection on an OpenSearch cluster.

Reading: the alias says which index is served; every call stays with the one it began with. Where a cluster must differ
from the embedded engine, it does so plainly: numbers of distinct values are exact up to some ten thousands, facet values
are marked ``approximate`` where shards may hold more than they told, and a shard that does not answer makes the result
``partial`` instead of an error.
"""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from search.engine import Hit, Match, SearchRequest, SearchResult, SpeakerPage, Stats, Suggestion
from search.errors import CursorError, IndexMissingError, NotFoundError, OnRecordError, SearchIndexError
from search.highlight import highlight, highlight_title
from search.opensearch.builds import Build, Builds
from search.opensearch.collection import Collection
from search.opensearch.connection import connect, parse_address, plain_errors
from search.opensearch.figures import figures, problems
from search.opensearch.hits import hits_of
from search.opensearch.lock import WriterLock
from search.opensearch.promotion import ClusterPromotion, verify_shares
from search.opensearch.request_body import DEEPEST, Body
from search.opensearch.response import read_counts, read_facets
from search.opensearch.scanning import scan
from search.opensearch.share_writer import ClusterShareWriter
from search.opensearch.suggesting import suggest
from search.opensearch.writer import ClusterWriter
from search.query import Node
from search.records import Speaker, StoredArticle, TopicTerm
from search.sharing import Promoted, Share, UnfinishedBuildError
from search.spelling import suggest_spelling

ALIAS_SECONDS = 1.0
"""How long the alias's target is taken as known; a swap is seen after at most this."""


class OpenSearchEngine:
    """Implements :class:`search.engine.Engine` over a cluster; ``address`` as in ``search.opensearch.connection``."""

    def __init__(self, address: str) -> None:
        self._address = parse_address(address)
        self._client = connect(self._address)
        self.location = f"opensearch:{address}"
        self._seen: tuple[float, Collection] | None = None

    def generation(self) -> str:
        """The generation that a search would see now."""
        with plain_errors(self._address):
            return self._collection(fresh=True).generation

    def search(self, request: SearchRequest) -> SearchResult:
        """Find ids, totals and facets."""
        began = time.perf_counter()
        with plain_errors(self._address):
            collection = self._collection()
            body = Body(request, collection.names, collection.people.ids)
            after, start = self._place(request)
            digest = _digest(request)
            answers = [collection.reader.search(body.search(after, start), digest)]
            if dated := bool(request.first_day or request.last_day):
                answers.append(collection.reader.search(body.left_out(undated=True), digest))
            if request.min_confidence:
                answers.append(collection.reader.search(body.left_out(undated=False), digest))
            answer = answers[0]
            hits = answer["hits"]["hits"]
            total, *left_out = (int(part["hits"]["total"]["value"]) for part in answers)
            undated = left_out[0] if dated else 0
            uncertain = left_out[-1] if request.min_confidence else 0
            facets = read_facets(answer["aggregations"], body.selected, body.excluded, collection)
        start += len(hits)
        return SearchResult(
            generation=collection.generation,
            total=total,
            matches=tuple(
                Match(hit["_source"]["id"], float(hit["_score"] or 0.0), (collection, hit["_source"])) for hit in hits
            ),
            facets=facets,
            counts=read_counts(answer["aggregations"]),
            undated_left_out=undated,
            uncertain_left_out=uncertain,
            suggestion=self._spelling(collection, request) if not total else "",
            partial=any(part["timed_out"] or part["_shards"]["failed"] for part in answers),
            next_cursor=self._cursor(request, hits, start, total),
            took_ms=(time.perf_counter() - began) * 1000,
        )

    def fetch(self, request: SearchRequest, result: SearchResult) -> tuple[Hit, ...]:
        """Read what a page shows of the matches, from the generation that was searched."""
        if not result.matches:
            return ()
        found = [match.handle for match in result.matches if isinstance(match.handle, tuple)]
        collection: Collection = found[0][0]
        with plain_errors(self._address):
            hits = hits_of(collection, [source for _, source in found], [match.score for match in result.matches])
            return tuple(_marked(hit, request.query) for hit in hits)

    def stream(self, request: SearchRequest) -> Iterator[Hit]:
        """All matches in the request's order, from one point in time."""
        with plain_errors(self._address):
            collection = self._collection()
            body = Body(request, collection.names, collection.people.ids).all_hits()
            every = scan(self._client, collection.index, body)
            while batch := list(islice(every, 200)):
                scores = [float(hit["_score"] or 0) for hit in batch]
                for found in hits_of(collection, [hit["_source"] for hit in batch], scores):
                    yield _marked(found, request.query)

    def suggest(self, text: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """Completions of what is typed so far: speakers, topics and outlets."""
        with plain_errors(self._address):
            return suggest(self._collection(), text, limit)

    def record(self, record_id: str) -> Hit:
        """One record by id."""
        with plain_errors(self._address):
            collection = self._collection()
            documents = collection.reader.records({"term": {"id": record_id}}, ["id"])
            for hit in hits_of(collection, documents, [0.0] * len(documents)):
                return hit
        raise NotFoundError("record", record_id)

    def article(self, article_id: str) -> StoredArticle:
        """One article by id."""
        with plain_errors(self._address):
            return self._collection().article(article_id)

    def article_records(self, article_id: str) -> tuple[Hit, ...]:
        """All records of an article in reading order."""
        with plain_errors(self._address):
            collection = self._collection()
            collection.article(article_id)
            documents = collection.reader.records({"term": {"article_id": article_id}}, ["ordinal"])
            return tuple(hits_of(collection, documents, [0.0] * len(documents)))

    def speakers(self, query: str = "", page: int = 1, per_page: int = 50) -> SpeakerPage:
        """Speakers by name, most quoted first."""
        with plain_errors(self._address):
            return self._collection().people.listed(query, page, per_page)

    def speaker(self, key: str) -> Speaker:
        """One speaker by id, slug or old slug."""
        with plain_errors(self._address):
            return self._collection().people.speaker(key)

    def topics(self) -> tuple[TopicTerm, ...]:
        """The topic vocabulary of the collection."""
        with plain_errors(self._address):
            return tuple(self._collection().topics.values())

    def stats(self) -> Stats:
        """What is in the index."""
        with plain_errors(self._address):
            collection = self._collection(fresh=True)
            totals = figures(collection.reader)
            size = self._client.indices.stats(index=collection.index)["_all"]["primaries"]["store"]["size_in_bytes"]
        return Stats(
            location=self.location,
            engine="opensearch",
            generation=collection.generation,
            built_at=str(collection.meta.get("built_at", "")),
            extractor=str(collection.meta.get("extractor", "")),
            size_bytes=int(size),
            **totals,
        )

    def check(self) -> tuple[str, ...]:
        """Ask the cluster about the index, and whether what belongs together is there."""
        try:
            with plain_errors(self._address):
                collection = self._collection(fresh=True)
                health = self._client.cluster.health(index=collection.index)
                return tuple(problems(collection, health))
        except OnRecordError as error:
            return (str(error),)

    def rebuild(self) -> ClusterWriter:
        """Begin a generation from nothing."""
        return self._write(fresh=True)

    def update(self) -> ClusterWriter:
        """Begin a change of the present generation."""
        return self._write(fresh=False)

    def write_share(self, share: Share, extractor: str) -> ClusterShareWriter:
        """Begin one share of the unpublished generation, or begin it again."""
        lock = WriterLock(self._client, self._address, f"share-{share.number}")
        builds = Builds(self._client, self._address)
        with plain_errors(self._address):
            base = self._base()
            build = builds.join(share, base.generation if base else "", extractor)
            lock.acquire()
        return ClusterShareWriter(self._client, self._address, lock, builds, build, share)

    def promote(self, replace: bool = False) -> ClusterPromotion | Promoted:
        """Begin to serve the unpublished generation."""
        lock = WriterLock(self._client, self._address)
        builds = Builds(self._client, self._address)
        with plain_errors(self._address):
            lock.acquire()
            try:
                begun = self._begin_promotion(builds, replace)
            except BaseException:
                lock.release()
                raise
        if isinstance(begun, Promoted):
            lock.release()
            return begun
        self._seen = None
        return ClusterPromotion(self._client, self._address, lock, builds, *begun)

    def abandon(self) -> str:
        """Remove the unpublished generation."""
        builds = Builds(self._client, self._address)
        with plain_errors(self._address):
            build, base = builds.current(), self._base()
            if build is None or build.state == "promoted" or (base and base.generation == build.generation):
                return ""
            builds.forget(build)
            return build.generation

    def _begin_promotion(self, builds: Builds, replace: bool) -> tuple[Build, Collection | None] | Promoted:
        build, base = builds.current(), self._base()
        served = base.generation if base else ""
        if build is None:
            raise UnfinishedBuildError(["there is no generation to promote"], [])
        if build.state == "promoted" or served == build.generation:
            if build.state != "promoted":  # cut off after the swap
                builds.set_state(build, "promoted")
            return Promoted(build.generation, again=True)
        if served != build.base and not replace:
            raise SearchIndexError(
                f"the collection was changed since generation {build.generation} was begun: it may lack articles",
                "run all shares again, or promote it as it is with 'onrecord promote --replace'",
            )
        verify_shares(self._client, self._address, builds, build)
        build = builds.set_state(build, "promoting")
        verify_shares(self._client, self._address, builds, build)  # none was begun again meanwhile
        return build, base

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _collection(self, fresh: bool = False) -> Collection:
        now, seen = time.monotonic(), self._seen
        if not fresh and seen is not None and now - seen[0] <= ALIAS_SECONDS:
            return seen[1]
        found = Collection.current(self._client, self._address, seen[1] if seen else None)
        self._seen = (now, found)
        return found

    def _write(self, fresh: bool) -> ClusterWriter:
        lock = WriterLock(self._client, self._address)
        with plain_errors(self._address):
            lock.acquire()
            try:
                base = self._base()
            except BaseException:
                lock.release()
                raise
        self._seen = None
        return ClusterWriter(self._client, self._address, lock, base, fresh or base is None)

    def _base(self) -> Collection | None:
        """The generation that is served, if there is one."""
        try:
            return Collection.current(self._client, self._address)
        except IndexMissingError:
            return None

    def _spelling(self, collection: Collection, request: SearchRequest) -> str:
        with plain_errors(self._address):
            return suggest_spelling(request.query, collection.near_words)

    def _place(self, request: SearchRequest) -> tuple[list[Any] | None, int]:
        """Where the page begins: sort values to go on after, or how many hits to pass over."""
        if not request.cursor:
            return None, (max(request.page, 1) - 1) * request.per_page
        try:
            owner, after, start = json.loads(base64.urlsafe_b64decode(request.cursor.encode()))
        except (ValueError, TypeError) as error:
            raise CursorError from error
        if owner != _digest(request) or not isinstance(start, int):
            raise CursorError
        return (None, start) if request.fold else (after, start)

    def _cursor(self, request: SearchRequest, hits: list[Any], start: int, total: int) -> str:
        """Folded hits cannot be gone on after by sort values, so their cursor counts instead."""
        if not hits or len(hits) < request.per_page or start >= total:
            return ""
        if request.fold and start + request.per_page > DEEPEST:
            return ""
        content = json.dumps([_digest(request), hits[-1]["sort"], start])
        return base64.urlsafe_b64encode(content.encode()).decode()


def _marked(hit: Hit, query: Node) -> Hit:
    """A hit with what the query found in it."""
    spans, in_title = highlight(query, hit.record.text), highlight_title(query, hit.article.title)
    return replace(hit, highlights=spans, title_highlights=in_title)


def _digest(request: SearchRequest) -> str:
    same = replace(request, page=1, cursor="", facets=(), distinct=False)
    return hashlib.sha256(repr(same).encode()).hexdigest()[:16]

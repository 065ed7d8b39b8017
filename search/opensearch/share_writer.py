"""Writes one share of a generation that several machines fill. Nobody is told who they are yet: that is the promotion's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Self

from opensearchpy import OpenSearch

from search.errors import SearchIndexError
from search.opensearch import bulk
from search.opensearch.builds import Build, Builds, ShareReport, topics_digest
from search.opensearch.connection import Address, plain_errors
from search.opensearch.documents import Overlay
from search.opensearch.lock import WriterLock
from search.opensearch.publishing import index_of
from search.opensearch.spool import Spool
from search.opensearch.writer import article_actions
from search.records import CollectionTables, IndexedArticle
from search.sharing import InputSeen, Share

SHARE_SECONDS = 600


class ClusterShareWriter:
    """Implements :class:`search.sharing.ShareWriter`; begun by the engine, which holds the share's lock for it.

    A share that is written again replaces what it held: what was there is removed first.
    """

    def __init__(
        self, client: OpenSearch, address: Address, lock: WriterLock, builds: Builds, build: Build, share: Share
    ) -> None:
        self._client, self._address, self._lock = client, address, lock
        self._builds, self._build, self._share = builds, build, share
        self._index = index_of(address, build.generation)
        self._spool = Spool()
        self._open = True
        self.generation = build.generation

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        if self._open:
            self._open = False
            self._spool.close()
            self._lock.release()

    def add(self, indexed: IndexedArticle) -> None:
        """Store an article and its records, in place of an earlier version of the same id."""
        self._spool.add(indexed)

    def content_hash(self, article_id: str) -> str | None:
        """The hash of an article that this writer was given, or None."""
        return self._spool.content_hash(article_id)

    def finish(self, seen: InputSeen, tables: CollectionTables) -> int:
        """Send everything, count it, and report.

        Raises:
            SearchIndexError: The cluster refused something, or what arrived is not what was sent.
        """
        own = {"term": {"share": self._share.number}}
        with plain_errors(self._address):
            self._builds.begin_share(self._share.number)
            self._remove(own)
            sent = bulk.send(self._client, self._actions(Overlay.of(tables)))
            self._client.indices.refresh(index=self._index, params={"request_timeout": bulk.REFRESH_SECONDS})
            stored = bulk.count(self._client, self._index, own)
            if stored != sent:
                raise SearchIndexError(f"{sent} documents were sent and {stored} arrived", "run it again")
            self._lock.must_be_held()
            number, articles = self._share.number, len(self._spool)
            report = ShareReport(self.generation, number, articles, sent, seen, topics_digest(tables))
            self._builds.finish_share(report)
        return len(self._spool)

    def _remove(self, query: Mapping[str, Any]) -> None:
        """Remove what an earlier run of this share left."""
        seconds = {"request_timeout": bulk.REFRESH_SECONDS}
        self._client.indices.refresh(index=self._index, params=seconds)
        if bulk.count(self._client, self._index, query):
            self._client.delete_by_query(
                index=self._index,
                body={"query": query},
                params={"refresh": "true", "conflicts": "proceed", "slices": "auto", "request_timeout": SHARE_SECONDS},
            )

    def _actions(self, overlay: Overlay) -> Iterator[Mapping[str, Any]]:
        for indexed in self._spool:
            for action in article_actions(self._index, indexed, overlay):
                yield {**action, "document": {**action["document"], "share": self._share.number}}

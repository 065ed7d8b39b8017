"""Writes one generation: spooled while articles come in, sent at the commit, verified, then swapped in by the alias.

A rebuild fills an index of its own (``NAME-<UTC>-<random>``) and moves the alias in one call. An update sends only what
changes into the index that is served: new and deleted articles, and the records of old ones whose people, variants or
rulings changed with the tables. Documents are idempotent by id and an article's hash is sent after its records, so that
an update that was cut off is completed by running it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Self

from opensearchpy import OpenSearch

from search.engine import EntityInArticle, QuoteText
from search.errors import SearchIndexError
from search.opensearch import bulk, mapping, publishing
from search.opensearch.collection import Collection
from search.opensearch.connection import Address, plain_errors
from search.opensearch.documents import (
    Overlay,
    article_document,
    document_name,
    read_record,
    record_document,
    speaker_document,
)
from search.opensearch.lock import WriterLock
from search.opensearch.scanning import scan
from search.opensearch.spool import Spool
from search.opensearch.stored import articles_with_records, entities_of, quotes_of, stored_articles, tables_of
from search.records import CollectionTables, IndexedArticle, Record, Speaker, StoredArticle
from search.roles import entities_by_key

Actions = Iterator[Mapping[str, Any]]


class ClusterWriter:
    """Implements :class:`search.engine.Writer`; begun by the engine, which holds the lock for it."""

    def __init__(
        self, client: OpenSearch, address: Address, lock: WriterLock, base: Collection | None, fresh: bool
    ) -> None:
        """Begin.

        Args:
            client: The connection.
            address: The collection.
            lock: Held; passes to this writer.
            base: The present generation, if there is one.
            fresh: Whether to build anew instead of changing ``base``.
        """
        self._client, self._address, self._lock = client, address, lock
        self._base = base
        self._keep = None if fresh else base
        self.generation = publishing.new_generation()
        self._spool = Spool()
        self._gone: set[str] = set()
        self._hashes: dict[str, str | None] = {}
        self._open = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._end()

    def add(self, indexed: IndexedArticle) -> None:
        """Store an article and its records, in place of an earlier version of the same id."""
        self._must_be_open()
        self.delete(indexed.article.id)
        self._spool.add(indexed)

    def delete(self, article_id: str) -> bool:
        """Take an article and its records out. Returns whether it was there."""
        self._must_be_open()
        if self._spool.drop(article_id):
            return True
        if self._stored_hash(article_id) is None:
            return False
        self._gone.add(article_id)
        return True

    def content_hash(self, article_id: str) -> str | None:
        """The stored hash of an article in what is being written, or None."""
        self._must_be_open()
        return self._spool.content_hash(article_id) or self._stored_hash(article_id)

    def entities(self) -> Iterator[EntityInArticle]:
        """Every article-local entity of what is being written, by article id."""
        self._must_be_open()
        with plain_errors(self._address):
            staying = stored_articles(self._client, self._keep) if self._keep else iter(())
            yield from entities_of(article for article, _ in self._merged((a, []) for a in staying))

    def quotes(self) -> Iterator[QuoteText]:
        """Every quote of what is being written, by article id, then place."""
        self._must_be_open()
        with plain_errors(self._address):
            staying = articles_with_records(self._client, self._keep, "quote", self._goes) if self._keep else iter(())
            yield from quotes_of(self._merged(staying))

    def previous(self) -> CollectionTables | None:
        """The tables of the generation before; None on the first."""
        if self._base is None:
            return None
        with plain_errors(self._address):
            return tables_of(self._client, self._base)

    def commit(self, tables: CollectionTables) -> str:
        """Send, verify, and swap in. Returns the generation.

        Raises:
            SearchIndexError: The cluster refused something, or what arrived is not what was sent.
        """
        self._must_be_open()
        try:
            with plain_errors(self._address):
                if self._keep is None:
                    self._build(tables)
                else:
                    self._change(self._keep, tables)
        finally:
            self._end()
        return self.generation

    # A generation from nothing

    def _build(self, tables: CollectionTables) -> None:
        index = publishing.index_of(self._address, self.generation)
        publishing.create_index(self._client, index, self.generation, tables.extractor)
        try:
            overlay = Overlay.of(tables)
            sent = bulk.send(self._client, self._all_actions(index, tables, overlay))
            bulk.verify(self._client, index, sent)
            publishing.finish(self._client, index, self.generation, tables)
            publishing.make_ready(self._client, index)
            self._lock.must_be_held()
            publishing.swap(self._client, self._address, index)
        except BaseException:
            publishing.discard(self._client, self._address, index)
            raise

    def _all_actions(self, index: str, tables: CollectionTables, overlay: Overlay) -> Actions:
        for indexed in self._spool:
            yield from article_actions(index, indexed, overlay)
        yield from speaker_actions(index, tables.speakers)

    # A change of the one that is served

    def _change(self, base: Collection, tables: CollectionTables) -> None:
        before = tables_of(self._client, base)
        old, new = Overlay.of(before), Overlay.of(tables)
        # An index of an earlier version may lack a field; those that it has cannot change.
        fields = {"properties": mapping.mapping("", "", "")["properties"]}
        self._client.indices.put_mapping(index=base.index, body=fields, params={"request_timeout": publishing.PATIENCE})
        bulk.send(self._client, self._changes(base, before.speakers, tables.speakers, old, new))
        self._client.indices.refresh(index=base.index, params={"request_timeout": publishing.PATIENCE})
        publishing.finish(self._client, base.index, self.generation, tables)

    def _changes(
        self, base: Collection, before: Iterable[Speaker], speakers: Iterable[Speaker], old: Overlay, new: Overlay
    ) -> Actions:
        index = base.index
        for article_id in sorted(self._gone):
            for document in self._documents_of(base, [article_id]):
                if document["sort"] == "record" or article_id not in self._spool:
                    yield bulk.remove(index, document_name(document["sort"], document["id"]), article_id)
        for indexed in self._spool:
            yield from article_actions(index, indexed, new)
        yield from self._touched(base, old, new)
        known = {speaker.id: speaker for speaker in before}
        yield from speaker_actions(index, (one for one in speakers if known.pop(one.id, None) != one))
        for name in known:
            yield bulk.remove(index, document_name("speaker", name), name)

    def _touched(self, base: Collection, old: Overlay, new: Overlay) -> Actions:
        """Records of unchanged articles that the tables now say something else about."""
        keys = _differences(old.speaker_of, new.speaker_of)
        names = set().union(
            *(_differences(getattr(old, part), getattr(new, part)) for part in ("variants", "attributions", "reviews"))
        )
        for field, values in (("entities", sorted(keys)), ("id", sorted(names))):
            for start in range(0, len(values), 1000):
                query = {"bool": {"filter": [
                    {"term": {"sort": "record"}}, {"terms": {field: values[start : start + 1000]}}]}}  # fmt: skip
                body = {"query": query, "sort": [{"id": "asc"}]}
                for hit in scan(self._client, base.index, body):
                    document = hit["_source"]
                    if document["article_id"] in self._gone or document["article_id"] in self._spool:
                        continue
                    article = base.article(document["article_id"])
                    record, _ = read_record(document, article)
                    name, known = document_name("record", record.id), entities_by_key(article)
                    yield bulk.put(base.index, name, article.id, record_document(record, article, known, new))

    # Reading what there is

    def _stored_hash(self, article_id: str) -> str | None:
        if self._keep is None or article_id in self._gone:
            return None
        if article_id not in self._hashes:
            with plain_errors(self._address):
                found = self._keep.articles([article_id]).get(article_id)
            self._hashes[article_id] = found.content_hash if found else None
        return self._hashes[article_id]

    def _goes(self, article_id: str) -> bool:
        """Whether a stored article is deleted or replaced."""
        return article_id in self._gone or article_id in self._spool

    def _merged(
        self, staying: Iterable[tuple[StoredArticle, Iterable[Record]]]
    ) -> Iterator[tuple[StoredArticle, Iterable[Record]]]:
        """Articles by id: those that stay, merged with those that are new."""
        waiting = iter(self._spool)
        new = next(waiting, None)
        for article, records in staying:
            if self._goes(article.id):
                continue
            while new is not None and new.article.id < article.id:
                yield new.article, new.records
                new = next(waiting, None)
            yield article, records
        while new is not None:
            yield new.article, new.records
            new = next(waiting, None)

    def _documents_of(self, base: Collection, articles: list[str]) -> Iterator[Mapping[str, Any]]:
        body = {"query": {"terms": {"article_id": articles}}, "sort": [{"ordinal": "asc"}, {"id": "asc"}]}
        for hit in scan(self._client, base.index, body):
            yield hit["_source"]

    def _must_be_open(self) -> None:
        if not self._open:
            raise SearchIndexError("this writer has ended", "begin another one")

    def _end(self) -> None:
        if self._open:
            self._open = False
            self._spool.close()
            self._lock.release()


def _differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> set[str]:
    return {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}


def article_actions(index: str, indexed: IndexedArticle, overlay: Overlay) -> Actions:
    """What stores an article: its records first, itself last, so that its hash tells that all is there."""
    article, known = indexed.article, entities_by_key(indexed.article)
    for record in indexed.records:
        name = document_name("record", record.id)
        yield bulk.put(index, name, article.id, record_document(record, article, known, overlay))
    yield bulk.put(index, document_name("article", article.id), article.id, article_document(article))


def speaker_actions(index: str, speakers: Iterable[Speaker]) -> Actions:
    """What stores speakers."""
    for speaker in speakers:
        yield bulk.put(index, document_name("speaker", speaker.id), speaker.id, speaker_document(speaker))

"""Writes one generation: spooled while articles come in, sent at the commit, verified, then swapped in by the alias.

A rebuild fills an index of its own (``NAME-<UTC>-<random>``) and moves the alias in one call. An update sends only what
changes into the index that is served: new and deleted articles, and the records of old ones whose people, variants or
rulings changed with the tables. Documents are idempotent by id and an article's hash is sent after its records, so that
an update that was cut off is completed by running it again.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, Self

from opensearchpy import OpenSearch

from search.engine import EntityInArticle, QuoteText
from search.errors import ConfigurationError, SearchIndexError
from search.opensearch import bulk, mapping
from search.opensearch.collection import Collection
from search.opensearch.connection import Address, plain_errors
from search.opensearch.documents import (
    Overlay,
    article_document,
    pack,
    read_article,
    read_record,
    read_speaker,
    record_document,
    speaker_document,
    unpack,
)
from search.opensearch.lock import WriterLock
from search.opensearch.scanning import scan
from search.opensearch.spool import Spool
from search.records import CollectionTables, IndexedArticle, Record, Review, Speaker, StoredArticle

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
        stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
        self.generation = f"{stamp}-{secrets.token_hex(3)}"
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
        for article, _ in self._everything():
            for entity in article.entities:
                yield EntityInArticle(article.id, article.outlet, article.published, entity)

    def quotes(self) -> Iterator[QuoteText]:
        """Every quote of what is being written, by article id, then place."""
        self._must_be_open()
        for article, records in self._everything():
            for record in records:
                if record.kind == "quote":
                    entity = record.attribution.entity if record.attribution else None
                    head = (record.id, article.id, article.outlet, article.published, record.quote_type)
                    yield QuoteText(*head, entity, record.text, record.interviewer)

    def previous(self) -> CollectionTables | None:
        """The tables of the generation before; None on the first."""
        if self._base is None:
            return None
        with plain_errors(self._address):
            return self._tables(self._base)

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
        index = f"{self._address.name}-{self.generation}"
        self._client.indices.create(
            index=index,
            body={
                "settings": mapping.settings(_shards()),
                "mappings": mapping.mapping(self.generation, _now(), tables.extractor),
            },
        )
        try:
            overlay = Overlay.of(tables)
            sent = bulk.send(self._client, self._all_actions(index, tables, overlay))
            self._client.indices.refresh(index=index)
            stored = int(self._client.count(index=index)["count"])
            if stored != sent:
                raise SearchIndexError(f"{sent} documents were sent and {stored} arrived", "run it again")
            self._finish(index, tables)
            self._swap(index)
        except BaseException:
            self._client.indices.delete(index=index, params={"ignore_unavailable": "true"})
            raise

    def _all_actions(self, index: str, tables: CollectionTables, overlay: Overlay) -> Actions:
        for indexed in self._spool:
            yield from self._article_actions(index, indexed, overlay)
        for speaker in tables.speakers:
            yield bulk.put(index, f"s:{speaker.id}", speaker.id, speaker_document(speaker))

    def _article_actions(self, index: str, indexed: IndexedArticle, overlay: Overlay) -> Actions:
        article = indexed.article
        for record in indexed.records:
            yield bulk.put(index, f"r:{record.id}", article.id, record_document(record, article, overlay))
        yield bulk.put(index, f"a:{article.id}", article.id, article_document(article))

    def _finish(self, index: str, tables: CollectionTables) -> None:
        """Replicas and refresh as a served index has them; what the index is, in its mapping."""
        served = {"index": {"number_of_replicas": _replicas(self._client), "refresh_interval": "1s"}}
        self._client.indices.put_settings(index=index, body=served)
        meta = mapping.mapping(self.generation, _now(), tables.extractor)["_meta"]
        topics = [[term.id, term.label, term.level, term.ancestors] for term in tables.topics]
        rulings = {
            "attributions": dict(tables.attributions),
            "reviews": {quote: asdict(review) for quote, review in tables.reviews.items()},
        }
        meta |= {"complete": True, "topics": pack(topics), "rulings": pack(rulings)}
        self._client.indices.put_mapping(index=index, body={"_meta": meta})

    def _swap(self, index: str) -> None:
        """Move the alias in one call, then remove what is older than the generation before."""
        alias = self._address.name
        if self._client.indices.exists(index=alias) and not self._client.indices.exists_alias(name=alias):
            raise ConfigurationError(f"an index is called {alias!r}", "choose another name for the collection")
        held = self._client.indices.get_alias(name=alias) if self._client.indices.exists_alias(name=alias) else {}
        moves: list[dict[str, Any]] = [{"remove": {"index": old, "alias": alias}} for old in held]
        moves.append({"add": {"index": index, "alias": alias}})
        self._client.indices.update_aliases(body={"actions": moves})
        for old in self._client.indices.get(index=f"{alias}-2*", params={"ignore_unavailable": "true"}):
            if old != index and old not in held:
                self._client.indices.delete(index=old, params={"ignore_unavailable": "true"})

    # A change of the one that is served

    def _change(self, base: Collection, tables: CollectionTables) -> None:
        before = self._tables(base)
        old, new = Overlay.of(before), Overlay.of(tables)
        bulk.send(self._client, self._changes(base, before.speakers, tables.speakers, old, new))
        self._client.indices.refresh(index=base.index)
        self._finish(base.index, tables)

    def _changes(
        self, base: Collection, before: Iterable[Speaker], speakers: Iterable[Speaker], old: Overlay, new: Overlay
    ) -> Actions:
        index = base.index
        for article_id in sorted(self._gone):
            for document in self._documents_of(base, [article_id]):
                if document["sort"] == "record" or article_id not in self._spool:
                    letter = document["sort"][0]
                    yield bulk.remove(index, f"{letter}:{document['id']}", article_id)
        for indexed in self._spool:
            yield from self._article_actions(index, indexed, new)
        yield from self._touched(base, old, new)
        known = {speaker.id: speaker for speaker in before}
        for speaker in speakers:
            if known.pop(speaker.id, None) != speaker:
                yield bulk.put(index, f"s:{speaker.id}", speaker.id, speaker_document(speaker))
        for name in known:
            yield bulk.remove(index, f"s:{name}", name)

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
                    yield bulk.put(base.index, f"r:{record.id}", article.id, record_document(record, article, new))

    # Reading what there is

    def _stored_hash(self, article_id: str) -> str | None:
        if self._keep is None or article_id in self._gone:
            return None
        if article_id not in self._hashes:
            with plain_errors(self._address):
                found = self._keep.articles([article_id]).get(article_id)
            self._hashes[article_id] = found.content_hash if found else None
        return self._hashes[article_id]

    def _everything(self) -> Iterator[tuple[StoredArticle, Iterable[Record]]]:
        """Articles with records by id: those that stay, merged with those that are new."""
        waiting = self._spool.ids()
        for article, records in self._staying():
            while waiting and waiting[0] < article.id:
                indexed = self._spool.get(waiting.pop(0))
                yield indexed.article, indexed.records
            yield article, records
        for article_id in waiting:
            indexed = self._spool.get(article_id)
            yield indexed.article, indexed.records

    def _staying(self) -> Iterator[tuple[StoredArticle, Iterable[Record]]]:
        if self._keep is None:
            return
        base = self._keep
        body = {"query": {"term": {"sort": "article"}}, "sort": [{"id": "asc"}]}
        with plain_errors(self._address):
            for hit in scan(self._client, base.index, body):
                article = read_article(hit["_source"])
                if article.id not in self._gone and article.id not in self._spool:
                    yield article, self._records_of(base, article)

    def _records_of(self, base: Collection, article: StoredArticle) -> Iterator[Record]:
        for document in self._documents_of(base, [article.id]):
            if document["sort"] == "record":
                yield read_record(document, article)[0]

    def _documents_of(self, base: Collection, articles: list[str]) -> Iterator[Mapping[str, Any]]:
        body = {"query": {"terms": {"article_id": articles}}, "sort": [{"ordinal": "asc"}, {"id": "asc"}]}
        for hit in scan(self._client, base.index, body):
            yield hit["_source"]

    def _tables(self, base: Collection) -> CollectionTables:
        speakers = scan(self._client, base.index, {"query": {"term": {"sort": "speaker"}}, "sort": [{"id": "asc"}]})
        grouped = {"bool": {"filter": [{"exists": {"field": "variant"}}]}}
        variants = scan(self._client, base.index, {"query": grouped, "sort": [{"id": "asc"}]})
        rulings = unpack(base.meta["rulings"]) if base.meta.get("rulings") else {"attributions": {}, "reviews": {}}
        return CollectionTables(
            speakers=tuple(read_speaker(hit["_source"]) for hit in speakers),
            topics=tuple(base.topics.values()),
            variants={hit["_source"]["id"]: hit["_source"]["variant"] for hit in variants},
            attributions=rulings["attributions"],
            reviews={quote: Review(**review) for quote, review in rulings["reviews"].items()},
            extractor=str(base.meta.get("extractor", "")),
        )

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


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _shards() -> int:
    value = os.environ.get("ONRECORD_OPENSEARCH_SHARDS", "1")
    if not value.isdecimal() or not 1 <= int(value) <= 1024:
        raise ConfigurationError(f"ONRECORD_OPENSEARCH_SHARDS is {value!r}", "give a number from 1 to 1024")
    return int(value)


def _replicas(client: OpenSearch) -> int:
    """One copy of everything where there is a second node to hold it."""
    return 1 if int(client.cluster.health()["number_of_data_nodes"]) > 1 else 0

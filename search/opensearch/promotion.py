"""A generation that several machines filled is verified, told who is who, and served.

The tables are worked out from what the shares stored, and carried into the records by partial updates sent in bulk: text,
positions and articles stay where they are. An update says everything that tables can say of a record, so that a promotion
that was cut off is completed by running it again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Self

from opensearchpy import OpenSearch

from search.engine import EntityInArticle, QuoteText
from search.errors import SearchIndexError
from search.opensearch import bulk, publishing
from search.opensearch.builds import Build, Builds, ShareReport, topics_digest
from search.opensearch.collection import Collection
from search.opensearch.connection import Address, plain_errors
from search.opensearch.documents import Overlay, document_name, table_fields
from search.opensearch.lock import WriterLock
from search.opensearch.scanning import scan
from search.opensearch.stored import articles_with_records, entities_of, quotes_of, stored_articles, tables_of
from search.opensearch.writer import speaker_actions
from search.records import CollectionTables
from search.roles import entities_by_key
from search.sharing import Share, UnfinishedBuildError


class ClusterPromotion:
    """Implements :class:`search.sharing.Promotion`; begun by the engine, which holds the writer's lock for it."""

    def __init__(
        self,
        client: OpenSearch,
        address: Address,
        lock: WriterLock,
        builds: Builds,
        build: Build,
        base: Collection | None,
    ) -> None:
        """Begin.

        Args:
            client: The connection.
            address: The collection.
            lock: Held; passes to this promotion.
            builds: Where the build is written down.
            build: Being promoted, and verified.
            base: The generation that is served, if there is one.
        """
        self._client, self._address, self._lock = client, address, lock
        self._builds, self._build, self._base = builds, build, base
        self._index = publishing.index_of(address, build.generation)
        self._staged = Collection(client, address, self._index, {})
        self.generation = build.generation

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._lock.release()

    def entities(self) -> Iterator[EntityInArticle]:
        """Every article-local entity, by article id."""
        with plain_errors(self._address):
            yield from entities_of(stored_articles(self._client, self._staged))

    def quotes(self) -> Iterator[QuoteText]:
        """Every quote, by article id, then place."""
        with plain_errors(self._address):
            yield from quotes_of(articles_with_records(self._client, self._staged, "quote"))

    def previous(self) -> CollectionTables | None:
        """The tables of the generation that is served; None on the first."""
        if self._base is None:
            return None
        with plain_errors(self._address):
            return tables_of(self._client, self._base)

    def commit(self, tables: CollectionTables) -> str:
        """Carry the tables into the records, count once more, and swap.

        Raises:
            SearchIndexError: The cluster refused something, or what is there is not what was reported.
        """
        with plain_errors(self._address):
            reports = self._builds.shares(self._build).values()
            if any(report.topics != topics_digest(tables) for report in reports):
                raise SearchIndexError(
                    "the shares were made with other topics", "give all machines one ONRECORD_TOPICS"
                )
            bulk.send(self._client, self._changes(tables))
            expected = sum(report.documents for report in reports)
            bulk.verify(self._client, self._index, expected + len(tables.speakers))
            publishing.finish(self._client, self._index, self.generation, tables)
            publishing.make_ready(self._client, self._index)
            self._lock.must_be_held()
            publishing.swap(self._client, self._address, self._index)
            self._build = self._builds.set_state(self._build, "promoted")
        return self.generation

    def _changes(self, tables: CollectionTables) -> Iterator[Mapping[str, Any]]:
        overlay = Overlay.of(tables)
        for article, records in articles_with_records(self._client, self._staged):
            entities = entities_by_key(article)
            for record in records:
                name, fields = document_name("record", record.id), table_fields(record, article, entities, overlay)
                yield bulk.update(self._index, name, article.id, fields)
        yield from speaker_actions(self._index, tables.speakers)
        known = {speaker.id for speaker in tables.speakers}
        people = {"query": {"term": {"sort": "speaker"}}, "sort": [{"id": "asc"}], "_source": ["id"]}
        for hit in scan(self._client, self._index, people):  # of a promotion that was cut off, under other rulings
            if (name := hit["_source"]["id"]) not in known:
                yield bulk.remove(self._index, document_name("speaker", name), name)


def verify_shares(client: OpenSearch, address: Address, builds: Builds, build: Build) -> None:
    """Make sure that all shares are finished, are of the same input, and are still all there.

    Raises:
        UnfinishedBuildError: They are not; it names those to run again.
    """
    reports = builds.shares(build)
    shares = [Share(number, build.of) for number in range(1, build.of + 1)]
    missing = [share for share in shares if share.number not in reports]
    if missing:
        what = "share is" if len(missing) == 1 else "shares are"
        raise UnfinishedBuildError([f"{len(missing)} {what} missing: {', '.join(map(str, missing))}"], missing)
    index = publishing.index_of(address, build.generation)
    if not client.indices.exists(index=index):
        raise UnfinishedBuildError([f"index {index} is gone"], shares)
    client.indices.refresh(index=index, params={"request_timeout": bulk.REFRESH_SECONDS})
    unlike = _unlike(reports)
    problems, again = list(unlike.values()), [Share(number, build.of) for number in unlike]
    for share in shares:
        sent = reports[share.number].documents
        stored = bulk.count(client, index, {"term": {"share": share.number}})
        if stored != sent:
            problems.append(f"share {share} sent {sent:,} documents and {stored:,} are there")
            again.append(share)
    if problems:
        raise UnfinishedBuildError(problems, again)
    if not any(report.articles for report in reports.values()):
        raise SearchIndexError("no share has an article", "give the articles' PATH to 'onrecord reindex --shard'")


def _unlike(reports: Mapping[int, ShareReport]) -> dict[int, str]:
    """Shares whose machines read something else than most did, each with a sentence."""
    inputs = Counter(report.seen for report in reports.values())
    most = max(inputs, key=lambda seen: (inputs[seen], seen.articles, seen.digest))
    return {
        number: f"share {number}/{len(reports)} was made of other input ({report.seen.articles:,} articles) "
        f"than most ({most.articles:,})"
        for number, report in sorted(reports.items())
        if report.seen != most
    }

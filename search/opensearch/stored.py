"""What a generation in the cluster holds, read as a whole: every article with its records, and the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from opensearchpy import OpenSearch

from search.engine import EntityInArticle, QuoteText
from search.opensearch.collection import Collection
from search.opensearch.documents import read_article, read_record, read_speaker, unpack
from search.opensearch.scanning import scan
from search.records import CollectionTables, Record, Review, StoredArticle

ArticleWithRecords = tuple[StoredArticle, list[Record]]


def stored_articles(client: OpenSearch, collection: Collection) -> Iterator[StoredArticle]:
    """Every article by id."""
    body = {"query": {"term": {"sort": "article"}}, "sort": [{"id": "asc"}]}
    return (read_article(hit["_source"]) for hit in scan(client, collection.index, body))


def articles_with_records(
    client: OpenSearch, collection: Collection, kind: str = "", passed_over: Callable[[str], bool] = lambda _: False
) -> Iterator[ArticleWithRecords]:
    """Every article by id with its records in reading order, in one pass from one point in time.

    Args:
        client: The connection.
        collection: The generation.
        kind: Only records of this kind, or of all.
        passed_over: Told an article's id, whether to leave it out.
    """
    records: dict[str, Any] = {"term": {"kind": kind}} if kind else {"term": {"sort": "record"}}
    body = {
        "query": {"bool": {"should": [{"term": {"sort": "article"}}, records], "minimum_should_match": 1}},
        "sort": [{"article_id": "asc"}, {"sort": "asc"}, {"ordinal": "asc"}, {"id": "asc"}],  # "article" < "record"
        "_source": ["sort", "id", "article_id", "blob"],
    }
    article: StoredArticle | None = None
    found: list[Record] = []
    for hit in scan(client, collection.index, body):
        document = hit["_source"]
        if document["sort"] == "article":
            if article is not None:
                yield article, found
            article, found = (None if passed_over(document["id"]) else read_article(document)), []
        elif article is not None and document["article_id"] == article.id:
            found.append(read_record(document, article)[0])
    if article is not None:
        yield article, found


def entities_of(articles: Iterable[StoredArticle]) -> Iterator[EntityInArticle]:
    """Every article-local entity."""
    for article in articles:
        for entity in article.entities:
            yield EntityInArticle(article.id, article.outlet, article.published, entity)


def quotes_of(articles: Iterable[tuple[StoredArticle, Iterable[Record]]]) -> Iterator[QuoteText]:
    """Every quote, as grouping of variants needs it."""
    for article, records in articles:
        for record in records:
            if record.kind == "quote":
                entity = record.attribution.entity if record.attribution else None
                head = (record.id, article.id, article.outlet, article.published, record.quote_type)
                yield QuoteText(*head, entity, record.text, record.interviewer)


def tables_of(client: OpenSearch, collection: Collection) -> CollectionTables:
    """The tables that a generation was committed with."""
    speakers = scan(client, collection.index, {"query": {"term": {"sort": "speaker"}}, "sort": [{"id": "asc"}]})
    grouped = {"query": {"exists": {"field": "variant"}}, "sort": [{"id": "asc"}], "_source": ["id", "variant"]}
    rulings: Mapping[str, Any] = {"attributions": {}, "reviews": {}}
    if collection.meta.get("rulings"):
        rulings = unpack(collection.meta["rulings"])
    return CollectionTables(
        speakers=tuple(read_speaker(hit["_source"]) for hit in speakers),
        topics=tuple(collection.topics.values()),
        variants={hit["_source"]["id"]: hit["_source"]["variant"] for hit in scan(client, collection.index, grouped)},
        attributions=rulings["attributions"],
        reviews={quote: Review(**review) for quote, review in rulings["reviews"].items()},
        extractor=str(collection.meta.get("extractor", "")),
    )

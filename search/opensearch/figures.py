"""What a generation in the cluster amounts to, and whether what belongs together is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from search.opensearch.collection import Collection
from search.opensearch.index_reader import IndexReader, terms


def figures(reader: IndexReader) -> dict[str, Any]:
    """Totals for :class:`search.engine.Stats`, by its names."""
    aggregations = {
        "sorts": terms("sort", 5),
        "kinds": {"filter": {"term": {"interviewer": False}}, "aggs": {"values": terms("kind", 5)}},
        "attributed": {
            "filter": {
                "bool": {
                    "filter": [
                        {"term": {"kind": "quote"}},
                        {"term": {"interviewer": False}},
                        {"exists": {"field": "speaker"}},
                    ]
                }
            }
        },
        "speaking": {"filter": {"bool": {"filter": [{"term": {"sort": "speaker"}}, {"range": {"quotes": {"gt": 0}}}]}}},
        "topics": {"cardinality": {"field": "topic"}},
        "outlets": {"cardinality": {"field": "outlet"}},
        "first": {"min": {"field": "published"}},
        "last": {"max": {"field": "published"}},
    }
    found = reader.ask({"size": 0, "aggs": aggregations})["aggregations"]
    sorts = {bucket["key"]: bucket["doc_count"] for bucket in found["sorts"]["buckets"]}
    kinds = {bucket["key"]: bucket["doc_count"] for bucket in found["kinds"]["values"]["buckets"]}
    return {
        "articles": sorts.get("article", 0),
        "quotes": kinds.get("quote", 0),
        "paragraphs": kinds.get("paragraph", 0),
        "attributed": found["attributed"]["doc_count"],
        "speakers": found["speaking"]["doc_count"],
        "named": sorts.get("speaker", 0),
        "topics": found["topics"]["value"],
        "outlets": found["outlets"]["value"],
        "first_day": found["first"].get("value_as_string", ""),
        "last_day": found["last"].get("value_as_string", ""),
    }


def problems(collection: Collection, health: Mapping[str, Any]) -> Iterator[str]:
    """One sentence for each thing that is wrong with the index, given what the cluster says of its health."""
    if health["status"] == "red":
        yield f"index {collection.reader.index} is red: {health['unassigned_shards']} shards are on no node"
        return
    if not collection.meta.get("complete"):
        yield f"index {collection.reader.index} was never completed"
    held, committed = collection.reader.count({"match_all": {}}), collection.meta.get("documents")
    if committed is not None and held != committed:
        yield f"index {collection.reader.index} was committed with {committed} documents and has {held}"
    body = {
        "size": 0,
        "query": {"term": {"sort": "record"}},
        "aggs": {"articles": {"cardinality": {"field": "article_id", "precision_threshold": 40_000}}},
    }
    with_records = collection.reader.ask(body)["aggregations"]["articles"]["value"]
    articles = collection.reader.count({"term": {"sort": "article"}})
    if with_records > articles * 1.05 + 1:  # the cluster's count of distinct values is approximate
        yield f"index {collection.reader.index} has records of {with_records} articles and {articles} articles"

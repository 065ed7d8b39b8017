"""One index of the cluster, open for reading: searches, look-ups and counts; every answer is from this index alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from opensearchpy import OpenSearch

from search.errors import EngineUnavailableError
from search.opensearch import bulk
from search.opensearch.connection import Address
from search.opensearch.documents import Document, document_name

MOST = 10_000
"""Hits that one answer of the cluster may have."""

RECORD_SHOWN = ["id", "sort", "article_id", "speaker", "mentions", "variant", "blob"]
"""Fields that a page needs of a record."""


class IndexReader:
    """Reads one index. Nothing in it changes the index.

    Attributes:
        index: The concrete index behind the alias.
    """

    def __init__(self, client: OpenSearch, address: Address, index: str) -> None:
        self._client, self._address, self.index = client, address, index

    def search(self, body: Mapping[str, Any], preference: str) -> Any:
        """Run a search on this index; parts may be missing, as the answer says.

        Args:
            body: The search.
            preference: Searches with one preference go to the same copies of the shards, whose scores may differ a little
                from those of the others: so that no page repeats or lacks a hit.
        """
        params = {"search_type": "dfs_query_then_fetch", "preference": preference}
        return self._client.search(index=self.index, body=body, params=params)

    def count(self, query: Mapping[str, Any]) -> int:
        """How many documents match."""
        return bulk.count(self._client, self.index, query)

    def ask(self, body: Mapping[str, Any]) -> Any:
        """Look something up: everything that is there, or an error."""
        answer = self._client.search(index=self.index, body=body, params={"allow_partial_search_results": "false"})
        if answer["timed_out"]:
            raise EngineUnavailableError(self._address.text, "a look-up took too long", "try again later")
        return answer

    def named(
        self, sort: str, names: Iterable[str], routing: Callable[[str], str], fields: Sequence[str] = ()
    ) -> list[Document]:
        """Documents of a sort by name; those that are not there are left out, those that cannot be reached are an error."""
        wanted = ({"_index": self.index, "_id": document_name(sort, name), "routing": routing(name)} for name in names)
        docs = [{**doc, "_source": list(fields)} if fields else doc for doc in wanted]
        found = self._client.mget(body={"docs": docs})["docs"] if docs else []
        for doc in found:
            if "error" in doc:
                raise EngineUnavailableError(self._address.text, f"index {self.index} lacks shards", "start its nodes")
        return [doc["_source"] for doc in found if doc.get("found")]

    def records(
        self, query: Mapping[str, Any], sort: Sequence[Any], fields: Sequence[str] = RECORD_SHOWN
    ) -> list[Document]:
        """Records that match, at most ten thousand."""
        body = {
            "query": {"bool": {"filter": [{"term": {"sort": "record"}}, query]}},
            "sort": list(sort),
            "size": MOST,
            "_source": list(fields),
        }
        return [hit["_source"] for hit in self.ask(body)["hits"]["hits"]]

    def sources(self, query: Mapping[str, Any], size: int, fields: Sequence[str]) -> list[Document]:
        """Fields of the documents that match, at most ``size``."""
        hits = self.ask({"query": query, "size": size, "_source": list(fields)})["hits"]["hits"]
        return [hit["_source"] for hit in hits]

    def found_terms(self, field: str, size: int) -> Mapping[str, int]:
        """The most frequent values of a field with the number of records, most first."""
        body = {"size": 0, "query": {"term": {"sort": "record"}}, "aggs": {"values": terms(field, size)}}
        buckets = self.ask(body)["aggregations"]["values"]["buckets"]
        return {bucket["key"]: bucket["doc_count"] for bucket in buckets}


def terms(field: str, size: int) -> dict[str, Any]:
    """Counts of the most frequent values of a field."""
    return {"terms": {"field": field, "size": size}}

"""Documents to the cluster: chunked, with back-pressure, repeated where a node was busy, idempotent by id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.helpers import streaming_bulk

from search.errors import SearchIndexError
from search.opensearch.documents import Document

CHUNK = 1000
CHUNK_BYTES = 8 * 1024 * 1024
RETRIES = 8
FIRST_WAIT, LONGEST_WAIT = 1, 30
REQUEST_SECONDS = 60
REFRESH_SECONDS = 300
"""The first refresh of a large index writes segments that were only in memory."""


def put(index: str, name: str, routing: str, document: Document) -> Mapping[str, Any]:
    """An action that stores a document, in place of an earlier one of the same id."""
    return {"_op_type": "index", "_index": index, "_id": name, "routing": routing, "_source": document}


def remove(index: str, name: str, routing: str) -> Mapping[str, Any]:
    """An action that takes a document out."""
    return {"_op_type": "delete", "_index": index, "_id": name, "routing": routing}


def send(client: OpenSearch, actions: Iterable[Mapping[str, Any]]) -> int:
    """Send all actions; what a busy node refuses (429) is sent again after a wait.

    Returns:
        How many took effect.

    Raises:
        SearchIndexError: The cluster refused a document for good.
    """
    done = 0
    for ok, answer in _stream(client, actions):
        ((action, result),) = answer.items()
        if ok or (action == "delete" and result.get("status") == 404):
            done += 1
            continue
        reason = result.get("error")
        reason = reason.get("reason", reason) if isinstance(reason, dict) else reason
        raise SearchIndexError(f"the cluster refused document {result.get('_id')!r} ({reason})")
    return done


def update(index: str, name: str, routing: str, fields: Document) -> Mapping[str, Any]:
    """An action that sets some fields of a stored document."""
    return {"_op_type": "update", "_index": index, "_id": name, "routing": routing, "doc": fields}


def verify(client: OpenSearch, index: str, sent: int) -> None:
    """Make what was sent visible and count it.

    Raises:
        SearchIndexError: Another number is there than was sent.
    """
    client.indices.refresh(index=index, params={"request_timeout": REFRESH_SECONDS})
    stored = count(client, index, {"match_all": {}})
    if stored != sent:
        raise SearchIndexError(f"{sent} documents were sent and {stored} arrived", "run it again")


def count(client: OpenSearch, index: str, query: Mapping[str, Any]) -> int:
    """How many documents match, on all shards.

    Raises:
        SearchIndexError: A shard did not answer, so that nobody knows.
    """
    answer = client.count(index=index, body={"query": query}, params={"request_timeout": REFRESH_SECONDS})
    if failed := answer["_shards"]["failed"]:
        raise SearchIndexError(f"{failed} shards of {index} do not answer", "wait until the cluster is not red")
    return int(answer["count"])


def _stream(client: OpenSearch, actions: Iterable[Mapping[str, Any]]) -> Iterator[tuple[bool, Any]]:
    stream: Iterator[tuple[bool, Any]] = streaming_bulk(
        client,
        actions,
        chunk_size=CHUNK,
        max_chunk_bytes=CHUNK_BYTES,
        max_retries=RETRIES,
        initial_backoff=FIRST_WAIT,
        max_backoff=LONGEST_WAIT,
        raise_on_error=False,
        request_timeout=REQUEST_SECONDS,
    )
    return stream

"""Documents to the cluster: in chunks, repeated where nodes are busy or away, idempotent by id.

One chunk is under way while the next is made, never more: the cluster's pace is the writer's. What a node refuses for now (429,
502, 503, 504), or leaves unanswered, is sent again after a wait that doubles; what it refuses for good ends the run.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.exceptions import ConnectionError as NoConnection
from opensearchpy.exceptions import SSLError, TransportError

from search.encoding import dump
from search.errors import SearchIndexError
from search.opensearch.connection import RETRIED
from search.opensearch.documents import Document

CHUNK = 1000
CHUNK_BYTES = 8 * 1024 * 1024
TRIES = 9
FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0
"""Seconds between tries: 1, 2, 4 ... 30; two and a half minutes in all, in which a dead node's shards have moved."""

REQUEST_SECONDS = 60
REFRESH_SECONDS = 300
"""The first refresh of a large index writes segments that were only in memory."""

_HALF = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")

Action = Mapping[str, Any]
Line = tuple[bytes, bytes]


def put(index: str, name: str, routing: str, document: Document) -> Action:
    """An action that stores a document, in place of an earlier one of the same id."""
    return {"does": "index", "to": {"_index": index, "_id": name, "routing": routing}, "document": document}


def update(index: str, name: str, routing: str, fields: Document) -> Action:
    """An action that sets some fields of a stored document."""
    return {"does": "update", "to": {"_index": index, "_id": name, "routing": routing}, "document": {"doc": fields}}


def remove(index: str, name: str, routing: str) -> Action:
    """An action that takes a document out."""
    return {"does": "delete", "to": {"_index": index, "_id": name, "routing": routing}}


def send(client: OpenSearch, actions: Iterable[Action]) -> int:
    """Send all actions, in their order but for those that must be repeated.

    Returns:
        How many took effect.

    Raises:
        SearchIndexError: The cluster refused a document for good, or went on refusing it for now.
        opensearchpy.exceptions.TransportError: No node took a chunk, however often it was sent.
    """
    done = 0
    given_up = threading.Event()
    with ThreadPoolExecutor(1, "bulk") as sender:
        under_way: Future[int] | None = None
        try:
            for chunk in _chunks(actions):
                if under_way is not None:
                    done += under_way.result()
                under_way = sender.submit(_send_chunk, client, chunk, given_up)
            if under_way is not None:
                done += under_way.result()
        except BaseException:
            given_up.set()
            raise
    return done


def _chunks(actions: Iterable[Action]) -> Iterator[list[Line]]:
    chunk: list[Line] = []
    size = 0
    for action in actions:
        head = _line({action["does"]: action["to"]})
        line = (head, _line(action["document"]) if "document" in action else b"")
        length = len(line[0]) + len(line[1])
        if chunk and (len(chunk) == CHUNK or size + length > CHUNK_BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append(line)
        size += length
    if chunk:
        yield chunk


def _line(value: object) -> bytes:
    """JSON as the cluster takes it: half a surrogate pair, which broken input can hold, is no UTF-8."""
    content = dump(value) + b"\n"
    if _HALF.search(content):
        content = _HALF.sub("\N{REPLACEMENT CHARACTER}".encode(), content)
    return content


def _send_chunk(client: OpenSearch, chunk: list[Line], given_up: threading.Event) -> int:
    done = 0
    wait = FIRST_WAIT
    for left in reversed(range(TRIES)):
        again, reason = chunk, ""
        try:
            answer = client.bulk(
                body=b"".join(part for line in chunk for part in line), params={"request_timeout": REQUEST_SECONDS}
            )
        except SSLError:
            raise
        except TransportError as error:
            if not left or not (isinstance(error, NoConnection) or error.status_code in RETRIED):
                raise
        else:
            again, reason = _refused_for_now(chunk, answer["items"])
            done += len(chunk) - len(again)
            if not again:
                return done
            if not left:
                break
        chunk = again
        if given_up.wait(wait):
            break
        wait = min(2 * wait, LONGEST_WAIT)
    raise SearchIndexError(f"the cluster went on refusing {len(again)} documents ({reason})", "try again later")


def _refused_for_now(chunk: list[Line], items: list[Mapping[str, Any]]) -> tuple[list[Line], str]:
    """What must be sent again, and why.

    Raises:
        SearchIndexError: A document is refused for good.
    """
    again, why = [], ""
    for line, item in zip(chunk, items, strict=True):
        ((does, result),) = item.items()
        status = int(result["status"])
        if status < 300 or (does == "delete" and status == 404 and "error" not in result):
            continue
        reason = result.get("error")
        why = str(reason.get("reason", reason) if isinstance(reason, dict) else reason)
        if "cluster_block" in str(reason):
            raise SearchIndexError(f"the index takes no changes ({why})", "lift the block, or 'onrecord reindex' anew")
        if status not in RETRIED:
            raise SearchIndexError(f"the cluster refused document {result.get('_id')!r} ({why})")
        again.append(line)
    return again, why


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

"""Reading all of something out of a generation, in bounded memory and from one point in time."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.exceptions import NotFoundError, OpenSearchException

from search.errors import SearchIndexError

KEEP = "10m"
PAGE = 1000
PAGE_SECONDS = 60


def scan(client: OpenSearch, index: str, body: Mapping[str, Any], page: int = PAGE) -> Iterator[Mapping[str, Any]]:
    """Every hit of a search, in its order; what is missing is an error, never left out in silence.

    A point in time holds a context open on every shard, so only exports and rebuilds use one, never a page of results.

    Args:
        client: The connection.
        index: A concrete index.
        body: Query and a ``sort`` that orders totally.
        page: Hits asked for at once.

    Raises:
        SearchIndexError: A shard did not answer, or the point in time was lost.
    """
    pit = client.create_pit(index=index, params={"keep_alive": KEEP})["pit_id"]
    try:
        after: Sequence[Any] | None = None
        while True:
            asked = {**body, "size": page, "pit": {"id": pit, "keep_alive": KEEP}, "track_total_hits": False}
            if after is not None:
                asked["search_after"] = after
            try:
                answer = client.search(body=asked, params={"request_timeout": PAGE_SECONDS})
            except NotFoundError as error:
                raise SearchIndexError(
                    f"reading {index} was cut off: it was removed, or nothing was read for {KEEP}", "run it again"
                ) from error
            if answer["timed_out"] or answer["_shards"]["failed"]:
                failed = answer["_shards"]["failed"]
                raise SearchIndexError(f"{failed} shards of {index} do not answer", "wait until the cluster is not red")
            pit = answer.get("pit_id", pit)
            hits = answer["hits"]["hits"]
            yield from hits
            if len(hits) < page:
                return
            after = hits[-1]["sort"]
    finally:
        with contextlib.suppress(OpenSearchException):  # it expires by itself
            client.delete_pit(body={"pit_id": [pit]})

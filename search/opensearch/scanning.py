"""Reading all of something out of a generation, in bounded memory and from one point in time."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.exceptions import OpenSearchException

KEEP = "5m"
PAGE = 1000


def scan(client: OpenSearch, index: str, body: Mapping[str, Any], page: int = PAGE) -> Iterator[Mapping[str, Any]]:
    """Every hit of a search, in its order.

    A point in time holds a context open on every shard, so only exports and rebuilds use one, never a page of results.

    Args:
        client: The connection.
        index: A concrete index.
        body: Query and a ``sort`` that orders totally.
        page: Hits asked for at once.
    """
    pit = client.create_pit(index=index, params={"keep_alive": KEEP})["pit_id"]
    try:
        after: Sequence[Any] | None = None
        while True:
            asked = {**body, "size": page, "pit": {"id": pit, "keep_alive": KEEP}, "track_total_hits": False}
            if after is not None:
                asked["search_after"] = after
            hits = client.search(body=asked)["hits"]["hits"]
            yield from hits
            if len(hits) < page:
                return
            after = hits[-1]["sort"]
    finally:
        with contextlib.suppress(OpenSearchException):  # it expires by itself
            client.delete_pit(body={"pit_id": [pit]})

"""From a filled index to one that is served: its settings, what it says of itself, and the swap of the alias."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.exceptions import OpenSearchException, TransportError

from search.errors import ConfigurationError
from search.opensearch import bulk, mapping, small_index
from search.opensearch.connection import Address
from search.opensearch.documents import pack
from search.records import CollectionTables

PATIENCE = 60.0
"""Seconds for what changes the cluster's state, which waits for every node."""

_GENERATION = re.compile(r"\d{14}-[0-9a-f]{6}")


def new_generation() -> str:
    """A name that sorts by time."""
    return f"{datetime.now(UTC).strftime('%Y%m%d%H%M%S')}-{secrets.token_hex(3)}"


def index_of(address: Address, generation: str) -> str:
    """The index that holds a generation."""
    return f"{address.name}-{generation}"


def generations(client: OpenSearch, address: Address) -> dict[str, Any]:
    """Index -> ``_meta`` of every generation of this collection and no other, be its name a beginning of theirs."""
    found = client.indices.get_mapping(index=f"{address.name}-2*", params={"ignore_unavailable": "true"})
    begin = f"{address.name}-"
    return {
        index: body["mappings"].get("_meta", {})
        for index, body in sorted(found.items())
        if _GENERATION.fullmatch(index.removeprefix(begin))
    }


def create_index(client: OpenSearch, index: str, generation: str, extractor: str, shared: bool = False) -> None:
    """Create an index to be filled, unless another machine was first.

    Args:
        client: The connection.
        index: Its name.
        generation: What it will hold.
        extractor: Version of the extractor.
        shared: Filled by several machines: only its promotion or its end removes it, no other rebuild.
    """
    body = mapping.mapping(generation, now(), extractor)
    body["_meta"]["shared"] = shared
    small_index.create_once(client, index, {"settings": mapping.settings(primary_shards()), "mappings": body})


def finish(client: OpenSearch, index: str, generation: str, tables: CollectionTables) -> None:
    """Write into an index's mapping what it is, with the number of its documents."""
    meta = mapping.mapping(generation, now(), tables.extractor)["_meta"]
    topics = [[term.id, term.label, term.level, term.ancestors] for term in tables.topics]
    rulings = {
        "attributions": dict(tables.attributions),
        "reviews": {quote: asdict(review) for quote, review in tables.reviews.items()},
    }
    documents = bulk.count(client, index, {"match_all": {}})
    meta |= {"complete": True, "documents": documents, "topics": pack(topics), "rulings": pack(rulings)}
    client.indices.put_mapping(index=index, body={"_meta": meta}, params={"request_timeout": PATIENCE})


def make_ready(client: OpenSearch, index: str) -> None:
    """Give a filled index replicas and refreshes as a served one has them, and the replicas some time to be made.

    An index whose replicas are not there in time is served all the same: every primary shard was counted.
    """
    served = {"index": {"number_of_replicas": replicas(client), "refresh_interval": "1s"}}
    client.indices.put_settings(index=index, body=served, params={"request_timeout": PATIENCE})
    with contextlib.suppress(TransportError):  # 408: not green in time
        client.cluster.health(
            index=index, params={"wait_for_status": "green", "timeout": "60s", "request_timeout": 2 * PATIENCE}
        )


def swap(client: OpenSearch, address: Address, index: str) -> None:
    """Move the alias in one call, then remove what is older than the generation before.

    Raises:
        ConfigurationError: The alias's name is an index's.
    """
    alias = address.name
    held = _behind(client, alias)
    if not held and client.indices.exists(index=alias):
        raise ConfigurationError(f"an index is called {alias!r}", "choose another name for the collection")
    moves: list[dict[str, Any]] = [{"remove": {"index": old, "alias": alias}} for old in held if old != index]
    moves.append({"add": {"index": index, "alias": alias}})
    try:
        client.indices.update_aliases(body={"actions": moves}, params={"request_timeout": PATIENCE})
    except TransportError:
        if _behind(client, alias) != [index]:  # else it was done, and only its answer was lost
            raise
    with contextlib.suppress(OpenSearchException):  # what cannot be removed now is removed by the next swap
        for old, meta in generations(client, address).items():
            if old != index and old not in held and not (meta.get("shared") and not meta.get("complete")):
                client.indices.delete(index=old, params={"ignore_unavailable": "true", "request_timeout": PATIENCE})


def discard(client: OpenSearch, address: Address, index: str) -> None:
    """Remove an index that did not come to be served; what cannot be reached now is removed by the next swap."""
    with contextlib.suppress(OpenSearchException):
        if index not in _behind(client, address.name):
            client.indices.delete(index=index, params={"ignore_unavailable": "true", "request_timeout": PATIENCE})


def _behind(client: OpenSearch, alias: str) -> list[str]:
    return list(client.indices.get_alias(name=alias)) if client.indices.exists_alias(name=alias) else []


def now() -> str:
    """The time as an index tells it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def primary_shards() -> int:
    """Primary shards of the next generation.

    Raises:
        ConfigurationError: The environment gives no number of them.
    """
    return _number("ONRECORD_OPENSEARCH_SHARDS", 1, 1024) or 1


def replicas(client: OpenSearch) -> int:
    """Copies of every shard: as the environment says, else one where there is a second node to hold it.

    Raises:
        ConfigurationError: The environment gives no number of them.
    """
    given = _number("ONRECORD_OPENSEARCH_REPLICAS", 0, 10)
    if given is not None:
        return given
    return 1 if int(client.cluster.health()["number_of_data_nodes"]) > 1 else 0


def _number(name: str, least: int, most: int) -> int | None:
    value = os.environ.get(name, "")
    if not value:
        return None
    if not value.isdecimal() or not least <= int(value) <= most:
        raise ConfigurationError(f"{name} is {value!r}", f"give a number from {least} to {most}")
    return int(value)

"""From a filled index to one that is served: its settings, what it says of itself, and the swap of the alias."""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from opensearchpy import OpenSearch

from search.errors import ConfigurationError
from search.opensearch import mapping
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
    """Create an index to be filled.

    Args:
        client: The connection.
        index: Its name.
        generation: What it will hold.
        extractor: Version of the extractor.
        shared: Filled by several machines: only its promotion or its end removes it, no other rebuild.
    """
    body = mapping.mapping(generation, now(), extractor)
    body["_meta"]["shared"] = shared
    settings = mapping.settings(primary_shards())
    client.indices.create(
        index=index, body={"settings": settings, "mappings": body}, params={"request_timeout": PATIENCE}
    )


def finish(client: OpenSearch, index: str, generation: str, tables: CollectionTables) -> None:
    """Give an index replicas and refreshes as a served one has them, and write what it is into its mapping."""
    served = {"index": {"number_of_replicas": replicas(client), "refresh_interval": "1s"}}
    client.indices.put_settings(index=index, body=served, params={"request_timeout": PATIENCE})
    meta = mapping.mapping(generation, now(), tables.extractor)["_meta"]
    topics = [[term.id, term.label, term.level, term.ancestors] for term in tables.topics]
    rulings = {
        "attributions": dict(tables.attributions),
        "reviews": {quote: asdict(review) for quote, review in tables.reviews.items()},
    }
    meta |= {"complete": True, "topics": pack(topics), "rulings": pack(rulings)}
    client.indices.put_mapping(index=index, body={"_meta": meta}, params={"request_timeout": PATIENCE})


def swap(client: OpenSearch, address: Address, index: str) -> None:
    """Move the alias in one call, then remove what is older than the generation before.

    Raises:
        ConfigurationError: The alias's name is an index's.
    """
    alias = address.name
    if client.indices.exists(index=alias) and not client.indices.exists_alias(name=alias):
        raise ConfigurationError(f"an index is called {alias!r}", "choose another name for the collection")
    held = client.indices.get_alias(name=alias) if client.indices.exists_alias(name=alias) else {}
    moves: list[dict[str, Any]] = [{"remove": {"index": old, "alias": alias}} for old in held if old != index]
    moves.append({"add": {"index": index, "alias": alias}})
    client.indices.update_aliases(body={"actions": moves}, params={"request_timeout": PATIENCE})
    for old, meta in generations(client, address).items():
        if old != index and old not in held and not (meta.get("shared") and not meta.get("complete")):
            client.indices.delete(index=old, params={"ignore_unavailable": "true", "request_timeout": PATIENCE})


def now() -> str:
    """The time as an index tells it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def primary_shards() -> int:
    """Primary shards of the next generation.

    Raises:
        ConfigurationError: The environment gives no number of them.
    """
    value = os.environ.get("ONRECORD_OPENSEARCH_SHARDS", "1")
    if not value.isdecimal() or not 1 <= int(value) <= 1024:
        raise ConfigurationError(f"ONRECORD_OPENSEARCH_SHARDS is {value!r}", "give a number from 1 to 1024")
    return int(value)


def replicas(client: OpenSearch) -> int:
    """One copy of everything where there is a second node to hold it."""
    return 1 if int(client.cluster.health()["number_of_data_nodes"]) > 1 else 0

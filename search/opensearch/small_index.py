"""An index of a few documents that machines agree by: made by whoever is first, waited for by the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.exceptions import RequestError

WAIT_SECONDS = 30
PRIMARY = {"preference": "_primary"}
"""Parameters of a look-up: a copy that is still being made refuses to be read."""


def ensure_small_index(client: OpenSearch, index: str, properties: Mapping[str, Any]) -> None:
    """Create an index with a copy on another node, if there is none yet, and wait until it can be used."""
    body = {
        "settings": {"number_of_shards": 1, "auto_expand_replicas": "0-1"},
        "mappings": {"dynamic": "strict", "properties": dict(properties)},
    }
    if not client.indices.exists(index=index):
        create_once(client, index, body)
    wait_until_usable(client, index)


def create_once(client: OpenSearch, index: str, body: Mapping[str, Any]) -> None:
    """Create an index, unless another machine was first."""
    try:
        client.indices.create(index=index, body=body, params={"request_timeout": 2 * WAIT_SECONDS})
    except RequestError as error:
        if error.error != "resource_already_exists_exception":
            raise


def wait_until_usable(client: OpenSearch, index: str) -> None:
    """Wait for the shards of an index that another machine may have created a moment ago.

    Not for a colour: an index that has just been created is yellow before any of its shards can be read.

    Raises:
        opensearchpy.exceptions.TransportError: They are not there in time (408).
    """
    shards = {"wait_for_active_shards": "1", "wait_for_no_initializing_shards": "true"}
    params = {**shards, "timeout": f"{WAIT_SECONDS}s", "request_timeout": 2 * WAIT_SECONDS}
    client.cluster.health(index=index, params=params)

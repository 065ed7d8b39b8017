"""The engines that the contract suite runs on."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from search.engine import Engine, open_engine

Opener = Callable[[], Engine]


def _cluster() -> str:
    url = os.environ.get("ONRECORD_OPENSEARCH_URL", "")
    if not url:
        message = "no OpenSearch cluster: set ONRECORD_OPENSEARCH_URL to run these tests on one"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return url


def joined(urls: str) -> str:
    """Several addresses (``http://a,http://b``) as one: ``http://a,b``."""
    first, *rest = urls.split(",")
    return ",".join([first.rstrip("/"), *(url.split("://")[-1].rstrip("/") for url in rest)])


@pytest.fixture
def cluster_address() -> Iterator[str]:
    """Address of a collection of its own on a real cluster, removed afterwards."""
    address = f"{joined(_cluster())}/t{uuid.uuid4().hex[:12]}"
    yield address
    from search.opensearch.connection import connect, parse_address

    parsed = parse_address(address)
    client = connect(parsed)
    client.indices.delete(index=f"{parsed.name}-*", params={"ignore_unavailable": "true"})
    client.close()


@pytest.fixture(params=["whoosh", pytest.param("opensearch", marks=pytest.mark.opensearch)])
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Opener:
    """Opens the same index again and again, as different processes would."""
    if request.param == "whoosh":
        return lambda: open_engine(f"whoosh:{tmp_path / 'index'}")
    address = request.getfixturevalue("cluster_address")
    return lambda: open_engine(f"opensearch:{address}")


@pytest.fixture
def engine(opener: Opener) -> Iterator[Engine]:
    """An engine over an index that does not exist yet."""
    opened = opener()
    yield opened
    opened.close()

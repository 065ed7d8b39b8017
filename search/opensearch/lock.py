"""One writer at a time, across machines: a document that says who writes, kept fresh while they do.

A writer that is killed stops refreshing it, and after :data:`STALE` seconds the next one takes over.
"""

from __future__ import annotations

import os
import socket
import threading
import time
import uuid
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.exceptions import ConflictError, OpenSearchException, RequestError

from search.errors import IndexLockedError
from search.opensearch.connection import Address

REFRESH = 5.0
STALE = 20.0


class WriterLock:
    """Held from :meth:`acquire` to :meth:`release`."""

    def __init__(self, client: OpenSearch, address: Address) -> None:
        self._client, self._address = client, address
        self._index = f"{address.name}-lock"
        self._owner = uuid.uuid4().hex
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def acquire(self) -> None:
        """Take it.

        Raises:
            IndexLockedError: Somebody is writing.
        """
        self._make_index()
        try:
            self._client.index(index=self._index, id="writer", body=self._claim(), params={"op_type": "create"})
        except ConflictError:
            self._take_over()
        self._thread = threading.Thread(target=self._keep, name="writer-lock", daemon=True)
        self._thread.start()

    def release(self) -> None:
        """Give it back; a lock that somebody took over is left alone."""
        self._stop.set()
        if self._thread is None:
            return
        self._thread.join()
        self._thread = None
        try:
            if self._read()["_source"]["owner"] == self._owner:
                self._client.delete(index=self._index, id="writer")
        except OpenSearchException:
            return  # it goes stale by itself

    def _make_index(self) -> None:
        body = {
            "settings": {"number_of_shards": 1, "auto_expand_replicas": "0-1"},
            "mappings": {"dynamic": "strict", "properties": {
                "owner": {"type": "keyword"}, "holder": {"type": "keyword"}, "beat": {"type": "double"}}},
        }  # fmt: skip
        if not self._client.indices.exists(index=self._index):
            try:
                self._client.indices.create(index=self._index, body=body)
            except RequestError as error:
                if error.error != "resource_already_exists_exception":
                    raise

    def _claim(self) -> dict[str, Any]:
        holder = f"process {os.getpid()} on {socket.gethostname()}"
        return {"owner": self._owner, "holder": holder, "beat": time.time()}

    def _read(self) -> Any:
        return self._client.get(index=self._index, id="writer")

    def _take_over(self) -> None:
        held = self._read()
        if time.time() - held["_source"]["beat"] < STALE:
            raise IndexLockedError(self._address.text, held["_source"]["holder"])
        place = {"if_seq_no": held["_seq_no"], "if_primary_term": held["_primary_term"]}
        try:
            self._client.index(index=self._index, id="writer", body=self._claim(), params=place)
        except ConflictError:
            raise IndexLockedError(self._address.text) from None

    def _keep(self) -> None:
        while not self._stop.wait(REFRESH):
            try:
                self._client.index(index=self._index, id="writer", body=self._claim())
            except OpenSearchException:
                continue  # a node is away; the next beat may get through before the lock goes stale

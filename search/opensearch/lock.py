"""One writer at a time, across machines: a document that says who writes, kept fresh while they do.

A writer that is killed stops refreshing it. Whoever comes :data:`STALE` seconds later watches it for a while longer, because
the clocks of two machines may differ, and then takes over. Every change of the document names the version that it
replaces, so that of two only one succeeds, and who was overtaken learns it.
"""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import time
import uuid
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.exceptions import ConflictError, NotFoundError, OpenSearchException

from search.errors import IndexLockedError, SearchIndexError
from search.opensearch.connection import Address
from search.opensearch.small_index import PRIMARY, ensure_small_index

REFRESH = 5.0
STALE = 20.0
FIELDS = {"owner": {"type": "keyword"}, "holder": {"type": "keyword"}, "beat": {"type": "double"}}


def now() -> float:
    """This machine's clock, in seconds."""
    return time.time()


class WriterLock:
    """Held from :meth:`acquire` to :meth:`release`. ``name`` tells locks of one collection apart."""

    def __init__(self, client: OpenSearch, address: Address, name: str = "writer") -> None:
        self._client, self._address, self._name = client, address, name
        self._index = f"{address.name}-lock"
        self._owner = uuid.uuid4().hex
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._version: dict[str, Any] = {}
        self._lost = False

    def acquire(self) -> None:
        """Take it.

        Raises:
            IndexLockedError: Somebody is writing.
        """
        ensure_small_index(self._client, self._index, FIELDS)
        try:
            self._write({"op_type": "create"})
        except ConflictError:
            self._take_over()
        self._thread = threading.Thread(target=self._keep, name="writer-lock", daemon=True)
        self._thread.start()

    def must_be_held(self) -> None:
        """Make sure that nobody took it over, as they may when this process could not reach the cluster for long.

        Raises:
            SearchIndexError: Somebody did.
        """
        if self._lost or not self._is_mine():
            raise SearchIndexError(
                f"another process took over writing to {self._address.text}", "wait for it to end, then run this again"
            )

    def release(self) -> None:
        """Give it back; a lock that somebody took over is left alone."""
        self._stop.set()
        if self._thread is None:
            return
        self._thread.join()
        self._thread = None
        with contextlib.suppress(OpenSearchException):  # it goes stale by itself
            if self._is_mine():
                self._client.delete(index=self._index, id=self._name, params=self._version)

    def _write(self, condition: dict[str, Any]) -> None:
        holder = f"process {os.getpid()} on {socket.gethostname()}"
        claim = {"owner": self._owner, "holder": holder, "beat": now()}
        written = self._client.index(index=self._index, id=self._name, body=claim, params=condition)
        self._version = _version(written)

    def _take_over(self) -> None:
        try:
            held = self._client.get(index=self._index, id=self._name, params=PRIMARY)
            if held["_source"]["owner"] == self._owner:  # written by a request that was repeated
                self._version = _version(held)
                return
            if abs(now() - held["_source"]["beat"]) < STALE:
                raise IndexLockedError(self._address.text, held["_source"]["holder"])
            time.sleep(STALE / 2)
            self._write(_version(held))
        except (ConflictError, NotFoundError):
            raise IndexLockedError(self._address.text) from None

    def _keep(self) -> None:
        while not self._stop.wait(REFRESH):
            try:
                self._write(self._version)
            except ConflictError:
                if not self._is_mine():
                    self._lost = True
                    return
            except OpenSearchException:
                continue  # a node is away; the next beat may get through before the lock goes stale

    def _is_mine(self) -> bool:
        """Whether the document is this writer's after all: a beat that timed out may have been written."""
        try:
            held = self._client.get(index=self._index, id=self._name, params=PRIMARY)
        except NotFoundError:
            return False
        except OpenSearchException:
            return True
        if held["_source"]["owner"] != self._owner:
            return False
        self._version = _version(held)
        return True


def _version(answer: Any) -> dict[str, Any]:
    return {"if_seq_no": answer["_seq_no"], "if_primary_term": answer["_primary_term"]}

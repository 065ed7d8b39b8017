"""What is known of a generation that several machines fill: one document for the build, one for each of its shares.

They lie in an index of their own, ``NAME-build``. A build is ``open`` while shares are written, ``promoting`` while it is
made ready to be served, then ``promoted``; the next share that is begun starts another one.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.exceptions import ConflictError, NotFoundError

from search.errors import ConfigurationError, IndexLockedError
from search.opensearch.connection import Address
from search.opensearch.publishing import PATIENCE, create_index, index_of, new_generation, now
from search.opensearch.small_index import PRIMARY, ensure_small_index, wait_until_usable
from search.records import CollectionTables
from search.sharing import InputSeen, Share


@dataclass(frozen=True, slots=True)
class Build:
    """A build.

    Attributes:
        generation: What is built.
        of: Into how many shares it is divided.
        state: ``open``, ``promoting`` or ``promoted``.
        base: The generation that was served when it was begun, or empty.
        extractor: Version of the extractor that all machines must have.
    """

    generation: str
    of: int
    state: str
    base: str
    extractor: str
    version: Mapping[str, int] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class ShareReport:
    """What a machine reports of a share that it finished; ``topics`` as :func:`topics_digest` has it."""

    generation: str
    number: int
    articles: int
    documents: int
    seen: InputSeen
    topics: str


FIELDS = {"content": {"type": "object", "enabled": False}, "written": {"type": "date"}}


class Builds:
    """Reads and writes these documents."""

    def __init__(self, client: OpenSearch, address: Address) -> None:
        self._client, self._address = client, address
        self._index = f"{address.name}-build"

    def current(self) -> Build | None:
        """The build begun last, or None."""
        try:
            found = self._client.get(index=self._index, id="build", params=PRIMARY)
        except NotFoundError:
            return None
        return Build(**found["_source"]["content"], version=_version(found))

    def join(self, share: Share, base: str, extractor: str) -> Build:
        """The build that is open; begins one if there is none.

        Raises:
            ConfigurationError: It is divided otherwise, or the machines have different versions of OnRecord.
            IndexLockedError: It is being promoted.
        """
        ensure_small_index(self._client, self._index, FIELDS)
        build = self.current()
        if build is None or build.state == "promoted":
            fresh = Build(new_generation(), share.of, "open", base, extractor)
            with contextlib.suppress(ConflictError):  # another machine was first
                self._put("build", _content(fresh), build.version if build else {"op_type": "create"})
            build = self.current()
        if build is None or build.state != "open":
            raise IndexLockedError(self._address.text, "'onrecord promote'")
        if build.of != share.of:
            raise ConfigurationError(
                f"the generation being built is divided into {build.of} shares, not {share.of}",
                f"give --shard {share.number}/{build.of}, or drop it with 'onrecord promote --abandon'",
            )
        if build.extractor != extractor:
            raise ConfigurationError(
                f"the generation is being built by extractor {build.extractor}, this is {extractor}",
                "install the same version on every machine",
            )
        index = index_of(self._address, build.generation)
        create_index(self._client, index, build.generation, extractor, shared=True)
        wait_until_usable(self._client, index)
        return build

    def set_state(self, build: Build, state: str) -> Build:
        """Write another state.

        Raises:
            IndexLockedError: Somebody else changed the build meanwhile.
        """
        changed = Build(build.generation, build.of, state, build.base, build.extractor)
        try:
            version = self._put("build", _content(changed), build.version)
        except ConflictError:
            raise IndexLockedError(self._address.text) from None
        return Build(**_content(changed), version=version)

    def forget(self, build: Build) -> None:
        """Remove a build and what was written for it."""
        index = index_of(self._address, build.generation)
        self._client.indices.delete(index=index, params={"ignore_unavailable": "true", "request_timeout": PATIENCE})
        self._client.delete(index=self._index, id="build", params=dict(build.version))

    def begin_share(self, number: int) -> None:
        """From now on the share is not finished."""
        try:
            self._client.delete(index=self._index, id=f"share-{number}")
        except NotFoundError:
            return

    def finish_share(self, report: ShareReport) -> None:
        """The share is finished."""
        self._put(f"share-{report.number}", asdict(report), {})

    def shares(self, build: Build) -> dict[int, ShareReport]:
        """The finished shares of a build."""
        docs = [{"_index": self._index, "_id": f"share-{number}"} for number in range(1, build.of + 1)]
        reports = {}
        for found in self._client.mget(body={"docs": docs}, params=PRIMARY)["docs"]:
            if found.get("found"):
                content = found["_source"]["content"]
                report = ShareReport(**{**content, "seen": InputSeen(**content["seen"])})
                if report.generation == build.generation:
                    reports[report.number] = report
        return reports

    def _put(self, name: str, content: Mapping[str, Any], condition: Mapping[str, Any]) -> Mapping[str, int]:
        body = {"content": content, "written": now()}
        return _version(self._client.index(index=self._index, id=name, body=body, params=dict(condition)))


def topics_digest(tables: CollectionTables) -> str:
    """Tells whether two machines have the same topics."""
    rows = sorted((term.id, term.label, term.level, term.ancestors) for term in tables.topics)
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:32]


def _content(build: Build) -> dict[str, Any]:
    content = asdict(build)
    del content["version"]
    return content


def _version(answer: Any) -> Mapping[str, int]:
    return {"if_seq_no": answer["_seq_no"], "if_primary_term": answer["_primary_term"]}

"""One generation built by several machines: who takes which article, what each reports, what is checked before it is served.

Every machine reads all the input and keeps the articles that fall to its share, by a hash of their ids that is the same
everywhere. What is known of the collection as a whole (who is who, variants, rulings) is worked out once, when all shares
are there. Only an engine that several machines can reach offers this: :class:`SharedBuilds`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, Self, runtime_checkable

from search.engine import CollectionView
from search.errors import SearchIndexError
from search.records import CollectionTables, IndexedArticle


@dataclass(frozen=True, slots=True)
class Share:
    """Part ``number`` (from 1) of ``of``."""

    number: int
    of: int

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    def takes(self, article_id: str) -> bool:
        """Whether an article is of this share."""
        return share_number(article_id, self.of) == self.number


def share_number(article_id: str, of: int) -> int:
    """The share that an article falls to, from 1: the first 8 bytes of the SHA-256 of its id, modulo ``of``, and one."""
    digest = hashlib.sha256(article_id.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") % of + 1


@dataclass(frozen=True, slots=True)
class InputSeen:
    """What a machine read, so that it can be told whether all read the same.

    Attributes:
        articles: Distinct article ids of all shares.
        digest: Of all ids with the hashes of their contents, whatever order they came in.
    """

    articles: int
    digest: str

    @classmethod
    def of(cls, hashes: Mapping[str, str]) -> InputSeen:
        """From content hashes by article id."""
        total = 0
        for article_id, content in hashes.items():
            line = f"{article_id}\n{content}".encode("utf-8", "surrogatepass")
            total ^= int.from_bytes(hashlib.sha256(line).digest()[:16], "big")
        return cls(len(hashes), f"{total:032x}")


@dataclass(frozen=True, slots=True)
class Promoted:
    """What a promotion did. ``again`` when the generation was served already."""

    generation: str
    again: bool = False


class UnfinishedBuildError(SearchIndexError):
    """A shared build that cannot be served (yet)."""

    slug = "build-unfinished"

    def __init__(self, problems: Sequence[str], again: Iterable[Share]) -> None:
        self.problems = tuple(problems)
        shares = list(dict.fromkeys(str(share) for share in again))
        one = f"--shard {shares[0]}" if shares else "--shard 1/N for each part of N"
        rest = f", and with {', '.join(shares[1:])}" if shares[1:] else ""
        super().__init__("; ".join(problems), f"run 'onrecord reindex {one} PATH...'{rest}, then 'onrecord promote'")


class ShareWriter(Protocol):
    """Writes one share of an unpublished generation; leaving the block without :meth:`finish` leaves it unfinished."""

    generation: str

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc: object) -> None: ...

    def add(self, indexed: IndexedArticle) -> None:
        """Store an article and its records, in place of an earlier version of the same id."""

    def content_hash(self, article_id: str) -> str | None:
        """The hash of an article that this writer was given, or None."""

    def finish(self, seen: InputSeen, tables: CollectionTables) -> int:
        """Send everything, verify it, and report the share as finished. Returns the number of articles in it.

        Args:
            seen: What this machine read.
            tables: Topics and the extractor's version; everything else is worked out at the promotion.
        """


class Promotion(CollectionView, Protocol):
    """A whole unpublished generation, about to be served."""

    generation: str

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc: object) -> None: ...

    def commit(self, tables: CollectionTables) -> str:
        """Carry the tables into the records, verify, and swap the generation in. Returns it."""


@runtime_checkable
class SharedBuilds(Protocol):
    """An engine that several machines can fill together."""

    def write_share(self, share: Share, extractor: str) -> ShareWriter:
        """Begin (or begin again) one share of the unpublished generation, which the first to come creates.

        Args:
            share: Which.
            extractor: Version of the extractor, which must be everybody's.

        Raises:
            IndexLockedError: Another process is writing this share, or the generation is being promoted.
            ConfigurationError: The unpublished generation is divided into another number of shares.
        """

    def promote(self, replace: bool = False) -> Promotion | Promoted:
        """Begin to serve the unpublished generation; says so when it is served already.

        Args:
            replace: Even if the collection was changed since the generation was begun.

        Raises:
            UnfinishedBuildError: A share is missing or not as it was reported.
            SearchIndexError: The collection was changed since the generation was begun.
            IndexLockedError: Another process is writing.
        """

    def abandon(self) -> str:
        """Remove the unpublished generation. Returns its name, empty when there is none."""

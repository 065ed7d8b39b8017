"""Several segments read as one collection, without the articles that were deleted from them."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.errors import NotFoundError
from search.records import Record, StoredArticle
from search.whoosh.store import Piece, Store


class Segments:
    """Finds articles and records by id over all segments. Reading is safe from several threads.

    Attributes:
        names: Of the segments, in order.
        stores: Their stores.
        deleted: For each the numbers of its deleted articles.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.names: list[str] = []
        self.stores: list[Store] = []
        self.deleted: list[set[int]] = []

    def append(self, name: str, deleted: set[int]) -> None:
        """Take in a finished segment."""
        self.stores.append(Store(self._folder, name))
        self.names.append(name)
        self.deleted.append(deleted)

    def find_article(self, article_id: str) -> tuple[int, int]:
        """Segment and number of an article.

        Raises:
            NotFoundError: It is not there.
        """
        for segment, store in enumerate(self.stores):
            for number in store.article_ids.find(article_id):
                if number not in self.deleted[segment]:
                    return segment, number
        raise NotFoundError("article", article_id)

    def find_record(self, record_id: str) -> tuple[int, int]:
        """Segment and row of a record.

        Raises:
            NotFoundError: It is not there.
        """
        for segment, store in enumerate(self.stores):
            for row in store.record_ids.find(record_id):
                if store.article_of(row) not in self.deleted[segment]:
                    return segment, row
        raise NotFoundError("record", record_id)

    def read(self, segment: int, row: int) -> tuple[Record, StoredArticle]:
        """A record with its article."""
        store = self.stores[segment]
        piece = store.piece(store.article_of(row))
        return piece.record(row), piece.article

    def pieces(self) -> Iterator[tuple[int, Piece]]:
        """Every article with its records, and its segment, by id."""

        def of(segment: int) -> Iterator[tuple[str, int, Piece]]:
            store, gone = self.stores[segment], self.deleted[segment]
            for number in store.by_id.tolist():
                if number not in gone:
                    piece = store.piece(number)
                    yield piece.article.id, segment, piece

        for _, segment, piece in heapq.merge(*map(of, range(len(self.stores)))):
            yield segment, piece

    def deleted_rows(self, segment: int) -> NDArray[np.uint32]:
        """Numbers of the rows that are gone from a segment, ascending."""
        store = self.stores[segment]
        gone = [np.arange(rows.start, rows.stop) for rows in map(store.rows_of, sorted(self.deleted[segment]))]
        return np.concatenate([np.empty(0, np.uint32), *gone]).astype(np.uint32)

    def tallies(self) -> NDArray[np.int64]:
        """Of every article that is there: quotes, attributed quotes, paragraphs, day; int64, shape (articles, 4)."""
        parts = [np.empty((0, 4), np.int64)]
        for store, deleted in zip(self.stores, self.deleted, strict=True):
            counts = store.tallies.slice(0, len(store.tallies)).reshape(-1, 3)
            table = np.hstack([counts.astype(np.int64), store.days.astype(np.int64).reshape(-1, 1)])
            parts.append(np.delete(table, sorted(deleted), axis=0))
        return np.concatenate(parts)

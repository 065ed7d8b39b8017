"""The articles and records of one segment, reachable by number and by id.

Files ``NAME.articles.*`` (blobs: an article and its records, a line each), ``NAME.article-ids.*`` and
``NAME.record-ids.*`` (id tables), ``NAME.first-row`` (first row of each article, with an end mark), ``NAME.by-id`` (article
numbers in the order of their ids), ``NAME.tallies`` (quotes, attributed quotes and paragraphs of each article, packed) and ``NAME.days``.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np

from search.encoding import dump_lines, pack_article, pack_record, parse_article, parse_record
from search.errors import IndexDamagedError
from search.records import IndexedArticle, Record, StoredArticle
from search.whoosh import arrays
from search.whoosh.blobs import Blobs, BlobWriter
from search.whoosh.ids import IdTable, IdTableWriter
from search.whoosh.packing import Packed, save_packed

BLOCK = 8192
"""Bytes of articles packed together; most articles fill one of their own."""


class StoreWriter:
    """Writes the stores of one segment, article by article."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._articles = BlobWriter(folder, f"{name}.articles", BLOCK)
        self._article_ids = IdTableWriter(folder, f"{name}.article-ids")
        self._record_ids = IdTableWriter(folder, f"{name}.record-ids")
        self._first_row = array("I", [0])
        self._tallies, self._days = array("I"), array("I")

    def add(self, indexed: IndexedArticle) -> int:
        """Store an article with its records; returns its number."""
        article, records = indexed.article, indexed.records
        content = dump_lines([pack_article(article), *[pack_record(record, article) for record in records]])
        quotes = named = paragraphs = 0
        for record in records:
            if record.kind != "quote":
                paragraphs += 1
            elif not record.interviewer:
                quotes += 1
                named += record.attribution is not None and record.attribution.entity is not None
        ids = [record.id for record in records]
        return self.add_packed(article.id, content, ids, (quotes, named, paragraphs), _day_number(article.day))

    def add_packed(
        self, article_id: str, content: bytes, record_ids: Sequence[str], tally: Sequence[int], day: int
    ) -> int:
        """The same for what is packed already."""
        self._article_ids.append(article_id)
        self._record_ids.extend(record_ids)
        self._first_row.append(self._first_row[-1] + len(record_ids))
        self._tallies.extend(tally)
        self._days.append(day)
        return self._articles.append(content)

    def extend(self, store: Store) -> None:
        """Take in a finished store whole; far quicker than article by article."""
        first = self._first_row[-1]
        self._articles.extend(store.packed)
        self._article_ids.take_in(store.article_ids)
        self._record_ids.take_in(store.record_ids)
        self._first_row.frombytes((store.first_row[1:] + np.uint32(first)).astype(np.uint32).tobytes())
        self._tallies.frombytes(store.tallies.slice(0, len(store.tallies)).tobytes())
        self._days.frombytes(store.days.astype(np.uint32).tobytes())

    def finish(self) -> None:
        """Write everything that is left."""
        self._articles.finish()
        self._article_ids.finish()
        self._record_ids.finish()
        arrays.save(self._folder / f"{self._name}.by-id", self._article_ids.in_order(), arrays.U4)
        arrays.save(self._folder / f"{self._name}.first-row", np.array(self._first_row, np.uint32), arrays.U4)
        save_packed(self._folder, f"{self._name}.tallies", np.array(self._tallies, np.uint32))
        arrays.save(self._folder / f"{self._name}.days", np.array(self._days, np.uint32), arrays.U4)

    def close(self) -> None:
        """Let go of the files without finishing."""
        self._articles.close()


class Piece:
    """An article with its records, read from a store.

    Attributes:
        article: The article.
        rows: Row numbers of its records in the segment.
    """

    __slots__ = ("_packed", "_store", "article", "rows")

    def __init__(self, store: Store, article: StoredArticle, packed: Sequence[bytes], rows: range) -> None:
        self._store, self._packed = store, packed
        self.article, self.rows = article, rows

    def record(self, row: int) -> Record:
        """The record in a row of the segment."""
        try:
            return parse_record(self._packed[row - self.rows.start], self._store.record_ids[row], self.article)
        except (ValueError, TypeError, KeyError, IndexError) as error:
            raise self._store.unreadable(f"row {row}") from error


class Store:
    """Reads the stores of one segment. Safe from several threads.

    Attributes:
        packed: Articles with their records as stored.
        article_ids: Ids of articles.
        record_ids: Ids of records.
        first_row: First row of each article and an end mark, uint32, shape (articles + 1,).
        by_id: Article numbers in the order of their ids, uint32, shape (articles,).
        tallies: Quotes without the questions of interviewers, how many of them are attributed, and paragraphs, article by article.
        days: ``date.toordinal`` of each article, 0 = undated, uint32.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self._where = str(folder)
        self.packed = Blobs(folder, f"{name}.articles")
        self.article_ids = IdTable(folder, f"{name}.article-ids")
        self.record_ids = IdTable(folder, f"{name}.record-ids")
        self.first_row = arrays.load(folder / f"{name}.first-row", arrays.U4)
        self.tallies = Packed.load(folder, f"{name}.tallies")
        self.days = arrays.load(folder / f"{name}.days", arrays.U4)
        self.by_id = arrays.load(folder / f"{name}.by-id", arrays.U4)
        sizes = (len(self.first_row) - 1, len(self.tallies) / 3, len(self.days), len(self.by_id))
        if {*sizes, len(self.article_ids)} != {self.articles} or self.first_row[-1] != self.rows:
            raise IndexDamagedError(self._where, f"the files of {name} do not belong together")

    @property
    def rows(self) -> int:
        """How many records there are."""
        return len(self.record_ids)

    @property
    def articles(self) -> int:
        """How many articles there are."""
        return len(self.packed)

    def piece(self, number: int) -> Piece:
        """An article by number, with its records."""
        article, *records = self.packed[number].split(b"\n")
        try:
            return Piece(self, parse_article(article), records, self.rows_of(number))
        except (ValueError, TypeError, KeyError, IndexError) as error:
            raise self.unreadable(f"article {number}") from error

    def article_of(self, row: int) -> int:
        """The number of the article that a row's record stands in."""
        return arrays.place(self.first_row, row, after=True) - 1

    def rows_of(self, article: int) -> range:
        """The rows of an article."""
        return range(int(self.first_row[article]), int(self.first_row[article + 1]))

    def unreadable(self, what: str) -> IndexDamagedError:
        """The error for a piece whose content makes no sense."""
        return IndexDamagedError(self._where, f"{what} of {self.name} cannot be read")


def merge_stores(folder: Path, name: str, parts: Sequence[tuple[Store, Sequence[int]]]) -> None:
    """Write the stores of a merged segment: the articles of each store in order, without its deleted ones."""
    writer = StoreWriter(folder, name)
    for store, deleted in parts:
        gone = set(deleted)
        if not gone:
            writer.extend(store)
            continue
        for number in range(store.articles):
            if number not in gone:
                ids = [store.record_ids[row] for row in store.rows_of(number)]
                tally = store.tallies.slice(3 * number, 3 * number + 3).tolist()
                writer.add_packed(store.article_ids[number], store.packed[number], ids, tally, int(store.days[number]))
    writer.finish()


@lru_cache(1 << 16)
def _day_number(day: str) -> int:
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        return 0

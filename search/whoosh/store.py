"""The articles and records of one segment, reachable by number and by id.

Files ``NAME.articles.*`` and ``NAME.records.*`` (blobs), ``NAME.article-ids.*`` and ``NAME.record-ids.*`` (id tables),
``NAME.first-row`` (first row of each article, with an end mark), ``NAME.by-id`` (article numbers in the order of their
ids) and ``NAME.tallies`` (quotes, attributed quotes and day of each article, for the statistics).
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

import numpy as np

from search.encoding import dump_article, dump_record, parse_article, parse_record
from search.errors import IndexDamagedError
from search.records import IndexedArticle, Record, StoredArticle
from search.whoosh import arrays
from search.whoosh.blobs import Blobs, BlobWriter
from search.whoosh.ids import IdTable, IdTableWriter

T = TypeVar("T")

ARTICLE_BLOCK = 4096
RECORD_BLOCK = 2048


class StoreWriter:
    """Writes the stores of one segment, article by article."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._articles = BlobWriter(folder, f"{name}.articles", ARTICLE_BLOCK)
        self._records = BlobWriter(folder, f"{name}.records", RECORD_BLOCK)
        self._article_ids = IdTableWriter(folder, f"{name}.article-ids")
        self._record_ids = IdTableWriter(folder, f"{name}.record-ids")
        self._first_row = array("I", [0])
        self._tallies = array("I")

    @property
    def articles(self) -> int:
        """How many articles are in."""
        return len(self._article_ids)

    def add(self, indexed: IndexedArticle) -> int:
        """Store an article with its records; returns its number."""
        article = indexed.article
        records = ((record.id, dump_record(record, article)) for record in indexed.records)
        quotes = [record for record in indexed.records if record.kind == "quote"]
        named = sum(quote.attribution is not None and quote.attribution.entity is not None for quote in quotes)
        tally = (len(quotes), named, _day_number(article.day))
        return self.add_packed(article.id, dump_article(article), records, tally)

    def add_packed(
        self, article_id: str, article: bytes, records: Iterator[tuple[str, bytes]], tally: Sequence[int]
    ) -> int:
        """The same for what is packed already."""
        number = self._articles.append(article)
        self._article_ids.append(article_id)
        for record_id, content in records:
            self._record_ids.append(record_id)
            self._records.append(content)
        self._first_row.append(len(self._records))
        self._tallies.extend(tally)
        return number

    def extend(self, store: Store) -> None:
        """Take in a finished store whole; far quicker than article by article."""
        first = self._first_row[-1]
        self._articles.extend(store.packed_articles)
        self._records.extend(store.packed_records)
        self._article_ids.extend(store.article_ids)
        self._record_ids.extend(store.record_ids)
        self._first_row.frombytes((store.first_row[1:] + np.uint32(first)).astype(np.uint32).tobytes())
        self._tallies.frombytes(store.tallies.astype(np.uint32).tobytes())

    def finish(self) -> None:
        """Write everything that is left."""
        self._articles.finish()
        self._records.finish()
        self._article_ids.finish()
        self._record_ids.finish()
        arrays.save(self._folder / f"{self._name}.by-id", self._article_ids.in_order(), arrays.U4)
        arrays.save(self._folder / f"{self._name}.first-row", np.array(self._first_row, np.uint32), arrays.U4)
        arrays.save(self._folder / f"{self._name}.tallies", np.array(self._tallies, np.uint32), arrays.U4)

    def close(self) -> None:
        """Let go of the files without finishing."""
        self._articles.close()
        self._records.close()


class Store:
    """Reads the stores of one segment. Safe from several threads.

    Attributes:
        packed_articles: Articles as stored.
        packed_records: Records as stored.
        article_ids: Ids of articles.
        record_ids: Ids of records.
        first_row: First row of each article and an end mark, uint32, shape (articles + 1,).
        by_id: Article numbers in the order of their ids, uint32, shape (articles,).
        tallies: Quotes, attributed quotes, day (``date.toordinal``, 0 = undated), uint32, shape (articles, 3).
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self._where = str(folder)
        self.packed_articles = Blobs(folder, f"{name}.articles")
        self.packed_records = Blobs(folder, f"{name}.records")
        self.article_ids = IdTable(folder, f"{name}.article-ids")
        self.record_ids = IdTable(folder, f"{name}.record-ids")
        self.first_row = arrays.load(folder / f"{name}.first-row", arrays.U4)
        tallies = arrays.load(folder / f"{name}.tallies", arrays.U4)
        self.by_id = arrays.load(folder / f"{name}.by-id", arrays.U4)
        articles = len(self.packed_articles)
        sizes = (len(self.first_row) - 1, len(tallies) / 3, len(self.by_id), len(self.article_ids))
        if set(sizes) != {articles} or self.first_row[-1] != self.rows or len(self.record_ids) != self.rows:
            raise IndexDamagedError(self._where, f"the files of {name} do not belong together")
        self.tallies = tallies.reshape(-1, 3)

    @property
    def rows(self) -> int:
        """How many records there are."""
        return len(self.packed_records)

    @property
    def articles(self) -> int:
        """How many articles there are."""
        return len(self.packed_articles)

    def article(self, number: int) -> StoredArticle:
        """An article by number."""
        return self._read(parse_article, self.packed_articles[number])

    def article_of(self, row: int) -> int:
        """The number of the article that a row's record stands in."""
        return arrays.place(self.first_row, row, after=True) - 1

    def rows_of(self, article: int) -> range:
        """The rows of an article."""
        return range(int(self.first_row[article]), int(self.first_row[article + 1]))

    def record(self, row: int, article: StoredArticle) -> Record:
        """A record by row number, given its article."""
        return self._read(
            lambda content: parse_record(content, self.record_ids[row], article), self.packed_records[row]
        )

    def record_id(self, row: int) -> str:
        """Only the id of a record."""
        return self.record_ids[row]

    def article_id(self, number: int) -> str:
        """Only the id of an article."""
        return self.article_ids[number]

    def find_article(self, article_id: str) -> list[int]:
        """The numbers of articles with this id: one at most, unless it was replaced within the segment."""
        return self.article_ids.find(article_id)

    def find_record(self, record_id: str) -> list[int]:
        """The rows of records with this id: one at most, unless its article was replaced within the segment."""
        return self.record_ids.find(record_id)

    def packed(self, article: int) -> tuple[bytes, Iterator[tuple[str, bytes]]]:
        """An article and its records as stored, for merging."""
        return self.packed_articles[article], (
            (self.record_ids[row], self.packed_records[row]) for row in self.rows_of(article)
        )

    def _read(self, reader: Callable[[bytes], T], content: bytes) -> T:
        try:
            return reader(content)
        except (ValueError, TypeError, KeyError, IndexError) as error:
            raise IndexDamagedError(self._where, f"a stored piece of {self.name} cannot be read") from error


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
                article, records = store.packed(number)
                writer.add_packed(store.article_id(number), article, records, store.tallies[number].tolist())
    writer.finish()


def _day_number(day: str) -> int:
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        return 0

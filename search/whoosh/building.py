"""Makes a segment of rows: texts become integers as they come, and postings when all are in."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.analysis import stem
from search.whoosh import arrays
from search.whoosh.ids import keys_of
from search.whoosh.inverting import Postings, invert, union
from search.whoosh.lists import ListsWriter
from search.whoosh.occurrences import Numbering, occurrences
from search.whoosh.packing import MOST, Packed, PackedWriter, save_packed
from search.whoosh.rows import IndexRow
from search.whoosh.segment import F4, STRIDE, Dictionaries, save_dictionaries
from search.whoosh.vocabulary import encode, save_backwards, save_words

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class _Keys:
    """The keys of each row, hashed together at the end."""

    def __init__(self) -> None:
        self._text, self._ends, self._rows = bytearray(), array("I"), array("I", [0])

    def add(self, keys: Sequence[str]) -> None:
        for key in keys:
            self._text += key.encode("utf-8", "surrogatepass")
            self._ends.append(len(self._text))
        self._rows.append(len(self._ends))

    def save(self, folder: Path, name: str) -> None:
        keys = keys_of(np.frombuffer(self._text, np.uint8), _flat(self._ends, np.uint32))
        arrays.save(folder / name, keys, arrays.U8)
        arrays.save(folder / f"{name}-at", _flat(self._rows, np.uint32), arrays.U4)


class SegmentWriter:
    """Collects rows; about 250 bytes each."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._texts, self._titles = occurrences(), occurrences()
        self._runs = array("I")
        self._run: tuple[str, str] | None = None
        self._profiles, self._outlets, self._authors, self._topics = (Numbering() for _ in range(4))
        self._codes, self._confidence = array("I"), array("f")
        self._speakers, self._mentions = _Keys(), _Keys()
        self._ids, self._ids_at = bytearray(), array("I", [0])

    def add(self, row: IndexRow) -> None:
        """Take in the next row."""
        self._texts.add(row.text)
        if (row.article_id, row.title) != self._run:
            self._run = (row.article_id, row.title)
            self._runs.append(len(self._confidence))
            self._titles.add(row.title)
        profile = (row.kind, row.quote_type, row.cue, row.lang, row.part, row.genre, row.interviewer)
        self._codes.extend(
            (
                self._profiles[profile], self._outlets[row.outlet], self._authors[row.author], self._topics[row.topics],
                day_number(row.day),
            )
        )  # fmt: skip
        self._confidence.append(row.confidence)
        self._speakers.add(row.speakers)
        self._mentions.add(row.mentions)
        self._ids += row.id.encode("utf-8", "surrogatepass")
        self._ids_at.append(len(self._ids))

    def finish(self) -> None:
        """Invert and write every file."""
        folder, name = self._folder, self._name
        self._write_titles()
        texts = self._texts.finish()
        folded = list(map(encode, texts.words))
        by_bytes = sorted(range(len(folded)), key=folded.__getitem__)
        ordered = [folded[number] for number in by_bytes]
        save_words(folder, f"{name}.words", ordered)
        save_backwards(folder, f"{name}.words-backwards", ordered)
        save_packed(folder, f"{name}.lengths", np.diff(texts.begins))
        stemmed = [stem(texts.words[number]) for number in by_bytes]
        parts = invert(texts.numbers, _inverse(by_bytes).take(texts.word_of), texts.begins, len(folded))
        del texts
        write_lists(folder, name, parts, lambda: stemmed)
        save_dictionaries(
            folder, name, len(self._confidence),
            Dictionaries(list(self._profiles), list(self._outlets), list(self._authors), list(self._topics)),
        )  # fmt: skip
        self._runs.append(len(self._confidence))
        arrays.save(folder / f"{name}.runs", _flat(self._runs, np.uint32), arrays.U4)
        arrays.save(folder / f"{name}.codes", _flat(self._codes, np.uint32), arrays.U4)
        arrays.save(folder / f"{name}.confidence", _flat(self._confidence, np.float32), F4)
        self._speakers.save(folder, f"{name}.speakers")
        self._mentions.save(folder, f"{name}.mentions")
        (folder / f"{name}.ids").write_bytes(self._ids)
        arrays.save(folder / f"{name}.ids-at", _flat(self._ids_at, np.uint32), arrays.U4)

    def _write_titles(self) -> None:
        folder, name = self._folder, self._name
        titles = self._titles.finish()
        numbering = Numbering()
        stem_of = np.fromiter((numbering[stem(word)] for word in titles.words), np.uint32, len(titles.words))
        stems = [encode(word) for word in numbering]
        by_bytes = sorted(range(len(stems)), key=stems.__getitem__)
        save_words(folder, f"{name}.title-stems", [stems[number] for number in by_bytes])
        save_packed(folder, f"{name}.title-lengths", np.diff(titles.begins))
        lists = ListsWriter(folder, name, "title-")
        of = _inverse(by_bytes).take(stem_of.take(titles.word_of))
        for part in invert(titles.numbers, of, titles.begins, len(stems)):
            lists.add(part.sizes, part.rows, part.counts)
        lists.finish()


def write_segment(folder: Path, name: str, rows: Iterable[IndexRow]) -> None:
    """Make the files ``{name}.*`` of a segment from rows."""
    writer = SegmentWriter(folder, name)
    for row in rows:
        writer.add(row)
    writer.finish()


def write_lists(folder: Path, name: str, parts: Iterable[Postings], stemmed: Callable[[], Sequence[str]]) -> None:
    """Write the postings of words, given, and of stems that several words share, derived.

    Args:
        folder: Where.
        name: Of the segment.
        parts: The postings of the words, in order.
        stemmed: Gives the stems of the words, once all parts are there.
    """
    lists = ListsWriter(folder, name)
    _write_words(folder, name, parts, lists)
    shared, list_of_word, stems, stem_list = group_stems(stemmed())
    save_words(folder, f"{name}.stems", stems)
    arrays.save(folder / f"{name}.stem-list", stem_list, arrays.U4)
    if shared:
        for part in union(list_of_word, lists.written(), shared):
            lists.add(part.sizes, part.rows, part.counts)
    lists.finish()


def _write_words(folder: Path, name: str, parts: Iterable[Postings], lists: ListsWriter) -> None:
    positions, checkpoints = PackedWriter(folder, f"{name}.positions"), Checkpoints()
    for part in parts:
        lists.add(part.sizes, part.rows, part.counts)
        positions.add(part.positions)
        checkpoints.add(part.counts)
    positions.finish()
    arrays.save(folder / f"{name}.checkpoints", checkpoints.all(), arrays.U8)


class Checkpoints:
    """How many occurrences lie before every :data:`search.whoosh.segment.STRIDE`-th posting."""

    def __init__(self) -> None:
        self._sums = [np.zeros(0, np.int64)]
        self._rest = np.empty(0, np.uint8)
        self._places, self._beyond, self._done = [np.empty(0, np.int64)], [np.empty(0, np.int64)], 0

    def add(self, counts: Packed) -> None:
        """Take in the next counts."""
        low = np.concatenate([self._rest, counts.low]) if len(self._rest) else counts.low
        whole = len(low) // STRIDE * STRIDE
        self._sums.append(low[:whole].reshape(-1, STRIDE).sum(axis=1, dtype=np.int64))
        self._rest = low[whole:].copy()
        self._places.append(counts.places.astype(np.int64) + self._done)
        self._beyond.append(counts.large.astype(np.int64) - MOST)
        self._done += len(counts)

    def all(self) -> NDArray[np.int64]:
        """How many lie before each block, the last of which may be empty."""
        sums = np.concatenate([*self._sums, [int(self._rest.sum())]]).astype(np.int64)
        np.add.at(sums, np.concatenate(self._places) // STRIDE, np.concatenate(self._beyond))
        found: NDArray[np.int64] = np.cumsum(sums) - sums
        return found


def _inverse(order: Sequence[int]) -> NDArray[np.uint32]:
    """The place of each number in an order."""
    places = np.empty(len(order), np.uint32)
    places[order] = np.arange(len(order), dtype=np.uint32)
    return places


def group_stems(stemmed: Sequence[str]) -> tuple[int, NDArray[np.int64], list[bytes], NDArray[np.int64]]:
    """Which stems have several words.

    Returns:
        How many; for each word the place of its stem among them, or -1; all stems, sorted; the list of each.
    """
    numbering = Numbering()
    of_word = np.fromiter((numbering[one] for one in stemmed), np.int64, len(stemmed))
    stems = [encode(one) for one in numbering]
    by_bytes = np.array(sorted(range(len(stems)), key=stems.__getitem__), np.int64)
    several = np.bincount(of_word, minlength=len(stems)) > 1
    place = np.full(len(stems), -1, np.int64)
    ordered = by_bytes[several[by_bytes]] if len(stems) else by_bytes
    place[ordered] = np.arange(len(ordered))
    only = np.zeros(len(stems), np.int64)
    only[of_word] = np.arange(len(stemmed))
    lists = np.where(place >= 0, place + len(stemmed), only)
    return len(ordered), place[of_word], [stems[number] for number in by_bytes.tolist()], lists[by_bytes]


@lru_cache(1 << 16)
def day_number(day: str) -> int:
    """``YYYY-MM-DD`` as the number yyyymmdd; 0 for anything else."""
    return int(day.replace("-", "")) if _DAY.fullmatch(day) else 0


def _flat(values: array[Any], dtype: Any) -> NDArray[Any]:
    return np.frombuffer(values, dtype) if values else np.empty(0, dtype)

"""Makes a segment of rows: texts become integers as they come, and postings when all are in."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.analysis import stem
from search.whoosh import arrays
from search.whoosh.ids import keys_of
from search.whoosh.inverting import Postings, invert, union
from search.whoosh.lists import ListsWriter
from search.whoosh.occurrences import Numbering, Texts, occurrences
from search.whoosh.packing import MOST, Packed, PackedWriter, save_packed
from search.whoosh.rows import IndexRow
from search.whoosh.segment import CODES, F4, STRIDE, Dictionaries, save_codes
from search.whoosh.strings import Strings, flat
from search.whoosh.vocabulary import encode, save_backwards, save_words

_AT_ONCE = 512
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class _Keys:
    """The keys of each row, hashed together at the end."""

    def __init__(self) -> None:
        self._keys, self._rows = Strings(), array("I", [0])

    def extend(self, keys: Sequence[Sequence[str]]) -> None:
        """Take in the keys of the next rows."""
        self._keys.extend([key for some in keys for key in some])
        ends = accumulate(map(len, keys), initial=self._rows[-1])
        next(ends)
        self._rows.extend(ends)

    def save(self, folder: Path, name: str) -> None:
        text, ends = self._keys.all()
        arrays.save(folder / name, keys_of(np.array(text, np.uint8), ends), arrays.U8)
        arrays.save(folder / f"{name}-at", flat(self._rows, np.uint32), arrays.U4)


class SegmentWriter:
    """Collects rows; about 250 bytes each."""

    def __init__(self, folder: Path, name: str, ids: bool = True) -> None:
        """Begin; ``ids`` says whether to write the ids of records, which otherwise the segment's store does."""
        self._folder, self._name = folder, name
        self._waiting: list[IndexRow] = []
        self._texts, self._titles, self._roles = occurrences(), occurrences(), occurrences()
        self._runs = array("I")
        self._run: tuple[str, str] | None = None
        self._profiles, self._outlets, self._authors, self._topics = (Numbering() for _ in range(4))
        self._codes = {column: array("I") for column in CODES}
        self._confidence = array("f")
        self._speakers, self._mentions = _Keys(), _Keys()
        self._ids = Strings() if ids else None

    def add(self, row: IndexRow) -> None:
        """Take in the next row."""
        self._waiting.append(row)
        if len(self._waiting) >= _AT_ONCE:
            self._take_in()

    def _take_in(self) -> None:
        """Take in the rows that wait, field by field, which is quicker than row by row."""
        rows, self._waiting = self._waiting, []
        self._texts.extend([row.text for row in rows])
        self._roles.extend([row.role for row in rows])
        runs = [(row.article_id, row.title) for row in rows]
        begun = [at for at, (before, run) in enumerate(zip([self._run, *runs], runs, strict=False)) if before != run]
        self._runs.extend([len(self._confidence) + at for at in begun])
        self._titles.extend([rows[at].title for at in begun])
        self._run = runs[-1] if runs else self._run
        profiles, outlets, authors, topics = self._profiles, self._outlets, self._authors, self._topics
        codes = self._codes
        codes["profile"].extend(
            [profiles[r.kind, r.quote_type, r.cue, r.lang, r.part, r.genre, r.interviewer] for r in rows]
        )
        codes["outlet"].extend([outlets[row.outlet] for row in rows])
        codes["author"].extend([authors[row.author] for row in rows])
        codes["topics"].extend([topics[row.topics] for row in rows])
        codes["day"].extend([day_number(row.day) for row in rows])
        self._confidence.extend([row.confidence for row in rows])
        self._speakers.extend([row.speakers for row in rows])
        self._mentions.extend([row.mentions for row in rows])
        if self._ids is not None:
            self._ids.extend([row.id for row in rows])

    def finish(self) -> None:
        """Invert and write every file."""
        self._take_in()
        folder, name = self._folder, self._name
        titles = self._titles.finish()
        save_packed(folder, f"{name}.title-lengths", np.diff(titles.begins))
        self._write_beside("title-stems", "title-", titles, stem)
        self._write_beside("role-words", "role-", self._roles.finish(), str)
        self._write_rows()
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

    def _write_rows(self) -> None:
        """Everything that is kept row by row."""
        folder, name = self._folder, self._name
        save_codes(
            folder, name, {column: flat(codes, np.uint32) for column, codes in self._codes.items()},
            Dictionaries(list(self._profiles), list(self._outlets), list(self._authors), list(self._topics)),
        )  # fmt: skip
        self._runs.append(len(self._confidence))
        arrays.save(folder / f"{name}.runs", flat(self._runs, np.uint32), arrays.U4)
        arrays.save(folder / f"{name}.confidence", flat(self._confidence, np.float32), F4)
        self._speakers.save(folder, f"{name}.speakers")
        self._mentions.save(folder, f"{name}.mentions")
        if self._ids is not None:
            text, ends = self._ids.all()
            (folder / f"{name}.record-ids.text").write_bytes(text)
            arrays.save(folder / f"{name}.record-ids.ends", ends, arrays.U4)

    def _write_beside(self, words: str, part: str, texts: Texts, form: Callable[[str], str]) -> None:
        """Write the postings of texts beside that of the record, with its words in the form that they are kept in."""
        folder, name = self._folder, self._name
        numbering = Numbering()
        form_of = np.fromiter((numbering[form(word)] for word in texts.words), np.uint32, len(texts.words))
        forms = [encode(word) for word in numbering]
        by_bytes = sorted(range(len(forms)), key=forms.__getitem__)
        save_words(folder, f"{name}.{words}", [forms[number] for number in by_bytes])
        lists = ListsWriter(folder, name, part)
        of = _inverse(by_bytes).take(form_of.take(texts.word_of))
        for postings in invert(texts.numbers, of, texts.begins, len(forms)):
            lists.add(postings.sizes, postings.rows, postings.counts)
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

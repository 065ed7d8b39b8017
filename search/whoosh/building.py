"""Makes a segment of rows: texts become integers as they come, and postings when all are in."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.analysis import stem
from search.whoosh import arrays
from search.whoosh.ids import keys_of
from search.whoosh.inverting import invert, union
from search.whoosh.occurrences import Numbering, occurrences
from search.whoosh.packing import save_packed
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
        self._ids: list[bytes] = []

    def add(self, row: IndexRow) -> None:
        """Take in the next row."""
        self._texts.add(row.text)
        if (row.article_id, row.title) != self._run:
            self._run = (row.article_id, row.title)
            self._runs.append(len(self._ids))
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
        self._ids.append(row.id.encode("utf-8", "surrogatepass"))

    def finish(self) -> None:
        """Invert and write every file."""
        folder, name = self._folder, self._name
        self._write_titles()
        words, text, ends = self._texts.finish()
        folded = list(map(encode, words))
        by_bytes = sorted(range(len(folded)), key=folded.__getitem__)
        rank = np.empty(len(folded), np.int64)
        rank[by_bytes] = np.arange(len(folded))
        ordered = [folded[number] for number in by_bytes]
        save_words(folder, f"{name}.words", ordered)
        save_backwards(folder, f"{name}.words-backwards", ordered)
        save_packed(folder, f"{name}.lengths", np.diff(ends))
        write_lists(folder, name, text, ends, rank, [stem(words[number]) for number in by_bytes])
        save_dictionaries(
            folder, name, len(self._ids),
            Dictionaries(list(self._profiles), list(self._outlets), list(self._authors), list(self._topics)),
        )  # fmt: skip
        arrays.save(folder / f"{name}.runs", [*self._runs, len(self._ids)], arrays.U4)
        arrays.save(folder / f"{name}.codes", _flat(self._codes, np.uint32), arrays.U4)
        arrays.save(folder / f"{name}.confidence", _flat(self._confidence, np.float32), F4)
        self._speakers.save(folder, f"{name}.speakers")
        self._mentions.save(folder, f"{name}.mentions")
        (folder / f"{name}.ids").write_bytes(b"".join(self._ids))
        arrays.save(folder / f"{name}.ids-at", np.cumsum([0, *map(len, self._ids)]), arrays.U4)

    def _write_titles(self) -> None:
        folder, name = self._folder, self._name
        words, titles, ends = self._titles.finish()
        numbering = Numbering()
        numbers = np.fromiter((numbering[stem(word)] for word in words), np.uint32, len(words))
        stems = [encode(word) for word in numbering]
        by_bytes = sorted(range(len(stems)), key=stems.__getitem__)
        rank = np.empty(len(stems), np.int64)
        rank[by_bytes] = np.arange(len(stems))
        sizes, rows, counts = [np.empty(0, np.int64)], [np.empty(0, np.uint32)], [np.empty(0, np.uint32)]
        for part in invert(numbers.take(titles) if len(words) else titles, ends, rank):
            sizes.append(part.sizes)
            rows.append(part.rows)
            counts.append(part.counts)
        save_words(folder, f"{name}.title-stems", [stems[number] for number in by_bytes])
        arrays.save(folder / f"{name}.title-lists", np.cumsum([0, *np.concatenate(sizes)]), arrays.U8)
        arrays.save(folder / f"{name}.title-rows", np.concatenate(rows), arrays.U4)
        save_packed(folder, f"{name}.title-counts", np.concatenate(counts))
        save_packed(folder, f"{name}.title-lengths", np.diff(ends))


def write_segment(folder: Path, name: str, rows: Iterable[IndexRow]) -> None:
    """Make the files ``{name}.*`` of a segment from rows."""
    writer = SegmentWriter(folder, name)
    for row in rows:
        writer.add(row)
    writer.finish()


def write_lists(
    folder: Path, name: str, text: NDArray[np.uint32], ends: NDArray[np.int64], rank: NDArray[np.int64],
    stemmed: Sequence[str],
) -> None:  # fmt: skip
    """Write stems and all postings; ``stemmed`` are the stems of the words in their order."""
    sizes, rows, counts = [np.empty(0, np.int64)], [np.empty(0, np.uint32)], [np.empty(0, np.uint32)]
    positions = [np.empty(0, np.uint8)]
    far_at, far = [np.empty(0, np.int64)], [np.empty(0, np.uint32)]
    done = 0
    for part in invert(text, ends, rank):
        sizes.append(part.sizes)
        rows.append(part.rows)
        counts.append(part.counts)
        large = np.flatnonzero(part.positions > 255)
        positions.append(np.minimum(part.positions, 255).astype(np.uint8))
        far_at.append(large + done)
        far.append(part.positions[large])
        done += len(part.positions)
    np.concatenate(positions).tofile(folder / f"{name}.positions")
    arrays.save(folder / f"{name}.positions-at", np.concatenate(far_at), arrays.U8)
    arrays.save(folder / f"{name}.positions-large", np.concatenate(far), arrays.U4)
    del positions
    write_stems(folder, name, stemmed, np.concatenate(sizes), rows, counts)


def write_stems(
    folder: Path, name: str, stemmed: Sequence[str], sizes: NDArray[np.int64], rows: list[NDArray[np.uint32]],
    counts: list[NDArray[np.uint32]],
) -> None:  # fmt: skip
    """Write stems, and the postings of words (given) with those of stems that several words share (derived)."""
    shared, list_of_word, stems, stem_list = group_stems(stemmed)
    save_words(folder, f"{name}.stems", stems)
    arrays.save(folder / f"{name}.stem-list", stem_list, arrays.U4)
    word_rows, word_counts = np.concatenate(rows), np.concatenate(counts)
    del rows[:], counts[:]
    padded = np.zeros(len(word_counts) // STRIDE * STRIDE + STRIDE, np.uint32)
    padded[: len(word_counts)] = word_counts
    blocks = padded.reshape(-1, STRIDE).sum(axis=1, dtype=np.int64)
    arrays.save(folder / f"{name}.checkpoints", np.cumsum(blocks) - blocks, arrays.U8)
    del padded
    all_sizes, all_rows, all_counts = [sizes], [word_rows], [word_counts]
    if shared:
        for part in union(list_of_word, sizes, word_rows, word_counts, shared):
            all_sizes.append(part.sizes)
            all_rows.append(part.rows)
            all_counts.append(part.counts)
    arrays.save(folder / f"{name}.lists", np.concatenate([[0], np.cumsum(np.concatenate(all_sizes))]), arrays.U8)
    arrays.save(folder / f"{name}.rows", np.concatenate(all_rows), arrays.U4)
    save_packed(folder, f"{name}.counts", np.concatenate(all_counts))


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

"""Makes one segment of several by copying arrays; rows that are gone are left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.analysis import stem
from search.whoosh import arrays
from search.whoosh.building import write_lists
from search.whoosh.inverting import Postings
from search.whoosh.joining import Source, merged
from search.whoosh.lists import ListsWriter
from search.whoosh.packing import ranges, save_packed, sizes_of
from search.whoosh.segment import CODES, F4, Dictionaries, Segment, save_codes
from search.whoosh.vocabulary import decode, save_backwards, save_words


class _Part(NamedTuple):
    """A segment with where its live rows go: ``new`` is the new row of each, or -1; ``kept`` the live rows."""

    segment: Segment
    new: NDArray[np.int64]
    kept: NDArray[np.int64]


def merge_segments(folder: Path, name: str, parts: Sequence[tuple[str, NDArray[np.uint32]]], ids: bool = True) -> None:
    """Make one segment of several.

    Args:
        folder: Where they are.
        name: Of the new one.
        parts: Segment names with deleted row numbers; live rows in the order of parts.
        ids: Whether to write the ids of records, which otherwise the segment's store does.
    """
    taken: list[_Part] = []
    rows = 0
    for part, deleted in parts:
        segment = Segment(folder, part)
        live = np.ones(segment.rows, bool)
        live[deleted.astype(np.intp)] = False
        kept = np.flatnonzero(live)
        new = np.full(segment.rows, -1, np.int64)
        new[kept] = np.arange(rows, rows + len(kept))
        rows += len(kept)
        taken.append(_Part(segment, new, kept))
    _merge_rows(folder, name, taken, ids)
    _merge_titles(folder, name, taken, rows)
    sources = [Source(part.segment.role_words, part.segment.roles, part.new) for part in taken]
    _merge_beside(folder, name, "role-words", "role-", sources)
    _merge_words(folder, name, taken)


def _merge_rows(folder: Path, name: str, parts: Sequence[_Part], ids: bool) -> None:
    """Everything that is kept row by row."""
    numberings: tuple[dict[Any, int], ...] = ({}, {}, {}, {})
    codes: dict[str, list[NDArray[Any]]] = {column: [np.empty(0, np.uint32)] for column in CODES}
    for segment, _, kept in parts:
        known = segment.dictionaries
        dictionaries: tuple[Sequence[Any], ...] = (known.profiles, known.outlets, known.authors, known.topics)
        for column, values, numbering in zip(CODES, dictionaries, numberings, strict=False):
            used, inverse = np.unique(segment.codes[column][kept], return_inverse=True)
            new = [numbering.setdefault(values[code], len(numbering)) for code in used.tolist()]
            codes[column].append(np.array(new, np.uint32)[inverse])
        codes["day"].append(segment.codes["day"][kept])
    save_codes(
        folder, name, {column: np.concatenate(pieces) for column, pieces in codes.items()},
        Dictionaries(*map(list, numberings)),
    )  # fmt: skip
    confidence = [part.segment.confidence[part.kept] for part in parts]
    arrays.save(folder / f"{name}.confidence", np.concatenate([np.empty(0, np.float32), *confidence]), F4)
    save_packed(folder, f"{name}.lengths", _joined([part.segment.lengths.take(part.kept) for part in parts]))
    for field in ("speakers", "mentions"):
        pairs = [(getattr(p.segment, f"{field}_at"), getattr(p.segment, field), p.kept) for p in parts]
        arrays.save(
            folder / f"{name}.{field}-at", _merge_ragged(folder / f"{name}.{field}", pairs, arrays.U8), arrays.U4
        )
    if ids:
        texts = [(p.segment.ids_at(), np.frombuffer(p.segment.ids, np.uint8), p.kept) for p in parts]
        ends = _merge_ragged(folder / f"{name}.record-ids.text", texts, np.dtype("u1"))[1:]
        arrays.save(folder / f"{name}.record-ids.ends", ends, arrays.U4)


def _merge_ragged(
    path: Path, pieces: Sequence[tuple[NDArray[Any], NDArray[Any], NDArray[np.int64]]], dtype: np.dtype[Any]
) -> NDArray[np.int64]:
    """Write what is kept, piece by piece; where that of each row begins, with an end mark."""
    sizes = [np.zeros(1, np.int64)]
    with path.open("wb") as file:
        for at, flat, kept in pieces:
            begins = at[:-1][kept].astype(np.int64)
            size = at[1:][kept] - begins
            sizes.append(size)
            flat[ranges(begins, size)].astype(dtype, copy=False).tofile(file)
    return np.cumsum(np.concatenate(sizes))


def _merge_titles(folder: Path, name: str, parts: Sequence[_Part], rows: int) -> None:
    """Runs with their headlines; runs without a row left go."""
    runs, lengths, renumbered = [np.empty(0, np.int64)], [], []
    done = 0
    for segment, new, kept in parts:
        run_of = np.repeat(np.arange(len(segment.runs) - 1), sizes_of(segment.runs))
        used, first = np.unique(run_of[kept], return_index=True)
        runs.append(new[kept[first]])
        lengths.append(segment.title_lengths.take(used))
        numbers = np.full(len(segment.runs) - 1, -1, np.int64)
        numbers[used] = np.arange(done, done + len(used))
        renumbered.append(numbers)
        done += len(used)
    arrays.save(folder / f"{name}.runs", np.concatenate([*runs, [rows]]), arrays.U4)
    save_packed(folder, f"{name}.title-lengths", _joined(lengths))
    sources = [Source(p.segment.title_stems, p.segment.titles, new) for p, new in zip(parts, renumbered, strict=True)]
    _merge_beside(folder, name, "title-stems", "title-", sources)


def _merge_beside(folder: Path, name: str, vocabulary: str, part: str, sources: Sequence[Source]) -> None:
    """Postings of what stands beside the text."""
    words: list[bytes] = []
    lists = ListsWriter(folder, name, part)
    for some, postings in merged(sources):
        words += some
        lists.add(postings.sizes, postings.rows, postings.counts)
    lists.finish()
    save_words(folder, f"{name}.{vocabulary}", words)


def _merge_words(folder: Path, name: str, parts: Sequence[_Part]) -> None:
    words: list[bytes] = []

    def postings() -> Iterator[Postings]:
        for some, part in merged([Source(p.segment.words, p.segment.lists, p.new, p.segment.positions) for p in parts]):
            words.extend(some)
            yield part

    write_lists(folder, name, postings(), lambda: [stem(decode(word)) for word in words])
    save_words(folder, f"{name}.words", words)
    save_backwards(folder, f"{name}.words-backwards", words)


def _joined(pieces: Sequence[NDArray[np.uint32]]) -> NDArray[np.uint32]:
    return np.concatenate([np.empty(0, np.uint32), *pieces])

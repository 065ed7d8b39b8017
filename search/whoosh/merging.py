"""Makes one segment of several by copying arrays; rows that are gone are left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.analysis import stem
from search.whoosh import arrays
from search.whoosh.building import write_stems
from search.whoosh.inverting import AT_ONCE
from search.whoosh.packing import Packed, ranges, save_packed, sizes_of
from search.whoosh.segment import CODES, F4, Dictionaries, Lists, Segment, save_dictionaries
from search.whoosh.vocabulary import Vocabulary, decode, save_backwards, save_words


class _Part(NamedTuple):
    """A segment with where its live rows go: ``new`` is the new row of each, or -1; ``kept`` the live rows."""

    segment: Segment
    new: NDArray[np.int64]
    kept: NDArray[np.int64]


def merge_segments(folder: Path, name: str, parts: Sequence[tuple[str, NDArray[np.uint32]]]) -> None:
    """Make one segment of several: parts are (segment name, deleted row numbers); live rows in the order of parts."""
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
    _merge_rows(folder, name, taken, rows)
    _merge_titles(folder, name, taken, rows)
    _merge_words(folder, name, taken)


def _merge_rows(folder: Path, name: str, parts: Sequence[_Part], rows: int) -> None:
    """Everything that is kept row by row."""
    numberings: tuple[dict[Any, int], ...] = ({}, {}, {}, {})
    codes = [np.empty((0, len(CODES)), np.uint32)]
    for segment, _, kept in parts:
        table = segment.codes[kept]
        known = segment.dictionaries
        dictionaries: tuple[Sequence[Any], ...] = (known.profiles, known.outlets, known.authors, known.topics)
        for column, values in enumerate(dictionaries):
            used, inverse = np.unique(table[:, column], return_inverse=True)
            numbering = numberings[column]
            new = [numbering.setdefault(values[code], len(numbering)) for code in used.tolist()]
            table[:, column] = np.array(new, np.uint32)[inverse]
        codes.append(table)
    profiles, outlets, authors, topics = map(list, numberings)
    save_dictionaries(folder, name, rows, Dictionaries(profiles, outlets, authors, topics))
    arrays.save(folder / f"{name}.codes", np.concatenate(codes), arrays.U4)
    confidence = [part.segment.confidence[part.kept] for part in parts]
    arrays.save(folder / f"{name}.confidence", np.concatenate([np.empty(0, np.float32), *confidence]), F4)
    save_packed(folder, f"{name}.lengths", _joined([part.segment.lengths.take(part.kept) for part in parts]))
    for field in ("speakers", "mentions"):
        pairs = [(getattr(p.segment, f"{field}_at"), getattr(p.segment, field), p.kept) for p in parts]
        _merge_ragged(folder, f"{name}.{field}", pairs, arrays.U8)
    ids = [(p.segment.ids_at, np.frombuffer(p.segment.ids, np.uint8), p.kept) for p in parts]
    _merge_ragged(folder, f"{name}.ids", ids, np.dtype("u1"))


def _merge_ragged(
    path: Path, name: str, pieces: Sequence[tuple[NDArray[Any], NDArray[Any], NDArray[np.int64]]], dtype: np.dtype[Any]
) -> None:
    sizes, values = [np.zeros(1, np.int64)], [np.empty(0, dtype)]
    for at, flat, kept in pieces:
        begins = at[:-1][kept].astype(np.int64)
        size = at[1:][kept] - begins
        sizes.append(size)
        values.append(flat[ranges(begins, size)])
    np.concatenate(values).tofile(path / name)
    arrays.save(path / f"{name}-at", np.cumsum(np.concatenate(sizes)), arrays.U4)


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
    taken = [
        _Source(part.segment.title_stems, part.segment.titles, numbers)
        for part, numbers in zip(parts, renumbered, strict=True)
    ]
    merged = _merge_lists(taken)
    save_words(folder, f"{name}.title-stems", merged.words)
    arrays.save(folder / f"{name}.title-lists", np.cumsum([0, *merged.sizes]), arrays.U8)
    arrays.save(folder / f"{name}.title-rows", merged.rows, arrays.U4)
    save_packed(folder, f"{name}.title-counts", merged.counts)


def _merge_words(folder: Path, name: str, parts: Sequence[_Part]) -> None:
    merged = _merge_lists([_Source(p.segment.words, p.segment.lists, p.new, p.segment.positions) for p in parts])
    save_words(folder, f"{name}.words", merged.words)
    save_backwards(folder, f"{name}.words-backwards", merged.words)
    save_packed(folder, f"{name}.positions", merged.positions)
    merged = merged._replace(positions=np.empty(0, np.uint16))
    stems = [stem(decode(word)) for word in merged.words]
    sizes, rows, counts = merged.sizes, [merged.rows], [merged.counts]
    del merged
    write_stems(folder, name, stems, sizes, rows, counts)


class _Source(NamedTuple):
    """Lists to merge: ``new`` is the new row of each old one, or -1."""

    words: Vocabulary
    lists: Lists
    new: NDArray[np.int64]
    positions: Packed | None = None


class _Merged(NamedTuple):
    words: list[bytes]
    sizes: NDArray[np.int64]
    rows: NDArray[np.uint32]
    counts: NDArray[np.uint32]
    positions: NDArray[Any]


class _Chunk(NamedTuple):
    """Some lists of a source: which, how many postings and occurrences of each are kept, and what is kept."""

    first: int
    sizes: NDArray[np.int64]
    occurrences: NDArray[np.int64]
    rows: NDArray[np.int64]
    counts: NDArray[np.uint32]
    positions: NDArray[Any]


def _merge_lists(sources: Sequence[_Source]) -> _Merged:
    """Two passes over the sources: count what goes where, then put it there."""
    words = sorted(set().union(*(source.words for source in sources)))
    place = {word: number for number, word in enumerate(words)}
    sizes = np.zeros((len(sources), len(words)), np.int64)
    occurrences = np.zeros_like(sizes)
    targets = []
    for number, source in enumerate(sources):
        target = np.fromiter((place[word] for word in source.words), np.int64, len(source.words))
        targets.append(target)
        for chunk in _chunks(source):
            into = target[chunk.first : chunk.first + len(chunk.sizes)]
            sizes[number, into] += chunk.sizes
            occurrences[number, into] += chunk.occurrences
    total, total_occurrences = sizes.sum(axis=0), occurrences.sum(axis=0)
    begins = np.cumsum(total) - total + np.cumsum(sizes, axis=0) - sizes
    begins_at = np.cumsum(total_occurrences) - total_occurrences + np.cumsum(occurrences, axis=0) - occurrences
    rows, counts = np.empty(total.sum(), np.uint32), np.empty(total.sum(), np.uint32)
    longest = max((int(s.positions.large.max(initial=0)) for s in sources if s.positions is not None), default=0)
    small = np.dtype(np.uint16 if longest < 1 << 16 else np.uint32)
    spots = np.empty(total_occurrences.sum() if sources and sources[0].positions is not None else 0, small)
    for number, source in enumerate(sources):
        for chunk in _chunks(source):
            into = targets[number][chunk.first : chunk.first + len(chunk.sizes)]
            to = ranges(begins[number, into], chunk.sizes)
            rows[to], counts[to] = chunk.rows, chunk.counts
            if source.positions is not None:
                spots[ranges(begins_at[number, into], chunk.occurrences)] = chunk.positions
    used = np.flatnonzero(total)
    return _Merged([words[number] for number in used.tolist()], total[used], rows, counts, spots)


def _chunks(source: _Source) -> Iterator[_Chunk]:
    """What is kept of each list, some lists at a time."""
    begins = source.lists.begins[: len(source.words) + 1].astype(np.int64)
    first = spot = 0
    while first < len(source.words):
        last = max(int(begins.searchsorted(begins[first] + AT_ONCE, "right")) - 1, first + 1)
        low, high = int(begins[first]), int(begins[last])
        sizes = np.diff(begins[first : last + 1])
        of = np.repeat(np.arange(last - first), sizes)
        rows = source.new[source.lists.rows[low:high]]
        counts = source.lists.counts.slice(low, high)
        keep = rows >= 0
        ended = spot + int(counts.sum(dtype=np.int64))
        positions: NDArray[Any] = np.empty(0, np.uint32)
        if source.positions is not None:
            positions = source.positions.slice(spot, ended)[np.repeat(keep, counts)]
        of, rows, counts = of[keep], rows[keep], counts[keep]
        kept = np.bincount(of, minlength=last - first)
        tallies = np.bincount(of, weights=counts, minlength=last - first).astype(np.int64)
        yield _Chunk(first, kept, tallies, rows, counts, positions)
        first, spot = last, ended


def _joined(pieces: Sequence[NDArray[np.uint32]]) -> NDArray[np.uint32]:
    return np.concatenate([np.empty(0, np.uint32), *pieces])

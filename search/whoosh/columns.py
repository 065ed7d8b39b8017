"""What a generation knows of every row of its segments, as arrays over all rows in the order of the segments.

======================  ====================================================================================
``columns.json``        sizes and dictionaries; values of a dictionary ascend, code 0 is "nothing"
``columns.facets``      the codes of a row side by side, so that one fetch from memory brings all: 16 or 32 bytes
``columns.state``       0 gone, 1 there, 3 there but a question of an interviewer, uint8
``columns.day``         yyyymmdd, 0 undated, uint32
``columns.confidence``  of quotes, else 1, float32
``columns.newest``      all rows, newest first, then by record id, uint32; ``columns.rank`` the place of each in it
``columns.lengths``     K1 * (1 - B + B * length / average) of the text, float32; ``columns.titles`` of headlines,
                        by run; ``columns.runs`` the run of each row, uint32
``columns.mentions``    numbers of those mentioned, row by row, uint32; ``columns.mentions-at``
``columns.F-sets[-at]`` lists of values of a field with several (speakers, topics with all above them), by list code
``columns.F-rows[-at]`` rows with each value of a field, ascending, uint32
======================  ====================================================================================
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.records import REVIEWS
from search.whoosh import arrays
from search.whoosh.column_reader import facet_type, penalty
from search.whoosh.packing import ranges, sizes_of
from search.whoosh.segment import F4, PROFILE, Segment
from search.whoosh.snapshot import Entities, Names, Overlay

COLUMNS = ("speaker", "topic", "outlet", "author", "month", "profile")
"""Columns of ``columns.facets``."""


def write_columns(
    folder: Path, names: Sequence[str], overlays: Sequence[Overlay], entities: Entities, tables: Names
) -> None:
    """Make the columns of a generation over its segments."""
    segments = [Segment(folder, name) for name in names]
    header: dict[str, Any] = {"rows": sum(segment.rows for segment in segments)}
    codes = [segment.codes for segment in segments]
    day = _joined([table["day"] for table in codes], np.uint32)
    columns = {
        "speaker": _speakers(folder, segments, overlays, entities, tables.speaker_count(), header),
        "topic": _topics(folder, segments, tables, header),
        "outlet": _plain(segments, "outlet", header),
        "author": _plain(segments, "author", header),
        "month": _months(day, header),
        "profile": _profiles(segments, overlays, header),
    }
    _write_facets(folder, columns, header)
    _write_state(folder, segments, overlays)
    arrays.save(folder / "columns.day", day, arrays.U4)
    quality = _joined([segment.confidence for segment in segments], np.float32)
    arrays.save(folder / "columns.confidence", quality, F4)
    _write_order(folder, segments, day)
    _write_lengths(folder, segments)
    _write_mentions(folder, segments, entities)
    (folder / "columns.json").write_text(json.dumps(header), encoding="utf-8")


def _joined(pieces: Sequence[NDArray[Any]], dtype: Any) -> NDArray[Any]:
    return np.concatenate([np.empty(0, dtype), *pieces])


def _entity_numbers(keys: NDArray[np.uint64], entities: Entities) -> NDArray[np.int64]:
    """Speaker of each key, or -1."""
    known = entities.ids.keys
    if not len(known):
        return np.full(len(keys), -1, np.int64)
    at = np.minimum(known.searchsorted(keys), len(known) - 1)
    return np.where(known[at] == keys, entities.ids.numbers[at].astype(np.int64), -1)


def _ragged_numbers(
    keys: NDArray[np.uint64], at: NDArray[np.uint32], entities: Entities
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows and speakers of the keys that are somebody, without repetition within a row, in the order of rows."""
    row = np.repeat(np.arange(len(at) - 1), sizes_of(at))
    number = _entity_numbers(keys, entities)
    row, number = row[number >= 0], number[number >= 0]
    if len(row):
        _, first = np.unique(row << 32 | number, return_index=True)
        row, number = row[first], number[first]
    return row, number


def _speakers(
    folder: Path, segments: Sequence[Segment], overlays: Sequence[Overlay], entities: Entities, count: int,
    header: dict[str, Any],
) -> NDArray[np.int64]:  # fmt: skip
    """Code 0 nobody, 1 + number for one speaker, above that the lists of several."""
    codes = [np.empty(0, np.int64)]
    lists: dict[tuple[int, ...], int] = {}
    for segment, overlay in zip(segments, overlays, strict=True):
        row, number = _ragged_numbers(segment.speakers, segment.speakers_at, entities)
        code = np.zeros(segment.rows, np.int64)
        code[row] = number + 1
        many = np.bincount(row, minlength=segment.rows) > 1
        inside = np.flatnonzero(many[row])
        if len(inside):
            bounds = np.flatnonzero(np.diff(row[inside], prepend=-1))
            for begin, end in zip(bounds.tolist(), [*bounds[1:].tolist(), len(inside)], strict=True):
                people = tuple(number[inside[begin:end]].tolist())
                code[row[inside[begin]]] = count + 1 + lists.setdefault(people, len(lists))
        if len(overlay.corrected):
            code[overlay.corrected.rows] = overlay.corrected.numbers.astype(np.int64) + 1
        codes.append(code)
    header["speakers"] = count
    _save_sets(folder, "speaker", [(), *((number,) for number in range(count)), *lists] if lists else None)
    joined = np.concatenate(codes)
    _save_rows(folder, "speaker", joined, [(), *((n,) for n in range(count)), *lists] if lists else None, count)
    return joined


def _topics(folder: Path, segments: Sequence[Segment], tables: Names, header: dict[str, Any]) -> NDArray[np.int64]:
    """Code 0 none, above that the lists of topics, each with all that are above its topics."""
    terms = tables.topic_terms()
    lists: dict[tuple[str, ...], int] = {(): 0}
    codes = [np.empty(0, np.int64)]
    for segment in segments:
        column = segment.codes["topics"]
        used, inverse = np.unique(column, return_inverse=True)
        new = []
        for code in used.tolist():
            given = segment.dictionaries.topics[code]
            whole = dict.fromkeys(
                one for topic in given for one in (*(terms[topic].ancestors if topic in terms else ()), topic)
            )
            new.append(lists.setdefault(tuple(sorted(whole)), len(lists)))
        codes.append(np.array(new, np.int64)[inverse])
    header["topics"] = sorted({topic for topics in lists for topic in topics})
    number = {topic: place for place, topic in enumerate(header["topics"])}
    sets = [tuple(number[topic] for topic in topics) for topics in lists]
    _save_sets(folder, "topic", sets)
    joined = np.concatenate(codes)
    _save_rows(folder, "topic", joined, sets, len(number))
    return joined


def _save_sets(folder: Path, field: str, sets: Sequence[Sequence[int]] | None) -> None:
    given = sets or []
    arrays.save(folder / f"columns.{field}-sets", [value for values in given for value in values], arrays.U4)
    arrays.save(folder / f"columns.{field}-sets-at", np.cumsum([0, *map(len, given)]), arrays.U4)


def _save_rows(
    folder: Path, field: str, codes: NDArray[np.int64], sets: Sequence[Sequence[int]] | None, values: int
) -> None:
    """Rows by value; without ``sets`` a code is 1 + its value."""
    if sets is None:
        rows, value = np.arange(len(codes)), codes - 1
        rows, value = rows[value >= 0], value[value >= 0]
    else:
        sizes = np.fromiter(map(len, sets), np.int64, len(sets))
        flat = np.fromiter((value for one in sets for value in one), np.int64, int(sizes.sum()))
        begins = np.cumsum(sizes) - sizes
        rows = np.repeat(np.arange(len(codes)), sizes[codes])
        value = flat[ranges(begins[codes], sizes[codes])]
    order = np.argsort(value, kind="stable")
    arrays.save(folder / f"columns.{field}-rows", rows[order], arrays.U4)
    ends = np.cumsum(np.bincount(value, minlength=values))
    arrays.save(folder / f"columns.{field}-rows-at", np.concatenate([[0], ends]), arrays.U4)


def _plain(segments: Sequence[Segment], field: str, header: dict[str, Any]) -> NDArray[np.int64]:
    """Codes of a field with one value or none; values ascend."""
    dictionaries = [getattr(segment.dictionaries, f"{field}s") for segment in segments]
    values = ["", *sorted(set().union(*dictionaries) - {""})]
    number = {value: place for place, value in enumerate(values)}
    header[field] = values
    codes = [np.empty(0, np.int64)]
    for segment, dictionary in zip(segments, dictionaries, strict=True):
        new = np.fromiter((number[value] for value in dictionary), np.int64, len(dictionary))
        codes.append(new[segment.codes[field]])
    return np.concatenate(codes)


def _months(day: NDArray[np.uint32], header: dict[str, Any]) -> NDArray[np.int64]:
    used, inverse = np.unique(day // 100, return_inverse=True)
    months = used.tolist()
    header["month"] = ["", *(f"{month // 100:04d}-{month % 100:02d}" for month in months if month)]
    return inverse if 0 in months else inverse + 1


def _profiles(segments: Sequence[Segment], overlays: Sequence[Overlay], header: dict[str, Any]) -> NDArray[np.int64]:
    """Codes of what a row is, with what a reader ruled about it."""
    numbering: dict[tuple[Any, ...], int] = {}
    codes = [np.empty(0, np.int64)]
    for segment, overlay in zip(segments, overlays, strict=True):
        review = np.zeros(segment.rows, np.int64)
        review[overlay.reviews.rows] = overlay.reviews.numbers
        mixed = segment.codes["profile"].astype(np.int64) * len(REVIEWS) + review
        used, inverse = np.unique(mixed, return_inverse=True)
        new = []
        for code in used.tolist():
            profile = segment.dictionaries.profiles[code // len(REVIEWS)]
            ruled = REVIEWS[code % len(REVIEWS)] if profile[0] == "quote" else ""
            new.append(numbering.setdefault((*profile, ruled), len(numbering)))
        codes.append(np.array(new, np.int64)[inverse])
    header["profile_fields"] = [*PROFILE, "review"]
    header["profiles"] = list(numbering)
    return np.concatenate(codes)


def _write_facets(folder: Path, columns: dict[str, NDArray[np.int64]], header: dict[str, Any]) -> None:
    """Lay the codes of a row side by side, each as narrow as it may be."""
    fields, at = [], 0
    widths = {name: _width(values) for name, values in columns.items()}
    for name in sorted(COLUMNS, key=lambda name: -widths[name]):
        fields.append([name, f"<u{widths[name]}", at])
        at += widths[name]
    size = 16 if at <= 16 else 32
    header["facets"] = {"fields": fields, "size": size}
    table = np.zeros(header["rows"], facet_type(header))
    for name, values in columns.items():
        table[name] = values
    table.tofile(folder / "columns.facets")


def _width(values: NDArray[np.int64]) -> int:
    most = int(values.max(initial=0))
    return 1 if most < 1 << 8 else 2 if most < 1 << 16 else 4


def _write_state(folder: Path, segments: Sequence[Segment], overlays: Sequence[Overlay]) -> None:
    states = [np.empty(0, np.uint8)]
    for segment, overlay in zip(segments, overlays, strict=True):
        asked = [3 if profile[PROFILE.index("interviewer")] else 1 for profile in segment.dictionaries.profiles]
        state = np.array(asked, np.uint8)[segment.codes["profile"]] if segment.rows else np.empty(0, np.uint8)
        state[overlay.deleted.astype(np.intp)] = 0
        states.append(state)
    arrays.save(folder / "columns.state", np.concatenate(states), np.dtype("u1"))


def _write_order(folder: Path, segments: Sequence[Segment], day: NDArray[np.uint32]) -> None:
    """Newest first, then by record id. Ids are compared by their first eight bytes, and in full where those agree."""
    first = np.zeros((len(day), 8), np.uint8)
    done = 0
    for segment in segments:
        text = np.frombuffer(segment.ids, np.uint8)
        begins = segment.ids_at()[:-1]
        sizes = np.diff(segment.ids_at())
        for place in range(8):
            inside = np.flatnonzero(sizes > place)
            first[done + inside, place] = text[begins[inside] + place]
        done += segment.rows
    head = first.view(">u8").ravel().astype(np.uint64)
    order = np.lexsort((head, -day.astype(np.int64)))
    same = (head[order][1:] == head[order][:-1]) & (day[order][1:] == day[order][:-1])
    bounds = np.flatnonzero(np.diff(np.concatenate([[False], same, [False]]).astype(np.int8)))
    bases = np.cumsum([0, *(segment.rows for segment in segments)])
    for begin, end in zip(bounds[::2].tolist(), (bounds[1::2] + 1).tolist(), strict=True):
        rows = order[begin:end].tolist()
        at = bases.searchsorted(rows, "right") - 1
        ids = [_id_bytes(segments[s], row - int(bases[s])) for s, row in zip(at.tolist(), rows, strict=True)]
        order[begin:end] = [row for _, row in sorted(zip(ids, rows, strict=True))]
    rank = np.empty(len(order), np.uint32)
    rank[order] = np.arange(len(order), dtype=np.uint32)
    arrays.save(folder / "columns.newest", order, arrays.U4)
    arrays.save(folder / "columns.rank", rank, arrays.U4)


def _id_bytes(segment: Segment, row: int) -> bytes:
    return segment.id_bytes(row)


def _write_lengths(folder: Path, segments: Sequence[Segment]) -> None:
    """The part of BM25 that depends on the length alone."""
    lengths = _joined([segment.lengths.slice(0, segment.rows) for segment in segments], np.uint32)
    runs, titles, rows_of_runs = [np.empty(0, np.int64)], [np.empty(0, np.uint32)], [np.empty(0, np.int64)]
    done = 0
    for segment in segments:
        sizes = sizes_of(segment.runs)
        runs.append(np.repeat(np.arange(done, done + len(sizes)), sizes))
        titles.append(segment.title_lengths.slice(0, len(sizes)))
        rows_of_runs.append(sizes)
        done += len(sizes)
    title = np.concatenate(titles)
    rows = max(len(lengths), 1)
    arrays.save(folder / "columns.lengths", penalty(lengths, float(lengths.sum(dtype=np.int64)) / rows), F4)
    total = int((title.astype(np.int64) * np.concatenate(rows_of_runs)).sum())
    arrays.save(folder / "columns.titles", penalty(title, total / rows), F4)
    arrays.save(folder / "columns.runs", np.concatenate(runs), arrays.U4)


def _write_mentions(folder: Path, segments: Sequence[Segment], entities: Entities) -> None:
    sizes, numbers = [np.zeros(1, np.int64)], [np.empty(0, np.int64)]
    for segment in segments:
        row, number = _ragged_numbers(segment.mentions, segment.mentions_at, entities)
        sizes.append(np.bincount(row, minlength=segment.rows))
        numbers.append(number)
    arrays.save(folder / "columns.mentions", np.concatenate(numbers), arrays.U4)
    arrays.save(folder / "columns.mentions-at", np.cumsum(np.concatenate(sizes)), arrays.U4)

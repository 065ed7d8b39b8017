"""Whoosh's own searcher over our segments: a codec for reading, and an index whose table of contents is plain JSON.

Nothing here runs what a file says: segments are flat arrays, the schema comes from the code. Writing goes through
:class:`search.whoosh.writer.GenerationWriter`, which lays whole arrays; the codec's writers refuse.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import analysis, fields, index, reading
from whoosh.codec import base
from whoosh.filedb.filestore import FileStorage
from whoosh.matching import ListMatcher

from search.errors import IndexDamagedError, SearchIndexError
from search.whoosh.collection import Collection
from search.whoosh.lists import Lists
from search.whoosh.packing import ranges, sizes_of
from search.whoosh.segment import Segment
from search.whoosh.vocabulary import Vocabulary

STEMS, WRITTEN, TITLE = "text", "written", "title"
"""Fields of the schema: stems of the text, its words as written (with positions), stems of the headline."""


def schema() -> fields.Schema:
    """The fields that Whoosh sees; words come to it analysed."""
    plain = analysis.SpaceSeparatedTokenizer()
    return fields.Schema(
        text=fields.TEXT(analyzer=plain, phrase=False),
        written=fields.TEXT(analyzer=plain, phrase=True),
        title=fields.TEXT(analyzer=plain, phrase=False),
    )


class ArrayIndex(index.FileIndex):  # type: ignore[misc]
    """A generation as an index that Whoosh searches. ``columns.json`` is its table of contents."""

    def __init__(self, folder: Path, names: Sequence[str]) -> None:
        """Open the segments of a generation; its deletions are those of ``columns.state``."""
        self.storage = FileStorage(str(folder), readonly=True)
        self.indexname = "onrecord"
        self._schema = schema()
        self._folder, self._names = folder, tuple(names)

    def latest_generation(self) -> int:
        """Generations are folders; inside one there is nothing newer."""
        return 0

    def writer(self, procs: int = 1, **options: Any) -> Any:
        """Refused: generations are written whole."""
        raise SearchIndexError("Whoosh cannot write to this index", "use the engine's own writer")

    def _read_toc(self) -> index.TOC:
        try:
            rows = int(json.loads((self._folder / "columns.json").read_text(encoding="utf-8"))["rows"])
        except (OSError, ValueError, KeyError) as error:
            raise IndexDamagedError(str(self._folder), "columns.json cannot be read") from error
        collection = Collection(self._folder, self._names)
        if collection.rows != rows:
            raise IndexDamagedError(str(self._folder), "columns.json and the segments do not belong together")
        state = collection.columns.state
        bounds = zip(collection.bases[:-1].tolist(), collection.bases[1:].tolist(), strict=True)
        segments = [
            ArraySegment(part, np.flatnonzero(state[begin:end] == 0))
            for part, (begin, end) in zip(collection.segments, bounds, strict=True)
        ]
        return index.TOC(self._schema, segments, 0)


class ArraySegment(base.Segment):  # type: ignore[misc]
    """One of our segments, as Whoosh knows segments."""

    def __init__(self, part: Segment, deleted: NDArray[np.intp]) -> None:
        super().__init__("onrecord")
        self.part, self.segid = part, part.name
        self._deleted = frozenset(deleted.tolist())

    def codec(self) -> ArrayCodec:
        return ArrayCodec()

    def doc_count_all(self) -> int:
        return self.part.rows

    def deleted_count(self) -> int:
        return len(self._deleted)

    def deleted_docs(self) -> frozenset[int]:
        return self._deleted

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._deleted

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        raise SearchIndexError("Whoosh cannot write to this index", "use the engine's own writer")

    def set_doc_count(self, doccount: int) -> None:
        raise SearchIndexError("Whoosh cannot write to this index", "use the engine's own writer")

    def should_assemble(self) -> bool:
        return False  # compound files would not keep arrays aligned


class ArrayCodec(base.Codec):  # type: ignore[misc]
    """Reads segments of flat arrays."""

    def terms_reader(self, storage: Any, segment: ArraySegment) -> ArrayTerms:
        return ArrayTerms(segment.part)

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> ArrayDocuments:
        return ArrayDocuments(segment)

    def new_segment(self, storage: Any, indexname: str) -> Any:
        raise SearchIndexError("Whoosh cannot write to this index", "use the engine's own writer")

    per_document_writer = field_writer = postings_writer = postings_reader = new_segment


class ArrayTerms(base.TermsReader):  # type: ignore[misc]
    """Terms and postings of a segment."""

    def __init__(self, part: Segment) -> None:
        self._part = part
        self._words: dict[str, Vocabulary] = {STEMS: part.stems, WRITTEN: part.words, TITLE: part.title_stems}

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return term[0] in self._words and self._words[term[0]].find(term[1]) >= 0

    def indexed_field_names(self) -> list[str]:
        return list(self._words)

    def cursor(self, fieldname: str, fieldobj: Any) -> Cursor:
        return Cursor(self._words[fieldname])

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for field in sorted(self._words):
            yield from self.terms_from(field, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        words = self._words[fieldname]
        for number in range(words.place(prefix), len(words)):
            yield fieldname, words[number]

    def items(self) -> Iterator[tuple[tuple[str, bytes], Any]]:
        for term in self.terms():
            yield term, self.term_info(*term)

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], Any]]:
        for term in self.terms_from(fieldname, prefix):
            yield term, self.term_info(*term)

    def term_info(self, fieldname: str, text: bytes) -> Any:
        rows, counts, _ = self._postings(fieldname, text)
        lengths = field_lengths(self._part, fieldname)[rows]
        return reading.TermInfo(
            float(counts.sum()), len(rows), int(lengths.min()), int(lengths.max()), float(counts.max()), int(rows[0]),
            int(rows[-1]),
        )  # fmt: skip

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        rows, counts, positions = self._postings(fieldname, text)
        return Matcher(
            rows.tolist(), counts.astype(float).tolist(), positions, format=format_, scorer=scorer, term=(fieldname, text),
            terminfo=self.term_info(fieldname, text),
        )  # fmt: skip

    def _postings(self, field: str, text: bytes) -> tuple[NDArray[np.intp], NDArray[np.uint32], list[list[int]]]:
        """Rows, counts and, of words as written, positions. Raises KeyError."""
        number = self._words[field].find(text)
        if number < 0:
            raise KeyError((field, text))
        part = self._part
        lists: Lists = part.titles if field == TITLE else part.lists
        begin, end = lists.bounds(int(part.stem_list[number]) if field == STEMS else number)
        rows, counts = lists.rows[begin:end].astype(np.intp), lists.counts.slice(begin, end)
        if field == TITLE:
            sizes = part.runs[rows + 1].astype(np.intp) - part.runs[rows]
            return ranges(part.runs[rows], sizes), np.repeat(counts, sizes), []
        if field == STEMS:
            return rows, counts, []
        starts = part.occurrences_before(np.arange(begin, end))
        flat = part.positions.take(ranges(starts, counts)).tolist()
        ends = np.cumsum(counts).tolist()
        return rows, counts, [flat[last - count : last] for last, count in zip(ends, counts.tolist(), strict=True)]


class Matcher(ListMatcher):  # type: ignore[misc]
    """Postings in lists; positions are numbers already and need no decoding."""

    def __init__(self, ids: list[int], weights: list[float], positions: list[list[int]], **options: Any) -> None:
        super().__init__(ids, weights, **options)
        self._positions, self._options = positions, options

    def copy(self) -> Matcher:
        copied = Matcher(self._ids, self._weights, self._positions, **self._options)
        copied._i = self._i
        return copied

    def supports(self, astype: str) -> bool:
        return astype in ("frequency", "weight") or (astype == "positions" and bool(self._positions))

    def value_as(self, astype: str) -> Any:
        if astype == "positions":
            return self._positions[self._i]
        return self._weights[self._i]


class Cursor(base.FieldCursor):  # type: ignore[misc]
    """Walks over the sorted words of a field."""

    def __init__(self, words: Vocabulary) -> None:
        self._words, self._at = words, 0

    def first(self) -> str | None:
        self._at = 0
        return self.text()

    def find(self, string: str | bytes) -> str | None:
        self._at = self._words.place(string if isinstance(string, bytes) else string.encode("utf-8"))
        return self.text()

    def next(self) -> str | None:
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        return self._words[self._at].decode("utf-8") if self.is_valid() else None

    def is_valid(self) -> bool:
        return self._at < len(self._words)


class ArrayDocuments(base.PerDocumentReader):  # type: ignore[misc]
    """Lengths and deletions of a segment, and the ids of its records as stored fields."""

    def __init__(self, segment: ArraySegment) -> None:
        self._segment, self._part = segment, segment.part
        self._lengths = {field: field_lengths(segment.part, field) for field in (STEMS, WRITTEN, TITLE)}

    def doc_count(self) -> int:
        return int(self._segment.doc_count())

    def doc_count_all(self) -> int:
        return self._part.rows

    def has_deletions(self) -> bool:
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> frozenset[int]:
        return self._segment.deleted_docs()

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return int(self._lengths[fieldname][docnum]) if fieldname in self._lengths else default

    def field_length(self, fieldname: str) -> int:
        return int(self._lengths[fieldname].sum(dtype=np.int64))

    def min_field_length(self, fieldname: str) -> int:
        return int(self._lengths[fieldname].min(initial=0))

    def max_field_length(self, fieldname: str) -> int:
        return int(self._lengths[fieldname].max(initial=0))

    def stored_fields(self, docnum: int) -> dict[str, str]:
        return {STEMS: self._part.record_id(docnum)}


def field_lengths(part: Segment, field: str) -> NDArray[np.uint32]:
    """Words of each row in a field, exact."""
    if field != TITLE:
        return part.lengths.slice(0, part.rows)
    sizes = sizes_of(part.runs)
    return np.repeat(part.title_lengths.slice(0, len(sizes)), sizes)

"""One segment of the index, mapped from disk: which files it has, and what they say.

All arrays are flat and little-endian. *Lists* are postings: ascending rows with the frequency in each. First come the
lists of the words as written, in the order of their bytes; after them those of the stems that more than one written
word has (a stem with a single written word shares its list).

========================  =====================================================================================
``NAME.segment``          JSON: format, sizes, dictionaries of profiles, outlets, authors and topic lists
``NAME.words[-at]``       words as written (:mod:`search.whoosh.vocabulary`)
``NAME.words-backwards``  their numbers in the order of their bytes read backwards, uint32
``NAME.stems[-at]``       stems; ``NAME.stem-list`` the list of each, uint32
``NAME.lists`` and so on  rows and counts of all postings (:mod:`search.whoosh.lists`)
``NAME.positions``        where it stands, for the lists of words as written, occurrence by occurrence (packed)
``NAME.checkpoints``      how many occurrences lie before every 64th posting, uint64
``NAME.lengths``          words in the text of each row (packed)
``NAME.runs``             first row of each run of rows of one article, with an end mark, uint32
``NAME.title-*``          the same for the stems of headlines, whose "rows" are runs
``NAME.role-*``           the same for words of what speakers are called (``role-words``), by row
``NAME.codes``            for each row: profile, outlet, author, topic list, day (yyyymmdd), each as wide as it must be
``NAME.confidence``       float32
``NAME.speakers[-at]``    hashes of the article-local keys of each row, uint64; likewise ``NAME.mentions``
``NAME.record-ids.text``  ids of the records, end to end, with ``.ends``; the segment's store writes them where it has one
========================  =====================================================================================
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.errors import IndexDamagedError
from search.whoosh import arrays
from search.whoosh.lists import Lists
from search.whoosh.packing import Packed
from search.whoosh.vocabulary import Backwards, Vocabulary

FORMAT = 1
STRIDE = 64
F4 = np.dtype("<f4")
PROFILE = ("kind", "quote_type", "cue", "lang", "part", "genre", "interviewer")
"""What a profile says of a row, in this order: fields with few values, together one number."""
CODES = ("profile", "outlet", "author", "topics", "day")


@dataclass(slots=True)
class Dictionaries:
    """What the codes of a segment stand for.

    Attributes:
        profiles: Values of :data:`PROFILE`.
        outlets: Names.
        authors: Names.
        topics: Lists of topic ids, best first, without ancestors.
    """

    profiles: list[tuple[Any, ...]]
    outlets: list[str]
    authors: list[str]
    topics: list[tuple[str, ...]]


def save_codes(folder: Path, name: str, columns: Mapping[str, NDArray[Any]], dictionaries: Dictionaries) -> None:
    """Write ``NAME.codes``, with a column for each of :data:`CODES`, and ``NAME.segment``."""
    rows = len(columns["day"])
    most = {column: int(values.max(initial=0)) for column, values in columns.items()}
    widths = [1 if most[column] < 1 << 8 else 2 if most[column] < 1 << 16 else 4 for column in CODES]
    codes = np.empty(rows, _code_type(widths))
    for column, values in columns.items():
        codes[column] = values
    codes.tofile(folder / f"{name}.codes")
    content = {
        "format": FORMAT, "rows": rows, "widths": widths, "profiles": dictionaries.profiles, "outlets": dictionaries.outlets,
        "authors": dictionaries.authors, "topics": dictionaries.topics,
    }  # fmt: skip
    (folder / f"{name}.segment").write_text(json.dumps(content), encoding="utf-8")


def _code_type(widths: Sequence[int]) -> np.dtype[Any]:
    return np.dtype([(column, f"<u{width}") for column, width in zip(CODES, widths, strict=True)])


class Segment:
    """Reads one segment. Safe from several threads.

    Attributes:
        rows: How many there are.
        words: Words as written.
        stems: Stems.
        lists: Postings of both.
        runs: First row of each run of rows of one article, with an end mark.
        titles: Postings of the stems of headlines, by run.
        roles: Postings of the words for what speakers are called.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.name, self._folder = name, folder
        try:
            content = json.loads((folder / f"{name}.segment").read_text(encoding="utf-8"))
            self.rows = int(content["rows"])
            codes = _code_type(content["widths"])
            self.dictionaries = Dictionaries(
                [tuple(profile) for profile in content["profiles"]], content["outlets"], content["authors"],
                [tuple(topics) for topics in content["topics"]],
            )  # fmt: skip
        except FileNotFoundError as error:
            raise IndexDamagedError(str(folder), f"{name}.segment is missing") from error
        except (ValueError, KeyError, TypeError) as error:
            raise IndexDamagedError(str(folder), f"{name}.segment cannot be read") from error
        self.words = Vocabulary(folder, f"{name}.words")
        self.backwards = Backwards(folder, f"{name}.words-backwards", self.words)
        self.stems = Vocabulary(folder, f"{name}.stems")
        self.stem_list = arrays.load(folder / f"{name}.stem-list", arrays.U4)
        self.lists = Lists.load(folder, name)
        self.positions = Packed.load(folder, f"{name}.positions")
        self.checkpoints = arrays.load(folder / f"{name}.checkpoints", arrays.U8)
        self.lengths = Packed.load(folder, f"{name}.lengths")
        self.runs = arrays.load(folder / f"{name}.runs", arrays.U4)
        self.title_stems = Vocabulary(folder, f"{name}.title-stems")
        self.titles = Lists.load(folder, name, "title-")
        self.title_lengths = Packed.load(folder, f"{name}.title-lengths")
        self.role_words = Vocabulary(folder, f"{name}.role-words")
        self.roles = Lists.load(folder, name, "role-")
        self.codes = arrays.load(folder / f"{name}.codes", codes)
        self.confidence = arrays.load(folder / f"{name}.confidence", F4)
        self.speakers_at = arrays.load(folder / f"{name}.speakers-at", arrays.U4)
        self.speakers = arrays.load(folder / f"{name}.speakers", arrays.U8)
        self.mentions_at = arrays.load(folder / f"{name}.mentions-at", arrays.U4)
        self.mentions = arrays.load(folder / f"{name}.mentions", arrays.U8)
        self.ids = arrays.load_bytes(folder / f"{name}.record-ids.text")
        self.id_ends = arrays.load(folder / f"{name}.record-ids.ends", arrays.U4)
        self._check()

    def record_id(self, row: int) -> str:
        """The id of a record."""
        return self.id_bytes(row).decode("utf-8", "surrogatepass")

    def id_bytes(self, row: int) -> bytes:
        """The same in UTF-8."""
        ends = self.id_ends.item
        return self.ids[ends(row - 1) if row else 0 : ends(row)]

    def ids_at(self) -> NDArray[np.int64]:
        """Where the id of each record begins, with an end mark."""
        return np.concatenate([[0], self.id_ends.astype(np.int64)])

    def stem_number(self, stem: bytes) -> int:
        """The list of a stem, or -1."""
        at = self.stems.find(stem)
        return int(self.stem_list[at]) if at >= 0 else -1

    def occurrences_before(self, postings: NDArray[np.intp]) -> NDArray[np.intp]:
        """How many occurrences of words as written lie before each of some postings."""
        block = postings // STRIDE
        at = (block * STRIDE)[:, None] + np.arange(STRIDE)
        inside = at < postings[:, None]
        np.minimum(at, max(len(self.lists.counts) - 1, 0), out=at)
        counts = self.lists.counts.take(at.ravel()).reshape(at.shape) * inside
        found: NDArray[np.intp] = self.checkpoints.take(block).astype(np.intp) + counts.sum(axis=1, dtype=np.intp)
        return found

    def _check(self) -> None:
        rows = self.rows
        sizes = (len(self.lengths), len(self.codes), len(self.confidence), len(self.id_ends))
        ends = (len(self.speakers_at), len(self.mentions_at))
        if set(sizes) != {rows} or set(ends) != {rows + 1} or not len(self.runs) or int(self.runs[-1]) != rows:
            raise IndexDamagedError(str(self._folder), f"the files of {self.name} do not belong together")
        if len(self.stem_list) != len(self.stems) or len(self.title_lengths) != len(self.runs) - 1:
            raise IndexDamagedError(str(self._folder), f"the words of {self.name} do not belong together")

"""Reads what a generation knows of every row; :mod:`search.whoosh.columns` says which files there are and writes them."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.errors import IndexDamagedError
from search.whoosh import arrays
from search.whoosh.library import address
from search.whoosh.segment import F4, PROFILE

K1, B = 1.2, 0.75
"""The constants of BM25F."""


def penalty(lengths: NDArray[Any], average: float) -> NDArray[np.float64]:
    """The part of BM25 that depends on the length alone, of texts so many words long."""
    found: NDArray[np.float64] = K1 * (1 - B + B * lengths.astype(np.float64) / (average or 1.0))
    return found


def facet_type(header: dict[str, Any]) -> np.dtype[Any]:
    """The type of one row of ``columns.facets``."""
    fields = header["facets"]["fields"]
    return np.dtype(
        {
            "names": [name for name, _, _ in fields], "formats": [form for _, form, _ in fields],
            "offsets": [at for _, _, at in fields], "itemsize": header["facets"]["size"],
        }
    )  # fmt: skip


class Columns:
    """Reads the columns of a generation. Safe from several threads.

    Attributes:
        rows: How many rows there are.
        header: ``columns.json``.
        facets: Codes side by side, of :func:`facet_type`, shape (rows,).
        layout: Where in a row of them each column is, and how many bytes wide.
        table: Address of ``facets``, how many rows it has, and bytes of each: what the compiled loops read.
        whole: Whether every row is there and none is a question of an interviewer.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self.header: dict[str, Any] = json.loads((folder / "columns.json").read_text(encoding="utf-8"))
            kind = facet_type(self.header)
            self.rows = int(self.header["rows"])
        except FileNotFoundError as error:
            raise IndexDamagedError(str(folder), "columns.json is missing") from error
        except (ValueError, KeyError, TypeError) as error:
            raise IndexDamagedError(str(folder), "columns.json cannot be read") from error
        self.facets = arrays.load(folder / "columns.facets", kind)
        self.layout = {name: (at, int(form[2:])) for name, form, at in self.header["facets"]["fields"]}
        self.packed = self.facets.view(f"V{kind.itemsize}")
        self.table = address(self.packed), len(self.packed), kind.itemsize
        self.state = arrays.load(folder / "columns.state", np.dtype("u1"))
        self.day = arrays.load(folder / "columns.day", arrays.U4)
        self.confidence = arrays.load(folder / "columns.confidence", F4)
        self.newest = arrays.load(folder / "columns.newest", arrays.U4)
        self.rank = arrays.load(folder / "columns.rank", arrays.U4)
        self.lengths = arrays.load(folder / "columns.lengths", F4)
        self.titles = arrays.load(folder / "columns.titles", F4)
        self.runs = arrays.load(folder / "columns.runs", arrays.U4)
        self.mentions = arrays.load(folder / "columns.mentions", arrays.U4)
        self.mentions_at = arrays.load(folder / "columns.mentions-at", arrays.U4)
        self.sets = {field: _Ragged(folder, f"columns.{field}-sets") for field in ("speaker", "topic")}
        self.listed = {field: _Ragged(folder, f"columns.{field}-rows") for field in ("speaker", "topic")}
        sizes = {len(self.facets), len(self.state), len(self.day), len(self.confidence), len(self.newest)}
        if sizes | {len(self.rank), len(self.lengths), len(self.runs), len(self.mentions_at) - 1} != {self.rows}:
            raise IndexDamagedError(str(folder), "the columns do not belong together")
        self.whole = bool((self.state == 1).all())
        self.two_kinds = {profile[PROFILE.index("kind")] for profile in self.header["profiles"]} <= {
            "quote",
            "paragraph",
        }

    @cached_property
    def quotes(self) -> NDArray[np.uint64]:
        """A bit for each row that is a quote, 64 rows to a number."""
        kinds = [profile[PROFILE.index("kind")] == "quote" for profile in self.header["profiles"]]
        return _bits(np.array([*kinds, False])[self.facets["profile"]])

    @cached_property
    def there(self) -> NDArray[np.uint64]:
        """A bit for each row that is there."""
        return _bits(self.state > 0)

    @cached_property
    def shown(self) -> NDArray[np.uint64]:
        """A bit for each row that is there and no question of an interviewer."""
        return _bits(self.state == 1)


def _bits(chosen: NDArray[np.bool_]) -> NDArray[np.uint64]:
    packed = np.packbits(chosen, bitorder="little")
    room = np.zeros((len(chosen) + 63) // 64 * 8 + 8, np.uint8)  # one number more: 64 bits may be read from any row on
    room[: len(packed)] = packed
    return room.view("<u8")


class _Ragged:
    """Lists of numbers: ``flat[at[i]:at[i + 1]]`` is list i."""

    def __init__(self, folder: Path, name: str) -> None:
        self.flat = arrays.load(folder / name, arrays.U4)
        self.at = arrays.load(folder / f"{name}-at", arrays.U4)
        if not len(self.at) or int(self.at[-1]) != len(self.flat):
            raise IndexDamagedError(str(folder), f"{name} and {name}-at do not belong together")

    def __len__(self) -> int:
        return len(self.at) - 1

    def __getitem__(self, number: int) -> NDArray[np.uint32]:
        found: NDArray[np.uint32] = self.flat[int(self.at[number]) : int(self.at[number + 1])]
        return found

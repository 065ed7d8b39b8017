"""A sparse column: for some rows of a segment a number, as two flat arrays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.errors import IndexDamagedError
from search.whoosh import arrays


class RowMap(Mapping[int, int]):
    """Row -> number.

    Attributes:
        rows: Ascending row numbers, uint32, shape (n,).
        numbers: The number of each, int32, shape (n,).
    """

    def __init__(self, rows: NDArray[Any], numbers: NDArray[Any]) -> None:
        self.rows, self.numbers = rows, numbers

    @classmethod
    def of(cls, pairs: Mapping[int, int]) -> RowMap:
        """From a mapping."""
        rows = np.fromiter(pairs.keys(), np.uint32, len(pairs))
        numbers = np.fromiter(pairs.values(), np.int32, len(pairs))
        order = np.argsort(rows)
        return cls(rows[order], numbers[order])

    @classmethod
    def load(cls, folder: Path, name: str) -> RowMap:
        """From the files that :meth:`save` wrote, mapped."""
        rows = arrays.load(folder / f"{name}.rows", arrays.U4)
        numbers = arrays.load(folder / f"{name}.values", arrays.I4)
        if len(rows) != len(numbers):
            raise IndexDamagedError(str(folder), f"{name}.rows and {name}.values do not belong together")
        return cls(rows, numbers)

    def save(self, folder: Path, name: str) -> None:
        """Write ``NAME.rows`` and ``NAME.values``."""
        arrays.save(folder / f"{name}.rows", self.rows, arrays.U4)
        arrays.save(folder / f"{name}.values", self.numbers, arrays.I4)

    def __getitem__(self, row: int) -> int:
        at = arrays.place(self.rows, row)
        if at == len(self.rows) or self.rows[at] != row:
            raise KeyError(row)
        return int(self.numbers[at])

    def __iter__(self) -> Iterator[int]:
        return iter(self.rows.tolist())

    def __len__(self) -> int:
        return len(self.rows)

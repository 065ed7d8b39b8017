"""From a text id to a number and back.

``NAME.keys`` are ascending 64-bit hashes, ``NAME.numbers`` the number of each: :class:`Ids`. With the ids themselves beside
them, end to end in ``NAME.text`` with ``NAME.ends``, a number also leads to its id, and the upper half of a hash is enough:
:class:`IdTable`.
"""

from __future__ import annotations

from array import array
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.errors import IndexDamagedError
from search.whoosh import arrays
from search.whoosh.strings import Strings

_RATIO = 0x9E3779B97F4A7C15
_MIX = 0xFF51AFD7ED558CCD
_MASK = (1 << 64) - 1
_CHUNK = 1 << 16
_HALF = np.uint64(32)


def key_of(text: str) -> int:
    """The 64-bit hash of an id: a polynomial over its UTF-8 bytes, mixed. One that NumPy computes for a million at once."""
    key = 0
    for byte in reversed(text.encode("utf-8", "surrogatepass")):
        key = (key * _RATIO + byte + 1) & _MASK
    key ^= key >> 33
    key = (key * _MIX) & _MASK
    return key ^ (key >> 29)


def keys_of(text: NDArray[np.uint8], ends: NDArray[Any]) -> NDArray[np.uint64]:
    """The same for many ids that lie end to end.

    Args:
        text: Their UTF-8 bytes.
        ends: Where each ends, shape (n,).
    """
    keys = np.empty(len(ends), np.uint64)
    bounds = np.concatenate([[0], ends]).astype(np.int64)
    for first in range(0, len(ends), _CHUNK):
        last = min(first + _CHUNK, len(ends))
        begins, lengths = bounds[first:last] - bounds[first], np.diff(bounds[first : last + 1])
        powers = np.full(int(lengths.max()) + 1, _RATIO, np.uint64)
        powers[0] = 1
        np.multiply.accumulate(powers, out=powers)
        places = np.arange(int(lengths.sum())) - np.repeat(begins, lengths)
        sums = np.zeros(len(places) + 1, np.uint64)
        np.cumsum((text[bounds[first] : bounds[last]] + np.uint64(1)) * powers[places], out=sums[1:])
        keys[first:last] = sums[begins + lengths] - sums[begins]
    keys ^= keys >> np.uint64(33)
    keys *= np.uint64(_MIX)
    return keys ^ (keys >> np.uint64(29))


class IdsWriter:
    """Collects (id, number) pairs."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._text, self._ends, self._numbers = bytearray(), array("I"), array("I")

    def add(self, text: str, number: int) -> None:
        """Note that ``text`` stands for ``number``."""
        self._text += text.encode("utf-8", "surrogatepass")
        self._ends.append(len(self._text))
        self._numbers.append(number)

    def finish(self) -> None:
        """Write both arrays."""
        _save(self._folder, self._name, self._text, self._ends, np.array(self._numbers, np.uint32))


class Ids:
    """Finds numbers by id.

    Attributes:
        keys: Ascending hashes, uint64, shape (n,).
        numbers: The number of each, uint32, shape (n,).
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.keys = arrays.load(folder / f"{name}.keys", arrays.U8)
        self.numbers = arrays.load(folder / f"{name}.numbers", arrays.U4)
        if len(self.keys) != len(self.numbers):
            raise IndexDamagedError(str(folder), f"{name}.keys and {name}.numbers do not belong together")

    def __len__(self) -> int:
        return len(self.keys)

    def find(self, text: str) -> list[int]:
        """Numbers that may belong to ``text``, mostly none or one."""
        return self.find_key(key_of(text))

    def find_key(self, key: int) -> list[int]:
        """The same for a hash known already."""
        begin = arrays.place(self.keys, key)
        found = []
        while begin < len(self.keys) and self.keys[begin] == key:
            found.append(int(self.numbers[begin]))
            begin += 1
        return found


class IdTableWriter:
    """Collects ids, numbered as they come."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._ids = Strings()
        self.append, self.extend = self._ids.append, self._ids.extend

    def __len__(self) -> int:
        return len(self._ids)

    def take_in(self, table: IdTable) -> None:
        """Add all ids of a finished table."""
        self._ids.extend_packed(table.text, table.ends)

    def in_order(self) -> NDArray[np.uint32]:
        """The numbers in the order of their ids."""
        text, ends = self._ids.all()
        bounds = [0, *ends.tolist()]
        texts = [bytes(text[begin:end]) for begin, end in pairwise(bounds)]
        return np.array(sorted(range(len(texts)), key=texts.__getitem__), np.uint32)

    def finish(self) -> None:
        """Write all files."""
        text, ends = self._ids.all()
        keys = (keys_of(np.array(text, np.uint8), ends) >> _HALF).astype(np.uint32)
        order = np.argsort(keys, kind="stable")
        arrays.save(self._folder / f"{self._name}.keys", keys[order], arrays.U4)
        arrays.save(self._folder / f"{self._name}.numbers", order, arrays.U4)
        (self._folder / f"{self._name}.text").write_bytes(text)
        arrays.save(self._folder / f"{self._name}.ends", ends, arrays.U4)


def _save(folder: Path, name: str, text: bytearray, ends: array[int], numbers: NDArray[np.uint32]) -> None:
    keys = keys_of(np.array(text, np.uint8), np.array(ends, np.uint32))
    order = np.argsort(keys, kind="stable")
    arrays.save(folder / f"{name}.keys", keys[order], arrays.U8)
    arrays.save(folder / f"{name}.numbers", numbers[order], arrays.U4)


class IdTable:
    """Ids by number, and numbers by id. Safe from several threads.

    Attributes:
        keys: Ascending upper halves of the hashes, uint32.
        numbers: The number of each, uint32.
        text: All ids end to end.
        ends: Where each ends, uint32, shape (n,).
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.keys = arrays.load(folder / f"{name}.keys", arrays.U4)
        self.numbers = arrays.load(folder / f"{name}.numbers", arrays.U4)
        self.text = arrays.load_bytes(folder / f"{name}.text")
        self.ends = arrays.load(folder / f"{name}.ends", arrays.U4)
        size = int(self.ends[-1]) if len(self.ends) else 0
        if {len(self.keys), len(self.numbers)} != {len(self.ends)} or size != len(self.text):
            raise IndexDamagedError(str(folder), f"{name}.text and its arrays do not belong together")

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, number: int) -> str:
        ends = self.ends.item
        return self.text[ends(number - 1) if number else 0 : ends(number)].decode("utf-8", "surrogatepass")

    def find(self, text: str) -> list[int]:
        """All numbers of an id: one at most, unless the same id was added again."""
        key = key_of(text) >> int(_HALF)
        begin, end = arrays.place(self.keys, key), arrays.place(self.keys, key, after=True)
        return [number for number in self.numbers[begin:end].tolist() if number < len(self) and self[number] == text]

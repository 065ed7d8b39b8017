"""From a text id to a number and back.

``NAME.keys`` are ascending 64-bit hashes, ``NAME.numbers`` the number of each: :class:`Ids`. With the ids themselves beside
them, end to end in ``NAME.text`` with ``NAME.ends``, a number also leads to its id: :class:`IdTable`.
"""

from __future__ import annotations

import hashlib
from array import array
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.errors import IndexDamagedError
from search.whoosh import arrays


def key_of(text: str) -> int:
    """The 64-bit hash of an id (BLAKE2b)."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


class IdsWriter:
    """Collects (id, number) pairs; 12 bytes each."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._keys, self._numbers = array("Q"), array("I")

    def add(self, text: str, number: int) -> None:
        """Note that ``text`` stands for ``number``."""
        self.add_key(key_of(text), number)

    def add_key(self, key: int, number: int) -> None:
        """The same for a hash known already."""
        self._keys.append(key)
        self._numbers.append(number)

    def finish(self) -> None:
        """Write both arrays."""
        keys = np.array(self._keys, np.uint64)
        order = np.argsort(keys, kind="stable")
        arrays.save(self._folder / f"{self._name}.keys", keys[order], arrays.U8)
        arrays.save(self._folder / f"{self._name}.numbers", np.array(self._numbers, np.uint32)[order], arrays.U4)


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
        self._ids = IdsWriter(folder, name)
        self._texts: list[bytes] = []

    def __len__(self) -> int:
        return len(self._texts)

    def append(self, text: str) -> None:
        """Add the next id."""
        self._ids.add(text, len(self._texts))
        self._texts.append(text.encode("utf-8", "surrogatepass"))

    def in_order(self) -> NDArray[np.uint32]:
        """The numbers in the order of their ids."""
        return np.array(sorted(range(len(self._texts)), key=self._texts.__getitem__), np.uint32)

    def finish(self) -> None:
        """Write all files."""
        self._ids.finish()
        (self._folder / f"{self._name}.text").write_bytes(b"".join(self._texts))
        ends = np.cumsum(np.fromiter(map(len, self._texts), np.uint64, len(self._texts)))
        arrays.save(self._folder / f"{self._name}.ends", ends, arrays.U4)


class IdTable:
    """Ids by number, and numbers by id. Safe from several threads."""

    def __init__(self, folder: Path, name: str) -> None:
        self._ids = Ids(folder, name)
        self._text = arrays.load_bytes(folder / f"{name}.text")
        self._ends = arrays.load(folder / f"{name}.ends", arrays.U4)
        size = int(self._ends[-1]) if len(self._ends) else 0
        if len(self._ends) != len(self._ids) or size != len(self._text):
            raise IndexDamagedError(str(folder), f"{name}.text and its arrays do not belong together")

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, number: int) -> str:
        begin = int(self._ends[number - 1]) if number else 0
        return self._text[begin : int(self._ends[number])].decode("utf-8", "surrogatepass")

    def find(self, text: str) -> list[int]:
        """All numbers of an id: one at most, unless the same id was added again."""
        return [number for number in self._ids.find(text) if number < len(self) and self[number] == text]

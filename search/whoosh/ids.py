"""From a text id to a number: sorted 64-bit hashes beside the numbers they stand for.

``NAME.keys`` ascending hashes, ``NAME.numbers`` the number of each. Hashes can collide: who asks compares the id found.
"""

from __future__ import annotations

import hashlib
from array import array
from pathlib import Path

import numpy as np

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
        begin = int(self.keys.searchsorted(np.uint64(key), "left"))
        found = []
        while begin < len(self.keys) and self.keys[begin] == key:
            found.append(int(self.numbers[begin]))
            begin += 1
        return found

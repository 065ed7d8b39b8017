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

    def extend(self, ids: Ids, first: int) -> None:
        """Take in finished pairs, their numbers counted on from ``first``."""
        self._keys.frombytes(ids.keys.astype(np.uint64).tobytes())
        self._numbers.frombytes((ids.numbers + np.uint32(first)).astype(np.uint32).tobytes())

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
    """Collects ids, numbered as they come; 16 bytes each beside their own."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._ids = IdsWriter(folder, name)
        self._text = bytearray()
        self._ends = array("I")

    def __len__(self) -> int:
        return len(self._ends)

    def append(self, text: str) -> None:
        """Add the next id."""
        self._ids.add(text, len(self._ends))
        self._text += text.encode("utf-8", "surrogatepass")
        self._ends.append(len(self._text))

    def extend(self, table: IdTable) -> None:
        """Add all ids of a finished table."""
        self._ids.extend(table.ids, len(self._ends))
        self._ends.frombytes((table.ends + np.uint32(len(self._text))).astype(np.uint32).tobytes())
        self._text += table.text

    def in_order(self) -> NDArray[np.uint32]:
        """The numbers in the order of their ids."""
        begins = [0, *self._ends[:-1]]
        texts = [bytes(self._text[begin:end]) for begin, end in zip(begins, self._ends, strict=False)]
        return np.array(sorted(range(len(texts)), key=texts.__getitem__), np.uint32)

    def finish(self) -> None:
        """Write all files."""
        self._ids.finish()
        (self._folder / f"{self._name}.text").write_bytes(self._text)
        arrays.save(self._folder / f"{self._name}.ends", np.array(self._ends, np.uint32), arrays.U4)


class IdTable:
    """Ids by number, and numbers by id. Safe from several threads.

    Attributes:
        ids: From hashes to numbers.
        text: All ids end to end.
        ends: Where each ends, uint32, shape (n,).
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.ids = Ids(folder, name)
        self.text = arrays.load_bytes(folder / f"{name}.text")
        self.ends = arrays.load(folder / f"{name}.ends", arrays.U4)
        size = int(self.ends[-1]) if len(self.ends) else 0
        if len(self.ends) != len(self.ids) or size != len(self.text):
            raise IndexDamagedError(str(folder), f"{name}.text and its arrays do not belong together")

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, number: int) -> str:
        begin = int(self.ends[number - 1]) if number else 0
        return self.text[begin : int(self.ends[number])].decode("utf-8", "surrogatepass")

    def find(self, text: str) -> list[int]:
        """All numbers of an id: one at most, unless the same id was added again."""
        return [number for number in self.ids.find(text) if number < len(self) and self[number] == text]

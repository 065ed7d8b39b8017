"""Many small pieces of bytes in one file, packed in compressed blocks, each piece reachable on its own.

``NAME.blob`` holds the blocks (zlib, whose checksum is verified with each read), ``NAME.blocks`` pairs of (place in the
blob, number of the first piece) with an end mark, ``NAME.ends`` where each piece ends within its unpacked block.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import numpy as np

from search.errors import IndexDamagedError
from search.whoosh import arrays

BLOCK = 4096
"""Bytes of a block before compression: at 16 kB it packs 9% better, but takes 70 µs instead of 20 to unpack."""

LEVEL = 1
"""Of zlib: half the size, and the time goes elsewhere; the default level gains another twentieth."""


class BlobWriter:
    """Appends pieces; memory is bounded by one block and 4 bytes a piece."""

    def __init__(self, folder: Path, name: str, block: int = BLOCK) -> None:
        self._folder, self._name, self._block = folder, name, block
        self._file: IO[bytes] = (folder / f"{name}.blob").open("wb")
        self._pending = bytearray()
        self._blocks = array("Q")
        self._ends = array("I")
        self._first = 0
        self._at = 0

    def __len__(self) -> int:
        return len(self._ends)

    def append(self, piece: bytes) -> int:
        """Add a piece; returns its number."""
        self._pending += piece
        self._ends.append(len(self._pending))
        if len(self._pending) >= self._block:
            self._flush()
        return len(self._ends) - 1

    def extend(self, blobs: Blobs) -> None:
        """Add all pieces of a finished file, its blocks as they are."""
        self._flush()
        self._file.write(blobs.blob)
        table = blobs.blocks[:-2].reshape(-1, 2) + np.array([self._at, self._first], np.uint64)
        self._blocks.frombytes(table.astype(np.uint64).tobytes())
        self._ends.frombytes(blobs.ends.astype(np.uint32).tobytes())
        self._at += len(blobs.blob)
        self._first = len(self._ends)

    def finish(self) -> None:
        """Write what is left and the arrays."""
        self._flush()
        self._file.close()
        self._blocks.extend((self._at, len(self._ends)))
        arrays.save(self._folder / f"{self._name}.blocks", np.frombuffer(self._blocks, np.uint64), arrays.U8)
        ends = np.frombuffer(self._ends, np.uint32) if self._ends else np.empty(0, np.uint32)
        arrays.save(self._folder / f"{self._name}.ends", ends, arrays.U4)

    def close(self) -> None:
        """Let go of the file without finishing."""
        self._file.close()

    def _flush(self) -> None:
        if self._first == len(self._ends):
            return
        packed = zlib.compress(self._pending, LEVEL)
        self._file.write(packed)
        self._blocks.extend((self._at, self._first))
        self._at += len(packed)
        self._first = len(self._ends)
        self._pending.clear()


class Blobs:
    """Reads pieces by number. Safe from several threads.

    Attributes:
        blob: The packed blocks.
        blocks: Pairs of place in the blob and first piece, with an end mark; uint64, shape (2 * (blocks + 1),).
        ends: Where each piece ends in its unpacked block, uint32, shape (pieces,).
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._where, self._name = str(folder), name
        self.blob = arrays.load_bytes(folder / f"{name}.blob")
        self.ends = arrays.load(folder / f"{name}.ends", arrays.U4)
        self.blocks = blocks = arrays.load(folder / f"{name}.blocks", arrays.U8)
        if len(blocks) < 2 or len(blocks) % 2:
            raise IndexDamagedError(self._where, f"{name}.blocks has been cut short")
        self._at, self._first = blocks[0::2], blocks[1::2]
        if self._at[-1] != len(self.blob) or self._first[-1] != len(self.ends):
            raise IndexDamagedError(self._where, f"{name}.blob and its arrays do not belong together")
        self._last: tuple[int, bytes] = (-1, b"")

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, number: int) -> bytes:
        if not 0 <= number < len(self.ends):
            raise IndexDamagedError(self._where, f"{self._name} has no piece {number}")
        block = arrays.place(self._first, number, after=True) - 1
        content = self._unpacked(block)
        begin = 0 if number == self._first[block] else int(self.ends[number - 1])
        return content[begin : int(self.ends[number])]

    def __iter__(self) -> Iterator[bytes]:
        for block in range(len(self._at) - 1):
            content, begin = self._unpacked(block), 0
            for end in self.ends[int(self._first[block]) : int(self._first[block + 1])].tolist():
                yield content[begin:end]
                begin = end

    def _unpacked(self, block: int) -> bytes:
        number, content = self._last
        if number != block:
            try:
                content = zlib.decompress(self.blob[int(self._at[block]) : int(self._at[block + 1])])
            except zlib.error as error:
                problem = f"{self._name}.blob cannot be unpacked near byte {int(self._at[block])}"
                raise IndexDamagedError(self._where, problem) from error
            self._last = (block, content)
        return content

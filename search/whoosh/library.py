"""The compiled library of the engine's inner loops, where it is at hand.

Its sources, ``kernel*.[ch]``, are compiled when the package is built, if there is a C compiler. ``ONRECORD_KERNEL=off`` leaves it
aside. A library that was made from other sources is not loaded.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_HERE = Path(__file__).parent
_WHOLE = ctypes.c_int64


def digest_of(sources: Sequence[bytes]) -> str:
    """What a library made from these sources is marked with."""
    return hashlib.sha256(b"".join(sources)).hexdigest()[:16]


def address(array: NDArray[Any]) -> int:
    """The address of an array's first element."""
    found: int = array.__array_interface__["data"][0]
    return found


def function(library: ctypes.CDLL, name: str, arguments: int, weight: int = -1, text: int = -1) -> Any:
    """A function whose arguments are addresses or whole numbers, 64 bits either way, but for a weight or a text."""
    found = getattr(library, f"onrecord_{name}")
    found.restype = _WHOLE
    found.argtypes = [
        ctypes.c_float if at == weight else ctypes.c_char_p if at == text else _WHOLE for at in range(arguments)
    ]
    return found


def load() -> ctypes.CDLL | None:
    """The library, or None."""
    if (
        os.environ.get("ONRECORD_KERNEL") == "off"
        or np.dtype(np.intp) != np.dtype(np.int64)
        or sys.byteorder != "little"
    ):
        return None
    try:
        library = ctypes.CDLL(str(_HERE / "_kernel.so"))
        made_from = (ctypes.c_char * 16).in_dll(library, "onrecord_source").value.decode()
        sources = [path.read_bytes() for path in sorted(_HERE.glob("kernel*.[ch]"))]
        return library if made_from == digest_of(sources) else None
    except (OSError, ValueError):
        return None


LIBRARY = load()
"""The library of this process, or None."""

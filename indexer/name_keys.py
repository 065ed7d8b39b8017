"""Names as folded words, and when two of them can be one person's."""

from __future__ import annotations

Key = tuple[str, ...]

SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
"""What tells generations apart and is no surname."""


def core_of(key: Key) -> Key:
    """A name's words without a generation suffix."""
    return key[:-1] if len(key) > 1 and key[-1] in SUFFIXES else key


def first_agree(a: Key, b: Key) -> bool:
    """Whether two full names with one surname can be one person's: first words equal, or one the other's initial."""
    if a[0] == b[0]:
        return True
    if len(a[0]) == 1 or len(b[0]) == 1:
        return a[0][0] == b[0][0]
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    return len(long) > 2 and set(short) <= set(long)


def is_part(part: Key, full: Key) -> bool:
    """Whether a short name's words stand together, in order, in a full name."""
    size = len(part)
    return size <= len(full) and any(full[at : at + size] == part for at in range(len(full) - size + 1))

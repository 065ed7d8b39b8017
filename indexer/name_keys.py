"""Names as folded words, and when two of them can be one person's."""

from __future__ import annotations

from functools import lru_cache

from indexer.identity.spelling import beginnings, same_given
from indexer.spelling import fold

Key = tuple[str, ...]

SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
"""What tells generations apart and is no surname."""


@lru_cache(maxsize=1 << 14)
def key_of(words: tuple[str, ...]) -> Key:
    """A name's words, folded, without those that are nothing but marks; "United States Weather Office" is "U.S. Weather Office"."""
    key = tuple(filter(None, map(fold, words)))
    return ("us", *key[2:]) if len(key) > 2 and key[:2] == ("united", "states") else key


def core_of(key: Key) -> Key:
    """A name's words without a generation suffix."""
    return key[:-1] if len(key) > 1 and key[-1] in SUFFIXES else key


def suffix_of(key: Key) -> str:
    """A name's generation suffix, or nothing.

    >>> suffix_of(("tom", "hale", "jr")), suffix_of(("tom", "hale"))
    ('jr', '')
    """
    return key[-1] if len(key) > 1 and key[-1] in SUFFIXES else ""


def generations_agree(later: Key, earlier: Key) -> bool:
    """Whether two forms of one name, one after the other in a text, can be one person's by their suffixes.

    A suffix may be dropped once it was given. "Jr." given for the first time behind the plain name tells a son from his father.

    >>> generations_agree(("tom", "hale"), ("tom", "hale", "jr")), generations_agree(("tom", "hale", "jr"), ("tom", "hale"))
    (True, False)
    """
    new, old = suffix_of(later), suffix_of(earlier)
    return new == old or not new or (new == "sr" and not old)


def first_agree(a: Key, b: Key) -> bool:
    """Whether two full names with one surname can be one person's: first words equal or forms of one, or one the other's initial.

    >>> first_agree(("tom", "hale"), ("thomas", "hale")), first_agree(("tom", "hale"), ("ann", "hale"))
    (True, False)
    """
    if a[0] == b[0]:
        return True
    if len(a[0]) == 1 or len(b[0]) == 1:
        return a[0][0] == b[0][0]
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    return (len(long) > 2 and set(short) <= set(long)) or same_given(a[0], b[0])


@lru_cache(maxsize=1 << 16)
def letters_of(key: Key) -> frozenset[str]:
    """Letters that two full names with one surname have one of in common wherever :func:`first_agree` holds of them.

    Most namesakes have none, which costs less to see than to compare them.
    """
    core = core_of(key)
    letters = beginnings(core[0])
    return letters.union([word[0] for word in core[1:]]) if len(core) > 2 else letters


def is_part(part: Key, full: Key) -> bool:
    """Whether a short name's words stand together, in order, in a full name."""
    size = len(part)
    if size == 1:
        return part[0] in full
    return size <= len(full) and any(full[at : at + size] == part for at in range(len(full) - size + 1))

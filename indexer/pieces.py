"""What stands between two spaces, cut into words and marks: “councillor,” is a word and a mark.

News is written with few different words, and most have nothing but a space, a comma or a full stop behind them: what a
piece holds is told once and kept. The table is emptied when it has grown to a book's vocabulary, as that of the words is.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Any, TypeAlias

from indexer.memo import Memo
from indexer.word_table import NOTHING, word_table

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}+|[^\W_]++(?:[-'&][^\W_]++|[.,]\d[^\W_]*+|/(?=[A-Z])[^\W_]++|[\u0300-\u036f]++[^\W_]*+)*+"
    r"(?:\.(?:com|ca|org|net)(?:\.au)?(?![^\W_]))?+"
    r"|[^\w\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|_"
)
"""Words and marks; what is between them is white space, or invisible (zero-width spaces, joiners, marks of direction).

A stroke before a capital binds two names to one ("Orsk/Marlow poll"); marks above and below a letter belong to it ("Norik̓sa").
"""

_CLOSING = frozenset(',.;:?!”")')

COLUMNS = 8
Piece: TypeAlias = tuple[Any, ...]
"""The tokens of a piece, one behind the other: of each what the word table has, its length, and how far behind its
beginning the next one begins."""


@cache
def piece_table() -> Memo[Piece]:
    """Pieces to what they hold, as this process has met them."""
    return Memo(read_piece)


def read_piece(piece: str) -> Piece:
    """Cut what stands before a space (or where a paragraph ends) into words and marks.

    A piece that begins with something invisible, or is empty because two spaces follow each other, has an empty token in front
    that keeps the place.

    >>> read_piece("Mayor,")[::COLUMNS], read_piece("Mayor,")[7::COLUMNS], read_piece("")[::COLUMNS]
    (('Mayor', ','), (5, 2), ('',))
    """
    words = word_table()
    size = len(piece)
    if piece.isalpha():  # most pieces are a word
        return (*words[piece], size, size + 1)
    if piece[-1:] in _CLOSING and piece[:-1].isalpha():  # and most others a word and a mark
        return (*words[piece[:-1]], size - 1, size - 1, *words[piece[-1]], 1, 2)
    found = [(match[0], match.start()) for match in _TOKEN.finditer(piece)]
    if not found or found[0][1]:
        found.insert(0, ("", 0))
    found.append(("", size + 1))
    entry: list[Any] = []
    for (word, start), (_, following) in pairwise(found):
        entry += words[word] if word else NOTHING
        entry += (len(word), following - start)
    return tuple(entry)

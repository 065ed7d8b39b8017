"""Plain text files: the text as it is; headline, byline and date lines at its top are read, not cut."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from indexer.article import Article, InputError
from indexer.readers.decoding import decode


def read_plain(data: bytes, path: Path) -> Iterator[Article]:
    """Read a text file as one article.

    Raises:
        InputError: It is empty or not text.
    """
    text = decode(data)
    if not text.strip():
        raise InputError("an empty file")
    yield Article(id="", text=text, origin=str(path))

"""Any input to articles: ``read(path)`` picks the reader by the file's ending and completes what the input left out."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO

from indexer.article import Article, InputError, Skipped
from indexer.furniture import read_top
from indexer.language import guess_language
from indexer.readers.html import read_html
from indexer.readers.jsonlines import read_json_lines
from indexer.readers.plain import read_plain

MAX_FILE = 32 * 1024 * 1024
"""Largest text or HTML file read, in bytes; JSON lines have a bound a line instead."""

_WHOLE: Mapping[str, Callable[[bytes, Path], Iterator[Article]]] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
}
_LINES = (".jsonl", ".ndjson")

SUFFIXES = (*_WHOLE, *_LINES)
"""File endings that can be read."""


def read(path: Path) -> Iterator[Article | Skipped]:
    """Read every article of a file.

    Args:
        path: A file with one of :data:`SUFFIXES`.

    Yields:
        Articles, complete with id and what their own top lines say; a :class:`~indexer.article.Skipped` for the file or
        each line that cannot be read. Never raises for what is in a file.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        unread = f"not a format that is read ({' '.join(SUFFIXES)})"
        yield Skipped(str(path), unread if path.exists() else "no such file")
        return
    try:
        if suffix in _LINES:
            with path.open("rb") as stream:
                yield from read_stream(stream, str(path))
            return
        size = path.stat().st_size
        if size > MAX_FILE:
            yield Skipped(
                str(path), f"a file of {size / 1e6:.1f} MB; the largest that is read is {MAX_FILE / 1e6:.1f} MB"
            )
            return
        for article in _WHOLE[suffix](path.read_bytes(), path):
            yield complete(article)
    except OSError as error:
        yield Skipped(str(path), error.strerror or type(error).__name__)
    except InputError as error:
        yield Skipped(str(path), error.happened)


def read_stream(stream: IO[bytes], origin: str = "-") -> Iterator[Article | Skipped]:
    """Read articles from a stream of JSON lines, such as standard input."""
    for item in read_json_lines(stream, origin):
        yield complete(item) if isinstance(item, Article) else item


def complete(article: Article) -> Article:
    """Fill in what the input left out but the text says: title, byline, date, outlet, language, and an id."""
    top = read_top(article.text, article.title)
    filled = dataclasses.replace(
        article,
        title=article.title or top.title,
        author=article.author or top.author,
        published=article.published or top.published,
        outlet=article.outlet or top.outlet,
        url=article.url or top.url,
        language=(article.language or guess_language(article.text)).replace("_", "-").lower().split("-")[0],
    )
    return dataclasses.replace(filled, id=filled.id or filled.url or _content_id(filled.text))


def _content_id(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()[:16]

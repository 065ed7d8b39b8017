"""JSON Lines: one article a line, read in bounded memory; a bad line is named and the rest goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import IO

from indexer.article import Article, InputError, Skipped
from indexer.readers.dates import parse_published
from indexer.readers.decoding import decode, whole_characters

MAX_LINE = 32 * 1024 * 1024
"""Longest line read, in bytes. Nobody's article is longer; a longer line is a broken file."""

_NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "_id", "uuid", "guid"),
    "text": ("text", "body", "content", "articleBody"),
    "title": ("title", "headline"),
    "url": ("url", "link", "canonical_url"),
    "outlet": ("outlet", "publisher", "provider", "source"),
    "author": ("author", "byline", "authors", "creator"),
    "published": ("published", "date", "published_at", "date_published", "datePublished", "publication_date"),
    "language": ("language", "lang"),
    "genre": ("genre",),
    "topics": ("topics", "subjects"),
}


def read_json_lines(stream: IO[bytes], origin: str) -> Iterator[Article | Skipped]:
    """Read articles from JSON lines.

    Args:
        stream: Opened for bytes.
        origin: Name for messages; the line number is added.

    Yields:
        An article for every good line, a :class:`~indexer.article.Skipped` for every bad one. Blank lines are passed over.
    """
    number, any_line = 0, False
    while line := stream.readline(MAX_LINE + 1):
        number += 1
        where = f"{origin}:{number}"
        any_line = any_line or bool(line.strip())
        if len(line) > MAX_LINE:
            size = len(line)
            while not line.endswith(b"\n") and (line := stream.readline(MAX_LINE)):
                size += len(line)
            yield Skipped(where, f"a line of {size / 1e6:.1f} MB; the longest that is read is {MAX_LINE / 1e6:.1f} MB")
        elif line.strip():
            try:
                yield parse_line(line, where)
            except InputError as error:
                yield Skipped(where, error.happened)
    if not any_line:
        yield Skipped(origin, "an empty file")


def parse_line(line: bytes, origin: str) -> Article:
    """Make an article of one line.

    Raises:
        InputError: The line is not JSON, not an object, or has no text.
    """
    try:
        fields = json.loads(decode(line))
    except json.JSONDecodeError as error:
        raise InputError(f"not valid JSON ({error.msg} at column {error.colno})") from None
    except (RecursionError, ValueError):  # nested or digits beyond what the parser takes
        raise InputError("not valid JSON (nested too deep, or a number too long)") from None
    if not isinstance(fields, dict):
        raise InputError("not an object with a 'text'")
    text = _first(fields, "text")
    if not isinstance(text, str):
        raise InputError("has no 'text'" if text is None else "its 'text' is not a string")
    if not text.strip():
        raise InputError("its 'text' is empty")
    return Article(
        text=whole_characters(text),
        published=parse_published(_first(fields, "published")),
        topics=_topics(_first(fields, "topics")),
        origin=origin,
        **{
            name: _plain(_first(fields, name))
            for name in ("id", "title", "url", "outlet", "author", "language", "genre")
        },
    )


def _first(fields: dict[str, object], name: str) -> object:
    return next((fields[key] for key in _NAMES[name] if fields.get(key) not in (None, "")), None)


def _plain(value: object) -> str:
    """One line of text from a string, a number, an object with a name, or a list of these."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        return ", ".join(filter(None, map(_plain, value[:20])))
    if value is None or isinstance(value, bool | dict):
        return ""
    return whole_characters(" ".join(str(value).split()))


def _topics(value: object) -> tuple[str, ...]:
    """Publisher's topics: the ids among them; labels of unknown schemes are left to the tagger."""
    items = value if isinstance(value, list) else [value]
    ids = (item.get("id") or item.get("qcode") if isinstance(item, dict) else item for item in items)
    return tuple(dict.fromkeys(str(item) for item in ids if str(item).startswith("medtop:")))

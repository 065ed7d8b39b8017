"""What readers make and the rest of the indexer takes: an article as published."""

from __future__ import annotations

from dataclasses import dataclass

from search.errors import OnRecordError


class InputError(OnRecordError):
    """An input that cannot be read at all; the others go on."""

    slug = "input"


@dataclass(frozen=True, slots=True)
class Article:
    """One news item as published.

    ``text`` is the input text, unchanged (for HTML: the extracted text); every offset counts its characters.

    Attributes:
        id: The input's own id, else the url, else ``sha256:`` and the first 16 hex digits over the text.
        published: ISO 8601 at its own precision (day, or time with zone), or empty; never an invented midnight.
        genre: One of :data:`search.records.GENRES`, or empty when the input does not say.
        topics: IPTC ids that the publisher gave.
        origin: Where it came from, for messages: path, with ``:line`` where there are several.
    """

    id: str
    text: str
    title: str = ""
    url: str = ""
    outlet: str = ""
    author: str = ""
    published: str = ""
    language: str = ""
    genre: str = ""
    topics: tuple[str, ...] = ()
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input, or a part of one, that was left out. ``reason`` is a clause a person understands."""

    origin: str
    reason: str

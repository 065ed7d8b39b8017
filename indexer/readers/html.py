"""HTML pages: the article's text and metadata, by trafilatura; offsets count the extracted text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from indexer.article import Article, InputError
from indexer.readers.dates import parse_published
from indexer.readers.decoding import decode, whole_characters


def read_html(data: bytes, path: Path) -> Iterator[Article]:
    """Read the article of a saved web page.

    Raises:
        InputError: There is no article text in it.
    """
    import trafilatura  # here, because it takes a second to load and most collections have no HTML

    page = decode(data)
    if not page.strip():
        raise InputError("an empty file")
    try:
        found = trafilatura.bare_extraction(page, with_metadata=True, include_comments=False, include_tables=False)
    except Exception as error:  # whatever a parser makes of hostile HTML, the other files go on
        raise InputError(f"HTML that cannot be read ({type(error).__name__})") from error
    text = _paragraphs(found.text or "") if found else ""
    if not text.strip():
        raise InputError("no article text in this HTML")
    yield Article(
        id="",
        text=whole_characters(text),
        title=found.title or "",
        url=found.url or "",
        outlet=found.sitename or "",
        author="; ".join(part.strip() for part in (found.author or "").split(";") if part.strip()),
        published=parse_published(found.date),
        language=found.language or "",
        origin=str(path),
    )


def _paragraphs(text: str) -> str:
    """Extracted text has a paragraph a line; blank lines between make that plain to every later step."""
    return "\n\n".join(line.strip() for line in text.splitlines() if line.strip())

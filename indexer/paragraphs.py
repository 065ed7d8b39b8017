"""An article to paragraphs: where each begins and ends, which part it is, what is masked, and its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.article import Article
from indexer.document import Document, Paragraph, Span
from indexer.furniture import furniture_kind, is_date_line, looks_like_headline, read_byline
from indexer.genre import recognise_genre
from indexer.sentences import split_sentences

_BLANK = re.compile(r"(?:\r\n|\r|\n|\u2029)[ \t\u00a0]*(?:\r\n|\r|\n|\u2029)\s*")
_LINE_END = re.compile(r"\r\n|\r|\n|\u2028|\u2029")
_COMPLETE_LINE = re.compile(r"[.!?…:;\"'”’»)\]]\s*$")
_WORD = re.compile(r"\w+")
_TOP = 5  # a byline or date line stands among the first paragraphs
_WRAPPED_LINE = 100  # characters: lines of hard-wrapped text are shorter


def split(article: Article) -> Document:
    """Divide an article.

    Nothing is cut: every paragraph is a span of the text, and bylines, date lines and footers become masked
    paragraphs from which nothing is taken.
    """
    spans = list(_blocks(article.text))
    parts = _parts(article, spans)
    paragraphs = tuple(
        Paragraph(span.start, span.end, part, split_sentences(article.text, span.start, span.end))
        for span, part in zip(spans, parts, strict=True)
    )
    return Document(article, paragraphs, article.genre or recognise_genre(article, paragraphs))


def _blocks(text: str) -> Iterator[Span]:
    """Paragraph spans: between blank lines; each line, where there are no blank lines or every line is complete."""
    blocks = list(_between(text, _BLANK, 0, len(text)))
    lines_are_paragraphs = len(blocks) == 1
    for block in blocks:
        lines = list(_between(text, _LINE_END, block.start, block.end))
        if len(lines) > 1 and (lines_are_paragraphs and not _wrapped(text, lines) or _all_complete(text, lines)):
            yield from lines
        else:
            yield block


def _between(text: str, separator: re.Pattern[str], start: int, end: int) -> Iterator[Span]:
    at = start
    for found in separator.finditer(text, start, end):
        yield from _trimmed(text, at, found.start())
        at = found.end()
    yield from _trimmed(text, at, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)


def _wrapped(text: str, lines: list[Span]) -> bool:
    """Whether lines are broken by width: none is long, and most end in the middle of a sentence."""
    if max(line.end - line.start for line in lines) > _WRAPPED_LINE:
        return False
    broken = sum(not _COMPLETE_LINE.search(text[max(line.start, line.end - 4) : line.end]) for line in lines[:-1])
    return broken * 2 > len(lines) - 1


def _all_complete(text: str, lines: list[Span]) -> bool:
    return all(_COMPLETE_LINE.search(text[max(line.start, line.end - 4) : line.end]) for line in lines)


def _parts(article: Article, spans: list[Span]) -> list[str]:
    parts: list[str] = []
    title = _WORD.findall(article.title.lower())
    for number, span in enumerate(spans):
        paragraph = article.text[span.start : span.end]
        if number == 0 and _is_headline(paragraph, title, alone=len(spans) == 1):
            parts.append("headline")
        elif number < _TOP and (read_byline(paragraph) or is_date_line(paragraph)):
            parts.append("byline")
        elif span.end - span.start > _TOP * 100:
            parts.append("body")
        else:
            parts.append(furniture_kind(paragraph) or "body")
    return parts


def _is_headline(paragraph: str, title: list[str], alone: bool) -> bool:
    if alone or read_byline(paragraph) or furniture_kind(paragraph):
        return False
    if title:
        return len(paragraph) < 400 and _WORD.findall(paragraph.lower()) == title
    return looks_like_headline(paragraph)

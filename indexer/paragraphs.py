"""An article to paragraphs: where each begins and ends, which part it is, what is masked, and its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.article import Article
from indexer.document import Document, Paragraph, Span
from indexer.furniture import LONGEST_FURNITURE, furniture_kind, is_meta, looks_like_headline
from indexer.genre import recognise_genre
from indexer.sentences import split_sentences, trim

_BLANK = re.compile(r"(?:\r\n|\r|\n|\u2029)[ \t\u00a0]*(?:\r\n|\r|\n|\u2029)\s*")
_LINE_END = re.compile(r"\r\n|\r|\n|\u2028|\u2029")
_OTHER_LINE_ENDS = ("\r", "\u2028", "\u2029")
_PLAIN_BLANK = re.compile(r"\n[ \t\u00a0]*\n\s*")
"""The same as a blank line where no other line ends are: what begins with a plain character is found much faster."""
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
    """Paragraph spans: blank lines divide; single lines do too where that is the article's own way.

    That is so where there are no blank lines at all, in the article's top (headline, byline, date), and in a block
    whose every line is complete.
    """
    plain = not any(mark in text for mark in _OTHER_LINE_ENDS)
    blocks = _between(text, _PLAIN_BLANK if plain else _BLANK, 0, len(text))
    for number, block in enumerate(blocks):
        one_line = text.find("\n", block.start, block.end) < 0 and plain
        if one_line or _LINE_END.search(text, block.start, block.end) is None:
            yield block
            continue
        lines = _between(text, _LINE_END, block.start, block.end)
        if len(lines) > 1 and (
            (len(blocks) == 1 and not _wrapped(text, lines))
            or (number < _TOP and any(is_meta(text[line.start : line.end]) for line in lines[:_TOP]))
            or _all_complete(text, lines)
        ):
            yield from lines
        else:
            yield block


def _between(text: str, separator: re.Pattern[str], start: int, end: int) -> list[Span]:
    """The stretches between separators, white space trimmed, without empty ones."""
    found = []
    at = start
    for gap in (*separator.finditer(text, start, end), None):
        before = gap.start() if gap else end
        if trimmed := trim(text, at, before):
            found.append(trimmed)
        at = gap.end() if gap else end
    return found


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
    leading = True  # whether nothing but boilerplate came so far
    title = _WORD.findall(article.title.lower())
    for number, span in enumerate(spans):
        paragraph = article.text[span.start : span.end]
        if number < _TOP and is_meta(paragraph):
            part = "byline"
        elif furniture := furniture_kind(paragraph):
            part = furniture
        elif leading and len(spans) > 1 and _is_headline(paragraph, title):
            part = "headline"
        else:
            part = "body"
        parts.append(part)
        leading = leading and part == "boilerplate"
    return parts


def _is_headline(paragraph: str, title: list[str]) -> bool:
    if title and len(paragraph) <= LONGEST_FURNITURE and _WORD.findall(paragraph.lower()) == title:
        return True
    return not title and looks_like_headline(paragraph)

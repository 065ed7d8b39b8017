"""An extraction to what is stored: the article with its entities, and its records in reading order."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter

from indexer.article import Article
from indexer.document import Document, EntityMention, Extraction, Paragraph, Quote
from search.records import IndexedArticle, Record, RecordTopic, StoredArticle

_SPACE_OR_MARK = re.compile(r"[\W_]+")


def content_hash(article: Article, extractor_version: str) -> str:
    """Hash everything that the records of an article depend on; equal hashes mean nothing to do.

    Args:
        article: As read.
        extractor_version: Version of the extractor, and of what it was configured with.

    Returns:
        32 hex digits.
    """
    parts = (
        extractor_version, article.id, article.url, article.title, article.outlet, article.author, article.published,
        article.language, article.genre, "\x1f".join(article.topics), article.text,
    )  # fmt: skip
    return hashlib.sha256("\x1e".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def make_records(extraction: Extraction, extractor_version: str) -> IndexedArticle:
    """Make the stored article and its records.

    Paragraphs that are masked (bylines, footers) make no record. Reading order puts a paragraph before its quotes.
    """
    document = extraction.document
    ids = _Ids(document.article.id)
    records: list[Record] = []
    quotes = list(zip(extraction.quotes, extraction.quote_topics, strict=True))
    at = 0
    for paragraph, topics in zip(document.paragraphs, extraction.paragraph_topics, strict=True):
        first = at
        while at < len(quotes) and quotes[at][0].quotation.start < paragraph.end:
            at += 1
        if not paragraph.masked:
            inside = [quote for quote, _ in quotes[first:at]]
            records.append(_paragraph(ids, extraction, paragraph, topics, inside, len(records)))
        for quote, quote_topics in quotes[first:at]:
            records.append(_quote(ids, extraction, quote, quote_topics, len(records)))
    return IndexedArticle(_stored(extraction, extractor_version), tuple(records))


def _stored(extraction: Extraction, extractor_version: str) -> StoredArticle:
    article = extraction.document.article
    return StoredArticle(
        id=article.id,
        url=article.url,
        title=article.title,
        outlet=article.outlet,
        author=article.author,
        published=article.published,
        language=article.language,
        genre=extraction.document.genre,
        text=article.text,
        content_hash=content_hash(article, extractor_version),
        topics=extraction.topics,
        entities=extraction.entities,
    )


def _paragraph(
    ids: _Ids,
    extraction: Extraction,
    paragraph: Paragraph,
    topics: tuple[RecordTopic, ...],
    quotes: list[Quote],
    ordinal: int,
) -> Record:
    document = extraction.document
    text = document.text[paragraph.start : paragraph.end]
    speakers = (quote.attribution.entity for quote in quotes if not quote.quotation.interviewer)
    return Record(
        id=ids.next("p", text),
        kind="paragraph",
        article_id=document.article.id,
        part=paragraph.part,
        ordinal=ordinal,
        start=paragraph.start,
        end=paragraph.end,
        text=text,
        paragraph_start=paragraph.start,
        paragraph_end=paragraph.end,
        speakers=tuple(dict.fromkeys(filter(None, speakers))),
        mentions=_named(extraction.mentions, paragraph.start, paragraph.end),
        topics=topics,
    )


def _quote(ids: _Ids, extraction: Extraction, quote: Quote, topics: tuple[RecordTopic, ...], ordinal: int) -> Record:
    document, quotation = extraction.document, quote.quotation
    text = document.text[quotation.start : quotation.end]
    first, last = document.paragraphs[quotation.first_paragraph], document.paragraphs[quotation.last_paragraph]
    cue = quotation.cue
    return Record(
        id=ids.next("q", text),
        kind="quote",
        article_id=document.article.id,
        part=_part(document, quotation.first_paragraph),
        ordinal=ordinal,
        start=quotation.start,
        end=quotation.end,
        text=text,
        paragraph_start=first.start,
        paragraph_end=last.end,
        quote_type=quotation.type,
        cue=cue.text if cue else "",
        cue_lemma=cue.lemma if cue else "",
        cue_start=cue.start if cue else None,
        cue_end=cue.end if cue else None,
        attribution=quote.attribution,
        mentions=_named(extraction.mentions, quotation.start, quotation.end),
        topics=topics,
        interviewer=quotation.interviewer,
    )


def _part(document: Document, paragraph: int) -> str:
    return document.paragraphs[paragraph].part


def _named(mentions: tuple[EntityMention, ...], start: int, end: int) -> tuple[str, ...]:
    """Entities named (not just meant by a pronoun) within a span."""
    low, high = 0, len(mentions)
    while low < high:
        middle = (low + high) // 2
        if mentions[middle].start < start:
            low = middle + 1
        else:
            high = middle
    keys: dict[str, None] = {}
    for mention in mentions[low:]:
        if mention.start >= end:
            break
        if mention.form == "name":
            keys[mention.entity] = None
    return tuple(keys)


class _Ids:
    """Record ids from article id, normalised text and occurrence, so that an edit elsewhere keeps permalinks."""

    def __init__(self, article_id: str) -> None:
        self._article_id = article_id
        self._seen: Counter[tuple[str, str]] = Counter()

    def next(self, kind: str, text: str) -> str:
        words = _SPACE_OR_MARK.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip() or text
        self._seen[kind, words] += 1
        parts = (self._article_id, words, str(self._seen[kind, words]))
        return kind + hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:16]

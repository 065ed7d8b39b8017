"""The shared shapes of extraction: spans of one article, from paragraphs to attributed quotes.

Each step of the pipeline takes what the steps before found and adds its own; nothing is changed in place.
All offsets are characters into ``Article.text``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from indexer.article import Article
from search.records import Attribution, LocalEntity, RecordTopic


class Span(NamedTuple):
    """Characters ``start`` to ``end`` (exclusive); a tuple, because there are very many."""

    start: int
    end: int


class Paragraph(NamedTuple):
    """A run of text between blank lines (or lines, where the article has no blank ones), white space trimmed; a tuple too.

    Attributes:
        part: ``headline``, ``body`` or ``caption``; ``byline`` and ``boilerplate`` are masked: never records, never quotes.
        sentences: Its sentences, in order, covering every word.
    """

    start: int
    end: int
    part: str
    sentences: tuple[Span, ...]

    @property
    def masked(self) -> bool:
        """Whether this is a byline or boilerplate, which nothing is taken from."""
        return self.part in ("byline", "boilerplate")


@dataclass(frozen=True, slots=True)
class Document:
    """An article divided into paragraphs, with its genre told."""

    article: Article
    paragraphs: tuple[Paragraph, ...]
    genre: str

    @property
    def text(self) -> str:
        """The article's text."""
        return self.article.text


class Cue(NamedTuple):
    """The words that report: ``text`` as written ("has said"), ``lemma`` the dictionary form ("say", "according to")."""

    start: int
    end: int
    text: str
    lemma: str


class Quotation(NamedTuple):
    """A quote found, before anybody is credited with it; a tuple as spans are.

    Attributes:
        start: First character; a direct quote's outermost marks are left out.
        end: One past the last character.
        type: ``direct``, ``indirect``, ``mixed`` or ``turn``.
        cue: Its own reporting words, or None (a continued quote).
        source: The words that stand as the cue's subject or the turn's label ("she", "Ann Lee, a doctor,"), or None.
        first_paragraph: Index of the paragraph where it begins.
        last_paragraph: Index of the paragraph where it ends.
        continues: Index (in the list of quotations) of the quote that this one goes on with, or None.
        interviewer: On a turn: whether this is the one who asks.
        rule: Name of the rule that found it.
    """

    start: int
    end: int
    type: str
    cue: Cue | None
    source: Span | None
    first_paragraph: int
    last_paragraph: int
    continues: int | None = None
    interviewer: bool = False
    rule: str = ""


class EntityMention(NamedTuple):
    """A place where the text names an entity (a tuple too). ``form``: ``name``, ``noun`` ("the minister") or ``pronoun``."""

    start: int
    end: int
    entity: str
    form: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation with its attribution."""

    quotation: Quotation
    attribution: Attribution


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything found in one article.

    Attributes:
        quotes: In text order, without overlap.
        entities: Named people and organisations, and unnamed speakers.
        mentions: Where they are named, in text order.
        topics: Article-level topics, best first.
        paragraph_topics: For each paragraph of the document its topics (empty for masked ones).
        quote_topics: For each quote its topics.
    """

    document: Document
    quotes: tuple[Quote, ...]
    entities: tuple[LocalEntity, ...]
    mentions: tuple[EntityMention, ...]
    topics: tuple[RecordTopic, ...]
    paragraph_topics: tuple[tuple[RecordTopic, ...], ...]
    quote_topics: tuple[tuple[RecordTopic, ...], ...]

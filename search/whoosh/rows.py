"""What of a record is indexed: the row that segments are made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from search.records import LocalEntity, Record, StoredArticle
from search.roles import called


class IndexRow(NamedTuple):
    """One record as the index sees it; a named tuple, since millions of them are made.

    Rows of one article follow each other in reading order, and all lie in one segment; the number of a row in its
    segment is also the number of its record in the segment's record store.

    Attributes:
        id: The record's id.
        article_id: The article's id.
        text: The words, analysed.
        title: The article's headline, analysed; counts for ranking only.
        day: ``YYYY-MM-DD`` or empty.
        speakers: Article-local keys: the one of a quote (none when nobody is named), those of a paragraph's quotes.
        mentions: Article-local keys of everyone named in it.
        topics: Topic ids, best first, without ancestors.
        confidence: Of a quote's attribution; 1 on a paragraph.
        role: Words for what the article calls the speakers, folded, with spaces between.
    """

    id: str
    article_id: str
    kind: str
    text: str
    title: str
    day: str
    outlet: str
    author: str
    lang: str
    genre: str
    part: str
    quote_type: str
    cue: str
    speakers: tuple[str, ...]
    mentions: tuple[str, ...]
    topics: tuple[str, ...]
    confidence: float
    interviewer: bool
    role: str = ""


def to_row(record: Record, article: StoredArticle, known: Mapping[str, LocalEntity]) -> IndexRow:
    """Take from a record and its article, with its entities by key, what is indexed."""
    said = record.attribution
    if record.kind == "quote":
        speakers: tuple[str, ...] = (said.entity,) if said is not None and said.entity is not None else ()
        confidence = said.confidence if said is not None else 0.0
    else:
        speakers, confidence = record.speakers, 1.0
    return IndexRow(
        record.id, article.id, record.kind, record.text, article.title, article.day, article.outlet, article.author,
        article.language, article.genre, record.part, record.quote_type, record.cue_lemma, speakers, record.mentions,
        tuple([topic.id for topic in record.topics]), confidence, record.interviewer,
        " ".join(called(record, known)),
    )  # fmt: skip

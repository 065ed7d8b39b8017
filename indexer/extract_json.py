"""What ``onrecord extract`` prints for programs: one JSON line an article."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from indexer.document import Extraction, Quote
from search.records import LocalEntity, RecordTopic, TopicTerm


def to_line(extraction: Extraction, topics: Iterable[RecordTopic], terms: Mapping[str, TopicTerm]) -> str:
    """One line of JSON, without the line end.

    Args:
        extraction: What was found in the article.
        topics: The article's topics to print: those it was given, or all with their scores.
        terms: The vocabulary by id, for labels and levels.
    """
    article = extraction.document.article
    entities = {entity.key: entity for entity in extraction.entities}
    content = {
        "id": article.id,
        "title": article.title,
        "author": article.author,
        "outlet": article.outlet,
        "published": article.published,
        "language": article.language,
        "genre": extraction.document.genre,
        "topics": [_topic(topic, terms) for topic in topics],
        "paragraphs": _paragraphs(extraction, entities),
        "quotes": [_quote(quote, extraction.document.text, entities) for quote in extraction.quotes],
    }
    return json.dumps(content, ensure_ascii=False)


def _topic(topic: RecordTopic, terms: Mapping[str, TopicTerm]) -> dict[str, Any]:
    term = terms.get(topic.id)
    return {
        "id": topic.id,
        "label": term.label if term else "",
        "level": term.level if term else 0,
        "score": round(topic.score, 4),
    }


def _paragraphs(extraction: Extraction, entities: Mapping[str, LocalEntity]) -> list[dict[str, Any]]:
    speakers: dict[int, dict[str, None]] = {}
    for quote in extraction.quotes:
        entity = entities.get(quote.attribution.entity or "")
        if entity is not None and not quote.quotation.interviewer:
            for number in range(quote.quotation.first_paragraph, quote.quotation.last_paragraph + 1):
                speakers.setdefault(number, {})[entity.name] = None
    pairs = zip(extraction.document.paragraphs, extraction.paragraph_topics, strict=True)
    return [
        {
            "start": paragraph.start,
            "end": paragraph.end,
            "speakers": list(speakers.get(number, ())),
            "topics": [topic.id for topic in topics],
        }
        for number, (paragraph, topics) in enumerate(pairs)
        if not paragraph.masked
    ]


def _quote(quote: Quote, text: str, entities: Mapping[str, LocalEntity]) -> dict[str, Any]:
    quotation, attribution = quote.quotation, quote.attribution
    cue = quotation.cue
    entity = entities.get(attribution.entity or "")
    canonical = entity.name if entity else attribution.as_written or None
    return {
        "start": quotation.start,
        "end": quotation.end,
        "text": text[quotation.start : quotation.end],
        "type": quotation.type,
        "cue": cue.text if cue else None,
        "cue_start": cue.start if cue else None,
        "cue_end": cue.end if cue else None,
        "speaker": attribution.as_written or canonical,
        "speaker_start": attribution.start,
        "speaker_end": attribution.end,
        "speaker_canonical": canonical,
        "speaker_kind": entity.kind if entity else "unnamed" if canonical else "none",
        "role": attribution.role,
        "confidence": round(attribution.confidence, 4),
        "rule": attribution.rule,
    }

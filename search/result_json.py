"""A search's answer as JSON and as rows of a table: one shape for the API, the command line and exports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from search.confidence import band
from search.engine import Facet, Hit, SearchResult
from search.passage import passage
from search.records import FACETS, KINDS, FieldType, Speaker, StoredArticle, TopicTerm
from search.request import Asked

COLUMNS = (
    "id", "kind", "quote_type", "text", "passage", "speaker", "speaker_slug", "speaker_kind", "as_written", "role", "cue", "confidence", "topics",
    "outlet", "author", "published", "title", "url", "article_id", "generation", "extractor", "read_as", "answered_at",
)  # fmt: skip
"""Columns of an exported table; the last four say where the row comes from."""

TABLE_MARK = "\ufeff"
"""A byte order mark, before everything else of an exported table: without it Excel reads UTF-8 as something else and garbles
every accent. Other spreadsheets, pandas, R and csvkit pass over it; programs that do not are better served by JSON lines."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run a cell that begins so


def search_json(
    asked: Asked, result: SearchResult, hits: tuple[Hit, ...], provenance: Mapping[str, str]
) -> dict[str, Any]:
    """The answer to a search; ``provenance`` tells what makes it citable (generation, extractor, time)."""
    request, counts = asked.request, result.counts
    return {
        "query": {
            "q": asked.q,
            "read_as": asked.read_as,
            "filters": {name: list(values) for name, values in asked.filters.items()},
        },
        **provenance,
        "generation": result.generation,
        "total": result.total,
        "counts": {
            **{kind: counts.kinds.get(kind, 0) for kind in KINDS},
            "variant_groups": counts.variant_groups,
            "articles": counts.articles,
            "outlets": counts.outlets,
        },
        "undated_left_out": result.undated_left_out,
        "uncertain_left_out": result.uncertain_left_out,
        "partial": result.partial,
        "took_ms": round(result.took_ms, 2),
        "page": request.page,
        "per_page": request.per_page,
        "next": result.next_cursor or None,
        "suggestion": result.suggestion or None,
        "hits": [hit_json(hit) for hit in hits],
        "facets": {name: facet_json(facet) for name, facet in result.facets.items()},
        "facets_more": {name: facet.more for name, facet in result.facets.items() if facet.more},
    }


def facet_json(facet: Facet) -> list[dict[str, Any]]:
    """The values of one facet."""
    return [
        {"value": v.value, "label": v.label, "count": v.count, "selected": v.selected, "excluded": v.excluded}
        | ({"level": v.level, "parent": v.parent or None} if facet.name == "topic" else {})
        | ({"kind": v.kind} if FACETS[facet.name].type is FieldType.IDENTITY else {})
        for v in facet.values
    ]


def hit_json(hit: Hit) -> dict[str, Any]:
    """One record."""
    record, said = hit.record, hit.record.attribution
    return {
        "id": record.id,
        "kind": record.kind,
        "part": record.part,
        "quote_type": record.quote_type or None,
        "text": record.text,
        "passage": _passage(hit),
        "start": record.start,
        "end": record.end,
        "highlights": [list(span) for span in hit.highlights],
        "title_highlights": [list(span) for span in hit.title_highlights],
        "speaker": _speaker_of(hit),
        "speakers": [person_json(who) for who in hit.speakers],
        "mentions": [person_json(who) for who in hit.mentions],
        "cue": record.cue or None,
        "cue_lemma": record.cue_lemma or None,
        "confidence": said.confidence if said else None,
        "confidence_band": band(said.confidence) if said else None,
        "rule": said.rule if said else None,
        "links": list(said.links) if said else [],
        "topics": [topic_json(term) for term in hit.topics],
        "context": {"before": hit.before, "after": hit.after},
        "article": article_line(hit.article),
        "variants": {"articles": hit.variants.articles, "outlets": hit.variants.outlets, "ids": list(hit.variants.ids)},
        "review": {"status": hit.review.status, "by": hit.review.by, "day": hit.review.day, "note": hit.review.note}
        if hit.review
        else None,
        "score": round(hit.score, 4),
        "url": f"/quotes/{quote(record.id, safe='')}",
    }


def _passage(hit: Hit) -> str:
    """The words as they may be printed: of reported speech with the words that report it."""
    start, end = passage(hit.record, hit.article.text)
    return hit.article.text[start:end]


def _speaker_of(hit: Hit) -> dict[str, Any] | None:
    said, who = hit.record.attribution, hit.speaker
    if who is None and (said is None or not said.as_written):
        return None
    return {
        "id": who.id if who else None,
        "slug": who.slug if who else None,
        "name": who.name if who else None,
        "as_written": said.as_written if said else "",
        "role": said.role if said else "",
        "kind": who.kind if who else "none",
    }


def person_json(who: Speaker) -> dict[str, Any]:
    """What a hit says of somebody."""
    return {"id": who.id, "slug": who.slug, "name": who.name, "kind": who.kind}


def topic_json(term: TopicTerm) -> dict[str, Any]:
    """One topic."""
    return {"id": term.id, "label": term.label, "level": term.level}


def article_line(article: StoredArticle) -> dict[str, Any]:
    """What a hit says of its article."""
    return {
        "id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "author": article.author,
        "url": article.url,
        "published": article.published or None,
    }


def table_row(hit: Hit, noted: Mapping[str, str]) -> list[object]:
    """One record as a row under :data:`COLUMNS`, safe to open in a spreadsheet."""
    record, said, article = hit.record, hit.record.attribution, hit.article
    cells = [
        record.id, record.kind, record.quote_type, record.text, _passage(hit),
        *((hit.speaker.name, hit.speaker.slug, hit.speaker.kind) if hit.speaker else ("", "", "none" if said else "")),
        said.as_written if said else "", said.role if said else "", record.cue, said.confidence if said else "",
        "; ".join(term.label for term in hit.topics),
        article.outlet, article.author, article.published, article.title, article.url, article.id,
        *(noted[name] for name in COLUMNS[-4:]),
    ]  # fmt: skip
    return [_cell(cell) for cell in cells]


def _cell(value: object) -> object:
    """Text that a spreadsheet would take for a formula is marked as text."""
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA) else value

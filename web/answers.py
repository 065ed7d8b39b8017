"""Answers as JSON: the shapes of the API. Every answer says which generation and extractor it comes from, and when."""

from __future__ import annotations

from typing import Any

from search.engine import Facet, Hit, SearchResult, Stats
from search.records import KINDS, Speaker, StoredArticle, TopicTerm
from search.request import Asked
from web.address import segment
from web.confidence import band


def provenance(stats: Stats, now: str) -> dict[str, str]:
    """What makes an answer citable."""
    return {"generation": stats.generation, "extractor": stats.extractor, "answered_at": now}


def search_json(asked: Asked, result: SearchResult, hits: tuple[Hit, ...], stats: Stats, now: str) -> dict[str, Any]:
    """The answer of ``/api/v1/search``."""
    request, counts = asked.request, result.counts
    return {
        "query": {
            "q": asked.q,
            "read_as": asked.read_as,
            "filters": {name: list(values) for name, values in asked.filters.items()},
        },
        **provenance(stats, now),
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
        "start": record.start,
        "end": record.end,
        "highlights": [list(span) for span in hit.highlights],
        "speaker": _speaker_of(hit),
        "speakers": [_person(who) for who in hit.speakers],
        "mentions": [_person(who) for who in hit.mentions],
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
        "url": f"/quotes/{segment(record.id)}",
    }


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


def _person(who: Speaker) -> dict[str, Any]:
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


def article_json(article: StoredArticle, hits: tuple[Hit, ...]) -> dict[str, Any]:
    """One article with its records."""
    return {
        **article_line(article),
        "language": article.language,
        "genre": article.genre,
        "text": article.text,
        "topics": [{"id": topic.id, "score": topic.score, "origin": topic.origin} for topic in article.topics],
        "records": [hit_json(hit) for hit in hits],
    }


def speaker_json(who: Speaker) -> dict[str, Any]:
    """One speaker."""
    return {
        **_person(who),
        "aliases": list(who.aliases),
        "roles": [
            {"text": r.text, "first_day": r.first_day or None, "last_day": r.last_day or None, "articles": r.articles}
            for r in who.roles
        ],
        "quotes": who.quotes,
        "wikidata": who.wikidata or None,
        "url": f"/speakers/{segment(who.slug)}",
    }

"""Answers as JSON: the shapes of the API. Every answer says which generation and extractor it comes from, and when."""

from __future__ import annotations

from typing import Any

from search.engine import Hit, Stats
from search.records import Speaker, StoredArticle
from search.result_json import article_line, hit_json, person_json
from web.address import segment


def provenance(stats: Stats, now: str) -> dict[str, str]:
    """What makes an answer citable."""
    return {"generation": stats.generation, "extractor": stats.extractor, "answered_at": now}


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
        **person_json(who),
        "aliases": list(who.aliases),
        "roles": [
            {
                "text": r.text,
                "first_day": r.first_day or None,
                "last_day": r.last_day or None,
                "articles": r.articles,
                "article": r.article or None,
            }
            for r in who.roles
        ],
        "quotes": who.quotes,
        "wikidata": who.wikidata or None,
        "url": f"/speakers/{segment(who.slug)}",
    }

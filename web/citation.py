"""A quote as one cites it: a plain line, BibTeX, and schema.org JSON-LD. Each names the generation that answered."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from search.engine import Hit, Stats
from web.card import Card
from web.dates import readable
from web.text_fragment import original


@dataclass(frozen=True, slots=True)
class Citation:
    """One quote, three ways."""

    plain: str
    bibtex: str
    json_ld: str


def cite(hit: Hit, card: Card, stats: Stats, now: str) -> Citation:
    """Make the citations of a quote.

    Args:
        hit: The quote.
        card: The same, arranged: of reported speech its words include the cue.
        stats: What the index was when it answered.
        now: UTC time of the answer.
    """
    words = card.words.striptags() if card.in_marks else f"{card.lead} {card.words.striptags()}".strip()
    return Citation(_plain(hit, card, words, stats, now), _bibtex(hit, card, words, stats, now), _json_ld(hit, words))


def _plain(hit: Hit, card: Card, words: str, stats: Stats, now: str) -> str:
    article = hit.article
    said = f"{card.name}: “{words}”" if card.in_marks else f"{words.rstrip('.')} (reported speech of {card.name})"
    parts = [
        said + ("" if words.endswith((".", "!", "?")) and card.in_marks else "."),
        f"In: {article.author + ', ' if article.author else ''}“{article.title or 'untitled'}”,",
        f"{article.outlet or 'unknown outlet'}, {readable(article.published) or 'undated'}.",
    ]
    if article.url:
        parts.append(f"{article.url}.")
    parts.append(_found(hit, stats, now))
    return " ".join(parts)


def _found(hit: Hit, stats: Stats, now: str) -> str:
    return f"OnRecord {hit.record.id}, generation {stats.generation}, extractor {stats.extractor}, {now}."


def _bibtex(hit: Hit, card: Card, words: str, stats: Stats, now: str) -> str:
    article = hit.article
    fields = {
        "author": article.author or article.outlet,
        "title": article.title,
        "journal": article.outlet,
        "date": article.day,
        "url": article.url,
        "urldate": now[:10],
        "note": f"{card.name}: {words} [{card.type_label}]",
        "addendum": _found(hit, stats, now),
    }
    lines = ",\n".join(f"  {name} = {{{_tex(value)}}}" for name, value in fields.items() if value)
    return f"@article{{{hit.record.id},\n{lines}\n}}"


def _tex(text: str) -> str:
    escapes = {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "%": r"\%",
        "&": r"\&",
        "#": r"\#",
        "_": r"\_",
        "$": r"\$",
    }
    return "".join(escapes.get(character, character) for character in " ".join(text.split()))


def linked_data(hit: Hit, words: str) -> dict[str, Any]:
    """The quote as a schema.org ``Quotation`` in its ``NewsArticle``."""
    record, article = hit.record, hit.article
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Quotation",
        "identifier": record.id,
        "text": words,
    }
    if record.quote_type in ("indirect", "mixed"):
        data["disambiguatingDescription"] = "reported speech, in the words of the article"
    if hit.speaker and hit.speaker.kind != "unnamed":
        kind = "Organization" if hit.speaker.kind == "organisation" else "Person"
        data["spokenByCharacter"] = {"@type": kind, "name": hit.speaker.name}
        if hit.speaker.wikidata:
            data["spokenByCharacter"]["sameAs"] = f"https://www.wikidata.org/entity/{hit.speaker.wikidata}"
    news: dict[str, Any] = {"@type": "NewsArticle"}
    if article.title:
        news["headline"] = article.title
    if article.author:
        news["author"] = {"@type": "Person", "name": article.author}
    if article.outlet:
        news["publisher"] = {"@type": "Organization", "name": article.outlet}
    if article.published:
        news["datePublished"] = article.published
    if article.url:
        news["url"] = article.url
        data["url"] = original(article.url, article.text, record.start, record.end)
    data["isPartOf"] = news
    return {name: value for name, value in data.items() if value}


def _json_ld(hit: Hit, words: str) -> str:
    return json.dumps(linked_data(hit, words), ensure_ascii=False, indent=2)

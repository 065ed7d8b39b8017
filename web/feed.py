"""Any search as an Atom feed (RFC 4287), so that a saved search tells when something new is said, and why it fired."""

from __future__ import annotations

import re
from dataclasses import replace

from flask import Blueprint, Response, render_template, request
from markupsafe import escape

from search.engine import Hit, Sort
from search.request import build_request
from web import facet_view
from web.address import Address
from web.caching import passing
from web.card import Card, card_of
from web.search_page import page_request
from web.site import site

feeds = Blueprint("feed", __name__)

_ENTRIES = 50
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # Char of XML 1.0
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$")


@feeds.get("/feed.atom")
def feed() -> Response:
    """The newest records of a search. An undated article has no date here either: entries carry the time of indexing."""
    address = Address.of(request.args.items(multi=True))
    asked = build_request(address.pairs)
    wanted = replace(page_request(asked, address), sort=Sort.NEWEST, page=1, cursor="", per_page=_ENTRIES)
    engine = site().engine
    result = engine.search(wanted)
    if result.partial:
        passing()
    body = render_template(
        "feed.xml",
        q=asked.q,
        read_as=asked.read_as,
        result=result,
        entries=[(card_of(hit), _why(hit, asked.read_as)) for hit in engine.fetch(wanted, result)],
        chips=facet_view.chips_of(result.facets, address),
        updated=_instant,
        body=_body,
        root=request.url_root.rstrip("/"),
        page=address.top().href("/"),
        itself=request.full_path.rstrip("?"),
    )
    body = _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", body)
    return Response(body, mimetype="application/atom+xml")


def _instant(published: str) -> str:
    """The time of publication where the article gives one with its zone; a day alone is no instant."""
    found = _INSTANT.match(published)
    if not found:
        return ""
    return published if found.group(1) else f"{published[:16]}:00{published[16:]}"


def _body(card: Card) -> str:
    """The entry as HTML: the words, who said them, and the words around."""
    words = f"“{card.words}”" if card.in_marks else f"{escape(card.lead)} {card.words}"
    around = card.around
    cue = f" ({escape(card.cue)})" if card.in_marks and card.cue else ""
    return (
        f"<p>{escape(around.before)}</p><blockquote><p>{escape(around.head)}{words}{escape(around.tail)}</p></blockquote>"
        f"<p>{escape(around.after)}</p>"
        f"<p>{escape(card.name)}{', ' + escape(card.role) if card.role else ''}{cue}</p>"
    )


def _why(hit: Hit, read_as: str) -> str:
    """The words that made the feed fire."""
    found = dict.fromkeys(hit.record.text[start:end] for start, end in hit.highlights)
    if found:
        return f"Matches {read_as} by the words: {', '.join(found)}"
    return f"Matches {read_as}" if read_as != "*" else "Matches the filters of this feed"

"""The JSON API, version 1; described in openapi.json, errors in problems.py."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from search.questions import as_typed, read_again
from search.request import build_request
from search.result_json import hit_json, search_json
from web import answers
from web.address import segment
from web.caching import passing
from web.parameters import number, only, text
from web.site import site, utc_now

api = Blueprint("api", __name__)

_MOST = 200


@api.get("/api/v1/search")
def search() -> Response:
    """Records, facets and totals."""
    asked = build_request(request.args.items(multi=True))
    engine = site().engine
    result = engine.search(asked.request)
    if not result.counts.kinds.get("quote") and (meant := read_again(engine, asked.request, asked.q)):
        result = replace(result, suggestion=as_typed(meant))
    hits = engine.fetch(asked.request, result)
    if result.partial:
        passing()
    return jsonify(search_json(asked, result, hits, answers.provenance(site().stats(), utc_now())))


@api.get("/api/v1/suggest")
def suggest() -> Response:
    """Completions of what is typed so far."""
    only("q", "limit")
    found = site().engine.suggest(text("q"), number("limit", 8, 1, 50))
    listed = [{"kind": s.kind, "text": s.text, "query": s.query, "count": s.count} for s in found]
    return _answer({"suggestions": listed})


@api.get("/api/v1/quotes/<path:record_id>")
def quote(record_id: str) -> Response:
    """One record by id."""
    only()
    return _answer(hit_json(site().engine.record(record_id)))


@api.get("/api/v1/articles/<path:article_id>")
def article(article_id: str) -> Response:
    """One article with its text and records."""
    only()
    engine = site().engine
    return _answer(answers.article_json(engine.article(article_id), engine.article_records(article_id)))


@api.get("/api/v1/speakers")
def speakers() -> Response:
    """Speakers by name, most quoted first."""
    only("q", "page", "per_page")
    page, per_page = number("page", 1, 1, 1_000_000), number("per_page", 50, 1, _MOST)
    found = site().engine.speakers(text("q"), page, per_page)
    listed = [answers.speaker_json(who) for who in found.speakers]
    return _answer({"total": found.total, "page": page, "per_page": per_page, "speakers": listed})


@api.get("/api/v1/speakers/<slug>")
def speaker(slug: str) -> Response | AnyResponse:
    """One speaker by slug or id; an old slug leads on to the new one."""
    only()
    who = site().engine.speaker(slug)
    if slug in who.old_slugs and slug != who.slug:
        return redirect(f"/api/v1/speakers/{segment(who.slug)}", 301)
    return _answer(answers.speaker_json(who))


@api.get("/openapi.json")
def openapi() -> Response:
    """This API, described."""
    return jsonify(description())


@cache
def description() -> dict[str, Any]:
    """The OpenAPI 3.1 file."""
    content: dict[str, Any] = json.loads(resources.files("web").joinpath("openapi.json").read_text("utf-8"))
    return content


@api.get("/healthz")
def healthz() -> Response:
    """Whether a search would be answered, and from which generation."""
    return jsonify({"status": "ok", "generation": site().engine.generation()})


def _answer(body: dict[str, Any]) -> Response:
    return jsonify({**body, **answers.provenance(site().stats(), utc_now())})

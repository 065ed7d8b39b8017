"""What a browser may keep, how it asks whether that still holds, and what nobody may keep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search.engine import Engine, SearchRequest, SearchResult, open_engine
from web.app import create_app

KEPT = (
    "/",
    "/?q=budget",
    "/speakers",
    "/articles/budget",
    "/help",
    "/api/v1/search?q=budget",
    "/feed.atom",
    "/openapi.json",
)


class Counting:
    """An engine that counts searches and whose generation and completeness can be set."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.searches = 0
        self.name = ""
        self.partial = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def generation(self) -> str:
        return self.name or self._engine.generation()

    def search(self, request: SearchRequest) -> SearchResult:
        self.searches += 1
        return replace(self._engine.search(request), partial=self.partial)


@pytest.fixture
def counting(index: Path) -> Iterator[Counting]:
    engine = open_engine(str(index))
    yield Counting(engine)
    engine.close()


@pytest.fixture
def asked(counting: Counting) -> FlaskClient:
    return create_app(counting).test_client()


@pytest.mark.parametrize("address", KEPT)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_an_answer_that_still_holds_is_not_sent_again(asked: FlaskClient, address: str, method: str) -> None:
    first = asked.open(address, method=method)
    assert first.headers["Cache-Control"] == "no-cache"
    again = asked.open(address, method=method, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "Content-Security-Policy" in again.headers


def test_nothing_is_searched_for_an_answer_that_still_holds(asked: FlaskClient, counting: Counting) -> None:
    tag = asked.get("/?q=budget").headers["ETag"]
    before = counting.searches
    asked.get("/?q=budget", headers={"If-None-Match": tag})
    assert counting.searches == before


def test_a_new_generation_is_a_new_answer(asked: FlaskClient, counting: Counting) -> None:
    tag = asked.get("/?q=budget").headers["ETag"]
    counting.name = "another"
    again = asked.get("/?q=budget", headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert again.headers["ETag"] != tag


def test_the_tag_of_one_address_says_nothing_of_another(asked: FlaskClient) -> None:
    tags = {asked.get(address).headers["ETag"] for address in KEPT}
    assert len(tags) == len(KEPT)
    assert asked.get("/?q=harbour", headers={"If-None-Match": tags.pop()}).status_code == 200


@pytest.mark.parametrize("address", ["/nowhere", "/quotes/none", "/?page=0", "/api/v1/search?bogus=1"])
def test_an_error_is_never_kept(asked: FlaskClient, address: str) -> None:
    answer = asked.get(address, headers={"If-None-Match": "*"})
    assert answer.status_code in (400, 404)
    assert "ETag" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("address", ["/healthz", "/api/v1/export.csv", "/api/v1/export.jsonl?q=budget"])
def test_health_and_exports_are_always_fresh(asked: FlaskClient, address: str) -> None:
    answer = asked.get(address)
    assert answer.status_code == 200
    assert "ETag" not in answer.headers


@pytest.mark.parametrize("address", ["/?q=budget", "/api/v1/search?q=budget", "/feed.atom?q=budget"])
def test_an_answer_that_lacks_something_is_not_kept(asked: FlaskClient, counting: Counting, address: str) -> None:
    counting.partial = True
    assert "ETag" not in asked.get(address).headers


def test_files_are_kept_for_good_where_their_address_tells_their_content(app: Flask, client: FlaskClient) -> None:
    address = app.jinja_env.globals["asset"]("onrecord.css")  # type: ignore[operator]
    with client.get(address) as marked, client.get("/static/onrecord.css") as plain:
        assert marked.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "immutable" not in plain.headers["Cache-Control"]
        tag = plain.headers["ETag"]
    with client.get("/static/onrecord.css", headers={"If-None-Match": tag}) as again:
        assert again.status_code == 304


def test_packing_keeps_the_tag(asked: FlaskClient) -> None:
    packed = asked.get("/?q=budget", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    again = asked.get("/?q=budget", headers={"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]})
    assert again.status_code == 304

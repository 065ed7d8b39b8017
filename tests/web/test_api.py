"""The JSON API held against its own description, its arithmetic, and its errors."""

from __future__ import annotations

import codecs
import csv
import io
import json
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from search.records import FACETS
from search.request import PARAMETERS

ODD = quote("https://odd.example/a//b?c=d", safe="")

ANSWERS = {
    "/api/v1/search": ("", "q=budget", "q=harbour&speaker=orla-venn&kind=quote&fold=true", "not.outlet=Saltmarsh+Wire&facet=none",
                       "from=2024-01-01&to=2024-12-31", "min_confidence=0.9", "q=zzzz", "topic=medtop:11000000&sort=oldest"),
    "/api/v1/suggest": ("q=or", "q=bud", "q=", "q=we&limit=1"),
    "/api/v1/speakers": ("", "q=ven", "q=nobody", "page=2&per_page=1"),
    "/healthz": ("",),
    "/openapi.json": ("",),
}  # fmt: skip
PATHS = {
    "/api/v1/quotes/{id}": ("q-budget-0", "q-storm-0", "p-budget", "q-storm-1"),
    "/api/v1/articles/{id}": ("budget", "storm", ODD),
    "/api/v1/speakers/{slug}": ("orla-venn", "s0", "officials"),
}


@pytest.fixture(scope="module")
def description(app: Flask) -> dict[str, Any]:
    return app.test_client().get("/openapi.json").get_json()


def schema_of(
    description: dict[str, Any], path: str, mime: str = "application/json", status: str = "200"
) -> dict[str, Any]:
    answer = description["paths"][path]["get"]["responses"][status]
    if "$ref" in answer:
        answer = description["components"]["responses"][answer["$ref"].rsplit("/", 1)[1]]
    return {**answer["content"][mime]["schema"], "components": description["components"]}


def test_the_description_is_sound_openapi(description: dict[str, Any]) -> None:
    validate(description)
    assert description["openapi"].startswith("3.1")


def test_the_description_names_every_address_and_no_other(app: Flask, description: dict[str, Any]) -> None:
    rules = {rule.rule.replace("<path:record_id>", "{id}").replace("<path:article_id>", "{id}").replace("<slug>", "{slug}")
             for rule in app.url_map.iter_rules() if rule.rule.startswith(("/api", "/feed", "/open", "/healthz"))}  # fmt: skip
    rules = {rule for rule in rules if "<kind>" not in rule and rule != "/opensearch.xml"}
    assert rules | {"/api/v1/export.csv", "/api/v1/export.jsonl"} == set(description["paths"])


def test_the_description_names_every_parameter_and_no_other(description: dict[str, Any]) -> None:
    for path in ("/api/v1/search", "/api/v1/export.csv", "/api/v1/export.jsonl", "/feed.atom"):
        refs = description["paths"][path]["get"]["parameters"]
        names = [description["components"]["parameters"][ref["$ref"].rsplit("/", 1)[1]]["name"] for ref in refs]
        assert sorted(names) == sorted(PARAMETERS)


@pytest.mark.parametrize(("path", "query"), [(path, query) for path, queries in ANSWERS.items() for query in queries])
def test_answers_are_as_described(client: FlaskClient, description: dict[str, Any], path: str, query: str) -> None:
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 200
    Draft202012Validator(schema_of(description, path)).validate(answer.get_json())


@pytest.mark.parametrize(("path", "key"), [(path, key) for path, keys in PATHS.items() for key in keys])
def test_things_by_id_are_as_described(client: FlaskClient, description: dict[str, Any], path: str, key: str) -> None:
    answer = client.get(path.split("{")[0] + key)
    assert answer.status_code == 200
    Draft202012Validator(schema_of(description, path)).validate(answer.get_json())


PROBLEMS = [
    ("/api/v1/search", "/api/v1/search?bogus=1", 400, "bad-request"),
    ("/api/v1/search", "/api/v1/search?page=0", 400, "bad-request"),
    ("/api/v1/search", "/api/v1/search?sort=best", 400, "bad-request"),
    ("/api/v1/search", "/api/v1/search?from=yesterday", 400, "bad-request"),
    ("/api/v1/search", "/api/v1/search?facet=colour", 400, "bad-request"),
    ("/api/v1/search", "/api/v1/search?kind=tweet", 400, "bad-request"),
    ("/api/v1/search", "/api/v1/search?cursor=%00nonsense", 400, "cursor"),
    ("/api/v1/search", "/api/v1/search?q=" + "x" * 3000, 400, "query-syntax"),
    ("/api/v1/suggest", "/api/v1/suggest?limit=-1", 400, "bad-request"),
    ("/api/v1/suggest", "/api/v1/suggest?quantity=1", 400, "bad-request"),
    ("/api/v1/speakers", "/api/v1/speakers?per_page=1e9", 400, "bad-request"),
    ("/api/v1/quotes/{id}", "/api/v1/quotes/q-budget-0?pretty=1", 400, "bad-request"),
    ("/api/v1/quotes/{id}", "/api/v1/quotes/none", 404, "not-found"),
    ("/api/v1/articles/{id}", "/api/v1/articles/none", 404, "not-found"),
    ("/api/v1/speakers/{slug}", "/api/v1/speakers/none", 404, "not-found"),
    ("/api/v1/export.csv", "/api/v1/export.csv?bogus=1", 400, "bad-request"),
    ("/feed.atom", "/feed.atom?bogus=1", 400, "bad-request"),
    ("/api/v1/quotes/{id}", "/api/v1/nothing/here", 404, "not-found"),
    ("/api/v1/quotes/{id}", "/api/v1/export.pdf", 404, "not-found"),
]


@pytest.mark.parametrize(("path", "address", "status", "slug"), PROBLEMS)
def test_every_error_has_one_shape(
    client: FlaskClient, description: dict[str, Any], path: str, address: str, status: int, slug: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    problem = answer.get_json()
    Draft202012Validator(schema_of(description, path, "application/problem+json", str(status))).validate(problem)
    assert problem["type"] == f"urn:onrecord:problem:{slug}"
    assert problem["status"] == status
    assert ("position" in problem) == (slug == "query-syntax")


def test_other_methods_are_refused(client: FlaskClient) -> None:
    answer = client.post("/api/v1/search", data={"q": "x"})
    assert answer.status_code == 405
    assert answer.mimetype == "application/problem+json"
    assert "GET" in answer.headers["Allow"]


def test_kinds_sum_to_total_and_siblings_keep_their_counts(client: FlaskClient) -> None:
    free = client.get("/api/v1/search?q=harbour").get_json()
    assert free["total"] == free["counts"]["quote"] + free["counts"]["paragraph"]
    assert set(free["facets"]) == set(FACETS)
    chosen = client.get("/api/v1/search?q=harbour&outlet=Saltmarsh+Wire").get_json()
    before = {value["value"]: value["count"] for value in free["facets"]["outlet"]}
    assert {value["value"]: value["count"] for value in chosen["facets"]["outlet"]} == before
    assert [value["value"] for value in chosen["facets"]["outlet"] if value["selected"]] == ["Saltmarsh Wire"]
    assert chosen["total"] == before["Saltmarsh Wire"]


def test_a_question_is_answered_as_it_stands_with_a_suggestion(client: FlaskClient) -> None:
    asked = client.get("/api/v1/search?q=What+did+Orla+Venn+say+about+the+harbour?").get_json()
    assert (asked["total"], asked["suggestion"]) == (0, 'speaker:"Orla Venn" harbour')
    assert asked["query"]["read_as"].startswith("What AND did")
    assert client.get("/api/v1/search", query_string={"q": asked["suggestion"]}).get_json()["total"] > 0
    assert client.get("/api/v1/search?q=harbour").get_json()["suggestion"] is None


def test_excluding_is_the_complement(client: FlaskClient) -> None:
    total = client.get("/api/v1/search").get_json()["total"]
    chosen = client.get("/api/v1/search?speaker=orla-venn").get_json()["total"]
    rest = client.get("/api/v1/search?not.speaker=orla-venn").get_json()["total"]
    assert chosen > 0
    assert chosen + rest == total


def test_what_is_left_out_is_said(client: FlaskClient) -> None:
    dated = client.get("/api/v1/search?from=2000-01-01").get_json()
    assert dated["undated_left_out"] == 3
    sure = client.get("/api/v1/search?min_confidence=0.9").get_json()
    assert sure["uncertain_left_out"] > 0


def test_cursor_leads_through_everything_once(client: FlaskClient) -> None:
    seen, cursor = [], ""
    while cursor is not None:
        page = client.get(f"/api/v1/search?per_page=2&sort=newest&cursor={quote(cursor)}").get_json()
        seen += [hit["id"] for hit in page["hits"]]
        cursor = page["next"]
    assert len(seen) == len(set(seen)) == client.get("/api/v1/search").get_json()["total"]


def test_exports_stream_every_match_with_its_provenance(client: FlaskClient, description: dict[str, Any]) -> None:
    total = client.get("/api/v1/search?q=budget").get_json()["total"]
    answer = client.get("/api/v1/export.jsonl?q=budget")
    lines = [json.loads(line) for line in answer.get_data(as_text=True).splitlines()]
    assert len(lines) == total > 0
    validator = Draft202012Validator(schema_of(description, "/api/v1/export.jsonl", "application/jsonl"))
    for line in lines:
        validator.validate(line)
        assert line["read_as"] == "budget"
    table = client.get("/api/v1/export.csv?q=budget")
    rows = list(csv.DictReader(io.StringIO(table.data.decode("utf-8-sig"), newline="")))
    assert [row["id"] for row in rows] == [line["id"] for line in lines]
    assert {row["extractor"] for row in rows} == {"test-1"}
    assert table.headers["OnRecord-Generation"] == rows[0]["generation"]


def test_a_table_is_read_as_utf_8_by_a_spreadsheet(client: FlaskClient) -> None:
    content = client.get("/api/v1/export.csv?q=rief OR repairs").data
    assert content.startswith(codecs.BOM_UTF8 + b"id,")
    assert content.count(codecs.BOM_UTF8) == 1
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert {(row["speaker"], row["speaker_kind"]) for row in rows if row["kind"] == "quote"} == {
        ("Officials", "unnamed")
    }
    assert any("Jürgen Weiß" in row["text"] for row in rows)


def test_facets_tell_who_has_no_name(client: FlaskClient) -> None:
    facets = client.get("/api/v1/search?kind=quote").get_json()["facets"]
    kinds = {value["label"]: value["kind"] for value in facets["speaker"]}
    assert (kinds["Orla Venn"], kinds["Officials"]) == ("person", "unnamed")
    assert all("kind" not in value for value in facets["outlet"])


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_an_export_never_parts_reported_speech_from_its_cue(client: FlaskClient, kind: str) -> None:
    content = client.get(f"/api/v1/export.{kind}?cue=deny").data.decode("utf-8-sig")
    rows = (
        list(csv.DictReader(io.StringIO(content, newline="")))
        if kind == "csv"
        else [json.loads(line) for line in content.splitlines()]
    )
    assert {row["passage"] for row in rows} == {
        "She denied that the council had known of the deficit.",
        "Mayor Orla Venn again denied that her council had known of the deficit.",
    }


def test_old_slug_leads_to_the_new_one(client: FlaskClient) -> None:
    answer = client.get("/api/v1/speakers/o-venn")
    assert answer.status_code == 301
    assert answer.headers["Location"] == "/api/v1/speakers/orla-venn"

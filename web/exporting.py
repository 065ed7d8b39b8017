"""All matches of a search as a stream of CSV or JSON lines: one generation throughout, in bounded memory."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator

from flask import Blueprint, Response, request

from search.engine import Hit
from search.errors import NotFoundError
from search.request import Asked, build_request
from search.result_json import COLUMNS, TABLE_MARK, hit_json, table_row
from web import answers
from web.site import site, utc_now

exports = Blueprint("export", __name__)


@exports.get("/api/v1/export.<kind>")
def export(kind: str) -> Response:
    """Every match, however many; the parameters are those of the search."""
    if kind not in ("csv", "jsonl"):
        raise NotFoundError("export format", kind)
    asked = build_request(request.args.items(multi=True))
    stats = site().stats()
    noted = {**answers.provenance(stats, utc_now()), "read_as": asked.read_as}
    hits = site().engine.stream(asked.request)
    lines: Callable[[Iterator[Hit], dict[str, str]], Iterator[str]] = _csv if kind == "csv" else _jsonl
    response = Response(lines(hits, noted), mimetype="text/csv" if kind == "csv" else "application/jsonl")
    response.headers["Content-Disposition"] = f'attachment; filename="onrecord-{stats.generation}.{kind}"'
    for name, value in _headers(asked, noted).items():
        response.headers[name] = value
    return response


def _headers(asked: Asked, noted: dict[str, str]) -> dict[str, str]:
    return {
        "OnRecord-Generation": noted["generation"],
        "OnRecord-Extractor": noted["extractor"],
        "OnRecord-Answered-At": noted["answered_at"],
        "OnRecord-Read-As": json.dumps(asked.read_as),  # ASCII, whatever was typed
    }


def _jsonl(hits: Iterator[Hit], noted: dict[str, str]) -> Iterator[str]:
    for hit in hits:
        yield json.dumps({**hit_json(hit), **noted}, ensure_ascii=False) + "\n"


def _csv(hits: Iterator[Hit], noted: dict[str, str]) -> Iterator[str]:
    buffer = io.StringIO()
    buffer.write(TABLE_MARK)
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    for hit in hits:
        writer.writerow(table_row(hit, noted))
        if buffer.tell() > 1 << 15:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> str:
    content = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return content

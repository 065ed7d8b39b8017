"""Errors as answers: one table from error class to status; problem+json (RFC 9457) for programs, a page for people."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from search.errors import (
    BadRequestError,
    ConfigurationError,
    NotFoundError,
    OnRecordError,
    QuerySyntaxError,
    SearchIndexError,
)

problems = Blueprint("problems", __name__)

STATUS: tuple[tuple[type[OnRecordError], int], ...] = (
    (ConfigurationError, 400),
    (BadRequestError, 400),
    (NotFoundError, 404),
    (SearchIndexError, 503),
)
TITLES = {
    "configuration": "A setting cannot be used",
    "bad-request": "The search cannot be run as asked",
    "query-syntax": "The query cannot be read",
    "cursor": "The paging cursor does not fit",
    "not-found": "Not found",
    "index": "The index cannot be used",
    "index-missing": "There is no index yet",
    "index-locked": "The index is being written",
    "index-damaged": "The index is damaged",
    "index-version": "The index has another format",
    "engine-unavailable": "The search cluster does not answer",
    "method-not-allowed": "This address only answers GET",
    "internal": "Something went wrong here",
}
_FOR_PROGRAMS = ("/api/", "/feed.atom", "/openapi.json", "/healthz")


def status_of(error: OnRecordError) -> int:
    """HTTP status of an expected failure."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), 500)


@problems.app_errorhandler(OnRecordError)
def expected(error: OnRecordError) -> Response:
    """An error that OnRecord raised on purpose."""
    extra: dict[str, Any] = {"position": error.position} if isinstance(error, QuerySyntaxError) else {}
    if error.remedy:
        extra["remedy"] = error.remedy
    answer = _answer(error.slug, status_of(error), error.happened, error.remedy, extra)
    if answer.status_code == 503:
        answer.headers["Retry-After"] = "5"
    return answer


@problems.app_errorhandler(HTTPException)
def of_http(error: HTTPException) -> Response:
    """An error that the framework raised: no such address, wrong method, a request it cannot read."""
    status = error.code or 500
    if status < 400:
        return Response(status=status, headers=error.get_headers())
    slugs = {400: "bad-request", 404: "not-found", 405: "method-not-allowed"}
    detail = f"there is nothing at {request.path}" if status == 404 else error.description or error.name
    answer = _answer(
        slugs.get(status, "http"), status, detail, "start from the search page" if status == 404 else "", {}
    )
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            answer.headers[name] = value
    return answer


@problems.app_errorhandler(Exception)
def unexpected(error: Exception) -> Response:
    """A fault of ours: logged in full, told in one sentence."""
    current_app.logger.error("unexpected error at %s", request.path, exc_info=error)
    return _answer("internal", 500, "an unexpected error; the server's log has the details", "", {})


def _answer(slug: str, status: int, detail: str, remedy: str, extra: dict[str, Any]) -> Response:
    title = TITLES.get(slug, "The request failed")
    if request.path.startswith(_FOR_PROGRAMS):
        body = {"type": f"urn:onrecord:problem:{slug}", "title": title, "status": status, "detail": detail, **extra}
        answer = jsonify(body)
        answer.mimetype = "application/problem+json"
    else:
        answer = Response(render_template("error.html", title=title, status=status, detail=detail, remedy=remedy))
        answer.mimetype = "text/html"
    answer.status_code = status
    return answer

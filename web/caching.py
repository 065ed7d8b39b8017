"""Answers that may be kept: as long as the collection is the same, the same address gives the same answer.

A page or an API answer carries an ETag made of its address, the generation and this version of the site; a browser that
asks again is told "304 Not Modified" before anything is searched. What it then shows says when it was answered, which stays
true. Files of the site whose address holds a mark of their content may be kept for good.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from flask import Flask, Response, g, request

from search.errors import OnRecordError
from web.site import site

_NEVER = ("healthz", "export", "problems")
_FOR_GOOD = 365 * 24 * 3600


def keep(app: Flask) -> None:
    """Send ETags, and answer 304 where the asker has the answer already."""

    @app.before_request
    def unchanged() -> Response | None:
        if not _may_be_kept():
            return None
        try:
            g.etag = _etag()
        except OnRecordError:  # no index, or no cluster: the view says so
            return None
        held = request.if_none_match
        if not held.star_tag and held.contains_weak(g.etag):
            return _marked(Response(status=304))
        return None

    @app.after_request
    def note(response: Response) -> Response:
        if request.endpoint == "static":
            _keep_file(response)
        elif response.status_code == 200 and "etag" in g and not g.get("passing"):
            _marked(response)
        elif response.status_code != 304:
            response.headers.setdefault("Cache-Control", "no-store" if response.status_code >= 500 else "no-cache")
        return response


def passing() -> None:
    """The answer being made holds for this moment only: it lacks a part that did not come in time."""
    g.passing = True


def _may_be_kept() -> bool:
    endpoint = (request.endpoint or "problems").partition(".")
    return request.method in ("GET", "HEAD") and endpoint[2] not in _NEVER and endpoint[0] not in (*_NEVER, "static")


def _etag() -> str:
    seen = f"{request.full_path}|{request.host_url}|{site().generation()}|{version()}"
    return hashlib.sha256(seen.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _marked(response: Response) -> Response:
    response.set_etag(g.etag, weak=True)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _keep_file(response: Response) -> None:
    if "v" in request.args and response.status_code in (200, 304):
        response.headers["Cache-Control"] = f"public, max-age={_FOR_GOOD}, immutable"
        response.headers.pop("Expires", None)


@cache
def version() -> str:
    """Changes with every file of the site and of what it shows: code, templates, style."""
    digest = hashlib.sha256()
    for name, content in sorted(_files(resources.files("search"), "") + _files(resources.files("web"), "")):
        digest.update(f"{name}\0".encode() + content)
    return digest.hexdigest()[:12]


def _files(folder: Traversable, path: str) -> list[tuple[str, bytes]]:
    found = []
    for item in folder.iterdir():
        name = f"{path}/{item.name}"
        if item.is_dir():
            found += [] if item.name == "__pycache__" else _files(item, name)
        elif not item.name.endswith(".pyc"):
            found.append((name, item.read_bytes()))
    return found

"""Answers go out gzipped where the browser takes it; files of the site are packed once and kept."""

from __future__ import annotations

import gzip
from functools import lru_cache

from flask import Flask, Response, request

_PACKED = ("text/", "application/json", "application/problem+json", "application/atom+xml", "image/svg+xml")
_SMALLEST = 600  # below this the header costs more than packing saves


def compress(app: Flask) -> None:
    """Pack every text answer that is not a stream."""

    @app.after_request
    def pack(response: Response) -> Response:
        if not (response.mimetype or "").startswith(_PACKED) or "Content-Encoding" in response.headers:
            return response
        response.vary.add("Accept-Encoding")
        if request.accept_encodings.quality("gzip") <= 0 or request.method == "HEAD" or response.status_code == 304:
            return response
        if request.endpoint == "static":
            response.direct_passthrough = False
            content = _packed_once(response.get_data())
        elif response.is_streamed:
            return response
        else:
            content = response.get_data()
            if len(content) < _SMALLEST:
                return response
            content = gzip.compress(content, compresslevel=3, mtime=0)
        response.set_data(content)
        response.headers["Content-Encoding"] = "gzip"
        if etag := response.headers.pop("ETag", None):
            response.headers["ETag"] = etag if etag.startswith("W/") else f"W/{etag}"
        return response


@lru_cache(maxsize=32)
def _packed_once(content: bytes) -> bytes:
    return gzip.compress(content, compresslevel=9, mtime=0)

"""Links into the original page at the very words (``#:~:text=``, URL Fragment Text Directives of the WICG)."""

from __future__ import annotations

import re
from urllib.parse import quote

_WHOLE = 12  # words; longer passages are named by their first and last words
_ENDS = 5
_WORD = re.compile(r"\S+")


def original(url: str, text: str, start: int, end: int) -> str:
    """Address of the passage in the article as published, or empty when the article has none that can be followed."""
    if not url.startswith(("http://", "https://")):
        return ""
    passage = text[start:end].strip()
    base, _, fragment = url.partition("#")
    if not passage:
        return url
    words = _WORD.findall(passage)
    if len(words) <= _WHOLE and "\n" not in passage:
        directive = _encoded(" ".join(words))
    else:
        directive = f"{_encoded(' '.join(words[:_ENDS]))},{_encoded(' '.join(words[-_ENDS:]))}"
    return f"{base}#{fragment}:~:text={directive}"


def _encoded(words: str) -> str:
    """Percent-encoded, with the three characters that mean something in a directive."""
    return quote(words, safe="").replace("-", "%2D")

"""Whether a text is English, told by its function words; the extractor's rules and lexicons are English."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(
    "the of and to in a that is was for on with he it as at by his from be are this have has said not".split()
)
_LEAST_WORDS = 8
_LEAST_SHARE = 0.18
_LOOK_AT = 4000


def guess_language(text: str) -> str:
    """Return ``en`` when a good share of the first words are English function words, else an empty string (unknown)."""
    words = _WORD.findall(text[:_LOOK_AT])
    share = sum(map(_ENGLISH.__contains__, map(str.lower, words))) / max(len(words), 1)
    return "en" if len(words) >= _LEAST_WORDS and share >= _LEAST_SHARE else ""

"""Words of names and labels: without case and diacritics."""

from __future__ import annotations

import re
import unicodedata

from nltk.stem.snowball import SnowballStemmer

_WORD = re.compile(r"\w+")


def words_of(text: str) -> list[str]:
    """The folded words of a text, in order."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(c for c in decomposed if not unicodedata.combining(c)))


_STEMMER = SnowballStemmer("english")


def stem_of(word: str) -> str:
    """The stem of a folded word (Porter2)."""
    return str(_STEMMER.stem(word))

"""Names as words: folding across scripts, and a person's name taken apart."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_APOSTROPHE = re.compile(r"['’ʼʻ`´]")
_DETERMINER = re.compile(r"^(?:the|a|an|some|several|many|other|two|three|these|those|its|their|his|her)\s+")


@lru_cache(maxsize=1 << 17)
def fold(name: str) -> str:
    """A name without case, diacritics, script or punctuation: words of ``a-z0-9`` with one space between."""
    plain = anyascii(unicodedata.normalize("NFKC", name))
    return _NOT_WORD.sub(" ", _APOSTROPHE.sub("", plain).lower()).strip()


def fold_unnamed(words: str) -> str:
    """An unnamed speaker's words without what varies: case, article, number of spaces."""
    folded = fold(words)
    return _DETERMINER.sub("", folded) or folded


def slug_of(name: str) -> str:
    """The name as it stands in an address; never empty."""
    return fold(name).replace(" ", "-")[:60].strip("-") or "speaker"


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name taken apart, all folded.

    Attributes:
        given: First names and initials, in order; empty for a bare surname.
        surname: Last name with its particles ("van der berg").
        suffix: ``jr``, ``sr``, ``ii`` ... or empty.
    """

    given: tuple[str, ...]
    surname: str
    suffix: str = ""


_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md", "esq", "mp", "qc", "kc", "obe", "mbe", "cbe"})
_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
_PARTICLES = frozenset(
    "al bin ibn abu abd da das de del della der den di do dos du e el la las le los mac mc of san santa st saint"
    " ten ter van von vom zu zum zur y".split()
)
_LEADING = frozenset("de del della der des di do dos du la las le los van von".split())
"""Particles that are nobody's first name: what begins with one is a surname, or no person ("de Brisande")."""

_ARTICLES = frozenset({"al", "el", "ul"})
"""The Arabic article, which may be written or not ("al-Sayed", "el-Sayed", "Sayed")."""

_TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame lord lady baron baroness rev reverend fr father sister brother hon"
    " honourable honorable sen senator rep representative gov governor president vice premier chancellor minister"
    " secretary ambassador general gen colonel col lieutenant lt captain capt major maj sergeant sgt corporal admiral"
    " judge justice sheriff mayor councillor councilman councilwoman congressman congresswoman king queen prince"
    " princess emperor sheikh sheik imam rabbi pope cardinal bishop archbishop detective inspector superintendent"
    " constable officer chief coach ayatollah commissioner spokesman spokeswoman spokesperson".split()
)
_BEFORE_NAMES = frozenset(
    "elect designate former ex actor actress singer rapper author novelist historian journalist reporter podcaster editor"
    " director producer activist engineer scientist physicist economist attorney lawyer lawmaker businessman"
    " businesswoman entrepreneur billionaire candidate nominee incumbent democrat republican libertarian footballer"
    " striker goalkeeper captain champion grandmaster chairman chairwoman chairperson ceo founder leader deputy acting"
    " interim lead longtime first lady administrator prosecutor researcher doctor nurse teacher farmer resident"
    " congressional presidential defending co developer writer creator host sayyid hajji hajj maulana mullah mawlana".split()
)


@lru_cache(maxsize=1 << 17)
def person_name(name: str) -> PersonName:
    """Take a person's name apart. "Surname, Given" is understood; titles before and letters after the name are dropped."""
    head, comma, tail = name.partition(",")
    folded_tail = fold(tail).split()
    if comma and folded_tail and not set(folded_tail) <= _SUFFIXES:
        words = [*folded_tail, *fold(head).split()] if len(fold(head).split()) <= 2 else fold(head).split()
    else:
        words = [*fold(head).split(), *folded_tail]
    suffix = ""
    while len(words) > 1 and words[-1] in _SUFFIXES:
        last = words.pop()
        suffix = last if last in _GENERATIONS else suffix
    while len(words) > 1 and (words[0] in _TITLES or (len(words) > 2 and words[0].removesuffix("s") in _TITLES)):
        words.pop(0)
    while len(words) > 2 and words[0] in _BEFORE_NAMES:
        words.pop(0)
    titled = [at for at in range(1, len(words) - 2) if words[at] in _TITLES]
    words = words[titled[-1] + 1 :] if titled else words  # "Aldmoor County Sheriff Ann Lee"
    if not words:
        return PersonName((), fold(name) or name.strip(), "")
    first = len(words) - 1
    while first > 1 and words[first - 1] in _PARTICLES:
        first -= 1
    if words[0] in _LEADING:
        first = 0
    if first and words[first] in _ARTICLES and first < len(words) - 1:
        words.pop(first)
    return PersonName(tuple(words[:first]), " ".join(words[first:]), suffix)

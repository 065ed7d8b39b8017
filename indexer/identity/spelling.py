"""When two words are one name written in two ways: transliteration, doubled letters, slips, short forms.

:func:`sound` maps what romanisations disagree about to one letter (``Guzman`` and ``Gusman``, ``Yulia`` and ``Julia``,
``Zelensky`` and ``Zelenskiy``); :func:`skeleton` drops the vowels besides (``Mohammed``, ``Muhammad``). The rules are those by
which the common romanisations of Cyrillic, Arabic and Persian names (BGN/PCGN, ISO 9, ALA-LC, press usage) differ.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

from rapidfuzz.distance import DamerauLevenshtein

_STEPS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"shch|sch|sj", "sh"),
        (r"tsch|tch|tj", "ch"),
        (r"kh|gh(?!t)", "h"),
        (r"dzh|dj|zh", "j"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"dh", "d"),
        (r"ck|q", "k"),
        (r"c(?!h)", "k"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"z", "s"),
        (r"[yj]", "i"),
        (r"oo|ou", "u"),
        (r"ae|oe", "e"),
        (r"(.)\1+", r"\1"),
        (r"(?<=.)i(?=[aeou])", ""),
        (r"(?<=[aeou])i", ""),
    )
)
_NONE: frozenset[str] = frozenset()
_VOWEL = re.compile(r"(?<=.)[aeiou]")
_ENDING = re.compile(r"(?:i?(?:ov|ev|in)a?|aya|aia|a)$")


@lru_cache(maxsize=1 << 17)
def sound(word: str) -> str:
    """A folded word as most romanisations would agree on it."""
    for pattern, replacement in _STEPS:
        word = pattern.sub(replacement, word)
    return word


@lru_cache(maxsize=1 << 17)
def skeleton(word: str) -> str:
    """First letter and consonants of the :func:`sound`."""
    return _VOWEL.sub("", sound(word))


@lru_cache(maxsize=1 << 16)
def alike(one: str, other: str) -> bool:
    """Whether two folded words are plausibly one name in two spellings; never where only a gendered ending differs."""
    if one == other:
        return True
    if len(one) < 3 or len(other) < 3 or one.endswith("a") != other.endswith("a"):
        return False
    return _near(one, other) and not _gender_only(one, other)


def _near(one: str, other: str) -> bool:
    """Whether two words sound alike, or nearly so."""
    if sound(one) == sound(other):
        return True
    longest = max(len(one), len(other))
    if skeleton(one) == skeleton(other):
        return DamerauLevenshtein.distance(sound(one), sound(other), score_cutoff=3) <= 1 + (longest >= 7)
    return longest >= 7 and one[0] == other[0] and DamerauLevenshtein.distance(one, other, score_cutoff=2) <= 1


@lru_cache(maxsize=1 << 16)
def same_given(one: str, other: str) -> bool:
    """Whether two folded first names can be one person's: equal, two spellings, or a short form of the other."""
    short, full = (one, other) if len(one) <= len(other) else (other, one)
    return one == other or shortens(short, full) or short in full_forms(full) or alike(one, other)


@lru_cache(maxsize=1 << 16)
def beginnings(word: str) -> frozenset[str]:
    """First letters that two first names have one of in common wherever :func:`same_given` holds of them."""
    return frozenset((word[:1], sound(word)[:1], *(full[0] for full in full_forms(word))))


def shortens(short: str, full: str) -> bool:
    """Whether one first name is a usual short form of the other (``bill`` of ``william``, ``mitch`` of ``mitchell``)."""
    if full in full_forms(short):
        return True
    return 3 <= len(short) < len(full) - 1 and full.startswith(short) and not _gender_only(short, full)


def full_forms(short: str) -> frozenset[str]:
    """The first names that a folded word is a usual short form of."""
    return _short_forms().get(short, _NONE)


def _gender_only(one: str, other: str) -> bool:
    """Whether the two differ in a feminine ending alone, as ``rezai`` and ``rezaieva``, ``carl`` and ``carla`` do."""
    if one.endswith("a") != other.endswith("a"):
        return _stem(one) == _stem(other)
    short, full = sorted((one, other), key=len)
    return full in (short + "e", short + "ne", short + "le", short + "te")


def _stem(word: str) -> str:
    return _ENDING.sub("", word).rstrip("aeiouy")


@cache
def _short_forms() -> dict[str, frozenset[str]]:
    forms: dict[str, set[str]] = {}
    for line in files("indexer").joinpath("data/short_names.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            full, _, shorts = line.partition("\t")
            for short in shorts.split():
                forms.setdefault(short, set()).add(full)
    return {short: frozenset(fulls) for short, fulls in forms.items()}

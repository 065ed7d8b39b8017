"""Page furniture: bylines, date lines, footers, captions; what stands in the text but is not its news."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from indexer.readers.dates import parse_published

LONGEST_FURNITURE = 400
"""Characters of the longest paragraph that can be furniture."""

_LONGEST_BYLINE = 120
_LONGEST_HEADLINE = 180
_TOP_LINES = 8

_NAME = r"[^\W\d_a-z][\w.'’-]*"
_BYLINE = re.compile(
    r"(?:(?:[Ww]ritten|[Rr]eported|[Ww]ords|[Ss]tory|[Tt]ext|[Aa]nalysis|[Ii]nterview) )?(?:[Bb]y|BY):? +"
    rf"(?P<author>{_NAME}(?: +(?:{_NAME}|d[aeiu]|v[ao]n|de[rln]?|bin|al|el|la|le|and|&))*(?:, {_NAME}(?: {_NAME}){{1,3}}(?= and |,))*)"
    r"(?P<rest>\s*(?:[,|/•·–—-]|\bfor\b|\bin\b)\s*[^.!?\"“”]{0,70})?\.?$"
)
_LABELLED = re.compile(
    r"(?P<label>published|posted|date|first published|updated|outlet|publisher|source|url|link)\s*(?::|on\b)\s*(?P<value>\S.{0,300})$",
    re.IGNORECASE,
)
_FIELD_OF: Mapping[str, str] = {
    "published": "published", "posted": "published", "date": "published", "first published": "published",
    "outlet": "outlet", "publisher": "outlet", "source": "outlet", "url": "url", "link": "url",
}  # fmt: skip
_END_OF_SENTENCE = re.compile(r"[.!?…]['\"”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Top:
    """What the first lines of a text say about the article; empty where they say nothing."""

    title: str = ""
    author: str = ""
    published: str = ""
    outlet: str = ""
    url: str = ""


def read_byline(line: str) -> str:
    """Return the author of a byline, or an empty string.

    >>> read_byline("By Lena Orsk and Tom Hale, Harbour Wire")
    'Lena Orsk and Tom Hale'
    >>> read_byline("By winning the vote, Orsk became mayor.")
    ''
    """
    line = line.strip()
    found = _BYLINE.match(line) if len(line) <= _LONGEST_BYLINE else None
    if not found:
        return ""
    author = found["author"].strip()
    if len(author.split()) < 2:
        return ""
    return author.title() if author.isupper() else author


def furniture_kind(paragraph: str) -> str:
    """Tell furniture from news.

    Args:
        paragraph: One paragraph, trimmed.

    Returns:
        ``boilerplate``, ``caption``, or an empty string for news.
    """
    if len(paragraph) > LONGEST_FURNITURE:
        return ""
    patterns = _patterns()
    small = paragraph.encode("utf-8", "replace").lower()  # many times faster than in small letters as text
    if _asks_for_all(small, patterns):
        found = patterns.all.match(paragraph)
    elif small.startswith(patterns.openings.get(small[:1], ())):
        found = patterns.near.match(paragraph)
    else:
        return ""  # most
    return patterns.kinds[found.lastgroup or ""] if found else ""


def is_date_line(line: str) -> bool:
    """Whether a line holds a date and nothing else ("5 March 2024", "Published: 2024-03-05")."""
    line = line.strip()
    found = _LABELLED.match(line)
    value = found["value"] if found and _FIELD_OF[found["label"].lower()] == "published" else line
    return len(line) < 60 and bool(parse_published(value.strip()))


def is_meta(line: str) -> bool:
    """Whether a line at the top tells about the article: a byline, a date, ``Outlet: ...`` and the like."""
    return len(line) <= LONGEST_FURNITURE and bool(read_byline(line) or _LABELLED.match(line) or is_date_line(line))


def looks_like_headline(line: str) -> bool:
    """Whether a first paragraph can be the headline: short, on one line, and no full sentence."""
    return 0 < len(line) <= _LONGEST_HEADLINE and "\n" not in line and not _END_OF_SENTENCE.search(line)


def read_top(text: str, title: str = "") -> Top:
    """Read title, byline, date and outlet from the first lines of a text, where they say so.

    Args:
        text: The article's text.
        title: The title, when the input gives it apart; then no title is looked for.
    """
    lines = [line.strip() for line in text[:6000].splitlines() if line.strip()][:_TOP_LINES]
    while lines and furniture_kind(lines[0]) == "boilerplate" and not is_meta(lines[0]):
        del lines[0]
    found: dict[str, str] = {}
    if not title and len(lines) > 1 and _is_title(lines[0], lines[1]):
        found["title"] = lines[0]
    for line in lines[1 if found or title else 0 :]:
        if author := read_byline(line):
            found.setdefault("author", author)
        elif labelled := _LABELLED.match(line):
            field, value = _FIELD_OF.get(labelled["label"].lower(), ""), labelled["value"].strip()
            value = parse_published(value) if field == "published" else value
            if field and value:
                found.setdefault(field, value)
        elif is_date_line(line):
            found.setdefault("published", parse_published(line))
        elif len(line) > _LONGEST_HEADLINE:
            break
    return Top(**found)


def _is_title(first: str, second: str) -> bool:
    return looks_like_headline(first) and not second[0].islower() and not is_meta(first) and not furniture_kind(first)


def _asks_for_all(small: bytes, patterns: _Patterns) -> bool:
    """Whether a paragraph in small letters holds a word that one of the patterns that read far names."""
    find = small.find  # "in" is slow for bytes: it first tries to read a number
    for mark, words in patterns.asked_for:  # noqa: SIM110 - every paragraph is asked
        if find(mark) >= 0 and max(map(find, words)) >= 0:
            return True
    return False


class _Patterns(NamedTuple):
    """The patterns as one, each a group of its own that decides before those behind it; and the kind of each group.

    Words and openings are in small letters, as bytes.

    Attributes:
        all: Every pattern.
        near: Those that name no word without which they need not be tried: the others read far into every paragraph.
        openings: How a paragraph begins that one of those can match, by its first byte.
        asked_for: The words that the others name, by the mark that they hold (most paragraphs hold neither mark nor word).
        kinds: The kind of each group.
    """

    all: re.Pattern[str]
    near: re.Pattern[str]
    openings: Mapping[bytes, tuple[bytes, ...]]
    asked_for: Sequence[tuple[bytes, tuple[bytes, ...]]]
    kinds: Mapping[str, str]


_MARK = re.compile(r"\W|$")


@cache
def _patterns() -> _Patterns:
    lines = files("indexer").joinpath("data/furniture.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    groups = [f"(?P<g{number}>{pattern})" for number, (_, pattern, *_) in enumerate(rows)]
    openings: dict[bytes, tuple[bytes, ...]] = {}
    asked_for: dict[bytes, tuple[bytes, ...]] = {}
    for _, _, openers, *asked in rows:
        for opener in map(str.encode, openers.split("|") if openers else ()):
            openings[opener[:1]] = (*openings.get(opener[:1], ()), opener)
        for word in " ".join(asked).split():
            mark = _MARK.findall(word)[0].encode()
            asked_for[mark] = tuple({*asked_for.get(mark, ()), word.encode()})
    return _Patterns(
        re.compile("|".join(groups), re.IGNORECASE),
        re.compile("|".join(group for group, row in zip(groups, rows, strict=True) if row[2]), re.IGNORECASE),
        openings,
        tuple(asked_for.items()),
        {f"g{number}": kind for number, (kind, *_) in enumerate(rows)},
    )

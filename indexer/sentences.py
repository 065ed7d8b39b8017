"""Paragraphs to sentences, in linear time: a full stop ends a sentence unless it belongs to an abbreviation or an initial.

"Dr. Solheim left at 5 p.m. on Monday. She slept."  ->  two sentences
“We won.” She smiled.                               ->  two: the closing mark belongs to the first
“Did you?” she asked.                               ->  one: what follows begins small
"""

from __future__ import annotations

import re
from functools import cache, partial
from importlib.resources import files

from indexer.document import Span

_END = re.compile(r"[.!?…\n](?:(?<=\n)|(?<![.!?…][.!?…])[.!?…]*+[\"'”’»)\]]*+(?=\s))")
"""Of marks that follow each other only the first is tried: what it does not lead to, no later one does."""
_FULL_STOP = re.compile(r"\.(?<!\.\.)\.*+[\"'”’»)\]]*+(?=\s)")
"""The same where no other mark than a full stop can end a sentence: one plain character is found many times faster."""
_OTHER_ENDS = ("?", "!", "\n", "…")
_WORD_BEFORE = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]+(?:-[^\W\d_]+)?$")
_NEXT = re.compile(r"\s*([\"'“‘«„(\[]*)(\w?)")
_CLOSING = frozenset("\"'”’»")
_SAID = (
    r"(?:said|says|asked|asks|replied|replies|added|answered|recalled|continued|explained|told|wrote|quipped|joked|tweeted|responded|"
    r"countered|shouted|recounted|noted|argued|admitted|testified|insisted|remembered|pressed|demanded|wondered)"
    r"(?=[.,:;]|$| (?:in|on|at|during|after|when|of) )"
)
_TAG = re.compile(r"\s+(?:[^\W\d_a-z][\w.'’-]* ){1,3}" + _SAID)
_LONG_TAG = re.compile(r"\s+[^\W\d_a-z][\w.'’-]*,? (?:[\w.'’-]+,? ){0,8}?" + _SAID + r"(?![,:]\s*[\"“])")
_SPACE = re.compile(r"\s")
_MONTHS_AND_SUCH = frozenset("jan feb mar apr jun jul aug sept sep oct nov dec no nos".split())
_SMALL_ABBREVIATIONS = frozenset("a.m p.m etc vs al e.g i.e approx est no nos pp vol fig cf viz".split())
_NUMBERING = frozenset(("no", "nos"))
"""Abbreviations before a figure; before anything else they are words: "No. 5", "said no. Hale left"."""
_MAY_END = frozenset("a.m p.m etc inc co corp ltd jr sr".split()) | frozenset("u.s u.k u.n d.c e.u".split())
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])+")
_MIDDLE = re.compile(r"\b[^\W\d_]\. I$")
"""An I behind another initial is one too: "Ann B. I. Lee"; not: "It was I."."""
_LOOK_BACK = 24
_LONGEST = 1500


def split_sentences(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Divide a paragraph.

    Args:
        text: The article's text.
        start: Where the paragraph begins.
        end: One past its end.

    Returns:
        Its sentences in order, white space between them left out; together they hold every word. What runs on without a
        stop is cut at a space, so that no rule that reads a sentence can be made to read a whole book.
    """
    spans: list[Span] = []
    begin = start
    others = any(map(text[start:end].__contains__, _OTHER_ENDS))
    for found in (_END if others else _FULL_STOP).finditer(text, start, end):
        at = found.end()
        if found[0] == "\n" or _ends(text, found, end):
            _add(spans, text, begin, at)
            begin = at
    if begin < end:
        _add(spans, text, begin, end)
    return tuple(spans)


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    """Add a sentence, or the pieces of one that is too long."""
    while end - start > _LONGEST:
        space = _SPACE.search(text, start + _LONGEST, end)
        if space is None:
            break
        if piece := trim(text, start, space.start()):
            spans.append(piece)
        start = space.start()
    if piece := trim(text, start, end):
        spans.append(piece)


def _ends(text: str, mark: re.Match[str], limit: int) -> bool:
    following = _NEXT.match(text, mark.end(), limit)
    opening, first = (following[1], following[2]) if following else ("", "")
    if first.islower():
        return False
    if not opening and mark[0][-1] in _CLOSING:
        tag = _TAG if mark[0][0] == "." else _LONG_TAG
        if tag.match(text, mark.end(), limit):
            return False  # “Did you?” Hale asked. / “We won.” Hale said. / “Did you?” Coun. Tom Hale, of Senna, asked.
    if mark[0][0] != "." or mark[0].startswith(".."):
        return not (opening == "" and first == "")
    low = max(mark.start() - _LOOK_BACK, 0)
    before = _WORD_BEFORE.search(text, max(text.rfind(" ", low, mark.start()) + 1, low), mark.start())
    if not before or mark[0] != ".":
        return True
    word = before[0].lower()
    if before[0].islower() and word not in _SMALL_ABBREVIATIONS:
        return True
    if len(word) == 1 and (word != "i" or _MIDDLE.search(text, low, mark.start())):
        return False
    if word in _NUMBERING and not first.isdigit():
        return True  # "The mayor said no. Hale left."
    if word in _abbreviations():
        return word in _MAY_END and (bool(opening) or _begins_anew(text, mark.end(), limit))
    if _INITIALS.fullmatch(word):  # "J.R. Hale", "the B.C. premier", and at an end: "in B.C. She slept."
        return bool(opening) or _begins_anew(text, mark.end(), limit)
    return not (word in _MONTHS_AND_SUCH and first.isdigit())


_STARTERS = frozenset(
    "the a an he she it they we i you but and in on at by for if when while as after this that these those there his her".split()
)


def _begins_anew(text: str, at: int, limit: int) -> bool:
    found = re.compile(r"\s*([^\W\d_]+)").match(text, at, limit)
    return found is not None and found[1][0].isupper() and found[1].lower() in _STARTERS


_span = partial(tuple.__new__, Span)
"""Makes a span of a tuple in one call: the named tuple's own constructor takes twice the time."""


def trim(text: str, start: int, end: int) -> Span | None:
    """The span without white space at its ends, or None where nothing else is in it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return _span((start, end)) if start < end else None


@cache
def _abbreviations() -> frozenset[str]:
    lines = files("indexer").joinpath("data/abbreviations.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())

"""Quotation marks to quoted spans: one pass over each paragraph, whatever the marks look like.

"We won," she said. "All of us."         two spans
“We won," she said.                      marks that do not match still close each other
"A fair called "Two Rivers" was held,"   marks of the same kind inside are nested: one span
“We won. / “All of us.”                  open at the paragraph's end, opened again in the next: one quote goes on
"We won. "All of us." It was late.       opened again in the same paragraph, where a page has lost its breaks: two spans
'I never,' Asare said.                   single marks count where the article has no double ones, and in headlines
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from indexer.document import Paragraph, Span

_DOUBLE = '"“”„‟«»'
_OPENERS = "“„‟«"
_CLOSERS = "”»"
_DOUBLE_MARKS = (*_DOUBLE, "''", "``")
_SINGLE_MARK = re.compile(r"['‘’‹›]")
_MAY_OPEN_SINGLE = {mark: re.compile(rf"""{mark}(?=[\w\[…"“])(?<![^\s(\[{{—–\-/:,;…]{mark})""") for mark in "'‘‹"}
"""A single mark behind a gap and before a letter: most articles have none and need not be looked through. One pattern a mark,
because one plain character is found many times faster than a set."""
_BEFORE_OPENING = frozenset(" \t\n\r\u00a0\u2009([{—–-/:,;…") | {""}
_ELISION = re.compile(r"['’‘](?:\d0s|em\b|til\b|tis\b|twas\b|cause\b|n\b|bout\b|round\b)", re.IGNORECASE)
_ENDS_SENTENCE = frozenset(".!?…")
_ENDS_SPEECH = frozenset(".,!?…—–-")
_LONGEST_SINGLE = 1500
_GAP = 4
"""Characters before a mark in which the end of a sentence is looked for."""


class Quoted(NamedTuple):
    """Words between marks.

    Attributes:
        start: First character inside the outermost marks.
        end: One past the last.
        paragraph: Index of the paragraph.
        unclosed: Whether the paragraph ends before the quote does.
        single: Whether the marks are single ones.
        outer_start: The opening mark's place.
        outer_end: One past the closing mark.
        goes_on: Whether it goes on from the paragraph before.
    """

    start: int
    end: int
    paragraph: int
    unclosed: bool
    single: bool
    outer_start: int
    outer_end: int
    goes_on: bool = False


def find_quoted(text: str, paragraphs: Sequence[Paragraph]) -> list[Quoted]:
    """Return the quoted spans of an article in order, without overlap; masked paragraphs and captions have none."""
    found: list[Quoted] = []
    marks = _double_marks(text)
    places = [mark.start for mark in marks]
    firsts = [bisect_left(places, paragraph.start) for paragraph in paragraphs]
    of_paragraph = [marks[first:stop] for first, stop in pairwise([*firsts, len(marks)])]
    singles_speak = _singles_speak(text, paragraphs, of_paragraph)
    for number, paragraph in enumerate(paragraphs):
        if paragraph.part not in ("body", "headline"):
            continue
        here = list(_singles(text, paragraph, number)) if singles_speak else []
        if not here and of_paragraph[number]:
            here = list(_doubles(text, paragraph, number, of_paragraph[number]))
        if not here and paragraph.part == "headline":
            here = list(_singles(text, paragraph, number))
        found.extend(here)
    return _carried_on(text, paragraphs, found)


def _double_marks(text: str) -> list[Span]:
    """All double marks of an article, in order; each kind is looked for by itself, which is much faster than all at once."""
    found = []
    for mark in _DOUBLE_MARKS:
        at = text.find(mark)
        while at >= 0:
            found.append(Span(at, at + len(mark)))
            at = text.find(mark, at + len(mark))
    return sorted(found)


def _singles_speak(text: str, paragraphs: Sequence[Paragraph], marks: Sequence[Sequence[Span]]) -> bool:
    """Whether the article's speech stands in single marks: there are more such quotes than double ones."""
    if not any(mark in text and pattern.search(text) for mark, pattern in _MAY_OPEN_SINGLE.items()):
        return False
    body = [paragraph for paragraph in paragraphs if paragraph.part == "body"]
    doubles = sum(len(here) for here, p in zip(marks, paragraphs, strict=True) if p.part == "body") // 2
    spoken = 0
    for number, paragraph in enumerate(body):
        spoken += sum(text[q.end - 1] in _ENDS_SPEECH or doubles == 0 for q in _singles(text, paragraph, number))
    return spoken > doubles


def _doubles(text: str, paragraph: Paragraph, number: int, marks: Sequence[Span]) -> Iterator[Quoted]:
    """The automaton for double marks: outside, or inside at some depth."""
    opened: list[Span] = []
    for number_of_mark, mark in enumerate(marks):
        at, after = mark
        low = bool(opened) and text[opened[-1].start] == "„"
        if not (low and text[at] == "“") and _opens(text, mark, paragraph, bool(opened)):
            if len(opened) == 1 and _opens_again(text, marks[number_of_mark : number_of_mark + 3], paragraph):
                outer = opened[0]
                end = outer.end + len(text[outer.end : at].rstrip())
                yield Quoted(outer.end, end, number, False, False, outer.start, end)
                opened[0] = mark
            elif len(opened) < 3:
                opened.append(mark)
        elif opened:
            only_closing_left = number_of_mark + 1 == len(marks)
            if len(opened) == 1 or (text[at] in _CLOSERS and only_closing_left):
                outer = opened[0]
                opened.clear()
                yield Quoted(outer.end, at, number, False, False, outer.start, after)
            else:
                opened.pop()
    if opened:
        outer = opened[0]
        yield Quoted(outer.end, paragraph.end, number, True, False, outer.start, paragraph.end)


def _opens(text: str, mark: Span, paragraph: Paragraph, inside: bool) -> bool:
    before = text[mark.start - 1] if mark.start > paragraph.start else ""
    after = text[mark.end] if mark.end < paragraph.end else ""
    if after == "" or (after.isspace() and text[mark.start] not in _OPENERS):
        return False
    free = before in _BEFORE_OPENING or before in "'‘" or before in _OPENERS
    if text[mark.start] in _CLOSERS:
        return free and before != "-" and not inside and (after.isalnum() or after in "[…'‘")  # a closing mark misused
    if text[mark.start] in _OPENERS:
        return (free or not inside) and not (inside and after.isspace() and not before.isspace())  # “We won,“ said Hale
    if inside:
        return free and before not in "—–-…,:;" and (after.isalnum() or after == "[")
    return free or not before.isalnum()


def _opens_again(text: str, marks: Sequence[Span], paragraph: Paragraph) -> bool:
    """Whether an opening mark inside a quote begins its next paragraph, whose break was lost, and no quote within it.

    It stands at the start of a sentence, and what it opens is not closed twice.

    Args:
        text: The article's text.
        marks: The mark, and at most two that follow.
        paragraph: Where they are.
    """
    mark = marks[0]
    if text[mark.end : mark.end + 1].islower() or not text[mark.start - 1].isspace():
        return False
    if text[max(mark.start - _GAP, paragraph.start) : mark.start].rstrip()[-1:] not in _ENDS_SENTENCE:
        return False
    for place, later in enumerate(marks[1:], 1):
        if _opens(text, later, paragraph, True):
            return True
        if place == 2:
            return False
    return True


def _singles(text: str, paragraph: Paragraph, number: int) -> Iterator[Quoted]:
    """Single marks, told from apostrophes: one opens before a letter after a gap, and closes after speech has ended."""
    at = paragraph.start
    while mark := _SINGLE_MARK.search(text, at, paragraph.end):
        at = mark.end()
        before = text[mark.start() - 1] if mark.start() > paragraph.start else ""
        after = text[at] if at < paragraph.end else ""
        if mark[0] in "’›" or before not in _BEFORE_OPENING or not (after.isalnum() or after in '[…"“'):
            continue
        if _ELISION.match(text, mark.start(), paragraph.end):
            continue
        close = _single_close(text, at, min(paragraph.end, at + _LONGEST_SINGLE))
        if close is not None:
            yield Quoted(at, close, number, False, True, mark.start(), close + 1)
            at = close + 1


def _single_close(text: str, start: int, end: int) -> int | None:
    """The mark that closes a single-mark quote: the first after a stop or comma, else the last that can close."""
    last = None
    for mark in _SINGLE_MARK.finditer(text, start, end):
        at = mark.start()
        before, after = text[at - 1], text[at + 1] if at + 1 < end else ""
        if mark[0] == "‘" or after.isalnum() or before.isspace() or at == start:
            continue
        if before in _ENDS_SPEECH:
            return at
        if before == "s" and after == " " and text[at + 2 : at + 3].islower() and last is None:
            last = at  # a plural's apostrophe, unless nothing better follows
            continue
        if last is None or text[last - 1] == "s":
            last = at
        if before.isalnum() and (after == "" or after in ".,;:!?)" or after.isspace()) and before != "s":
            return at
    return last


def _carried_on(text: str, paragraphs: Sequence[Paragraph], found: list[Quoted]) -> list[Quoted]:
    """Tell quotes that go on in the next paragraph from marks that were never closed."""
    result: list[Quoted] = []
    by_paragraph: dict[int, list[Quoted]] = {}
    for quoted in found:
        by_paragraph.setdefault(quoted.paragraph, []).append(quoted)
    for quoted in found:
        if quoted.unclosed:
            following = next(
                (n for n in range(quoted.paragraph + 1, len(paragraphs)) if not paragraphs[n].masked), len(paragraphs)
            )
            opens_again = (
                following in by_paragraph and by_paragraph[following][0].outer_start == paragraphs[following].start
            )
            if not opens_again:
                quoted = _cut_short(text, paragraphs[quoted.paragraph], quoted)
        previous = result[-1] if result else None
        starts = quoted.outer_start == paragraphs[quoted.paragraph].start
        if previous and previous.unclosed and starts and previous.paragraph < quoted.paragraph:
            quoted = quoted._replace(goes_on=True)
        if quoted.end > quoted.start:
            result.append(quoted)
    return result


def _cut_short(text: str, paragraph: Paragraph, quoted: Quoted) -> Quoted:
    """A quote that is never closed ends with its sentence, unless it fills the rest of the paragraph from near its start."""
    if quoted.outer_start <= paragraph.start + 2 or text[paragraph.end - 1] in "\"'”’":
        return quoted._replace(unclosed=False)
    for sentence in paragraph.sentences:
        if sentence.start <= quoted.start < sentence.end:
            return quoted._replace(end=sentence.end, outer_end=sentence.end, unclosed=False)
    return quoted._replace(unclosed=False)

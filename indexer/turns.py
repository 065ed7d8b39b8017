"""Labelled turns of transcripts and interviews: ``NAME:``, ``((Name))``, ``Q:``/``A:``, running on to the next label.

SOLHEIM: I sleep on trams.          ->  a turn of Solheim
I did say I would bring a plaster.  ->  still Solheim's
KW: And the vaccine?                ->  a turn of the one who asks
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.document import Paragraph, Quotation, Span

_LABEL = re.compile(
    r"(?:\(\((?P<round>[^()\n]{1,60})\)\)\s*:?|(?P<plain>[^\W\d_][\w.'’-]*(?: [^\W\d_(][\w.'’-]*){0,4}(?: \([^()\n]{1,40}\))?)\s*:)[ \t\u00a0]+(?=\S)"
)
_QUESTION = frozenset(("q", "question", "interviewer", "host", "moderator", "presenter", "anchor", "reporter"))
_NOT_A_LABEL = frozenset(
    "photo photos image images video source sources note update updated published outlet by date url correction editor caption graphic "
    "read related more watch listen also background contact about summary headline subject tags topics warning example question".split()
)
_LEAST_LABELLED = 3


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the head of a paragraph: its words, and where the turn's own words begin."""

    paragraph: int
    name: Span
    text: str
    begin: int


def find_labels(text: str, paragraphs: Sequence[Paragraph]) -> list[Label]:
    """Return the turn labels of an article; none unless there are several, and somebody speaks twice."""
    labels = list(_labels(text, paragraphs))
    if len(labels) < 2:
        return []
    names = Counter(label.text for label in labels)
    round_marks = any("((" in text[paragraphs[label.paragraph].start : label.name.start] for label in labels)
    enough = len(labels) >= _LEAST_LABELLED and len(names) >= 2 and max(names.values()) >= 2
    return labels if enough or (round_marks and len(labels) >= 2) else []


def _labels(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[Label]:
    for number, paragraph in enumerate(paragraphs):
        if paragraph.part == "headline" or paragraph.masked:
            continue
        if text.find(":", paragraph.start, paragraph.end) < 0 and not text.startswith("((", paragraph.start):
            continue  # most
        found = _LABEL.match(text, paragraph.start, paragraph.end)
        if not found:
            continue
        group = "round" if found["round"] is not None else "plain"
        name = found[group]
        first_word = name.split()[0].lower().rstrip(".") if name.split() else ""
        if group == "plain" and (first_word in _NOT_A_LABEL and name.lower() not in _QUESTION or not _namelike(name)):
            continue
        yield Label(number, Span(found.start(group), found.end(group)), name, found.end())


def _namelike(name: str) -> bool:
    words = name.partition("(")[0].split()  # "HALE (by phone)"
    return all(word[0].isupper() or word in ("de", "da", "von", "van", "bin", "of", "the") for word in words)


QUESTIONS = 3
"""Turns from which the only voice of a transcript can be known as one that asks."""

ASKING = 0.75
"""Share of such a voice's turns that must end in a question."""

MOSTLY = 0.5
"""The same where others have labels too."""


def find_turns(text: str, paragraphs: Sequence[Paragraph], labels: Sequence[Label]) -> list[Quotation]:
    """Make a quotation of every turn: from its label to the paragraph before the next one.

    Rule "labelled turn": HALE: It holds. / It always has. / Q: Will it?  ->  "It holds. / It always has."
    """
    asking = _interviewers(text, paragraphs, labels)
    turns = []
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        stop = following.paragraph if following else len(paragraphs)
        last = label.paragraph
        while last + 1 < stop and not paragraphs[last + 1].masked and paragraphs[last + 1].part == "body":
            last += 1
        if following is None:
            last = min(last, label.paragraph + 3) if len(labels) > 1 else last
            while last > label.paragraph and _closing_note(text, paragraphs[last]):
                last -= 1
        start, end = _unmarked(text, label.begin, paragraphs[last].end)
        if start < end:
            turns.append(
                Quotation(
                    start, end, "turn", None, label.name, label.paragraph, last,
                    interviewer=label.text in asking, rule="labelled turn",
                )
            )  # fmt: skip
    return turns


def _unmarked(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _closing_note(text: str, paragraph: Paragraph) -> bool:
    return bool(
        re.compile(r"(?:the|this) (?:interview|conversation|transcript)\b", re.IGNORECASE).match(text, paragraph.start)
    )


def _interviewers(text: str, paragraphs: Sequence[Paragraph], labels: Sequence[Label]) -> frozenset[str]:
    """Who asks: labels such as ``Q``, or the one who asks most, if half of their turns end in a question.

    Whoever else does nothing but ask in that conversation asks beside them ("RS: And how far away is it?").
    """
    asked: Counter[str] = Counter()
    turns: Counter[str] = Counter()
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        stop = following.paragraph if following else label.paragraph + 1
        turns[label.text] += 1
        tail = text[label.begin : paragraphs[max(label.paragraph, stop - 1)].end].rstrip("\"'”’ )]")
        asked[label.text] += tail.endswith("?")
    sure = {name for name in turns if name.lower() in _QUESTION}
    if sure:
        return frozenset(sure)
    first = labels[0].text if labels else ""
    shares = {name: asked[name] / turns[name] for name in turns}
    best = max(shares, key=lambda name: (asked[name], name == first), default="")
    if len(turns) == 1:
        # The answers stand elsewhere, or unlabelled: one voice that hardly does anything but ask is the interviewer's.
        return frozenset((best,)) if turns[best] >= QUESTIONS and shares[best] >= ASKING else frozenset()
    if not best or shares[best] < MOSTLY:
        return frozenset()
    return frozenset(name for name, share in shares.items() if name == best or share == 1)

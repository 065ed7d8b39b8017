"""The sentences that may report speech, as words: those with a reporting word or with quotation marks.

Words come from the article's tokens, cut once for quotes and names alike; most sentences hold neither and cost nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import NamedTuple

from indexer.clauses import Word
from indexer.document import Document, Paragraph, Span
from indexer.marks import Quoted
from indexer.name_tokens import Tokens

_LONGEST = 6000  # characters; a quote over more sentences than that keeps the words about it near its ends


class ReportingSentence(NamedTuple):
    """A sentence, or several that one quote spans.

    Attributes:
        paragraph: Index of its paragraph.
        words: Its words; ``quoted`` of a word is an index into ``quoted``, or -1.
        quoted: The quoted spans that begin in it.
        cues: Indexes of its words that can begin a cue.
    """

    paragraph: int
    words: list[Word]
    quoted: list[Quoted]
    cues: list[int]


def reporting_sentences(document: Document, tokens: Tokens, quoted: Sequence[Quoted]) -> Iterator[ReportingSentence]:
    """Every sentence of body and headlines with a reporting word or a quoted span, in text order.

    Args:
        document: The article.
        tokens: Its tokens.
        quoted: Its quoted spans, in text order.
    """
    starts = tokens.starts
    cues = [*tokens.cues, len(starts)]
    next_cue = next_quoted = 0
    for number, paragraph in enumerate(document.paragraphs):
        if paragraph.part not in ("body", "headline"):
            continue
        while next_quoted < len(quoted) and quoted[next_quoted].paragraph < number:
            next_quoted += 1
        last_quoted = next_quoted
        while last_quoted < len(quoted) and quoted[last_quoted].paragraph == number:
            last_quoted += 1
        if last_quoted == next_quoted:  # a paragraph without marks, and often without cues
            while next_cue < len(cues) - 1 and starts[cues[next_cue]] < paragraph.start:
                next_cue += 1
            if cues[next_cue] == len(starts) or starts[cues[next_cue]] >= paragraph.end:
                continue
        here = list(quoted[next_quoted:last_quoted])
        at = 0
        for unit in _units(paragraph, here):
            first = at
            while at < len(here) and here[at].outer_start < unit.end:
                at += 1
            inside = here[first:at]
            begin = bisect_left(starts, unit.start)
            while cues[next_cue] < begin:
                next_cue += 1
            if not inside and (cues[next_cue] == len(starts) or starts[cues[next_cue]] >= unit.end):
                continue
            stop = bisect_left(starts, unit.end, begin)
            last_cue = next_cue
            while cues[last_cue] < stop:
                last_cue += 1
            words = _words(tokens, begin, stop, inside)
            places = [place - begin for place in cues[next_cue:last_cue]]
            if len(words) < stop - begin:  # stops went to their abbreviations
                at_cue = {starts[place] for place in cues[next_cue:last_cue]}
                places = [place for place, word in enumerate(words) if word.start in at_cue]
            yield ReportingSentence(number, words, inside, places)


def _units(paragraph: Paragraph, quoted: Sequence[Quoted]) -> Iterator[Span]:
    """The paragraph's sentences, those that one quote spans put together."""
    if not quoted:
        yield from paragraph.sentences
        return
    start = end = -1
    at = 0
    for sentence in paragraph.sentences:
        while at < len(quoted) and quoted[at].outer_end <= sentence.start:
            at += 1
        if start >= 0 and at < len(quoted) and quoted[at].outer_start < end and end - start < _LONGEST:
            end = sentence.end
            continue
        if start >= 0:
            yield Span(start, end)
        start, end = sentence.start, sentence.end
    if start >= 0:
        yield Span(start, end)


def _words(tokens: Tokens, begin: int, stop: int, quoted: Sequence[Quoted]) -> list[Word]:
    inside: Iterator[int] | list[int] = repeat(-1)
    if quoted:
        inside = [-1] * (stop - begin)
        for number, span in enumerate(quoted):
            first = bisect_left(tokens.starts, span.outer_start, begin, stop)
            last = bisect_left(tokens.starts, span.outer_end, first, stop)
            inside[first - begin : last - begin] = [number] * (last - first)
    texts = tokens.words[begin:stop]
    columns = zip(
        tokens.starts[begin:stop], tokens.ends[begin:stop], texts, tokens.plain[begin:stop], inside, strict=False
    )
    # the named tuple's own constructor takes twice the time
    words: list[Word] = list(map(tuple.__new__, repeat(Word), columns))
    if "." in texts[:-1]:
        _join_abbreviations(words, tokens, begin, [at for at, mark in enumerate(texts) if mark == "."])
    return words


def _join_abbreviations(words: list[Word], tokens: Tokens, begin: int, stops: Sequence[int]) -> None:
    """Give the stop of an abbreviation to its word, so that it parts nothing: "said Mr. Hale would stay".

    Args:
        words: The sentence.
        tokens: Of the article.
        begin: The sentence's first token.
        stops: Indexes of its full stops.
    """
    for at in reversed(stops):
        if (
            0 < at < len(words) - 1
            and tokens.sentence[begin + at] == tokens.sentence[begin + at + 1]
            and words[at].start == words[at - 1].end
            and words[at - 1].text.isalpha()
            and tokens.words[begin + at + 1] != "."
        ):
            words[at - 1] = words[at - 1]._replace(end=words[at].end)
            del words[at]

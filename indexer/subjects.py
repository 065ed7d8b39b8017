"""The speaker's words next to a cue, where the quotation came without them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from indexer.document import Quotation
from indexer.name_tokens import Tokens
from indexer.people_words import W

_SKIP = frozenset(
    "has have had also then later often again once would could will may might must did does do is was were are be been being to not never "
    "only just always repeatedly recently previously publicly reportedly simply even still further who that himself herself".split()
)
_STOPS = frozenset(', ; : . ? ! " “ ” ( ) — –'.split())
_BREAKS = frozenset("and but while as when because if that after before although though which whose since".split())
_LONGEST = 14


def find_subject(tokens: Tokens, quotation: Quotation, quotations: Sequence[Quotation]) -> tuple[int, int] | None:
    """Return the span of the words that do the saying, or None.

    "according to" takes what follows it, an inverted cue (“We won,” said Orsk) too; others take what stands before.
    """
    cue = quotation.cue
    if cue is None:
        return None
    first, stop = bisect_left(tokens.starts, cue.start), bisect_left(tokens.starts, cue.end)
    if first >= len(tokens.starts):
        return None
    after_first = cue.lemma in ("according to", "in the words of", "per")
    before = None if after_first else _before(tokens, first, quotation)
    return before or _after(tokens, stop, quotation)


def _before(tokens: Tokens, cue: int, quotation: Quotation) -> tuple[int, int] | None:
    at = cue - 1
    sentence = tokens.sentence[cue]
    while (
        at >= 0 and tokens.sentence[at] == sentence and (tokens.lower[at] in _SKIP or tokens.lower[at].endswith("ly"))
    ):
        at -= 1
    if (
        at >= 0 and tokens.words[at] == "," and tokens.sentence[at] == sentence
    ):  # past an apposition: "Orsk, the mayor, said"
        back = at - 1
        while back >= 0 and at - back < _LONGEST and tokens.sentence[back] == sentence and tokens.words[back] != ",":
            back -= 1
        if (
            back > 0
            and tokens.words[back] == ","
            and tokens.sentence[back - 1] == sentence
            and tokens.starts[back] >= quotation.end
            or back > 0
            and tokens.words[back] == ","
            and quotation.start > tokens.starts[cue]
            and tokens.words[back - 1][0].isalnum()
        ):
            at = back - 1
        elif quotation.end <= tokens.starts[cue]:
            return None
        else:
            at -= 1
    end = at
    if end < 0 or tokens.sentence[end] != sentence or tokens.words[end] in _STOPS:
        return None
    while at >= 0 and end - at < _LONGEST and tokens.sentence[at] == sentence:
        if tokens.words[at] in _STOPS and not (tokens.words[at] == "." and len(tokens.words[at - 1]) < 5):
            break
        if tokens.lower[at] in _BREAKS and not (tokens.lower[at] == "and" and tokens.words[at + 1][0].isupper()):
            break
        if quotation.start <= tokens.starts[at] < quotation.end:
            break
        at -= 1
    first = at + 1
    while (
        first < end
        and tokens.bits[first] & int(W.FUNCTION)
        and tokens.lower[first] in ("then", "later", "meanwhile", "but", "and", "so")
    ):
        first += 1
    return (tokens.starts[first], tokens.ends[end]) if first <= end else None


def _after(tokens: Tokens, at: int, quotation: Quotation) -> tuple[int, int] | None:
    total = len(tokens.starts)
    if at >= total:
        return None
    first = at
    while first < total and first - at < 2 and tokens.lower[first] in ("by", "to", "also", "then"):
        first += 1
    end = first
    while end < total and end - first < _LONGEST and tokens.sentence[end] == tokens.sentence[at]:
        if tokens.words[end] in _STOPS or quotation.start <= tokens.starts[end] < quotation.end:
            break
        end += 1
    return (tokens.starts[first], tokens.ends[end - 1]) if end > first else None

"""Headlines that quote by a colon: somebody on one side of it, what is said on the other.

Mayor: we will rebuild the dam            ->  we will rebuild the dam, by the mayor
Worst flood in decades: police            ->  Worst flood in decades, by the police
Hale: ‘It will hold’                      ->  It will hold, by Hale
Analysis: what the flood means            ->  nothing
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from indexer.document import Paragraph, Quotation, Span
from indexer.marks import Quoted
from indexer.name_tokens import Tokens
from indexer.people_words import W, plural_of_role

_COLON = re.compile(r":\s+")
_SPEAKS = W.ROLE | W.COLLECTIVE | W.PLURAL | W.REPORT | W.ORGANISATION
_NOBODY = frozenset(
    "analysis opinion comment editorial review preview live watch video photos gallery exclusive update explainer explained q&a interview "
    "recap timeline breaking updated podcast letter letters column obituary profile feature factbox explainers recipe quiz poll story story".split()
)
_ASKING = frozenset("what how why when where who which".split())
_LONGEST = 4
_FEWEST = 3


def headline_quote(
    text: str, paragraph: Paragraph, number: int, tokens: Tokens, quoted: Sequence[Quoted]
) -> Quotation | None:
    """Rule "headline": the quote of a headline that a colon divides, or None.

    Args:
        text: The article's text.
        paragraph: Its headline.
        number: The headline's index.
        tokens: Of the article.
        quoted: Spans between marks in the headline.
    """
    colons = list(_COLON.finditer(text, paragraph.start, paragraph.end))
    if len(colons) != 1:
        return None
    before, after = Span(paragraph.start, colons[0].start()), Span(colons[0].end(), paragraph.end)
    if _speaks(tokens, before):
        return _quote(text, after, before, number, tokens, quoted)
    return _quote(text, before, after, number, tokens, quoted) if _speaks(tokens, after) else None


def _speaks(tokens: Tokens, span: Span) -> bool:
    """Whether a few words can be a speaker: a role or body ("Mayor", "police"), or a name that the article's text has too."""
    first, stop = bisect_left(tokens.starts, span.start), bisect_left(tokens.starts, span.end)
    if not 0 < stop - first <= _LONGEST or any(tokens.lower[at] in _NOBODY for at in range(first, stop)):
        return False
    last = stop - 1
    if tokens.bits[last] & W.PLACE or not tokens.words[last][0].isalpha():
        return False
    if tokens.bits[last] & _SPEAKS or plural_of_role(tokens.lower[last]):
        return True
    name = all(tokens.words[at][0].isupper() for at in range(first, stop))
    return name and tokens.words[last] in tokens.proper


def _quote(
    text: str, said: Span, speaker: Span, number: int, tokens: Tokens, quoted: Sequence[Quoted]
) -> Quotation | None:
    inside = [q for q in quoted if said.start <= q.outer_start and q.outer_end <= said.end]
    if len(inside) == 1 and inside[0].outer_end - inside[0].outer_start >= said.end - said.start - 1:
        return Quotation(inside[0].start, inside[0].end, "direct", None, speaker, number, number, rule="headline")
    words = bisect_left(tokens.starts, said.end) - bisect_left(tokens.starts, said.start)
    first = tokens.lower[bisect_left(tokens.starts, said.start)]
    if words < _FEWEST or first in _ASKING or text[said.start : said.end].rstrip().endswith("?"):
        return None
    return Quotation(
        said.start, said.end, "mixed" if inside else "indirect", None, speaker, number, number, rule="headline"
    )

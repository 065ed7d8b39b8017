"""Tags: who is named right behind a quote with a verb, be it a reporting word or none.

“It holds,” *Lena Orsk* retorted. “How late?” pressed *Orsk*.
"""

from __future__ import annotations

from bisect import bisect_left

from indexer.name_tokens import Tokens
from indexer.noun_phrases import NounPhrases

_MARKS = frozenset(("”", '"', "»", "“"))
_ENDS = frozenset(".,:;")
_PAST = ("ed", "said")
_LONGEST = 6


def tag_behind(tokens: Tokens, phrases: NounPhrases, said: tuple[int, int]) -> tuple[int, int] | None:
    """The name in the tag behind a quote, with its title, or None where what follows is no tag.

    Args:
        tokens: Of the article.
        phrases: Its noun phrases.
        said: Span of the quote.
    """
    total = len(tokens.starts)
    at = bisect_left(tokens.starts, said[1])
    while at < total and tokens.words[at] in _MARKS:
        at += 1
    inverted = at < total and tokens.lower[at].endswith("ed") and tokens.words[at].islower()
    for end in range(at + inverted, min(at + _LONGEST, total - 1)):
        spot = phrases.spot_at(end)
        if spot is None or phrases.spot_at(end + 1) == spot:
            continue
        verb = at if inverted else end + 1
        behind = max(verb, end) + 1
        closed = behind >= total or tokens.words[behind] in _ENDS
        if not (closed and tokens.lower[verb].endswith(_PAST) and tokens.words[verb].islower()):
            return None
        found = phrases.ending(end, said)
        return found if found is not None and found[0] <= at + 1 else None
    return None

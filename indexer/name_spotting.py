"""Names in running text: where a person, organisation or place is written, with the title before it.

A run of capitalised words is found first (:mod:`indexer.name_runs`), then cut by what its words can be
(:mod:`indexer.name_cutting`); a role or an organisation's head word may go on with "of" in the next run.
"""

from __future__ import annotations

from indexer.complements import NAME_LINKS
from indexer.name_cutting import SURNAME_TOO, cut_pair, cut_run, cut_word
from indexer.name_runs import FUNCTION_IN_NAME, can_open, run_end
from indexer.name_tokens import Tokens
from indexer.papers import with_papers
from indexer.people_words import W
from indexer.spots import PERSONAL, Spot
from indexer.surnames import with_surnames

_BEFORE_DAYS = frozenset("on in since until by last next this late early from for".split())


def spot_names(tokens: Tokens) -> list[Spot]:
    """Find every name, in text order."""
    spots: list[Spot] = []
    words, lower, bits, fresh = tokens.words, tokens.lower, tokens.bits, tokens.fresh
    total = len(words)
    lone: list[int] = []  # titles and the like that stand alone
    done = 0
    expected = -1  # where a run would continue a role or an organisation's head word by "of"
    for at in tokens.capitals:
        if at < done:
            continue
        after_head = at == expected
        plain = not (bits[at] or fresh[at] or "-" in words[at] or len(words[at]) < 2)  # most names
        opens = plain or can_open(tokens, at) or (after_head and at + 1 < total and words[at + 1][0].isupper())
        if not opens:
            if bits[at] & W.CALENDAR or lower[at] in FUNCTION_IN_NAME:
                lone.append(at)
            continue
        end = run_end(tokens, at, after_head)
        if end > at + 1 and bits[at] & W.CALENDAR and at and lower[at - 1] in _BEFORE_DAYS:
            at += 1  # "On Monday Harbour Health said"
        if end == at + 1 and not after_head:  # most names
            found = cut_word(tokens, at)
        else:
            found = cut_pair(tokens, at) if end == at + 2 and not after_head else []
            found = found or list(cut_run(tokens, at, end, after_head, spots))
        if not found and end == at + 1 and bits[at] & SURNAME_TOO:
            lone.append(at)
        spots.extend(found)
        done = following = end
        if following + 1 < total and lower[following] in NAME_LINKS and not tokens.owner[end - 1]:
            head = bits[end - 1]
            if head & (W.ORG_HEAD | PERSONAL) or (
                spots and spots[-1].kind == "organisation" and _has_head(bits, spots[-1], end)
            ):
                following += 2 if lower[following + 1] == "the" else 1
                expected = following if following < total and not tokens.fresh[following] else -1
        elif (
            following + 1 < total
            and lower[following] == "and"
            and spots
            and spots[-1].last == end - 1
            and bits[end - 1] & W.PORTFOLIO
        ):
            expected = following + 1
    return with_surnames(tokens, with_papers(tokens, spots, lone), lone)


def _has_head(bits: list[int], spot: Spot, end: int) -> bool:
    return spot.last == end - 1 and any(bits[index] & W.ORG_HEAD for index in range(spot.first, spot.last + 1))

"""Papers whose names are words of another kind: "The Hill", "The Atlantic", "the Herald on Sunday".

A capital on "The" within a sentence shows that it is part of a name.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.name_tokens import Tokens
from indexer.people_words import W
from indexer.spots import PERSONAL, Spot, make_spot

_SUNDAYS = frozenset("mail herald independent post times courier gazette".split())
_WEEKEND = frozenset(("sunday", "saturday"))


def weekend_paper(tokens: Tokens, on: int) -> bool:
    """Whether "on" stands within the name of a paper: "the Herald *on* Sunday"."""
    lower = tokens.lower
    if lower[on] != "on" or lower[on + 1 : on + 2] not in (["sunday"], ["saturday"]):
        return False
    return lower[on - 1] in _SUNDAYS and on > 1 and lower[on - 2] == "the"


def is_weekend_paper(tokens: Tokens, at: int, end: int) -> bool:
    """Whether a run of words is such a paper's name."""
    return end - at == 3 and tokens.lower[end - 1] in _WEEKEND and tokens.lower[end - 2] == "on"


def is_daily(tokens: Tokens, at: int, end: int) -> bool:
    """Whether a run is a place and a "Today" that no sentence's beginning explains: the paper *Laria Today*, not "In Laria today"."""
    behind_place = end - at == 2 and tokens.words[end - 1] == "Today" and bool(tokens.bits[at] & W.PLACE)
    return behind_place and tokens.paragraph[at] not in tokens.headline


def with_papers(tokens: Tokens, spots: list[Spot], lone: Sequence[int]) -> list[Spot]:
    """Read the words of another kind that are names behind a "The" whose capital no sentence's beginning explains.

    The dam holds, The Hill reported. The Hill said later that it might not.

    Args:
        tokens: Of the article.
        spots: Its names so far.
        lone: Capitalised words of titles, directions, peoples and the like that stand alone and are no names so far.
    """
    things = {s.first: index for index, s in enumerate(spots) if s.kind == "thing" and s.first == s.last}
    behind = [at for at in (*lone, *things) if at and tokens.words[at - 1] == "The"]
    if not behind:
        return spots
    named = {tokens.lower[at] for at in behind if shows_name(tokens, at - 1) and not tokens.bits[at] & PERSONAL}
    added: list[Spot] = []
    spots = list(spots)
    for at in behind:
        if tokens.lower[at] in named:
            spot = make_spot(tokens, at, at + 1, "organisation", at, [])
            if at in things:
                spots[things[at]] = spot
            else:
                added.append(spot)
    return sorted((*spots, *added), key=lambda spot: spot.first) if added else spots


def shows_name(tokens: Tokens, the: int) -> bool:
    """Whether a "The" is part of the name behind it: its capital stands within a sentence, and not in a headline."""
    if tokens.words[the] != "The" or tokens.fresh[the] or tokens.bits[the + 1] & W.CALENDAR:
        return False
    return tokens.paragraph[the] not in tokens.headline

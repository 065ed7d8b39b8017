"""Names that only their letters show: "PBO" makes one of "Parliamentary Budget Officer", whose words are those of a title."""

from __future__ import annotations

from bisect import bisect_left

from indexer.name_tokens import Tokens
from indexer.spots import Spot, make_spot

_SMALL = frozenset("of and for the on to".split())
_FEWEST, _MOST = 3, 7


def with_spelled_out(tokens: Tokens, spots: list[Spot]) -> list[Spot]:
    """Add the runs of capitalised words whose first letters are an acronym that the article uses.

    The Parliamentary Budget Officer disagreed. The PBO said costs would double. The Assembly of First Towns met. The AFT said ...
    """
    wanted = _acronyms(tokens, spots)
    if not wanted:
        return spots
    firsts = [spot.first for spot in spots]
    added: list[Spot] = []
    replaced: set[int] = set()
    for at in tokens.capitals:
        for letters in wanted.get(tokens.lower[at][0], ()):
            end = _spelled(tokens, at, letters)
            inside = _inside(spots, firsts, at, end) if end else None
            if inside is not None:
                replaced.update(spot.first for spot in inside)
                added.append(make_spot(tokens, at, end, "organisation", at, []))
                break
    if not added:
        return spots
    return sorted((*(spot for spot in spots if spot.first not in replaced), *added), key=lambda spot: spot.first)


def _acronyms(tokens: Tokens, spots: list[Spot]) -> dict[str, set[str]]:
    """Acronyms by their first letter, without those that a name of several words already explains."""
    found: set[str] = set()
    known: set[str] = set()
    for spot in spots:
        if len(spot.words) > 1:
            known.add("".join([word[0] for word in spot.words if word[0].isupper()]).lower())
        elif spot.kind == "organisation" and spot.words[0].isupper() and spot.words[0].isalpha():
            found.add(spot.words[0].lower())
    wanted: dict[str, set[str]] = {}
    for letters in found - known:
        if _FEWEST <= len(letters) <= _MOST:
            wanted.setdefault(letters[0], set()).add(letters)
    return wanted


def _spelled(tokens: Tokens, at: int, letters: str) -> int:
    """One past the run from a token whose first letters these are; 0 where there is none."""
    words, lower = tokens.words, tokens.lower
    end, read, total = at, 0, len(words)
    while end < total and tokens.sentence[end] == tokens.sentence[at]:
        if words[end][0].isupper() and lower[end][0] == letters[read] and not words[end].isupper():
            read += 1
            if read == len(letters):
                following = words[end + 1] if end + 1 < total else "."
                return 0 if following[0].isupper() or tokens.paragraph[at] in tokens.headline else end + 1
        elif lower[end] not in _SMALL:
            return 0
        if tokens.owner[end]:
            return 0
        end += 1
    return 0


def _inside(spots: list[Spot], firsts: list[int], at: int, end: int) -> list[Spot] | None:
    """The shorter names within a run, which it takes the place of; None where a name reaches out of it or has a title."""
    found: list[Spot] = []
    index = max(0, bisect_left(firsts, at) - 1)
    while index < len(spots) and spots[index].title <= end:
        spot = spots[index]
        if spot.last >= at and spot.title < end:
            if spot.title < at or spot.last >= end or spot.last - spot.first + 1 == end - at or spot.personal:
                return None
            found.append(spot)
        index += 1
    return found

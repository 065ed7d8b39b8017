"""Groups of which some are named: "critics, including Lena Orsk, said"."""

from __future__ import annotations

from indexer.name_tokens import Tokens
from indexer.noun_phrases import NounPhrases
from indexer.noun_words import OPENERS

_PRONOUNS = frozenset("he she they it i we who which".split())
_INCLUDING = frozenset(("including", "among", "as"))
_WITH = (["along", "with"], ["together", "with"])
_LONGEST_ASIDE = 30


def whole_group(
    tokens: Tokens, phrases: NounPhrases, found: tuple[int, int] | None, said: tuple[int, int]
) -> tuple[int, int] | None:
    """Rule "those included": who is only named as one of a group does not speak for it.

    *Critics*, including Lena Orsk and Tom Hale, said it leaked; *officials* such as Mayor Hale said so.
    """
    if found is None or tokens.lower[found[1] - 1] in _PRONOUNS:
        return found
    if (joined := _joined_to(tokens, found[0])) is not None:
        return phrases.ending(joined, said) or found
    first = max(1, found[0] - _LONGEST_ASIDE)
    if _INCLUDING.isdisjoint(tokens.lower[first : found[0]]):
        return found  # most
    for at in range(found[0] - 1, first, -1):
        word = tokens.lower[at]
        if tokens.sentence[at] != tokens.sentence[found[0]] or phrases.said(at, said):
            break
        if word in ("including", "among") or (word == "as" and tokens.lower[at - 1] == "such"):
            end = at - 1 - (word == "as")
            end -= tokens.words[end] in ",-–—("
            return phrases.ending(end, said) or found
        if phrases.is_verb(at) or word in _PRONOUNS or (word in OPENERS and word not in (",", "and")):
            break
    return found


def _joined_to(tokens: Tokens, first: int) -> int | None:
    """The last word of whom others join who stand from ``first`` on: *Harbour Relief*, along with the Fish Union have said so."""
    if first > 3 and tokens.lower[first - 1] == "with" and tokens.lower[first - 2 : first] in _WITH:
        return first - 4 if tokens.words[first - 3] == "," else None
    return None

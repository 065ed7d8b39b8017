"""The head of a long subject: who speaks where a relative clause or an apposition with names of its own stands before the cue.

*Orsk*, who lost her home near Senna, Man., in May, said so; *the Harbour Alliance*, which includes Fish Watch, Clear Coast
and others, said so.
"""

from __future__ import annotations

from indexer.name_tokens import Tokens
from indexer.noun_phrases import NounPhrases
from indexer.noun_words import DETERMINERS, PREPOSITIONS
from indexer.people_words import W

_RELATIVES = frozenset(("who", "which", "whose"))
_SAYING = frozenset("said says say told tells that".split())
_LONGEST = 32
_NEAR = 8


def outer_head(
    tokens: Tokens, phrases: NounPhrases, found: tuple[int, int] | None, said: tuple[int, int]
) -> tuple[int, int] | None:
    """Rule "outer head": a name inside what is told of somebody between commas does not speak in their place.

    *Orsk*, who lost her home near Senna, Man., in May, said; *Orsk*, the editor of a weekly, Harbour News, said.

    Args:
        tokens: Of the article.
        phrases: Its noun phrases.
        found: The noun phrase before the comma that stands last before the cue, or any other.
        said: Span of what is said.
    """
    if found is None or found[1] >= len(tokens.words) or not found[0]:
        return found
    if tokens.words[found[1]] != ",":
        return _behind_open_apposition(tokens, phrases, found, said)
    before, words = found[0] - 1, tokens.words
    sentence = tokens.sentence[found[0]]
    if tokens.sentence[before] != sentence:
        return found
    inside = tokens.lower[before] in PREPOSITIONS
    for at in range(before, max(0, before - _LONGEST), -1):
        if tokens.sentence[at - 1] != sentence or phrases.said(at, said) or tokens.lower[at] in _SAYING:
            break
        if words[at - 1] != ",":
            continue
        told = tokens.lower[at] in DETERMINERS or tokens.bits[at] & W.ROLE
        if tokens.lower[at] in _RELATIVES or (inside and told and phrases.spot_at(at - 2) is not None):
            return phrases.ending(at - 2, said) or found
        inside = inside and not any(phrases.is_verb(token) for token in range(at, before))
    return found


def _behind_open_apposition(
    tokens: Tokens, phrases: NounPhrases, found: tuple[int, int], said: tuple[int, int]
) -> tuple[int, int]:
    """Whose office an apposition tells that no comma closes: *Lena Orsk*, spokeswoman for the dairy firm Quill said."""
    if "who" in tokens.lower[max(1, found[0] - _NEAR) : found[0]]:
        return _of_open_relative(tokens, phrases, found, said)
    inside = False
    for at in range(found[0] - 1, max(1, found[0] - _NEAR), -1):
        if not tokens.words[at].islower() or phrases.is_verb(at) or phrases.said(at, said):
            break
        inside = inside or tokens.lower[at] in PREPOSITIONS
        if inside and tokens.bits[at] & W.ROLE and tokens.words[at - 1] == ",":
            return (phrases.ending(at - 2, said) if phrases.spot_at(at - 2) is not None else None) or found
    return found


def _of_open_relative(
    tokens: Tokens, phrases: NounPhrases, found: tuple[int, int], said: tuple[int, int]
) -> tuple[int, int]:
    """Of whom a relative clause without commas tells: Captain *Lena Orsk* who painted the hull insisted that it leaked."""
    acts = False
    for at in range(found[0] - 1, max(1, found[0] - _NEAR), -1):
        if tokens.lower[at] == "who":
            head = phrases.ending(at - 1, said) if acts and phrases.spot_at(at - 1) is not None else None
            return head if head is not None and phrases.opens_clause(head[0]) else found
        if not tokens.words[at].islower() or tokens.lower[at] in _SAYING or phrases.said(at, said):
            break
        acts = phrases.is_verb(at)
    return found

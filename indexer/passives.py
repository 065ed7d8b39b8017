"""Passives: a cue whose subject is not who speaks ("she was told", "it was reported that")."""

from __future__ import annotations

from indexer.name_tokens import Tokens
from indexer.noun_words import BE, SKIPPED

_TAKES_HEARER = frozenset("asked told pressed questioned quizzed informed".split())
_ADVERBS = frozenset("also first later now then not once widely since often".split())
_PARTICIPLES = ("ed", "said", "told", "found", "shown", "known", "written")


def was_asked(tokens: Tokens, cue: int) -> bool:
    """Whether "asked" or "told" is passive: whoever asks is not named ("Asked whether", "when she was told")."""
    if tokens.lower[cue] not in _TAKES_HEARER:
        return False
    at = cue - 1
    while at >= 0 and tokens.sentence[at] == tokens.sentence[cue] and tokens.lower[at] in SKIPPED:
        if tokens.lower[at] in BE:
            return True
        at -= 1
    return tokens.fresh[cue] or (at >= 0 and tokens.lower[at] in ("when", "if", "while"))


def is_impersonal(tokens: Tokens, stop: int, quoted: bytearray) -> bool:
    """Rule "impersonal": a form of "be" and a past participle, and no "by" behind it ("was said to be ill").

    Args:
        tokens: Of the article.
        stop: One past the cue's last token.
        quoted: One byte a token: whether it stands inside quotation marks.
    """
    verb = stop - 1
    if verb < 1 or not tokens.lower[verb].endswith(_PARTICIPLES):
        return False
    if stop < len(tokens.starts) and tokens.lower[stop] == "by":
        return False
    at = verb - 1
    while (
        at > 0
        and tokens.sentence[at] == tokens.sentence[verb]
        and (tokens.lower[at].endswith("ly") or tokens.lower[at] in _ADVERBS)
    ):
        at -= 1
    return tokens.lower[at] in BE and tokens.sentence[at] == tokens.sentence[verb] and not quoted[at]

"""When something was said, between the subject and its cue: "Orsk Foods *only this spring* announced"."""

from __future__ import annotations

from indexer.adjuncts import STRETCHES
from indexer.name_tokens import Tokens
from indexer.noun_words import NOUN

_WHICH = frozenset(("this", "last"))
_NEARER = frozenset("just only earlier late early has had".split())


def past_when(tokens: Tokens, at: int) -> int:
    """Rule "time before the cue": a stretch of time behind a name or a noun of people is no subject.

    *Orsk Foods* only this spring announced a second mill; *the mayor* last week said so. What else stands before the
    time keeps it: a study released *last month* found so, since its participle leads to the study.

    Args:
        tokens: Of the article.
        at: The token before the cue.

    Returns:
        The last token before the time, or the same token where no time stands there.
    """
    if at < 3 or tokens.lower[at] not in STRETCHES or tokens.lower[at - 1] not in _WHICH:
        return at
    before = at - 2
    while before and tokens.lower[before] in _NEARER:
        before -= 1
    known = tokens.words[before][0].isupper() or tokens.bits[before] & NOUN
    return before if known and tokens.sentence[before] == tokens.sentence[at] else at

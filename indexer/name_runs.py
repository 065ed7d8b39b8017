"""Runs of capitalised words: where one can begin, and how far it reaches ("University of Oak", "J. R. van Dyke")."""

from __future__ import annotations

from indexer.name_tokens import Tokens
from indexer.organisation_names import joins
from indexer.people_words import W

_LONGEST_RUN = 24
_INNER_MARKS = frozenset((".", "'", "’", "&", "and"))
BEFORE_NAME = int(
    W.HONORIFIC | W.TITLE | W.ROLE | W.MODIFIER | W.DEMONYM | W.PLACE | W.PORTFOLIO | W.DIRECTION | W.ORGANISATION
)
_ABBREVIATED = frozenset(
    "mr mrs ms dr prof sen rep gov lt gen maj col capt cmdr adm sgt cpl pvt insp det supt hon rev fr st jr sr pres const cst coun couns cllr ald dep pte brig cdr mt ft amb atty".split()
)
_ARTICLES = frozenset("al el ul ad an ar as ash at az".split())
_FUNCTION_IN_NAME = frozenset(
    ("will", "may", "long", "little", "price", "given", "still", "best", "good", "few", "way", "rose", "one")
)

_TAGS = frozenset(("said", "says", "adds", "added", "asks", "asked"))
"""Verbs that put their subject behind them at the head of a sentence."""


def can_open(tokens: Tokens, at: int) -> bool:
    """Whether a capitalised token can open a name.

    "On", "However" never do; a sentence's first word that the article also writes small ("Officials") does so only
    before another capital.
    """
    bits = tokens.bits[at]
    word = tokens.words[at]
    following = tokens.words[at + 1] if at + 1 < len(tokens.words) else ""
    capital_next = bool(following) and following[0].isupper()
    if tokens.fresh[at] and tokens.lower[at] in _TAGS and word not in tokens.proper:
        return False  # "Said Lee: ..."
    if bits & W.FUNCTION:
        return capital_next and not tokens.fresh[at] and tokens.lower[at] in _FUNCTION_IN_NAME
    if word[1:2] == "-" or (not capital_next and _compound(word)):
        return False
    if len(word) == 1:
        return following == "." or (capital_next and word != "I" and word != "A")
    if tokens.fresh[at] and not bits & BEFORE_NAME and word not in tokens.proper:
        small = tokens.lower[at]
        if small in tokens.common and not capital_next:
            return False
        if small.endswith(("ing", "ed", "ly")) and (
            not capital_next or small in tokens.common or small.endswith(("ing", "ly"))
        ):
            return capital_next and small not in tokens.common and not small.endswith(("ing", "ly"))
    return not (bits & W.CALENDAR and not capital_next)


def _compound(word: str) -> bool:
    """Whether a word only begins like a name: "Orlando-based", "R-Texas" is none of its own."""
    tail = word.rpartition("-")[2] if "-" in word else ""
    return len(tail) > 3 and tail.islower()


def _bound(word: str) -> bool:
    """Whether a word is a surname with its article bound on: "al-Sayed", "el-Masri"."""
    article, hyphen, name = word.partition("-")
    return bool(hyphen) and article in _ARTICLES and name[:1].isupper()


def run_end(tokens: Tokens, at: int) -> int:
    """One past the last token of the run of capitalised words that begins at ``at``."""
    words, lower, bits = tokens.words, tokens.lower, tokens.bits
    total = min(len(words), at + _LONGEST_RUN)
    end = at + 1
    while end < total:
        if tokens.owner[end - 1] or tokens.sentence[end] != tokens.sentence[at]:
            break
        word = words[end]
        capital = word[0].isupper()
        if not (capital or word in _INNER_MARKS or bits[end] & W.PARTICLE or "-" in word):
            break  # the end of most
        before = words[end - 1]
        gap = tokens.starts[end] - tokens.ends[end - 1]
        if gap > 2:
            break
        if capital or _bound(word):
            if bits[end] & W.FUNCTION and lower[end] not in _FUNCTION_IN_NAME:
                break
            end += 1
            if lower[end - 1] == "local" and end < total and words[end].isdigit():
                return end + 1  # "Harbour Workers Local 88"
        elif word == "." and gap == 0 and (len(before) == 1 or lower[end - 1] in _ABBREVIATED):
            if end + 1 < total and words[end + 1][0].isupper():
                end += 2
            else:
                break
        elif (
            (
                word in "'’"
                and gap == 0
                and before.endswith("s")
                and end + 1 < total
                and bits[end + 1] & W.ORGANISATION
                and words[end + 1][0].isupper()
            )
            or word == "and"
            and joins(tokens, end, at)
        ):
            end += 2
        elif (bits[end] & W.PARTICLE or word == "&") and end + 1 < total:
            step = 2 if bits[end + 1] & W.PARTICLE and words[end + 1].islower() and end + 2 < total else 1
            if not words[end + step][0].isupper() or tokens.starts[end + step] - tokens.ends[end + step - 1] > 2:
                break
            end += step + 1
        else:
            break
    return end

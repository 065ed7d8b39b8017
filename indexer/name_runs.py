"""Runs of capitalised words: where one can begin, and how far it reaches ("University of Oak", "J. R. van Dyke")."""

from __future__ import annotations

from indexer.coordination import joins, list_end, possessive_goes_on
from indexer.name_tokens import Tokens
from indexer.opening_forms import ends_as_name
from indexer.ordinary_words import ordinary_words
from indexer.papers import is_daily, weekend_paper
from indexer.people_words import W, plural_of_role
from indexer.word_table import elided

_LONGEST_RUN = 24
_NICKNAME_MARKS = {'"': '"', "“": "”", "‘": "'", "'": "'", "(": ")"}
_INNER_MARKS = frozenset((".", "'", "’", "&", "and"))
_RARE_MARKS = frozenset((",", *_NICKNAME_MARKS)) - _INNER_MARKS
BEFORE_NAME = int(
    W.HONORIFIC | W.TITLE | W.ROLE | W.MODIFIER | W.DEMONYM | W.PLACE | W.PORTFOLIO | W.DIRECTION | W.ORGANISATION
)
_ABBREVIATED = frozenset(
    "mr mrs ms dr prof sen rep gov lt gen maj col capt cmdr adm sgt cpl pvt insp det supt hon rev fr st jr sr pres const cst coun couns cllr ald dep pte brig cdr mt ft amb atty sens reps govs drs profs couns cllrs sgts consts dets messrs".split()
)
_ARTICLES = frozenset("al el ul ad an ar as ash at az".split())
FUNCTION_IN_NAME = frozenset(
    ("will", "may", "long", "little", "price", "given", "still", "best", "good", "few", "way", "rose", "one")
)
"""Function words that stand in names too."""

GIVEN_TOO = frozenset("bill hunter mason venus jesus jan april june may august".split())
"""What before a name without a class is a first name: "Bill Weston", "June Hale"."""

_PLURAL_TITLES = frozenset("reps sens govs drs profs couns cllrs mps mlas mpps sgts consts dets".split())

_TAGS = frozenset(("said", "says", "adds", "added", "asks", "asked"))
"""Verbs that put their subject behind them at the head of a sentence."""

_MEASURES = frozenset(
    "old time term year month day week based born area long wide led trained owned winning round".split()
)
"""What ends a word that tells something of a name and is no part of it: "Two-time", "Eleven-year-old", "Oakland-based"."""


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
        return capital_next and not tokens.fresh[at] and tokens.lower[at] in FUNCTION_IN_NAME
    if word[1:2] == "-" or (not capital_next and _compound(word)) or word.rpartition("-")[2] in _MEASURES:
        return False
    if len(word) == 1:
        return following == "." or (capital_next and word != "I" and word != "A") or is_university(tokens, at)
    if tokens.fresh[at] and not bits & BEFORE_NAME and word not in tokens.proper:
        small = tokens.lower[at]
        if small in tokens.written and not capital_next:
            return False
        if capital_next and small.endswith("ed") and small in ordinary_words():
            return False  # "Added Ann Lee: ..."
        if small.endswith(("ing", "ly")):
            return not bits and small not in tokens.written and ends_as_name(small)
        if small.endswith("ed") and (not capital_next or small in tokens.written):
            return False
    return not (bits & W.CALENDAR and not capital_next)


def is_university(tokens: Tokens, at: int) -> bool:
    """Whether a "U" is a university by its short name: "U of K" for the University of Kesmark, "U of Orsk"."""
    words = tokens.words
    return (
        words[at] == "U"
        and words[at + 1 : at + 2] == ["of"]
        and words[at + 2 : at + 3] != []
        and words[at + 2][0].isupper()
    )


def _compound(word: str) -> bool:
    """Whether a word only begins like a name: "Orlando-based", "R-Texas" is none of its own."""
    tail = word.rpartition("-")[2] if "-" in word else ""
    return len(tail) > 3 and tail.islower()


def _bound(word: str) -> bool:
    """Whether a word is a surname with its article bound on: "al-Sayed", "el-Masri"."""
    article, hyphen, name = word.partition("-")
    return bool(hyphen) and article in _ARTICLES and name[:1].isupper()


def run_end(tokens: Tokens, at: int, after_head: bool = False) -> int:
    """One past the last token of the run of capitalised words that begins at ``at``.

    Args:
        tokens: Of the article.
        at: Where the run begins.
        after_head: Whether it goes on with an organisation's name by "of", "for" or the like.
    """
    words, lower, bits = tokens.words, tokens.lower, tokens.bits
    total = min(len(words), at + _LONGEST_RUN)
    end = at + 3 if words[at] == "U" and is_university(tokens, at) else at + 1
    while end < total:
        if tokens.sentence[end] != tokens.sentence[at]:
            break
        if tokens.owner[end - 1] and not possessive_goes_on(tokens, end, at):
            break
        word = words[end]
        capital = word[0].isupper() or elided(word)
        if not (capital or word in _INNER_MARKS or bits[end] & W.PARTICLE or "-" in word):
            if word in _RARE_MARKS and end + 1 < total and words[end + 1][0].isupper():
                stop = list_end(tokens, end, at, after_head) if word == "," else _nickname_end(tokens, end, at)
                if stop:
                    end = stop
                    continue
            return end + 2 if word == "on" and weekend_paper(tokens, end) else end  # the end of most
        before = words[end - 1]
        gap = tokens.starts[end] - tokens.ends[end - 1]
        if gap > 2:
            break
        if capital or _bound(word):
            if bits[end] & W.FUNCTION and lower[end] not in FUNCTION_IN_NAME and not _inner_word(tokens, end, at):
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
            word in "'’"
            and gap == 0
            and before.endswith("s")
            and end + 1 < total
            and bits[end + 1] & W.ORGANISATION
            and words[end + 1][0].isupper()
        ):
            end += 2
        elif word == "and" or (word in "'’" and gap == 0 and end + 1 < total and words[end + 1] == "and"):
            joint = end if word == "and" else end + 1
            if joint + 1 >= total or not words[joint + 1][0].isupper() or not joins(tokens, joint, at, after_head):
                break
            end = joint + 2
        elif word == "'" and end + 1 < total and words[end + 1][0].isupper():
            stop = _nickname_end(tokens, end, at)
            if not stop:
                break
            end = stop
        elif (bits[end] & W.PARTICLE or word == "&") and end + 1 < total:
            step = 2 if bits[end + 1] & W.PARTICLE and words[end + 1].islower() and end + 2 < total else 1
            if not words[end + step][0].isupper() or tokens.starts[end + step] - tokens.ends[end + step - 1] > 2:
                break
            end += step + 1
        else:
            break
    return end


def _inner_word(tokens: Tokens, at: int, first: int) -> bool:
    """Whether a word that opens no name stands inside one: Red Pine *First* Nation, Laria *Today*, Charles *A* Orsk, Jan *Ten* Holt."""
    words = tokens.words
    following = words[at + 1] if at + 1 < len(words) else ""
    if is_daily(tokens, first, at + 1) or (following == "." and _is_initial(tokens, at)):
        return True
    if tokens.lower[at] == "first":
        return following in ("Nation", "Nations")
    inside = words[at - 1].istitle() and following.istitle() and at - first < 5 and not tokens.bits[at - 1] & W.THING
    if not inside or tokens.bits[at + 1] & W.FUNCTION or tokens.paragraph[at] in tokens.headline:
        return False
    return words[at] == "A" or (words[at] == "Ten" and not tokens.bits[at - 1])


def _is_initial(tokens: Tokens, at: int) -> bool:
    """Whether an "A" or "I" before a full stop is an initial: Lena *A*. *I*. Orsk; not: it was Plan A. Orsk said so."""
    before = tokens.lower[at - 1]
    named = before == "." or (not tokens.bits[at - 1] and before not in ordinary_words())
    return (
        named and len(tokens.words[at]) == 1 and tokens.words[at + 2 : at + 3] != [] and tokens.words[at + 2].istitle()
    )


def _nickname_end(tokens: Tokens, mark: int, at: int) -> int:
    """One past what follows a nickname between marks: Robert "Bob" Hale, Ann (Annie) Lee; 0 where there is none."""
    words = tokens.words
    if mark + 3 >= len(words) or words[mark + 2] not in _NICKNAME_MARKS[words[mark]] or mark - at > 3:
        return 0
    nickname, surname = words[mark + 1], words[mark + 3]
    bits = tokens.bits[mark + 1] | tokens.bits[mark + 3] | tokens.bits[mark - 1]
    if not (nickname.istitle() and surname[0].isupper()) or bits & (W.FUNCTION | W.ORGANISATION | W.PLACE):
        return 0
    tight = tokens.starts[mark + 1] == tokens.ends[mark] and tokens.starts[mark + 2] == tokens.ends[mark + 1]
    return mark + 4 if tight and tokens.sentence[mark + 3] == tokens.sentence[at] else 0


def plural_title(tokens: Tokens, at: int, end: int) -> bool:
    """Whether a word of a run is the title of several people: "Couns. Tom Hale and Ann Lee", "Senators Hale and Lee"."""
    word = tokens.lower[at]
    behind = at + 2 if tokens.words[at + 1] == "." else at + 1
    unknown = behind < end and (not tokens.bits[behind] or tokens.lower[behind] in GIVEN_TOO)
    return unknown and tokens.lower[behind] not in ordinary_words() and (word in _PLURAL_TITLES or plural_of_role(word))

"""Clauses that begin with their own subject, without "that", and those whose subject stands ahead of the cue.

said the dam would hold                 clause without that
the gate, which she said was shut       relative
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.adjuncts import STOPS, skip_adjuncts
from indexer.clauses import FoundCue, Start, Word
from indexer.verbs import clause_verb, contracted, is_auxiliary, is_finite, may_be_verb, verb_form

_ONLY_QUESTIONS = frozenset("whether how why which who".split())
_RELATIVES = frozenset("which that what who where".split())
_REFLEXIVE = frozenset("himself herself themselves itself myself ourselves".split())
_SUBJECTS = frozenset(
    "he she it they we i you there this these those that the a an his her its their our my your no any some all many most more several "
    "one two three four five six seven eight nine ten both each every such if when while although though because despite since once as "
    "only even neither either nobody everyone everybody nothing anyone people not what how why who whoever whether another few fewer "
    "less about nearly almost around under over after before in at on without by for until given during because".split()
)
_NO_CLAUSE = frozenset("so to of nothing yes no goodbye hello anything something".split())


_ASIDES = frozenset(", — – --".split())
_LONGEST_WISHED = 8
_WISHING = frozenset("suggest recommend propose ask demand insist request".split())
_NO_NOUN = frozenset(
    "the a an his her its their our my your this that no any some more most of in on at for with by from and or about how what new other".split()
)
_BEHIND_VERB = frozenset(
    "the a an his her its their our at in into on to up out off for with from more all any some these those back away".split()
)
_LONGEST_NAMED = 14
_LONGEST_ITEM = 4
_LONGEST_LIST = 20
_LONGEST_TITLE = 9
_SMALL = frozenset("a an the of in on at to for and or with from".split())
_WHEN = frozenset("after before when while as because since until".split())


def without_that(words: Sequence[Word], cue: FoundCue, at: int, passive: bool) -> Start:
    """Rule "clause without that": the mayor said the dam would hold; she said the dam, built in 1931, would hold."""
    if words[at].lower in _ONLY_QUESTIONS or words[at].lower == "by":
        return None
    late = at > cue.last + 1 and is_auxiliary(words[at].lower)
    reports = cue.cue.frame in ("say", "find") or (cue.cue.frame == "that" and not late)
    wished = (cue.cue.frame == "object" or cue.cue.lemma in _WISHING) and _is_wished(words, at)
    reports = reports or wished
    told = passive and (words[cue.first - 2].lower if cue.first > 1 else "") == "it"
    if not reports or (passive and not told) or closes_quote(words, cue) or not _starts(words, at):
        return None
    if words[at].lower in _WHEN and not _main_clause(words, at):
        return None  # "the dam would hold, Orsk said after the storm passed" tells when it was said
    if words[at].lower in _REFLEXIVE:
        return None  # "declared himself “immune”" is a judgement
    if (
        contracted(words[at])
        or wished
        or clause_verb(words, at)
        or (past_aside(words, at) and not _closes(words, cue))
        or (_past_list(words, at) and not _behind_comma(words, cue))
        or (cue.cue.lemma == "say" and stretch(words, at) > 3 and not _behind_comma(words, cue))
    ):
        return at, "clause without that"
    return None


def _main_clause(words: Sequence[Word], at: int) -> bool:
    """Whether a clause follows the one that tells when or why: said after the storm passed, *crews would come*."""
    commas = [number for number in range(at, len(words)) if words[number].text == "," and words[number].quoted < 0]
    return any(clause_verb(words, comma) for comma in commas)


def relative(words: Sequence[Word], cue: FoundCue, at: int, passive: bool) -> Start:
    """Rule "relative": the clause's subject stands ahead: the gate, which she said was shut; what Orsk called for is not."""
    if cue.cue.frame != "say" or passive or at != cue.last + 1 or not is_finite(words, at):
        return None
    for number in range(cue.begin - 1, max(cue.begin - 8, -1), -1):
        word = words[number]
        if word.text in STOPS or word.quoted >= 0:
            return None
        if word.lower in _RELATIVES:
            return at, "relative"
    return None


def _is_wished(words: Sequence[Word], at: int) -> bool:
    """Whether a clause wants something to be or to be done: she urged *the fee be waived*; he suggested *the guild wait at home*."""
    for number in range(at, min(at + _LONGEST_WISHED, len(words) - 1)):
        word = words[number]
        if word.quoted >= 0 or word.text in STOPS or word.text == "," or word.lower in ("to", "and", "or"):
            return False
        if number > at and word.lower == "be":
            return not is_auxiliary(words[number - 1].lower)
        if number > at and _is_bare(words, number):
            return True
    return False


def _is_bare(words: Sequence[Word], at: int) -> bool:
    """Whether a verb without an ending stands behind a noun of one: the guild *wait* at home, the court *step* in."""
    before = words[at - 1].lower
    form = verb_form(words[at].lower)
    if form[:4] != "base" or before.endswith("s") or before in _NO_NOUN or not before[0].isalpha():
        return False
    following = words[at + 1].lower
    return following in _BEHIND_VERB or (form == "base" and following.endswith("ly"))


def holds_clause(words: Sequence[Word], begin: int, end: int) -> bool:
    """Whether a clause begins before a "that", which then belongs to it: she said the mayor knew that the dam would hold."""
    at = skip_adjuncts(words, begin)
    return at < end and (contracted(words[at]) or (_starts(words, at) and clause_verb(words[:end], at)))


def _starts(words: Sequence[Word], at: int) -> bool:
    """Whether a clause can begin with a word."""
    word = words[at]
    if word.lower in _NO_CLAUSE and at + 1 < len(words):
        return word.lower == "no" and words[at + 1].text not in ",."
    if contracted(word):
        return True
    starts = word.lower in _SUBJECTS or word.text[0].isupper() or word.text[0].isdigit() or word.text in "$£€"
    if not (starts or word.lower.endswith("s") or "-" in word.text or clause_verb(words, at)):
        return False
    return stretch(words, at) >= 2 or past_aside(words, at) or _past_list(words, at)


def past_aside(words: Sequence[Word], at: int) -> bool:
    """Whether a finite verb follows an aside between two commas or dashes: "the dam, built in 1931, would hold"."""
    first = at + stretch(words, at)
    if first >= len(words) or words[first].text not in _ASIDES:
        return False
    second = first + 1 + stretch(words, first + 1)
    return (
        second + 1 < len(words)
        and words[second].text == words[first].text
        and (may_be_verb(words[second + 1]) or clause_verb(words, second, 4))
    )


def _past_list(words: Sequence[Word], at: int) -> bool:
    """Whether a finite verb follows a list that is the subject: said *Catholic, Jewish and Quaker schools* must close."""
    first = at + stretch(words, at)
    if first - at > _LONGEST_ITEM or first >= len(words) or words[first].text != ",":
        return False
    joined = 0
    for number in range(first + 1, min(first + _LONGEST_LIST, len(words))):
        word = words[number]
        if word.quoted >= 0 or word.text in STOPS:
            return False
        if word.lower in ("and", "or") and not joined:
            joined = number
        elif joined and (word.text == "," or number - joined > _LONGEST_ITEM + 2):
            return False
        elif verb_form(word.lower) and is_finite(words, number):
            return joined > 0 and number > joined + 1
    return False


def stretch(words: Sequence[Word], at: int) -> int:
    """Words before the next mark."""
    for number in range(at, len(words)):
        if words[number].text in STOPS or words[number].text == ",":
            return number - at
    return len(words) - at


def _behind_comma(words: Sequence[Word], cue: FoundCue) -> bool:
    return cue.begin > 0 and words[cue.begin - 1].text == ","


def _closes(words: Sequence[Word], cue: FoundCue) -> bool:
    """Whether a cue stands right behind a comma, so that a name may follow: the dam would hold, said the chief of the board.

    Not where its subject stands before the comma: left, *saying* the dam held; Orsk, *who ran the port*, said the dam held.
    """
    if not _behind_comma(words, cue) or words[cue.first].lower.endswith("ing"):
        return False
    for number in range(min(cue.begin - 1, _LONGEST_NAMED)):
        if words[number].text == ",":
            return False
        if words[number].quoted >= 0 or (number and is_finite(words, number)):
            return True
    return True


def closes_quote(words: Sequence[Word], cue: FoundCue) -> bool:
    """Whether the cue stands right behind quoted words, so that its subject follows: “...,” said Hale, a sailor.

    Not: it was “a farce,” *saying* the dam held; Hale, host of “Harbour Hour,” *said* the dam held.
    """
    if cue.begin == 0 or words[cue.begin - 1].quoted < 0 or words[cue.first].lower.endswith("ing"):
        return False
    return not ends_title(words, cue.begin - 1)


def ends_title(words: Sequence[Word], last: int) -> bool:
    """Whether quoted words are the title of a work or show that tells who speaks: Hale, host of “Harbour Hour,” said."""
    number = last
    while number >= 0 and words[number].quoted == words[last].quoted:
        word = words[number]
        if last - number > _LONGEST_TITLE or (word.text.islower() and word.lower not in _SMALL):
            return False
        number -= 1
    return number > 0 and (words[number].text == "," or (words[number].text.islower() and words[number].text.isalpha()))

"""Sentences outside quotation marks as words, and where a cue, its subject and its clause lie in them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple, TypeAlias

from indexer.cues import CueWord, cue_words

_AUXILIARY = frozenset(
    "has have had also later then often repeatedly again once would will is was were are be been being did does".split()
)
_NEVER_BEFORE = frozenset(
    "the a an whose this that these those his her its their our my your no any some each every of to for from in on".split()
)
_NOUNS_TOO = frozenset(
    "report claim estimate note comment question post call demand promise pledge boast joke hint reply vow answer state challenge".split()
)
_PLURALS = frozenset(f"{word}s" for word in (*_NOUNS_TOO, "remark", "warning", "order", "call", "complaint"))
_ADJECTIVES = ("al", "ive", "ous", "ful", "ic", "ile", "ory", "ary", "able", "ing", "less")
_PARTLESS = frozenset(
    "with amid amidst despite among amongst including about over between through under against into without of".split()
)
_FIXED = frozenset("total latest highest lowest only new newly previous".split())
"""Words that a subject does not end with, so that the participle behind them is an adjective."""
_SMALL = frozenset("the and for but nor its via from with into over than that after under about".split())
_SAID = frozenset(("said", "says", "told", "added"))
_TO_SAY = frozenset("say argue insist announce claim tell explain declare warn suggest admit acknowledge ask".split())
_GOING_ON = frozenset("on as except forward continued continues only".split())


MOST_CUES = 60
"""Cues looked at in one sentence: more are no news, and each looks through the words around it."""


Start: TypeAlias = tuple[int, str] | None
"""First word of a clause and the name of the rule that found it, or None where none does."""


class Word(NamedTuple):
    """A word or mark (a tuple, because there are very many). ``quoted`` is the number of the quoted span that it stands in, or -1."""

    start: int
    end: int
    text: str
    lower: str
    quoted: int


class FoundCue(NamedTuple):
    """A cue: words ``first`` to ``last`` (inclusive) of the sentence; ``begin`` counts its auxiliaries too."""

    first: int
    last: int
    begin: int
    cue: CueWord


class FoundCues(list[FoundCue]):
    """The cues of one sentence, with what is told of the sentence once for all of them.

    Attributes:
        limiting: Places where the clause of a cue may have to end, as :mod:`indexer.clause_limits` keeps them; None before
            they were looked for.
        parting: The same without those commas that were found to begin nothing behind a clause, whichever it is.
    """

    limiting: list[int] | None = None
    parting: list[int] | None = None

    @cached_property
    def begins(self) -> list[int]:
        """Where each begins."""
        return [cue.begin for cue in self]


class Clause(NamedTuple):
    """A reported clause: words ``first`` to ``last`` (inclusive) of the sentence, and the cue that reports it."""

    first: int
    last: int
    cue: FoundCue
    rule: str
    open_end: bool = False
    """Whether the end was looked for from the beginning on, and not given by the cue that stands behind."""


def find_cues(words: Sequence[Word], places: Sequence[int]) -> FoundCues:
    """The reporting words of a sentence that stand outside quotation marks and can be verbs.

    Args:
        words: The sentence.
        places: Indexes of the words that can begin a cue.
    """
    lexicon = cue_words()
    found = FoundCues()
    for number in [index for index in places if words[index].quoted < 0][:MOST_CUES]:
        for cue in lexicon[words[number].lower]:
            if cue.rest:
                after = number + 1 + len(cue.rest)
                if tuple([w.lower for w in words[number + 1 : after]]) != cue.rest:
                    continue
                if cue.lemma == "go on" and after < len(words) and words[after].lower == "to":
                    continue  # "went on to say": that cue comes next
            elif not _can_be_verb(words, number):
                continue
            begin = number
            while begin > 0 and words[begin - 1].lower in _AUXILIARY and words[begin - 1].quoted < 0:
                begin -= 1
            found.append(FoundCue(number, number + len(cue.rest), begin, cue))
            break
    return found


def _is_source(words: Sequence[Word], number: int, before: str, after: str) -> bool:
    """Whether "per" names a source: "Per the ministry, ...", "..., per the ministry"; not: forty per cent, per person."""
    if number and words[number].text[0].isupper():
        return False  # a first name
    if number and before not in (",", "(") and words[number - 1].quoted < 0:
        return False
    named = number + 1 < len(words) and words[number + 1].text[0].isupper()
    return named or after in ("the", "a", "an", "its", "their", "his", "her") or (not number and after.endswith("s"))


def _can_be_verb(words: Sequence[Word], number: int) -> bool:
    """Whether a form can be a verb here: not after an article or preposition, nor before "of"."""
    if (
        words[number].text[0].isupper()
        and number
        and words[number - 1].text not in ".:"
        and not words[number].text.isupper()
    ):
        lowered = any(word.text.islower() and len(word.text) > 2 and word.lower not in _SMALL for word in words)
        if lowered:  # a name or title in the middle of a sentence; a headline in capitals is another matter
            return False
    if not number and words[0].text == "Said" and any(word.lower in _SAID for word in words[1:]):
        return False  # "Said Hale said the dam would hold": a first name
    before = words[number - 1].lower if number else ""
    after = words[number + 1].lower if number + 1 < len(words) else ""
    word = words[number].lower
    if word == "per":
        return _is_source(words, number, before, after)
    if word.endswith("ed") and (before in _PARTLESS or (before in _FIXED and not words[number - 1].text.isupper())):
        return False  # "with reported losses of", "the total estimated cost"
    if word.endswith("ed") and before.isdigit() and after.endswith("s") and not after.endswith("ss"):
        return False  # "46 confirmed cases"
    if before == "to" and number > 1 and (words[number - 2].lower in _GOING_ON or word in _TO_SAY):
        return True  # "went on to say", "declined to comment except to say", "stood up to argue that"
    if before in _NEVER_BEFORE and not (before in ("that", "this", "no") and word.endswith(("ed", "s", "said"))):
        return False
    if after == "of" and word in (
        "claims",
        "claim",
        "report",
        "reports",
        "state",
        "states",
        "note",
        "call",
        "calls",
        "estimate",
    ):
        return False
    if before.endswith(("'s", "s'")) and not word.endswith(("ed", "said", "told")):
        return False  # "the paper's report", "the union's claims"
    if word in _PLURALS and before.endswith(_ADJECTIVES):
        return False  # "hostile comments", "historical claims"
    if word.endswith("ing") and before in ("most", "more", "very", "so", "too"):
        return False  # "the most challenging year"
    if word in _NOUNS_TOO and before.endswith("ed"):
        return False  # "showed promise"
    if (
        word in _NOUNS_TOO
        and before
        and (not before.endswith("s") or before.endswith("ss") or before == "news")
        and before not in ("police", "people", "who", "men", "women")
    ):
        for back in range(number - 2, max(number - 5, -1), -1):
            if words[back].lower in _NEVER_BEFORE:
                return False  # "a news report published on Monday"
            if not words[back].text[0].isalpha():
                break
    return bool(before) or not (word in _NOUNS_TOO or word in _PLURALS)

"""Clauses behind a listener: what somebody was told, told to do, or asked.

told the paper she would stay           told
told the crew to stay at home           told to
asked him whether the dam would hold    reported question
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.adjuncts import PREPOSITIONS, STOPS, STRETCHES, TIMES
from indexer.clauses import FoundCue, Start, Word
from indexer.subject_starts import past_aside
from indexer.verbs import clause_verb, contracted, is_finite

_THAT = "that"
_QUESTIONS = frozenset("if whether how why what who when where which".split())
_ASKED = frozenset("if whether how why what".split())
_BEFORE_NAME = PREPOSITIONS | frozenset("the a an his her their its and or".split())
_FAR = 28
_LONGEST_TITLE = 8
_LONGEST_NAME = 4
_QUANTITIES = frozenset("only about nearly almost more fewer less people half".split())
_NOMINATIVES = frozenset("he she they it we".split())
_TOLD_CLAUSE = frozenset("he she they it we there i the his her their its these those most many some no".split())
_LISTENERS = frozenset(
    "court jury judge tribunal inquest inquiry hearing reporters journalists police officers investigators detectives parliament lawmakers "
    "legislators senators mps councillors committee commission crowd audience supporters delegates shareholders investors analysts fans "
    "newspaper paper agency broadcaster channel press media me us him her them".split()
)


def told(words: Sequence[Word], cue: FoundCue, at: int, passive: bool) -> Start:
    """The listener stands between the cue and its clause, which begins in one of three ways.

    "told, clause without that":  Hale told the paper she would stay until spring.
    "told, reported question":    Hale told Harbour News if the dam would hold.
    "told, quoted part":          Hale told the paper “it will be a long time” before it holds.

    She told the paper she would stay; he told the court Orsk had never called.
    """
    if cue.cue.frame != "tell":
        return None
    ahead = next((n for n in range(at + 1, min(at + 12, len(words))) if words[n].lower == _THAT), len(words))
    for number in range(at + 1, min(at + 8, len(words))):
        word = words[number]
        if word.text in STOPS or word.text == ",":
            return None
        if word.quoted >= 0:
            that = _past_title(words, number)
            return (that, "that clause") if that else (number, "told, quoted part")
        before = words[number - 1]
        if before.lower == "her" and _begins(words, number + 1):
            continue  # "told her supervisor she would stay"
        if _tells_day(words, number) or _names_listener(words, number):
            continue
        opens = (
            (_tells_day(words, number - 1) and word.lower not in STRETCHES)
            or (word.lower in _TOLD_CLAUSE and before.lower not in PREPOSITIONS)
            or (before.lower in _LISTENERS and word.lower not in PREPOSITIONS)  # "told reporters at a meeting he ..."
            or (word.text[0].isupper() and before.text.islower() and before.lower not in _BEFORE_NAME)
            or (word.lower in ("a", "an") and before.lower not in PREPOSITIONS)
            or (before.text[0].isupper() and _begins_plainly(words, number))
        )
        if contracted(word) or (
            opens
            and (
                clause_verb(words[:ahead], number, _FAR)
                or (ahead == len(words) and word.lower in _TOLD_CLAUSE and past_aside(words, number))
            )
        ):
            return number, "told, clause without that"
        if word.lower in ("if", "whether", "how", "why", "what"):
            return number, "told, reported question"
    return None


def _begins_plainly(words: Sequence[Word], number: int) -> bool:
    """Whether a clause begins without an article behind a listener's name: told Harbour News *people's lives had changed*."""
    word = words[number]
    plural = word.text.islower() and word.lower.endswith("s") and word.lower not in ("as", "was", "is", "has", "this")
    plain = plural or word.lower in _QUANTITIES
    return plain and number + 1 < len(words) and not words[number + 1].text[0].isupper()


def _tells_day(words: Sequence[Word], number: int) -> bool:
    """Whether a word tells on which day a listener was told: told reporters *Tuesday* the gates; not: at a *Tuesday* meeting."""
    word = words[number]
    return word.lower in TIMES and word.text[0].isupper() and words[number - 1].lower not in _BEFORE_NAME


def _names_listener(words: Sequence[Word], number: int) -> bool:
    """Whether a name goes on with the listener, because a pronoun begins the clause behind it: told host *Max Quill* she."""
    if not words[number].text[0].isupper() or not words[number - 1].text.islower():
        return False
    end = number
    while end < len(words) and words[end].text[0].isupper() and end - number < _LONGEST_NAME:
        end += 1
    return end < len(words) and words[end].lower in _NOMINATIVES


def _begins(words: Sequence[Word], at: int) -> bool:
    """Whether a word begins a clause by itself: "she", "the", "she'll", "what"."""
    if at >= len(words):
        return False
    return words[at].lower in _TOLD_CLAUSE or words[at].lower in _QUESTIONS or contracted(words[at])


def told_to(words: Sequence[Word], cue: FoundCue, at: int, passive: bool) -> Start:
    """Rule "told to": the listener stands between the cue and what is to be done: she told the crew to stay at home."""
    if cue.cue.frame != "tell" or passive:
        return None
    for number in range(at + 1, min(at + 8, len(words) - 1)):
        word = words[number]
        if word.text in STOPS or word.text == "," or word.quoted >= 0 or contracted(word) or is_finite(words, number):
            return None
        if word.lower == "to" or (word.lower == "not" and words[number + 1].lower == "to"):
            return number, "told to"
    return None


def question(words: Sequence[Word], cue: FoundCue, at: int, passive: bool) -> Start:
    """Rule "reported question": she asked whether the dam would hold."""
    if cue.cue.frame not in ("ask", "say", "that"):
        return None
    if words[at].lower in _QUESTIONS:
        return at, "reported question"
    if cue.cue.frame != "ask":
        return None
    for number in range(at + 1, min(at + 8, len(words) - 1)):  # "asked the board on Monday whether the dam would hold"
        if words[number].text in STOPS or words[number].text == "," or words[number].quoted >= 0:
            return None
        if words[number].lower in _ASKED:
            return number, "reported question"
    return None


def _past_title(words: Sequence[Word], at: int) -> int | None:
    """The clause behind a listener in marks: she told the show “Harbour Hour” on Friday that the dam would hold."""
    end = at
    while end < len(words) and words[end].quoted == words[at].quoted:
        end += 1
    for number in range(end, min(end + 4, len(words) - 1)):
        if words[number].lower == _THAT and end - at < _LONGEST_TITLE:
            return number + 1
    return None

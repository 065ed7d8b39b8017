"""Where a reported clause ends: at the end of its sentence, or at a break before it that begins something else.

He said the dam would hold, adding that repairs could wait.     the dam would hold
She said the dam, built in 1931, would hold.                    the dam, built in 1931, would hold
He said the dam would hold and left the room.                   the dam would hold

Every comma, dash, bracket, conjunction and end of quoted words is a place where the clause may end. A logistic model gives
each break the probability p of ending it, given that no break before did; the clause ends where p (1 - p1) (1 - p2) ... is
greatest. Features are words of closed classes and shapes of words; weights and their provenance in data/clause_end_weights.json.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from math import exp, log

from indexer.clause_limits import limit
from indexer.clause_whole import goes_on
from indexer.clauses import FoundCues, Word
from indexer.feature_groups import Group, score_of
from indexer.verbs import is_auxiliary, is_finite, verb_form

_MARKS = frozenset(", ; : — – -- - ( ) …".split())
_PAIRED = frozenset((",", "—", "–", "--", "-"))
_JOINING = frozenset(
    "and but or while as after before when because although though whereas since if until unless without during which who where "
    "despite following amid so than".split()
)
_CLOSED = _JOINING | frozenset(
    "the a an this that these those his her its their my your our he she it they we i you there not no in on at of for to from with by "
    "about under over against into through between also even including such like according one some many all most both what how why "
    "is are was were has have had will would can could may might must should did does do be been being then later instead rather".split()
)
_CLOSING = frozenset("\"”’'»")
_RELATIVE = frozenset("which who whose whom where".split())
_FARTHEST = 100
_WHOLE = ("that clause", "clause without that", "told, clause without that")
_MOST_VERBS = 3  # more are counted as these
VERB, RELATIVE, PARTS = 1, 2, 4
TELLING = VERB | RELATIVE
"""What :func:`look` tells of a word: a verb's form, a relative pronoun, a mark or conjunction that a clause may end at."""
_SUBORDINATE = frozenset(
    "while although though as once after when if since before because whereas despite in at on during".split()
)


def ends(words: Sequence[Word], begin: int, rule: str, cues: FoundCues) -> int:
    """Last word of the clause that begins with ``begin``; ``cues`` are all of the sentence's."""
    score_of_break = _score()
    words = words[: limit(words, begin, rule, cues)]
    last = len(words) - 1
    going_on, best, end = 0.0, -1e9, last
    for at, features in breaks(words, begin, rule, cues):
        score = score_of_break(features)
        cut = -log(1 + exp(-score)) if score > -30 else score
        if going_on + cut > best:
            best, end = going_on + cut, at - 1
        going_on += cut - score
        if going_on < best:  # no later break can be likelier
            return _trimmed(words, begin, end)
    return _trimmed(words, begin, last if going_on > best else end)


def breaks(words: Sequence[Word], begin: int, rule: str, cues: FoundCues) -> Iterator[tuple[int, list[Group]]]:
    """The places where the clause may end (the first word that would not be in it), each with its features in groups."""
    count = len(words)
    leading = words[0].lower if begin > 3 else ""
    opened = leading in _SUBORDINATE or leading.endswith("ing") or leading.endswith("ed")
    if opened and any(word.text == "," and word.quoted < 0 for word in words[:begin]):
        opened = False  # what opens the sentence is over: "When it rained, she said the dam would hold"
    cue_places = cues.begins
    verbs = commas = marks = 0
    aside = relative = False
    whole = rule in _WHOLE
    plain = (_plain, rule, opened)
    word = words[min(begin, count - 1)]
    before = look(word.lower)
    for at in range(begin + 1, min(count, begin + _FARTHEST)):
        previous, word = word, words[at]
        looked, before = before, look(word.lower)
        if word.quoted >= 0:
            whole = False
            continue
        closes = previous.quoted >= 0
        if not (before & PARTS or looked & TELLING or closes):
            continue  # most words
        if (
            looked & VERB
            and verbs < _MOST_VERBS
            and at - 1 > begin
            and previous.quoted < 0
            and is_finite(words, at - 1)
        ):
            # "the plan, launched in May, goes on", "the man who ran was found": an aside's or a relative's verb is not the clause's
            if aside or relative:
                relative = False
            elif verbs or words[at - 2].text != "," or marks > 1 or is_auxiliary(previous.lower):
                verbs += 1
            else:
                aside = True
        if not verbs:
            if looked & RELATIVE and at - 1 > begin:
                relative = not aside
                if words[at - 2].text == ",":
                    aside, relative = True, False
            elif word.text == ",":
                marks += 1
                if aside:
                    aside = False
                    continue
        if word.text in ":-" and word.start == previous.end and at + 1 < count and words[at + 1].start == word.end:
            continue  # "3:15"
        parts = before & PARTS
        if not (closes or parts) or at == count - 1:
            continue
        if at - begin < 2 and not closes:
            continue
        if not verbs and whole and not closes:
            continue  # a clause has a verb: "said the driver, who was not hurt, stayed"
        if word.text in _PAIRED and goes_on(words, begin, at):
            commas += 1
            continue
        kind = word.lower if parts else "word"
        mark = f"{kind}/{_stopped(words, at - 1) if closes else 0}"
        after = at + 1 if kind != "word" else at
        one, two = shape(words, after), shape(words, after + 1)
        following = bisect_right(cue_places, at)
        gap = cue_places[following] - at if following < len(cue_places) else 99
        near = "1" if gap == 1 else "2-3" if gap < 4 else "4-6" if gap < 7 else "7-12" if gap < 13 else "far"
        later = count - at
        rest = "1-3" if later < 4 else "4-6" if later < 7 else "7-12" if later < 13 else "13-24" if later < 25 else "25"
        finite = finite_in(words, after, 8)
        again = int("," in [ahead.text for ahead in words[after : after + 12]])
        yield at, [
            plain, (_around, mark, one, two), (_before_cue, mark, near, one), (_counted, rest, verbs),
            (_behind, mark, min(commas, 3), opened, again, rule),
            (_beside, mark, word_at(words, after, one), shape(words, at - 1)), (_finite, mark, one, finite),
        ]  # fmt: skip
        commas += word.text == ","


def _plain(rule: str, opened: bool) -> list[str]:
    return ["bias", f"rule {rule}", f"opened {opened}"]


def _around(mark: str, one: str, two: str) -> list[str]:
    return [f"at {mark}", f"{mark} then {one}", f"{mark} after {two}", f"{one} {two}"]


def _before_cue(mark: str, near: str, one: str) -> list[str]:
    return [f"{mark} cue {near}", f"cue {near} {one}"]


def _counted(rest: str, verbs: int) -> list[str]:
    return [f"rest {rest}", f"verbs {verbs}"]


def _behind(mark: str, commas: int, opened: bool, again: int, rule: str) -> list[str]:
    return [f"{mark} commas {commas}", f"{mark} opened {opened}", f"{mark} again {again}", f"{mark} {rule}"]


def _beside(mark: str, word: str, previous: str) -> list[str]:
    return [f"{mark} word {word}", f"{mark} previous {previous}"]


def _finite(mark: str, one: str, finite: int) -> list[str]:
    return [f"{mark} finite {finite}", f"{mark} {one} finite {finite}"]


@lru_cache(maxsize=1 << 15)
def look(word: str) -> int:
    """What a word in small letters is to where a clause ends: flags of this module, 0 for most."""
    parts = PARTS if word in _MARKS or word in _JOINING else 0
    return parts | (RELATIVE if word in _RELATIVE else 0) | (VERB if verb_form(word) else 0)


def _stopped(words: Sequence[Word], last: int) -> int:
    """How quoted words end: 1 “a stunt” on Monday, 2 with a comma or stop (“a stunt,” citing), 3 as the sentence (“a stunt.” He)."""
    following = words[last + 1].text if last + 1 < len(words) else "."
    while last > 0 and words[last].text in _CLOSING and words[last].quoted >= 0:
        last -= 1
    if words[last].text in ".!?" and following[0].isupper():
        return 3
    return 2 if words[last].text in ".,!?" else 1


def word_at(words: Sequence[Word], at: int, shaped: str) -> str:
    """A word that is written small, as itself; of any other its shape, so that no name is learned."""
    return words[at].lower if at < len(words) and words[at].quoted < 0 and words[at].text.islower() else shaped


def finite_in(words: Sequence[Word], at: int, reach: int) -> int:
    """Places to the next finite verb before the words part, in three classes: 0 none, 1 at once, 2 behind a subject."""
    for number in range(at, min(at + reach, len(words))):
        word = words[number]
        if word.text in _MARKS:
            return 0
        if verb_form(word.lower) and word.quoted < 0 and is_finite(words, number):
            return 1 if number == at else 2
    return 0


def shape(words: Sequence[Word], at: int) -> str:
    """A word of a closed class as itself, another by what it looks like."""
    if at >= len(words):
        return "end"
    word = words[at]
    if word.quoted >= 0:
        return "quoted"
    if word.lower in _CLOSED or not word.text[0].isalnum():
        return word.lower
    if word.text[0].isdigit():
        return "number"
    if word.text[0].isupper():
        return "Name"
    if word.lower.endswith("ing"):
        return "-ing"
    if verb_form(word.lower) and is_finite(words, at):
        return "verb"
    if word.lower.endswith("ly"):
        return "-ly"
    return "plural" if word.lower.endswith("s") else "word"


def _trimmed(words: Sequence[Word], begin: int, last: int) -> int:
    while last > begin and words[last].text in ".,;:—–!?…-(" and words[last].quoted < 0:
        last -= 1
    return last


@cache
def _score() -> Callable[[Sequence[Group]], float]:
    read = json.loads(files("indexer").joinpath("data/clause_end_weights.json").read_text("utf-8"))
    return score_of(read["weights"])

"""Where the clause that a cue reports begins, by the frame of the cue: one rule a function, asked in this order.

said that the dam would hold            that clause
called for new elections                call for
said the dam would hold                 clause without that
told the paper she would stay           told
denied all claims that it leaks         claim that
asked whether the dam would hold        reported question
promised to rebuild the dam             infinitive
told the crew to stay at home           told to
the gate, which she said was shut       relative
urged voters to stay at home            object and infinitive
admitted taking the money               gerund
called the dam “a disgrace”             judgement
called the dam a disgrace               called so
described the dam as unsafe             described as
warned of floods                        warning of
denied the charges                      denial
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from indexer.adjuncts import PREPOSITIONS, STOPS, TIMES, skip_adjuncts
from indexer.clauses import FoundCue, Start, Word
from indexer.listener_starts import question, told, told_to
from indexer.object_starts import (
    call_for,
    denial,
    described_as,
    gerund,
    infinitive,
    judgement,
    named_so,
    object_to,
    warning,
)
from indexer.subject_starts import holds_clause, relative, stretch, without_that
from indexer.verbs import clause_verb, contracted, is_auxiliary, is_finite

_THAT = "that"
_QUESTIONS = frozenset("if whether how why what who when where which".split())
_NEGATIONS = frozenset(
    "not n't never don't didn't doesn't won't wouldn't can't couldn't cannot declined refused without".split()
)
_PASSIVE = frozenset("was were is are been be being".split())
_NOMINATIVES = frozenset("he she they it we i there".split())
_SAYING = ("say", "that")
_NO_SUBJECTS = PREPOSITIONS | frozenset(
    "who which when where while and but or as if because although though so then".split()
)
_NEAR_THAT = 9
_FAR_THAT = 14
_CLAUSE_OPENS = frozenset(
    "the a an he she it they we there his her its their this these those most many some no".split()
)
_CLOSING = frozenset("\"”’'»")
_CLAIMS = frozenset(
    "claim claims allegation allegations accusation accusations suggestion suggestions report reports rumour rumours rumor rumors notion idea "
    "charge charges assertion assertions speculation argument fears warnings".split()
)
_POINTED_AT = frozenset("day week month year night morning evening afternoon weekend time moment".split())
"""What "that" points at where it opens no clause: "said in a note that day"."""
_BEFORE_RELATIVE = frozenset(
    "to of for with in at on by from around about over under through near into like than nothing something anything everything all way those thing things one ones".split()
)


def clause_start(words: Sequence[Word], cue: FoundCue) -> Start:
    """Where the clause behind a cue begins; None where none does.

    Rule "quoted part": what stands right behind the cue is in marks: she noted “it is of use to say so” again.
    """
    that = _that_clause(words, cue)
    at = skip_adjuncts(words, cue.last + 1)
    passive = bool(cue.first) and words[cue.first - 1].lower in _PASSIVE and not words[cue.first].lower.endswith("ing")
    parted = at >= len(words) or (words[at].text in ",:;.?!)—–" and words[at].quoted < 0)
    if that:
        return that if parted else _before_that(words, cue, at, passive, that)
    if parted:
        if _goes_past_quote(words, at):
            return at + 1, "quoted part"
        return (at + 1, "clause without that") if _set_off(words, cue, at) else None
    if words[at].lower in _QUESTIONS and cue.cue.frame != "ask" and _negated(words, cue):
        return None
    if words[at].quoted >= 0:
        return (at, "quoted part") if cue.cue.frame not in ("expr", "object") else None
    for rule in _RULES:
        if found := rule(words, cue, at, passive):
            return found
    return None


def _set_off(words: Sequence[Word], cue: FoundCue, comma: int) -> bool:
    """Whether a comma parts when or where something was said from the clause: She said in May, the dam would hold.

    Behind a day the clause may begin with any noun: She noted on Monday, *traffic* had risen.
    """
    if comma + 2 >= len(words) or words[comma].text != "," or comma == cue.last + 1 or cue.cue.frame not in _SAYING:
        return False
    first = words[comma + 1]
    if first.quoted >= 0 or any(word.text == "," or word.quoted >= 0 for word in words[: cue.begin]):
        return False
    opens = first.lower in _CLAUSE_OPENS or not first.text[0].islower() or first.lower.endswith("s")
    leads = (
        cue.begin == 0 or words[0].lower in PREPOSITIONS
    )  # "In one tweet Friday, Hale said", "Writing for the court,"
    if leads and cue.cue.frame != "say":
        return False
    opens = opens or (not leads and words[comma - 1].lower in TIMES and first.lower not in _NO_SUBJECTS)
    return opens and clause_verb(words, comma + 1)


def _goes_past_quote(words: Sequence[Word], comma: int) -> bool:
    """Whether quoted words behind a cue's comma do not end its clause: she said, “the gates are old” beyond repair."""
    if comma + 2 >= len(words) or words[comma].text != "," or words[comma + 1].quoted < 0:
        return False
    end = comma + 1
    while end < len(words) and words[end].quoted == words[comma + 1].quoted:
        end += 1
    inner = end - 1
    while inner > comma and not words[inner].text[0].isalnum() and words[inner].text in _CLOSING:
        inner -= 1
    stopped = words[inner].text in ".,!?…—–-"
    return not stopped and end < len(words) and words[end].text.islower() and words[end].text.isalpha()


def _before_that(
    words: Sequence[Word], cue: FoundCue, at: int, passive: bool, that: tuple[int, str]
) -> tuple[int, str]:
    """What opens ahead of a "that", which then belongs to it: told the jury *he* knew that; urged her *to* see that."""
    if at >= that[0] - 1 or words[at].quoted >= 0:
        return that
    for rule in _AHEAD:
        if (found := rule(words, cue, at, passive)) and found[0] < that[0] - 1:
            return found
    return that


def _negated(words: Sequence[Word], cue: FoundCue) -> bool:
    """Whether nothing was said: she would not say whether the dam would hold."""
    return any(word.lower in _NEGATIONS for word in words[max(cue.begin - 3, 0) : cue.first])


def _that_clause(words: Sequence[Word], cue: FoundCue) -> Start:
    """Rule "that clause": Hale said on Monday that the dam would hold; she told the paper that she would stay.

    Rule "claim that": a noun that reports stands ahead of "that" and is part of what is said: she denied all claims that it leaks.
    """
    begin = cue.last + 1
    far = cue.cue.frame == "tell" or (begin < len(words) and words[begin].lower in PREPOSITIONS)
    stop = min(
        begin + (_FAR_THAT if far else _NEAR_THAT), len(words)
    )  # far: "wrote in a long letter to the towns that"
    if _THAT not in [word.lower for word in words[begin:stop]]:
        return None
    for number in range(begin, stop):
        word = words[number]
        if (
            word.quoted >= 0
            or word.text in STOPS
            or word.lower in ("who", "which")
            or (word.lower == "and" and cue.cue.frame != "tell")
        ):
            return None
        if word.lower == _THAT:
            before = words[number - 1].lower
            if number + 1 < len(words) and words[number + 1].lower in _POINTED_AT:
                return None
            if number == begin == cue.last + 1 and _is_subject(words, number):
                return number, "clause without that"
            if (
                number > begin
                and holds_clause(words, begin, number)
                and (cue.cue.frame in ("say", "find") or words[begin].lower in _NOMINATIVES)
            ):
                return None
            if number > begin and cue.cue.frame != "tell" and _is_relative(words, number):
                return None
            if number > begin and before in _CLAIMS and words[begin].quoted < 0:
                return begin, "claim that"
            comma = number + 1 < len(words) and words[number + 1].text == ","
            if comma and number > begin and before in PREPOSITIONS:
                return None  # "asked what comes after that, she shrugged"
            first = number + 2 if comma else number + 1
            return (first, "that clause") if before not in _BEFORE_RELATIVE and first < len(words) else None
        following = words[number + 1].lower if number + 1 < len(words) else ""
        leads_on = following in PREPOSITIONS or following in TIMES or following == _THAT
        if word.text == "," and not leads_on and not _aside_to_that(words, number):
            return None
    return None


def _is_subject(words: Sequence[Word], that: int) -> bool:
    """Whether "that" right behind a cue is the subject of its clause: she says *that* is half of what it costs."""
    if that + 1 >= len(words) or words[that + 1].quoted >= 0:
        return False
    return is_auxiliary(words[that + 1].lower) and not contracted(words[that + 1])


def _is_relative(words: Sequence[Word], that: int) -> bool:
    """Whether "that" is the subject of its clause and means a thing just named: announced a plan that would cost less."""
    if that + 1 >= len(words):
        return False
    verb = words[that + 1]
    if verb.quoted >= 0 or contracted(verb):
        return False
    return is_auxiliary(verb.lower) or (is_finite(words, that + 1) and not clause_verb(words, that + 1))


def _aside_to_that(words: Sequence[Word], comma: int) -> bool:
    """Whether an aside leads from a comma to "that": she noted, unprompted, that the dam would hold."""
    second = comma + 1 + stretch(words, comma + 1)
    return second + 1 < len(words) and words[second].text == "," and words[second + 1].lower == _THAT


_RULES: tuple[Callable[[Sequence[Word], FoundCue, int, bool], Start], ...] = (
    call_for,
    relative,
    infinitive,
    gerund,
    without_that,
    question,
    told_to,
    told,
    judgement,
    named_so,
    described_as,
    object_to,
    warning,
    denial,
)
_AHEAD = (call_for, infinitive, told_to, told, object_to)

"""Clauses whose source is named beside them: "according to the mayor", "as the paper reported".

According to the mayor, the dam would hold.               after "according to" and its comma
The dam would hold, according to the mayor.               before it
As the Herald reported, the dam would hold.               after "as" and its comma
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.adjuncts import PREPOSITIONS, STOPS, skip_adjuncts
from indexer.clause_ends import ends
from indexer.clauses import Clause, FoundCue, FoundCues, Word
from indexer.clauses_before import LONGEST_SUBJECT, clause_begin
from indexer.verbs import clause_verb, is_auxiliary, is_finite

_OPENERS = frozenset(("and", "but", "yet", "still", "“", "("))
_NOT_SOURCES = frozenset("which whom plan schedule custom".split())
_RULES = frozenset(
    "framework rule rules law laws bylaws agreement contract deal policy constitution tradition custom protocol guidelines terms usual".split()
)
"""What is acted by and not told: per the rules, the vote was secret."""
_PARTING = frozenset((";", "and", "but"))
_JOINING = frozenset("and or who which whose that when where as than".split())
_SUBJECTS = frozenset("the a an he she it they we there his her its their these those some many most no".split())
_LONGEST_AS = 10
_LONGEST_WHEN = 4  # "just a few days later"
_WHERE = frozenset(("by", "in", "on", "at"))


def according_to(words: Sequence[Word], cue: FoundCue, cues: FoundCues) -> Iterator[Clause]:
    """The clause stands on the other side of the comma, or of the source's name, by one of three rules.

    "according to, clause after":   According to the mayor, the dam would hold.   ->  the dam would hold
    "according to, clause before":  The dam would hold, according to the mayor.   ->  The dam would hold
    "according to, clause around":  The dam, according to the mayor, would hold.  ->  The dam; would hold
    """
    following = words[cue.last + 1].lower if cue.last + 1 < len(words) else ""
    if following in _NOT_SOURCES or (cue.cue.lemma == "per" and _is_rule(words, cue.last + 1)):
        return
    if cue.first == 0 or (cue.first == 1 and words[0].lower in _OPENERS) or words[cue.first - 1].lower in _PARTING:
        comma = _past_apposition(words, cue.last + 1)
        if (bare := _behind_source(words, cue.last + 1, comma)) is not None:
            yield Clause(
                bare, ends(words, bare, "according to, clause after", cues), cue, "according to, clause after", True
            )
        elif comma is not None and comma - cue.last <= 2 * LONGEST_SUBJECT:
            last = ends(words, comma + 1, "according to, clause after", cues)
            if last - comma >= 3:
                yield Clause(comma + 1, last, cue, "according to, clause after", True)
        return
    end = cue.first - 1
    while end >= 0 and words[end].text == ",":
        end -= 1
    if end < 0:
        return
    begin = clause_begin(words, end)
    comma = _past_apposition(words, cue.last + 1)
    parted = comma is not None and comma - cue.last <= LONGEST_SUBJECT and comma + 2 < len(words)
    if parted and comma is not None and words[comma + 1].quoted < 0:
        goes_on = is_finite(words, comma + 1) or is_auxiliary(words[end].lower)  # "The dam was, he said, unsafe"
        if goes_on or not clause_verb(words[: end + 1], begin - 1, 60):  # "For her, according to Orsk, it is a test"
            yield Clause(begin, end, cue, "according to, clause around")
            last = ends(words, comma + 1, "according to, clause around", cues)
            if last > comma + 1:
                yield Clause(comma + 1, last, cue, "according to, clause around", True)
            return
    if end - begin >= 2:
        yield Clause(begin, end, cue, "according to, clause before")


def _behind_source(words: Sequence[Word], at: int, comma: int | None) -> int | None:
    """Where a clause begins behind a source without a comma: According to court papers *the man had left*."""
    for number in range(at + 2, min(at + LONGEST_SUBJECT, len(words) if comma is None else comma)):
        word, before = words[number], words[number - 1]
        if word.quoted >= 0 or word.text in STOPS:
            return None
        opens = word.lower in _SUBJECTS and before.lower not in PREPOSITIONS and before.lower not in _JOINING
        if opens and clause_verb(words, number):
            return number
    return None


def _is_rule(words: Sequence[Word], at: int) -> bool:
    """Whether what stands from a word to the next comma is acted by and not told."""
    stop = next_mark(words, at, ",") or len(words)
    return any(word.lower in _RULES for word in words[at : min(stop, at + LONGEST_SUBJECT)])


def _past_apposition(words: Sequence[Word], at: int) -> int | None:
    """The comma behind a source, past what is said of it between commas: "Ann Lee, the board's head," "the wire, which ..."."""
    comma = next_mark(words, at, ",")
    if comma is None or comma + 1 >= len(words):
        return comma
    aside = words[comma + 1].lower
    second = next_mark(words, comma + 1, ",")
    if second is None or second - comma > LONGEST_SUBJECT:
        return comma
    if aside in ("which", "who", "whose"):
        return second
    plain = not any(is_finite(words, number) for number in range(comma + 1, second))
    follows = second + 1 < len(words) and clause_verb(words, second)
    return second if plain and follows and aside not in ("and", "or", "in", "on", "at") else comma


def as_reported(words: Sequence[Word], cue: FoundCue, cues: FoundCues) -> Iterator[Clause]:
    """Rule "as reported": As the Herald reported on Monday, the dam would hold.  ->  the dam would hold."""
    opens = 1 if words[0].lower in _OPENERS else 0
    if (
        cue.cue.frame not in ("say", "that", "find")
        or not opens < cue.first < _LONGEST_AS
        or words[opens].lower != "as"
        or words[cue.first].lower.endswith("ing")
    ):
        return
    at = skip_adjuncts(words, cue.last + 1)
    comma = next_mark(words, at, ",")
    if comma is None or (comma - at > _LONGEST_WHEN and words[at].lower not in _WHERE):
        return
    last = ends(words, comma + 1, "as reported", cues)
    if last - comma >= 3:
        yield Clause(comma + 1, last, cue, "as reported", True)


def next_mark(words: Sequence[Word], at: int, mark: str) -> int | None:
    """The next place of a mark outside quotation marks, before the sentence parts otherwise."""
    for number in range(at, len(words)):
        if words[number].text == mark and words[number].quoted < 0:
            return number
        if words[number].text in STOPS and words[number].quoted < 0 and words[number].text not in ("—", "–", "-", "--"):
            return None
    return None

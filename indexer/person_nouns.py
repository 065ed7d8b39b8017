"""Nouns that open a sentence and mean one person: "The tuner works for two hours", "A Grade 11 student came"."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import compress
from typing import NamedTuple

from indexer.kinship import KIN
from indexer.name_tokens import Tokens
from indexer.noun_words import OPENERS, PREPOSITIONS, VERBS, is_verb, tells_age
from indexer.people_words import W
from indexer.speaker_phrases import Phrase
from indexer.spots import Spot

_OPENERS = frozenset("the a an his her their this that another one".split())
_BEFORE = frozenset("and but then meanwhile so".split())
_LEADS = PREPOSITIONS | frozenset(("when", "after", "before", "as", "while"))
_OPENING = _OPENERS | _BEFORE | _LEADS
_JOINTS = frozenset("of from at in with for who".split())
_LONGEST = 7
_LONGEST_LEAD = 9
_CLAUSE_LONGEST = 5
SOMEBODY = frozenset(
    "man woman boy girl teenager teen resident native mother father grandmother grandfather pedestrian motorist customer person resident tenant patient student worker neighbour neighbor".split()
)
"""Nouns of people besides roles and kin."""

_NO_PERSON = W.COLLECTIVE | W.REPORT | W.PLURAL | W.ORGANISATION


class PersonNoun(NamedTuple):
    """A noun phrase that means one person: its first token, one past its last, and its place in its clause.

    ``level`` as in :meth:`indexer.clause_places.ClausePlaces.level`.
    """

    first: int
    stop: int
    level: int


def find_person_nouns(tokens: Tokens, spots: Sequence[Spot]) -> list[PersonNoun]:
    """Find the nouns of persons that open sentences and clauses, in text order; names with titles ("The mayor, Lena Orsk") are none."""
    firsts = [spot.first for spot in spots]
    total = len(tokens.words)
    found: list[PersonNoun] = []
    lower = tokens.lower
    for first in compress(range(total), tokens.fresh):
        if lower[first] not in _OPENING or (first and tokens.sentence[first] == tokens.sentence[first - 1]):
            continue
        if lower[first] in _BEFORE and first + 2 < total:
            first += 1 + (tokens.words[first + 1] == ",")
        elif lower[first] in _LEADS:
            first = _behind_lead(tokens, first, firsts, spots)
        if first < total and lower[first] in _OPENERS and (noun := _read(tokens, firsts, spots, first, 2)):
            found.append(noun)
    known = {noun.stop for noun in found}
    for head in tokens.roles:
        following = lower[head + 1] if head + 1 < total else ""
        if not (following in VERBS or following[-2:] == "ed") or not head or head + 1 in known:
            continue
        if (first := _clause_subject(tokens, head)) >= 0:
            noun = _read(tokens, firsts, spots, first, 1)
            if noun is not None and noun.stop == head + 1:
                found.append(noun)
    found.sort()
    return found


def _clause_subject(tokens: Tokens, head: int) -> int:
    """Where the noun phrase of a head begins that opens a clause inside its sentence, "Asked later, the admiral laughed"; else -1."""
    lower = tokens.lower
    if head + 1 >= len(lower) or not is_verb(lower[head + 1]):
        return -1
    for first in range(head - 1, max(0, head - _CLAUSE_LONGEST), -1):
        if lower[first] in _OPENERS:
            before = first - 1
            opens = lower[before] in OPENERS or lower[before] == "-" or tokens.bits[before] & W.CALENDAR
            return first if opens and tokens.sentence[before] == tokens.sentence[head] else -1
        if not tokens.words[first].isalpha():
            return -1
    return -1


def _behind_lead(tokens: Tokens, first: int, firsts: Sequence[int], spots: Sequence[Spot]) -> int:
    """Behind the opening phrase of a sentence: "On a Tuesday in March, the tuner comes"; not "For Orsk, a nurse who"."""
    for at in range(first + 1, min(first + _LONGEST_LEAD, len(tokens.words) - 1)):
        if tokens.sentence[at] != tokens.sentence[first]:
            break
        if tokens.words[at] == ",":
            index = bisect_right(firsts, at) - 1
            named = index >= 0 and spots[index].last == at - 1 and spots[index].kind == "person"
            return first if named else at + 1
    return first


def _read(tokens: Tokens, firsts: Sequence[int], spots: Sequence[Spot], first: int, level: int) -> PersonNoun | None:
    lower, bits = tokens.lower, tokens.bits
    stop = min(first + _LONGEST, len(lower) - 1)
    for at in range(first + 1, stop):
        word = lower[at]
        if tokens.sentence[at] != tokens.sentence[first] or not (word[0].isalnum()) or word in _JOINTS:
            return None
        if is_verb(word) and not bits[at]:
            return None
        following = lower[at + 1]
        if not means_person(tokens, at) or bits[at] & _NO_PERSON or tokens.owner[at] or not tokens.words[at].islower():
            continue
        if bits[at + 1] & (W.ROLE | W.COLLECTIVE | W.ORGANISATION | W.PLURAL) and not is_verb(following):
            continue  # "the press secretary", "the mayor office"
        if tells_age(word) and following[0].isalpha() and not is_verb(following) and following not in _JOINTS:
            continue  # "the 42-year-old plumber"
        if following == "and" or _name_follows(tokens, firsts, spots, at):
            return None
        return PersonNoun(first, at + 1, level)
    return None


def _name_follows(tokens: Tokens, firsts: Sequence[int], spots: Sequence[Spot], head: int) -> bool:
    """Whether a name is told with the noun: "the mayor Lena Orsk", "the mayor of Oak, Lena Orsk, ..."."""
    index = bisect_right(firsts, head)
    while index < len(spots) and spots[index].title - head < 10:
        between = tokens.words[head + 1 : spots[index].title]
        if not between or between == [","]:
            return True
        if tokens.sentence[spots[index].first] != tokens.sentence[head] or any(is_verb(word) for word in between):
            return False
        if between[-1] == "," and between[0] in _JOINTS:
            return True
        index += 1
    return False


def is_person(tokens: Tokens, noun: Phrase) -> bool:
    """Whether the noun of a speaker's words means a person."""
    at = next((i for i in range(noun.stop - 1, noun.first - 1, -1) if tokens.lower[i] == noun.head), noun.first)
    aged = any(map(tells_age, tokens.lower[noun.first : at]))  # "the 41-year-old crowd-pleaser"
    return not tokens.bits[at] & _NO_PERSON and (aged or means_person(tokens, at) or tells_origin(tokens, at))


def tells_origin(tokens: Tokens, token: int) -> bool:
    """Whether a noun in capitals tells where somebody is from: "the Swede", "the Winnipegger"."""
    words = tokens.words
    return (
        bool(tokens.bits[token] & W.DEMONYM)
        and words[token][0].isupper()
        and (not token or tokens.lower[token - 1] == "the" or words[token - 1].islower())
    )


def means_person(tokens: Tokens, token: int) -> bool:
    """Whether a noun is one of a person: by role, kin, age or sex."""
    word = tokens.lower[token]
    return bool(tokens.bits[token] & W.ROLE) or word in KIN or word in SOMEBODY or tells_age(word)

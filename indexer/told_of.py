"""What the text tells of a person beside the name: roles, party, place, age, in single words.

Sen. Bert Orsk, D-Vt., 61, of Dunmore:  sen, democrat, vermont, dunmore; 61 years old
"""

from __future__ import annotations

from collections.abc import Container
from functools import cached_property
from typing import NamedTuple

from indexer.agent_nouns import agent_nouns
from indexer.local_names import LocalName, LocalNames
from indexer.name_tokens import Tokens
from indexer.noun_words import is_verb
from indexer.people_words import W, lexicon
from indexer.walks_of_life import walks_of_words

_LONGEST = 14
_BEFORE = 4
_SPOTS = 4
_PARTIES = {
    "d": "democrat", "r": "republican", "i": "independent", "democratic": "democrat", "gop": "republican", "democrats": "democrat",
    "republicans": "republican", "liberals": "liberal", "conservatives": "conservative", "tories": "conservative", "tory": "conservative",
    "greens": "green", "labour": "labour", "ndp": "ndp", "independent": "independent", "democrat": "democrat", "republican": "republican",
    "liberal": "liberal", "conservative": "conservative", "bloc": "bloc", "green": "green",
}  # fmt: skip
_SHORT = {
    "ala": "alabama", "ariz": "arizona", "ark": "arkansas", "calif": "california", "colo": "colorado", "conn": "connecticut", "del": "delaware",
    "fla": "florida", "ga": "georgia", "ill": "illinois", "ind": "indiana", "kan": "kansas", "ky": "kentucky", "la": "louisiana", "md": "maryland",
    "mass": "massachusetts", "mich": "michigan", "minn": "minnesota", "miss": "mississippi", "mo": "missouri", "mont": "montana", "neb": "nebraska",
    "nev": "nevada", "okla": "oklahoma", "ore": "oregon", "pa": "pennsylvania", "tenn": "tennessee", "tex": "texas", "texan": "texas", "vt": "vermont",
    "va": "virginia", "wash": "washington", "wis": "wisconsin", "wyo": "wyoming", "ont": "ontario", "que": "quebec", "man": "manitoba", "sask": "saskatchewan",
    "alta": "alberta", "albertan": "alberta", "ontarian": "ontario", "quebecer": "quebec", "californian": "california", "floridian": "florida",
    "british": "britain", "canadian": "canada", "american": "america", "french": "france", "german": "germany", "mexican": "mexico", "russian": "russia",
    "sen": "senator", "rep": "representative", "gov": "governor", "pres": "president", "coun": "councillor", "ukrainian": "ukraine", "israeli": "israel", "australian": "australia", "indian": "india", "chinese": "china", "japanese": "japan",
}  # fmt: skip
_SAYING = frozenset("said says told tells".split())
_SMALL = frozenset(
    "a an the of in for at and to from on with his her its their 's who that which is was , ( ) . - –".split()
)


class Told(NamedTuple):
    """Words told of somebody, the walks of life they tell of, the parties, and the age in years (0 unknown)."""

    words: frozenset[str]
    walks: frozenset[str]
    parties: frozenset[str]
    age: int


def plain_word(word: str) -> str:
    """A word of a description as it is compared: parties and places by one name each.

    >>> plain_word("texan"), plain_word("democratic"), plain_word("baker")
    ('texas', 'democrat', 'baker')
    """
    return _PARTIES.get(word) or _SHORT.get(word) or word


def parties_in(words: frozenset[str]) -> frozenset[str]:
    """The parties among plain words."""
    return words & _ALL_PARTIES


def places_in(words: frozenset[str]) -> frozenset[str]:
    """The well-known places among plain words."""
    return frozenset(word for word in words if lexicon().get(word, 0) & W.PLACE)


_ALL_PARTIES = frozenset(_PARTIES.values())


class ToldOf:
    """What an article tells of each of its people.

    Args:
        tokens: Of the article.
        names: Everyone named in it.
    """

    def __init__(self, tokens: Tokens, names: LocalNames) -> None:
        self._tokens = tokens
        self._names = names
        self._told: dict[int, Told] = {}

    def of(self, number: int) -> Told:
        """What stands beside somebody's names in the whole article."""
        told = self._told.get(number)
        if told is None:
            told = self._told[number] = self._collect(self._names.names[number])
        return told

    @cached_property
    def _people(self) -> frozenset[int]:
        """First tokens of the names of people."""
        return frozenset(spot.first for name in self._names.names if name.is_person for spot in name.spots)

    def _collect(self, name: LocalName) -> Told:
        tokens = self._tokens
        found: set[str] = set()
        age = 0
        for role in name.roles:
            found.update(tokens.lower[role.first : role.stop])
        for spot in name.spots[:_SPOTS]:
            sentence = tokens.sentence[spot.first]
            at = min(spot.title, spot.first) - 1
            # in a headline capitals say little: "Liberal Seeks Hale Inquiry"
            low = at if tokens.paragraph[spot.first] in tokens.headline else max(-1, at - _BEFORE)
            while at > low and tokens.sentence[at] == sentence and _goes_before(tokens, at):
                found.add(tokens.lower[at])
                at -= 1
            found.update(tokens.lower[spot.title : spot.first])
            behind, years = _behind(tokens, spot.last + 1, sentence, self._people)
            found.update(behind)
            found.update(agent_nouns(tokens, spot.last + 1))
            age = age or years
        for word in [word for word in found if "-" in word]:
            found.update(word.split("-"))
        words = frozenset(map(plain_word, found)) - _SMALL
        known = walks_of_words()
        walks = frozenset(walk for word in words if word in known for walk in known[word] if walk != "generic")
        return Told(words, walks, parties_in(words), age)


def _goes_before(tokens: Tokens, at: int) -> bool:
    """Whether a word before a name is told of it: "Jets captain", "Liberal candidate", no verbs, marks or joints."""
    word = tokens.lower[at]
    return (
        word[0].isalnum()
        and not tokens.owner[at]
        and not is_verb(word)
        and word not in _SMALL
        and not (tokens.bits[at] & W.FUNCTION and not tokens.bits[at] & ~W.FUNCTION)
    )


def _behind(tokens: Tokens, at: int, sentence: int, people: Container[int]) -> tuple[list[str], int]:
    """What an apposition, a bracket or "of" tells behind a name, and the age that opens it."""
    words, lower = tokens.words, tokens.lower
    total = len(words)
    if at + 1 >= total or tokens.sentence[at] != sentence:
        return [], 0
    if words[at] not in (",", "(", "—", "–") and lower[at] not in ("of", "from"):
        return [], 0
    bracket = words[at] == "("
    at += words[at] in (",", "(", "—", "–")
    age = 0
    if (
        words[at].isdigit()
        and 1 < len(words[at]) < 4
        or words[at].isdigit()
        and at + 1 < total
        and words[at + 1] in (",", ")")
    ):
        age = int(words[at])
        at += 1 + (at + 1 < total and words[at + 1] == ",")
    found: list[str] = []
    ends = (")",) if bracket else (",", ";", ")", "—", ":", "“", '"')
    for token in range(at, min(at + _LONGEST, total)):
        if tokens.sentence[token] != sentence or (words[token] in ends and not (words[token] == "," and token == at)):
            break
        if token in people:
            return ([] if words[token - 1] != "," else found), age  # "after Orsk, coach Tom Hale"
        if is_verb(lower[token]) and lower[token] not in ("led",) or tokens.bits[token] & W.HONORIFIC:
            if lower[at] == "the" and lower[token] in _SAYING and token - at < 4:
                return [], age  # "At the Senna Centre, the mayor said so": it is a clause
            break
        if tokens.bits[token] != W.FUNCTION:
            found.append(lower[token])
    return found, age

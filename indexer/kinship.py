"""Kin by name: who "her husband", "his mother" or "the boy's aunt" is, from what the article says of its families.

Joan Orsk runs the ferry with her husband, Emil. “It leaks,” *her husband* said.      Emil
Dana Hale drives a train. Her son, Milo, loves them. *His mother* said so.            Dana Hale
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from itertools import compress
from typing import NamedTuple

from indexer.local_names import LocalNames
from indexer.name_tokens import Tokens
from indexer.noun_words import BE, is_verb, tells_age
from indexer.organisation_nouns import Resolved
from indexer.pronoun_features import BoundTo
from indexer.speaker_phrases import Phrase

_RELATIONS = {
    "spouse": "husband-m wife-f spouse- partner- ex-husband-m ex-wife-f widow-f widower-m fiancé-m fiancée-f fiance-m fiancee-f boyfriend-m girlfriend-f",
    "child": "son-m daughter-f child- stepson-m stepdaughter-f",
    "parent": "father-m mother-f dad-m mom-f mum-f parent- stepfather-m stepmother-f",
    "sibling": "brother-m sister-f sibling- twin- half-brother-m half-sister-f stepbrother-m stepsister-f",
    "grandparent": "grandfather-m grandmother-f grandpa-m grandma-f grandparent-",
    "grandchild": "grandson-m granddaughter-f grandchild-",
    "uncle": "uncle-m aunt-f",
    "nephew": "nephew-m niece-f",
    "cousin": "cousin-",
    "parent-in-law": "father-in-law-m mother-in-law-f",
    "child-in-law": "son-in-law-m daughter-in-law-f",
    "sibling-in-law": "brother-in-law-m sister-in-law-f",
}
_INVERSE = {
    "child": "parent", "parent": "child", "grandparent": "grandchild", "grandchild": "grandparent", "uncle": "nephew",
    "nephew": "uncle", "parent-in-law": "child-in-law", "child-in-law": "parent-in-law",
}  # fmt: skip
KIN = {
    word.rpartition("-")[0]: (relation, word.rpartition("-")[2])
    for relation, words in _RELATIONS.items()
    for word in words.split()
}
"""Kinship nouns with their relation and the gender that they hold (``m``, ``f`` or empty)."""

_OWNERS = frozenset("his her their my our".split())
_BEFORE = frozenset(
    "the a an late younger older elder eldest oldest youngest only twin former then own first second third estranged common-law longtime "
    "long-time future identical adoptive biological adult teenage grieving".split()
)
_BEHIND_NAME = frozenset(", . ; : ) ( — – who and told said says".split())
_UNITS = frozenset(("years", "year", "decades", "months"))


_AUXILIARY = frozenset("is was has been are were who later then also".split())
_LEAD = 3
_SAME_WORDS = 3

_MOST = 60
"""Things told of kin that are looked at before and behind a noun: no family has more."""


class Kin(NamedTuple):
    """A kinship noun beside a name: its token, the noun, and whose name it is."""

    at: int
    word: str
    bearer: int


class Kinship:
    """Finds named kin.

    Args:
        tokens: Of the article.
        names: Everyone named in it.
        bound: Whom each pronoun means that was met so far, by its token.
        gender_of: The gender that the article gives somebody: ``m``, ``f`` or empty.
    """

    def __init__(
        self, tokens: Tokens, names: LocalNames, bound: Mapping[int, BoundTo], gender_of: Callable[[int], str]
    ) -> None:
        self._tokens = tokens
        self._names = names
        self._bound = bound
        self._gender_of = gender_of

    def resolve(self, phrase: Phrase) -> Resolved | None:
        """Rule "kin": the person whom the article calls so, of the family that the words belong to."""
        if phrase.head not in KIN:
            return None
        at = next((i for i in range(phrase.first, phrase.stop) if self._tokens.lower[i] == phrase.head), phrase.first)
        owner, owned = self._owner(at), self._is_owned(at)
        best: tuple[int, bool, int, int] | None = None
        people: set[int] = set()
        near = bisect_left(self._told_at, at)
        for kin in self._told[max(0, near - _MOST) : near + _MOST]:
            if kin.at == at:
                continue
            for person, fits in self._readings(kin, at, owner):
                if person != owner or fits == _SAME_WORDS:
                    people.add(person)
                    rank = (fits, kin.at < at, -abs(at - kin.at), person)
                    best = rank if best is None else max(best, rank)
        if best is None or (best[0] == 0 and (len(people) > 1 or not owned)):
            return None
        return Resolved(best[3], "kin", f"the text names the {phrase.head}", (0.5, 1.5, 3.0, 3.0)[best[0]])

    def whose(self, phrase: Phrase) -> int | None:
        """Whose the noun of a phrase is said to be: "his publicist"; None where that is not known."""
        at = next((i for i in range(phrase.first, phrase.stop) if self._tokens.lower[i] == phrase.head), phrase.first)
        found = self._bound.get(phrase.first)
        return found.entity if found is not None else self._owner(at)

    def _readings(self, kin: Kin, at: int, owner: int | None) -> Iterator[tuple[int, int]]:
        """Who bears the relation that the noun at a token asks for, by one thing told, and how well it fits."""
        lower = self._tokens.lower
        relation, gender = KIN[lower[at]]
        told, known = KIN[kin.word]
        whose = self._owner(kin.at)
        if told == relation and (not gender or not known or gender == known):
            pronoun = lower[self._first(at)]
            if pronoun in _OWNERS and kin.word == lower[at] and pronoun == lower[self._first(kin.at)]:
                yield kin.bearer, _SAME_WORDS  # "his brother Tom Hale ... his brother"
            else:
                yield kin.bearer, self._fit(owner, whose)
        if told == _INVERSE.get(relation, relation) and whose is not None:
            other = self._gender_of(whose)
            if not gender or not other or gender == other:
                yield whose, self._fit(owner, kin.bearer)

    @staticmethod
    def _fit(owner: int | None, whose: int | None) -> int:
        """2 where the same person's kin is asked for, 0 where another's, 1 where that is not known."""
        return 1 if owner is None or whose is None else 2 * (owner == whose)

    @cached_property
    def _told(self) -> list[Kin]:
        """Every place where the text sets a kinship noun beside a name."""
        lower = self._tokens.lower
        if self._tokens.vocabulary.isdisjoint(KIN):
            return self._marriages()
        bearers = [(at, self._bearer(at)) for at in compress(range(len(lower)), map(KIN.__contains__, lower))]
        told = [Kin(at, lower[at], bearer) for at, bearer in bearers if bearer is not None]
        return sorted((*told, *self._marriages()))

    @cached_property
    def _told_at(self) -> list[int]:
        return [kin.at for kin in self._told]

    def _marriages(self) -> list[Kin]:
        """Orsk married Emil Hale; she is married to Emil Hale: told of him as of a spouse, whose is read off the words before."""
        lower = self._tokens.lower
        found: list[Kin] = []
        for at in (
            [at for at, word in enumerate(lower) if word == "married"] if "married" in self._tokens.vocabulary else ()
        ):
            to = at + 1 < len(lower) and lower[at + 1] == "to"
            index = self._opening(at + 1 + to)
            if index is not None and (bearer := self._person(index)) is not None:
                found.append(Kin(at, "spouse", bearer))
        return found

    def _bearer(self, at: int) -> int | None:
        """Her husband, Emil, ...; his brother Emil Orsk; Carla Orsk, the boy's aunt; Emil is her husband."""
        tokens = self._tokens
        words, total = tokens.words, len(tokens.words)
        behind = at + 1
        if behind + 2 < total and tokens.lower[behind] == "of" and tokens.lower[behind + 2] in _UNITS:
            behind += 3  # her husband of 30 years, Emil
        comma = behind < total and words[behind] == ","
        if (index := self._opening(behind + comma, _LEAD if comma else 0)) is not None:
            spot = self._names.spots[index]
            after = words[spot.last + 1] if spot.last + 1 < total else "."
            if tokens.sentence[spot.first] == tokens.sentence[at] and (not comma or after in _BEHIND_NAME):
                return self._person(index)
        first = self._first(at)
        before = first - 1
        if before < 1 or tokens.sentence[before] != tokens.sentence[at]:
            return None
        if words[before] == "," or tokens.lower[before] in BE:
            index = self._names.at.spot_ending(before - 1)
            if index is not None and not self._names.spots[index].owner:
                return self._person(index)
        return None

    def _person(self, index: int) -> int | None:
        number = self._names.owner[index]
        return number if self._names.names[number].could_be_person else None

    def _opening(self, token: int, lead: int = 0) -> int | None:
        """The spot that begins, with its title, at a token, or behind a few plain words: "her husband, retired welder Emil Orsk"."""
        tokens = self._tokens
        index = bisect_left(self._names.at.firsts, token)
        if index == len(self._names.at.firsts):
            return None
        title = self._names.spots[index].title
        if title <= token <= self._names.at.firsts[index]:
            return index
        plain = 0 < title - token <= lead and all(
            tokens.words[at][0].islower() or tells_age(tokens.lower[at]) for at in range(token, title)
        )
        verbs = any(is_verb(tokens.lower[at]) and tokens.lower[at] != "retired" for at in range(token, title))
        return index if plain and not verbs else None

    def _first(self, at: int) -> int:
        """Where the noun phrase of a kinship noun begins: "the boy's late aunt"."""
        tokens = self._tokens
        first = at
        while first and tokens.sentence[first - 1] == tokens.sentence[at] and at - first < 6:
            word = tokens.lower[first - 1]
            if word in _OWNERS or word == "whose":
                return first - 1
            if tokens.owner[first - 1]:
                index = self._ending(first - 1)
                return self._names.spots[index].title if index is not None else self._opens(first - 1)
            if word not in _BEFORE:
                break
            first -= 1
        return first

    def _opens(self, token: int) -> int:
        """Where "the boy's" begins."""
        lower = self._tokens.lower
        first = token
        while first and token - first < 3 and lower[first] not in ("the", "a", "an") and lower[first].isalnum():
            first -= 1
        return first if lower[first] in ("the", "a", "an") else token

    def _ending(self, token: int) -> int | None:
        return self._names.at.spot_ending(token)

    def _is_owned(self, at: int) -> bool:
        first = self._first(at)
        return self._tokens.lower[first] in _OWNERS or any(self._tokens.owner[first:at])

    def _owner(self, at: int) -> int | None:
        """Whose kin a noun tells: her husband, Orsk's husband, the husband of Lena Orsk, Orsk, whose husband."""
        tokens = self._tokens
        if tokens.lower[at] == "married":
            return self._who_married(at)
        first = self._first(at)
        word = tokens.lower[first]
        if word in _OWNERS:
            found = self._bound.get(first)
            return found.entity if found is not None and found.entity < len(self._names.names) else None
        if word == "whose":
            index = self._ending(first - 1 - (tokens.words[first - 1] == ",")) if first > 1 else None
            return self._names.owner[index] if index is not None else None
        for token in range(first, at):
            if tokens.owner[token]:
                index = self._ending(token)
                return self._names.owner[index] if index is not None else None
        if at + 2 < len(tokens.lower) and tokens.lower[at + 1] == "of":
            index = self._opening(at + 2)
            if index is not None:
                return self._names.owner[index]
        return None

    def _who_married(self, at: int) -> int | None:
        tokens = self._tokens
        before = at - 1
        while before > 0 and tokens.lower[before] in _AUXILIARY:
            before -= 1
        if tokens.lower[before] in ("he", "she"):
            found = self._bound.get(before)
            return found.entity if found is not None and found.entity < len(self._names.names) else None
        index = self._ending(before)
        return self._names.owner[index] if index is not None else None

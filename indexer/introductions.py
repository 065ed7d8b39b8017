"""People told of before they are named: a lead speaks of "a Halifax man", and the next paragraph gives his name.

A Halifax man says he waited nine hours. / Glen Orsk, 58, had chest pains on Friday.      the man is Glen Orsk
The mayor of a small town wants a bridge. / “Somebody will die,” said Mayor Tom Hale.    the mayor is Tom Hale
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import cached_property

from indexer.clause_places import ClausePlaces
from indexer.kinship import KIN
from indexer.local_names import LocalName, LocalNames
from indexer.name_tokens import Tokens
from indexer.noun_words import tells_age
from indexer.organisation_nouns import Resolved
from indexer.people_words import W
from indexer.person_nouns import SOMEBODY, is_person
from indexer.role_kin import role_kin
from indexer.speaker_phrases import Phrase
from indexer.told_of import Told, ToldOf, plain_word
from indexer.walks_of_life import walks_of_words

_LEAD = 3
"""Paragraphs that can speak of somebody before the name comes."""

_NEAR = 2
_FAR = 6
"""Paragraphs within which the name comes: of just anybody, and of somebody who is given the same role."""

_NEVER_NAMED = frozenset(
    "spokesperson spokesman spokeswoman official source aide insider officer juror "
    "driver passenger member victim suspect bystander staffer employee adviser advisor".split()
)
"""Nouns of people whom news cites without a name, or who are nobody that a lead would be about."""

_ONLY_BY_ROLE = frozenset("judge justice detective constable coroner prosecutor diplomat minister senator".split())
"""Nouns of people who are named later only where the text gives the name that very role."""

_SAID = frozenset("said says told tells added recalled recalls explained explains wrote testified".split())
_ANYBODYS = frozenset("lawyer attorney friend neighbour neighbor colleague partner supporter critic".split())
"""Nouns of people who belong to somebody whom the lead tells of, and are seldom what it is about."""

_OWNERS = frozenset("his her its their".split())
_INDEFINITE = frozenset(("a", "an", "one"))
_SMALL = frozenset("a an the one another of in".split())

_MOST = 40
"""Names looked at behind a description."""


class Introductions:
    """Finds the name that is given later to somebody whom a lead only describes.

    Args:
        tokens: Of the article.
        names: Everyone named in it.
        places: In which place of its clause each name stands.
        told: What the article tells of each.
        gender_of: The gender that it gives them.
    """

    def __init__(
        self, tokens: Tokens, names: LocalNames, places: ClausePlaces, told: ToldOf, gender_of: Callable[[int], str]
    ) -> None:
        self._tokens = tokens
        self._names = names
        self._places = places
        self._told = told
        self._gender_of = gender_of

    @cached_property
    def _bodies(self) -> list[int]:
        """The paragraphs of the body, in order."""
        return sorted(set(self._tokens.paragraph) - self._tokens.headline)

    @cached_property
    def _brought_in_at(self) -> list[int]:
        return [name.spots[0].first for name in self._names.names]

    def find(self, phrase: Phrase) -> Resolved | None:
        """Rule "named later": the first person brought in by name behind a lead's description that it can mean."""
        tokens = self._tokens
        if phrase.plural or phrase.head in _NEVER_NAMED:
            return None
        place = bisect_left(self._bodies, tokens.paragraph[phrase.first])
        owned = any(tokens.owner[phrase.first : phrase.stop]) or tokens.lower[phrase.first] in _OWNERS
        if owned and (place or phrase.head in KIN or phrase.head in _ANYBODYS):
            return None
        within = place >= _LEAD
        opens = tokens.fresh[phrase.first] and tokens.lower[phrase.first] in _INDEFINITE
        if (within and not opens) or not is_person(tokens, phrase):
            return None
        at = next((i for i in range(phrase.first, phrase.stop) if tokens.lower[i] == phrase.head), phrase.first)
        if tokens.words[at][0].isupper() and at > phrase.first:
            return None  # "the Directorate General"
        wanted = frozenset(map(plain_word, tokens.lower[phrase.first : at])) - _SMALL
        brought_in = 0
        begin = bisect_left(self._brought_in_at, phrase.stop)
        for name in self._names.names[begin : begin + _MOST]:
            spot = name.spots[0]
            if tokens.sentence[spot.first] == tokens.sentence[phrase.first]:
                continue
            gap = bisect_left(self._bodies, tokens.paragraph[spot.first]) - place
            if gap > (1 if within else _FAR):
                break
            if not name.is_person or spot.owner or not self._acts(name):
                continue
            told = self._told.of(name.number)
            alike = self._alike(phrase, at, wanted, name.number, told)
            if alike is None:
                continue
            if alike:
                return Resolved(name.number, "named later", "the text names the one of whom it told that", 1.5)
            brought_in += 1
            if (
                brought_in == 1
                and phrase.head not in _ONLY_BY_ROLE
                and gap <= _NEAR
                and (self._could_be(phrase, place) or (place == 0 and self._opens_paragraph(name)))
            ):
                return Resolved(name.number, "named later", "the first one whom the text names then", 0.7)
        return None

    def _acts(self, name: LocalName) -> bool:
        """Whether a person is brought in as one who does or says something, by a full name or a title."""
        tokens, spot = self._tokens, name.spots[0]
        if len(spot.words) < 2 and not spot.personal:
            return False
        before = min(spot.title, spot.first) - 1
        told = before >= 0 and tokens.lower[before] in _SAID
        index = bisect_right(self._names.at.firsts, spot.first) - 1
        return (
            told
            or self._places.level(index) == 2
            or tokens.lower[spot.last + 1 : spot.last + 2] in (["said"], ["says"])
        )

    def _alike(self, phrase: Phrase, at: int, wanted: frozenset[str], number: int, told: Told) -> bool | None:
        """Whether the text gives somebody the role that the lead spoke of; None where they cannot be the one."""
        bits = self._tokens.bits[at]
        gender = self._gender_of(number)
        known = KIN.get(phrase.head, ("", ""))[1] or ("m" if bits & W.MALE else "f" if bits & W.FEMALE else "")
        if gender and known and gender != known:
            return None
        if tells_age(phrase.head) and told.age:
            return True if phrase.head.startswith(f"{told.age}-") else None
        walks = {walk for walk in walks_of_words().get(phrase.head, ()) if walk != "generic"}
        if phrase.head in told.words or role_kin().get(phrase.head, frozenset()) & told.words:
            return True
        if walks and told.walks:
            return True if walks & told.walks and wanted & told.words else None if not walks & told.walks else False
        return False

    def _opens_paragraph(self, name: LocalName) -> bool:
        """Whether a paragraph opens with somebody who is named there first: Senna's fire chief is tired. / *Max Orsk* said so."""
        tokens, first = self._tokens, min(name.spots[0].title, name.spots[0].first)
        return first > 0 and tokens.paragraph[first - 1] != tokens.paragraph[first]

    def _could_be(self, phrase: Phrase, place: int) -> bool:
        """Whether just anybody can be meant: a man, a resident, a mother; or an indefinite noun that opens the article."""
        if self._tokens.lower[phrase.first] == "one":
            return False
        generic = phrase.head in SOMEBODY or phrase.head in KIN or tells_age(phrase.head)
        if generic or "generic" in walks_of_words().get(phrase.head, ()):
            return True
        return place == 0 and self._tokens.lower[phrase.first] in _INDEFINITE

"""Bodies told of before they are named: a lead speaks of "a charity", and the text then names it where it speaks.

The poorest will lose most, a charity has warned. / Harbour Relief says wages will fall.      the charity is Harbour Relief
"""

from __future__ import annotations

from bisect import bisect_left

from indexer.clause_places import ClausePlaces
from indexer.local_names import LocalNames
from indexer.name_tokens import Tokens
from indexer.organisation_kinds import kinds_of_name
from indexer.organisation_nouns import Resolved
from indexer.people_words import W, lexicon
from indexer.speaker_phrases import Phrase

_FAR = 3
"""Paragraphs within which the name comes."""

_BODIES = frozenset("charity union watchdog think-tank lobby federation association".split())
_SPEAKING = frozenset(
    "said says warned warns condemned condemns called calls claimed claims urged urges argued argues found criticised criticized accused wants "
    "believes estimates estimated insisted insists".split()
)


class BodyIntroductions:
    """Finds the name of a body that a lead only describes.

    Args:
        tokens: Of the article.
        names: Everyone named in it.
        places: In which place of its clause each name stands.
    """

    def __init__(self, tokens: Tokens, names: LocalNames, places: ClausePlaces) -> None:
        self._tokens = tokens
        self._names = names
        self._places = places

    def find(self, phrase: Phrase) -> Resolved | None:
        """Rule "named later": the first body of no other kind that speaks behind the lead that told of it."""
        tokens, names = self._tokens, self._names
        if phrase.head not in _BODIES or tokens.lower[phrase.first] not in ("a", "an"):
            return None
        lead = tokens.paragraph[phrase.first]
        if lead != next((place for place in tokens.paragraph if place not in tokens.headline), lead):
            return None
        for index in range(bisect_left(self._names.at.firsts, phrase.stop), len(names.spots)):
            spot, number = names.spots[index], names.owner[index]
            name = names.names[number]
            if spot.kind == "place" or (name.is_person and not name.could_be_body):
                continue
            if tokens.paragraph[spot.first] - lead > _FAR:
                break
            # "the World Trade Council" is no charity; "Orsk Relief" may be one
            other = kinds_of_name(name.full) or any(lexicon().get(word, 0) & W.COLLECTIVE for word in name.full)
            fits = not other or phrase.head in name.full
            speaks = tokens.lower[spot.last + 1 : spot.last + 2]
            if fits and self._places.level(index) == 2 and speaks and speaks[0] in _SPEAKING:
                return Resolved(number, "named later", "the text names the one of which it told that", 1.0)
        return None

"""Organisations that the text calls by a noun which their names do not hold: "the group", "the watchdog", "the tech company"."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from indexer.brought_in import brought_in_at
from indexer.clause_places import ClausePlaces
from indexer.local_names import LocalNames
from indexer.name_tokens import Tokens
from indexer.noun_words import is_verb
from indexer.organisation_kinds import kinds_of_name, kinds_of_noun
from indexer.organisation_nouns import Resolved
from indexer.speaker_phrases import Phrase
from indexer.spots import Spot

_LOOK_BACK = 60
_FAR = 8
_NEAR = 3
"""Paragraphs back: to one whose name tells a fitting kind, and to one whose name tells none."""

_LONGEST = 4
_NEEDS_KIND = frozenset(("party", "team", "municipality", "court", "police", "school", "institution", "food", "health"))
_OTHERS = frozenset("other second third first another same federal provincial new".split())
_TEAM = frozenset(("team",))
_LEAST = 1.5
_CLEAR = 0.4


class _Seen(NamedTuple):
    """What speaks for an organisation: how well its name fits, the weight of its places, the last of them."""

    fits: bool
    weight: float
    last: int


class BodyNouns:
    """Finds organisations by nouns of their kind.

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
        """Rule "body": the organisation of the noun's kind, or of no told kind, that last did or said something.

        The Competition Bureau opened an inquiry. The watchdog said ...  ->  Competition Bureau
        """
        tokens = self._tokens
        wanted = kinds_of_noun(phrase.head)
        if not wanted or not phrase.definite or phrase.stop - phrase.first > _LONGEST:
            return None
        words = tokens.lower[phrase.first : phrase.stop]
        if _OTHERS.intersection(words) or any(tokens.owner[phrase.first : phrase.stop]):
            return None
        if any(tokens.words[at][0].isupper() for at in range(phrase.first + 1, phrase.stop)):
            return None  # "the Harbour company" is told by its name
        found = self._bodies(phrase, wanted)
        ranked = sorted(((seen.fits, seen.weight, number) for number, seen in found.items()), reverse=True)
        if not ranked:
            return None
        fits, weight, number = ranked[0]
        rivals = [other for alike, other, _ in ranked[1:] if alike == fits]
        if weight < _LEAST or (rivals and weight - rivals[0] < _CLEAR) or self._brought_in(phrase, found[number].last):
            return None
        return Resolved(number, "body", f"the text speaks of no other {phrase.head} there", 1.5 if fits else 0.7)

    def _bodies(self, phrase: Phrase, wanted: frozenset[str]) -> dict[int, _Seen]:
        tokens, names = self._tokens, self._names
        found: dict[int, _Seen] = {}
        at = bisect_left(self._names.at.firsts, phrase.first) - 1
        for index in range(at, max(-1, at - _LOOK_BACK), -1):
            spot, number = names.spots[index], names.owner[index]
            gap = tokens.paragraph[phrase.first] - tokens.paragraph[spot.first]
            if gap > _FAR:
                break
            name = names.names[number]
            if spot.kind == "place" or (name.is_person and not name.could_be_body) or self._is_common(spot):
                continue
            kinds = kinds_of_name(name.full)
            if not kinds and spot.after_the and name.full[-1].endswith("s"):
                kinds = _TEAM  # "the Harbour Rangers"
            if (kinds and not kinds & wanted) or (not kinds and (gap > _NEAR or wanted <= _NEEDS_KIND)):
                continue
            weight = self._weight(index) - 0.2 * gap
            known = found.get(number)
            if known is None:
                found[number] = _Seen(bool(kinds), weight, spot.last)
            else:
                found[number] = known._replace(weight=max(known.weight, weight) + 0.25)
        return found

    def _is_common(self, spot: Spot) -> bool:
        """Whether a capital may be only that of a sentence's first word: "Governments spend"."""
        word = self._tokens.words[spot.first]
        lone = spot.kind == "single" and spot.first == spot.last and self._tokens.fresh[spot.first]
        return lone and word not in self._tokens.proper and word[1:].islower() and word.endswith("s")

    def _weight(self, index: int) -> float:
        """How much a place shows an organisation that acts: it says something, it opens its sentence."""
        tokens, spot = self._tokens, self._names.spots[index]
        behind = tokens.lower[spot.last + 1 : spot.last + 3]
        acts = any(map(is_verb, behind[:1] if behind[:1] != ["."] else behind))  # "Orsk Inc. said"
        told = spot.first > 0 and is_verb(tokens.lower[spot.first - 1 - spot.after_the])
        level = self._places.level(index)
        return 0.5 + (acts or told) + (1.0 if level == 2 else 0.5 if level == 1 else 0.0)

    def _brought_in(self, phrase: Phrase, after: int) -> bool:
        """Whether the text brings in one without a name by this noun: "a residents' group"; "the group" is that one."""
        return brought_in_at(self._tokens, phrase.head, phrase.first, after + 1) >= 0
